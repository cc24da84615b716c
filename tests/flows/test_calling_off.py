"""A call that was arranged can be called off: ARM hears of it, and the person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.referral.draft import draft, may_call, read_draft
from flows.pace import Pace
from flows.phases import DONE
from tests.flows.walk import NOTHING_SENT, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk


def expects_a_call(person: Walk) -> bool:
    """Whether what left last tells ARM to call."""
    assert person.turns[-1].refer
    return may_call(read_draft(draft(person.session, "sms", "+573001234567", person.now, Pace())))


@pytest.mark.parametrize(("replies", "told"), [(("2",), "talk.none"), (("1", "3"), "talk.not_safe")])
def test_a_call_that_is_called_off_leaves_again(begin: Begin, replies: tuple[str, ...], told: str) -> None:
    person = begin(until="ppe")
    person.says("persona", "1", "1")
    assert expects_a_call(person)
    turn = person.says("persona", *replies)
    assert (said(turn), expects_a_call(person), person.session.referred) == ([told, "ppe.ask"], False, 2)
    assert person.session.call_by is None


def test_what_was_called_off_does_not_come_back_unseen(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("persona", "1", "1", "persona", "2", "0")
    assert person.state != "call_back"
    assert person.answers["call_back"] == "no"


@pytest.mark.parametrize("replies", [("2",), ("1", "3")])
def test_at_the_end_no_call_is_promised_that_was_called_off(begin: Begin, replies: tuple[str, ...]) -> None:
    person = begin(until="ppe", private=True)
    person.says("persona", "1", "1", "persona", *replies)
    person.follow(NOTHING_SENT)
    assert said(person.turns[-1])[-1] == "done.uncalled"
    person.says("persona", "1", "1")
    assert said(person.turns[-1])[-1] == "done.talk"


def test_a_no_where_no_call_was_arranged_sends_nothing(begin: Begin) -> None:
    person = begin(until="ppe")
    turn = person.says("persona", "2")
    assert (turn.refer, said(turn)) == (False, ["ppe.ask"])


def test_after_the_summary_went_a_call_is_called_off_once(begin: Begin) -> None:
    person = begin(until=DONE, private=True)
    person.says("persona", "2")
    assert (expects_a_call(person), person.session.referred) == (False, 2)
    assert said(person.turns[-1])[0] == "talk.none"
