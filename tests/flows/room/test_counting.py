"""Figures: what is read as hands and people, what they propose, when it should be talked over."""

from __future__ import annotations

import pytest

from flows.model import Checklist
from flows.room.counting import counted, people, proposed, read_hands, read_people, split
from flows.room.model import People, Tally


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 3 2", (12, 3, 2)),
        ("12,3,2", (12, 3, 2)),
        ("12-3-2", (12, 3, 2)),
        ("12 / 3 / 2.", (12, 3, 2)),
        ("12\n3\n2", (12, 3, 2)),
        ("0 0 20", (0, 0, 20)),
        ("12 3", ()),
        ("12 3 2 1", ()),
        ("12", ()),
        ("doce 3 2", ()),
        ("12 si 3 no 2 no se", ()),
        ("", ()),
    ],
)
def test_hands(text: str, found: tuple[int, ...]) -> None:
    assert read_hands(text, 3) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 12 5 8", "3 12 5 8"),
        ("3 directivos, 12 socios, 5 jornaleros, 8 mujeres", "3 12 5 8"),
        ("3,12,5,8", "3 12 5 8"),
        ("20", "20"),
        ("somos 20", "20"),
        ("3 12 5 21", None),
        ("0 0 0 0", None),
        ("0", None),
        ("3 12 5", None),
        ("muchos", None),
    ],
)
def test_people(text: str, found: str | None) -> None:
    assert read_people(text) == found


def test_who_is_present() -> None:
    assert people({"people": "3 12 5 8"}) == People(3, 12, 5, 8)
    assert people({"people": "3 12 5 8"}).present == 20
    assert people({"people": "20"}).present == 20
    assert people({}).present == 0


@pytest.mark.parametrize(
    ("tally", "found"),
    [
        (Tally((1, 2, 0)), (1, 2, 0)),
        (Tally(hands=(5, 1, 0)), (5, 1, 0)),
        (Tally((1, 2, 0), (5, 1, 0)), (6, 3, 0)),
        (Tally((1, 2, 0), (5, 1, 0), both=True), (5, 1, 0)),
        (Tally(), ()),
    ],
)
def test_nobody_counts_twice(tally: Tally, found: tuple[int, ...]) -> None:
    assert counted(tally) == found


@pytest.mark.parametrize(
    ("figures", "answer", "discuss"),
    [
        ((17, 0, 0), "yes", False),
        ((12, 3, 2), "yes", False),
        ((12, 3, 0), "yes", True),
        ((8, 2, 0), "yes", True),
        ((9, 2, 0), "yes", False),
        ((2, 8, 0), "no", True),
        ((5, 5, 0), None, True),
        ((6, 0, 2), "yes", True),
        ((7, 0, 2), "yes", False),
        ((1, 1, 9), "unknown", True),
        ((0, 0, 0), None, False),
        ((), None, False),
    ],
)
def test_what_is_proposed_and_talked_over(
    checklist: Checklist, figures: tuple[int, ...], answer: str | None, *, discuss: bool
) -> None:
    item = checklist.items["pay_hours"]
    assert proposed(item, figures) == answer
    assert split(item, figures) is discuss
