"""What a worker's answers come to, and the private result that only a protection contact sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from flows.assess import Assessment, assess
from tests.flows.assessing import CHECKLIST, PRIVATE, anything, found, found_in_private, grams
from tests.flows.walk import FINE

if TYPE_CHECKING:
    from flows.model import Answer


SEEN_BY_WORKERS = {
    *("role", "country", "metals", "equal_treatment", "mine_type", "pay_hours", "free_to_organise", "safety_rules"),
    *("ppe", "safety_training", "ground_support", "explosives", "explosives_safe", "emergency", "processing"),
    *("mercury", "mercury_burning", "mercury_whole_ore", "cyanide", "cyanide_on_mercury", "tailings_water", *PRIVATE),
}


def test_the_items_a_worker_sees() -> None:
    assert {"role", *(item.id for item in CHECKLIST.items.values() if item.worker)} == SEEN_BY_WORKERS


@pytest.mark.parametrize("role", ["worker", "independent"])
class TestWorker:
    def view(self, role: str, **said: Answer) -> Assessment:
        answers = {name: answer for name, answer in FINE.items() if name in SEEN_BY_WORKERS}
        return assess(CHECKLIST, {**answers, "role": role, **said}, private=False)

    def test_find_out_also_where_nothing_is_missing(self, role: str) -> None:
        one = self.view(role)
        assert (one.result, one.view, one.complete) == ("find_out", "worker", True)
        assert (one.stops, one.gaps, one.unknown, one.ask_arm) == ((), (), (), ())

    def test_a_gap_that_a_worker_sees(self, role: str) -> None:
        assert self.view(role, ppe="no").result == "close_gaps"

    def test_hired_is_taken_as_yes(self, role: str) -> None:
        assert self.view(role, pay_hours="no").gaps == ("pay_hours",)
        assert self.view(role, pay_hours="no", hired="no").gaps == ("pay_hours",)

    def test_outside_scope_by_country_and_metal(self, role: str) -> None:
        assert self.view(role, country="ES").result == "outside_scope"
        assert self.view(role, metals=("other",)).result == "outside_scope"

    def test_what_a_worker_does_not_see_does_not_count(self, role: str) -> None:
        hidden: dict[str, Answer] = {
            "organised": "alone",
            "legal_title": "none",
            "registered": "no",
            "permits": "no",
            "miners": 1,
            "days_month": 1,
            "gold_month": grams(999.0),
            "gold_band": "over_5",
            "scale": "right",
            "community_based": "both",
            "others_in_area": "not_agreed",
        }
        one = self.view(role, **hidden)
        assert (one.result, one.stops, one.gaps, one.ask_arm, one.advice) == ("find_out", (), (), (), ())


@pytest.mark.parametrize("role", ["leader", "member", "companion"])
def test_everybody_else_speaks_for_the_organisation(role: str) -> None:
    assert (found(role=role).view, found(role=role).result) == ("organisation", "apply_now")


@pytest.mark.parametrize(
    ("said", "result", "urgent", "unknown", "ask_arm"),
    [
        ({}, "apply_now", (), (), ()),
        ({"children": "yes"}, "close_gaps", ("children",), (), ()),
        ({"minors_danger": "yes"}, "close_gaps", ("minors_danger",), (), ()),
        ({"forced_work": "yes"}, "close_gaps", ("forced_work",), (), ()),
        ({"children": "unknown"}, "find_out", (), ("children",), ()),
        ({"minors_danger": "unknown"}, "find_out", (), ("minors_danger",), ()),
        ({"forced_work": "unknown"}, "find_out", (), ("forced_work",), ()),
        ({"security_talk": "unknown"}, "apply_now", (), (), ()),
        ({"security_talk": "yes"}, "apply_now", (), (), ()),
        ({"protected_area": "yes"}, "find_out", (), (), ("protected_area",)),
        ({"children": "yes", "forced_work": "unknown"}, "close_gaps", ("children",), ("forced_work",), ()),
    ],
)
def test_the_private_result(
    said: dict[str, Answer], result: str, urgent: tuple[str, ...], unknown: tuple[str, ...], ask_arm: tuple[str, ...]
) -> None:
    one = found_in_private(**said)
    inner = one.private
    assert (inner.result, inner.urgent, inner.unknown, inner.ask_arm) == (result, urgent, unknown, ask_arm)
    assert inner.talk == (said.get("security_talk") == "yes")
    assert one.result == "apply_now"


@pytest.mark.parametrize(
    ("public", "private", "result"),
    [
        ({"country": "ES"}, {"children": "yes"}, "outside_scope"),
        ({"legal_title": "none"}, {"children": "yes"}, "formalise_first"),
        ({"ppe": "no"}, {"forced_work": "unknown"}, "close_gaps"),
        ({"permits": "unknown"}, {"minors_danger": "yes"}, "close_gaps"),
    ],
)
def test_the_private_result_is_at_least(public: dict[str, Answer], private: dict[str, Answer], result: str) -> None:
    assert found_in_private(**public, **private).private.result == result


def test_without_a_protection_contact_the_private_part_was_not_asked() -> None:
    one = found(*PRIVATE)
    assert (one.private.asked, one.private.result, one.complete) == (False, "apply_now", True)
    assert not found_in_private("children").complete


ANY_PRIVATE = st.fixed_dictionaries({name: st.sampled_from(["no", "yes", "unknown"]) for name in PRIVATE})


@given(anything(), ANY_PRIVATE, ANY_PRIVATE)
def test_what_is_told_does_not_depend_on_private_answers(
    answers: dict[str, Answer], one: dict[str, Answer], other: dict[str, Answer]
) -> None:
    first, second = (assess(CHECKLIST, {**answers, **more}, private=True) for more in (one, other))
    assert replace(first, private=second.private) == second
    public = (*first.stops, *first.gaps, *first.unknown, *first.ask_arm, *first.advice)
    assert not set(PRIVATE) & set(public)
