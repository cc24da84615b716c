"""The letter by which staff and promises go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.triage import triage
from tests.flows.walk import FINE, MUCH

if TYPE_CHECKING:
    from flows.model import Answer, Checklist

CASES: list[tuple[dict[str, Answer], str | None]] = [
    ({}, "A"),
    ({"ppe": "no"}, "B"),
    ({"legal_title": "none"}, "F"),
    ({"permits": "unknown"}, "D"),
    ({"gold_month": MUCH}, None),
    ({"security_talk": "yes"}, "P"),
    ({"children": "yes"}, "P"),
    ({"security_talk": "yes", "legal_title": "none"}, "P"),
    ({"security_talk": "yes", "send_private": "no"}, "A"),
    ({"children": "unknown"}, "A"),
    ({"send": "no"}, "D"),
    ({"send": "no", "security_talk": "yes", "legal_title": "none"}, "D"),
]


@pytest.mark.parametrize(("said", "letter"), CASES)
def test_the_letter_of_what_leaves(checklist: Checklist, said: dict[str, Answer], letter: str | None) -> None:
    assert triage(checklist, {**FINE, **said}, private=True) == letter


def test_what_was_said_in_private_counts_for_nothing_where_section_seven_is_not_asked(checklist: Checklist) -> None:
    assert triage(checklist, {**FINE, "security_talk": "yes"}, private=False) == "A"
