"""A change that stops the application is told at once, also after the first result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin

STOPS = [
    ("cambiar 2", ("2", "España", "1"), "first.outside_scope"),
    ("cambiar 3", ("4",), "first.outside_scope"),
    ("cambiar 4", ("5",), "first.formalise_first"),
    ("cambiar 5", ("2",), "first.formalise_first"),
    ("cambiar 6", ("5",), "first.formalise_first"),
]


@pytest.mark.parametrize(("change", "replies", "told"), STOPS)
def test_a_change_that_stops_is_told_at_once(begin: Begin, change: str, replies: tuple[str, ...], told: str) -> None:
    person = begin(until="ppe")
    assert said(person.says(change, *replies)) == [told, "checkpoint.ask.anyway"]
    person.say("1")
    assert person.state == "ppe"


def test_a_step_back_brings_the_answer_and_the_place_back(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.says("cambiar 6", "5", "0", "0")
    assert (person.state, person.answers) == ("ppe", before)


def test_what_was_told_before_is_not_told_again(begin: Begin) -> None:
    person = begin(until="ppe", answers={**FINE, "legal_title": "none"})
    assert said(person.says("cambiar 6", "4")) == ["ppe.ask"]


def test_what_follows_from_a_change_is_told_too(begin: Begin) -> None:
    person = begin(until="ppe", answers={**FINE, "organised": "informal"})
    assert said(person.says("cambiar 4", "1")) == ["registered.ask"]
    assert said(person.say("2")) == ["first.formalise_first", "checkpoint.ask.anyway"]


def test_after_the_result_the_result_itself_tells_it(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    assert said(person.says("cambiar 6", "5"))[0] == "result.formalise_first"
