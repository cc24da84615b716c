"""A missed call, and the brake that also holds machines that call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import Called, OptedOut, Text
from flows.phases import DONE
from tests.flows.walk import Walk, said

if TYPE_CHECKING:
    from flows.events import Event
    from flows.model import Checklist
    from flows.scene import Turn
    from flows.words import Words
    from tests.flows.walk import Begin


def test_a_call_from_somebody_new_begins_as_a_message_does(checklist: Checklist, words: Words) -> None:
    person = Walk(checklist, words)
    assert said(person.happen(Called())) == ["welcome.ask"]
    assert person.answers == {}


@pytest.mark.parametrize("state", ["consent", "ppe", "miners", "name", "send", DONE])
def test_a_call_is_the_word_for_a_person(begin: Begin, state: str) -> None:
    """At `name` the word itself would be somebody's name."""
    called, wrote = begin(until=state), begin(until=state)
    turn = called.happen(Called())
    assert turn.happened == ("called",)
    if state != "name":
        assert turn.says == wrote.say("persona").says
    assert called.state == ("consent" if state == "consent" else "call_back")
    assert "name" not in called.answers or state == DONE


def test_a_call_can_be_taken_back(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.happen(Called())
    person.say("0")
    assert (person.state, person.answers) == ("ppe", before)


def test_a_call_from_somebody_who_wants_no_messages_brings_none(begin: Begin) -> None:
    person = begin(until="ppe")
    person.happen(OptedOut(tell=False))
    turn = person.happen(Called())
    assert (turn.says, turn.silence) == ((), "opted out")


def test_the_brake_is_told_once_for_each_time_it_holds(begin: Begin) -> None:
    person = begin(until="ppe", brake=5)
    for _ in range(2):
        person.now += 120
        told = [turn for turn in (hurried(person) for _ in range(20)) if "braked" in turn.happened]
        assert len(told) == 1
        assert told[0].says == ()


def hurried(person: Walk) -> Turn:
    person.now -= 59
    return person.happen(Called())


@pytest.mark.parametrize("event", [Called(), Text("persona")])
def test_calling_again_while_the_call_is_spoken_of_is_no_further_step(begin: Begin, event: Event) -> None:
    person = begin(until="ppe")
    person.say("persona")
    person.happen(event)
    person.happen(event)
    assert person.state == "call_back"
    person.say("0")
    assert person.state == "ppe"
