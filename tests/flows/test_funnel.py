"""The steps of the funnel: each once in a conversation, whatever is taken back, changed or begun again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.events import OptedIn, OptedOut
from flows.funnel import names, steps
from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, Walk

if TYPE_CHECKING:
    from flows.model import Checklist
    from flows.words import Words
    from tests.flows.walk import Begin


def passed(person: Walk) -> list[str]:
    return [step for turn in person.turns for step in turn.steps]


def test_a_whole_conversation_passes_the_steps_in_order(begin: Begin, checklist: Checklist) -> None:
    person = begin(until=DONE, private=True)
    found = passed(person)
    assert Counter(found).most_common(1)[0][1] == 1
    assert sorted(found, key=names(checklist).index) == found
    assert set(names(checklist)) - set(found) <= {"advice.begun", "advice.ended"}
    assert person.session.passed == tuple(found)


def test_what_is_not_asked_is_not_passed(begin: Begin) -> None:
    found = passed(begin(until=DONE, answers={**NOTHING_SENT, "role": "worker"}))
    assert not [step for step in found if step.startswith(("traceability", "private", "advice"))]
    assert "result" in found
    assert "referral" not in found


@pytest.mark.parametrize(
    ("state", "last"),
    [
        ("welcome", "started"),
        ("consent", "started"),
        ("role", "basics.begun"),
        ("days_month", "basics.begun"),
        ("checkpoint", "basics.ended"),
        ("permits", "organisation.begun"),
        ("mine_type", "work.begun"),
        ("send", "result"),
    ],
)
def test_a_step_is_passed_on_arriving(begin: Begin, state: str, last: str) -> None:
    assert passed(begin(until=state))[-1] == last


def test_taking_back_and_answering_again_counts_nothing_twice(begin: Begin) -> None:
    person = begin(until="permits")
    before = passed(person)
    person.says("0", "0", "00")
    assert person.state == "miners"
    person.follow(FINE, until="permits")
    assert passed(person) == before


def test_changing_an_old_answer_counts_nothing_twice(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    before = passed(person)
    person.says("cambiar 27", "2")
    person.follow({**NOTHING_SENT, "mercury": "yes"})
    assert passed(person) == before


def test_what_is_skipped_is_gone_through(begin: Begin) -> None:
    person = begin(until="permits")
    while person.session.state != "mine_type":
        person.say("saltar")
    assert passed(person)[-2:] == ["organisation.ended", "work.begun"]


def test_starting_again_and_taking_that_back_count_nothing_twice(begin: Begin) -> None:
    person = begin(until="permits")
    person.say("empezar de nuevo")
    assert person.state == "role"
    person.follow(FINE, until="mine_type")
    found = passed(person)
    person.say("recuperar")
    assert person.state == "permits"
    person.follow(FINE, until="ppe")
    assert passed(person) == found
    assert max(Counter(found).values()) == 1


def test_what_was_deleted_comes_back_as_it_was_counted(begin: Begin) -> None:
    person = begin(until="permits")
    before = passed(person)
    person.says("borrar", "recuperar")
    assert person.state == "permits"
    assert passed(person) == before


def test_who_deletes_and_writes_again_is_a_new_conversation(begin: Begin) -> None:
    person = begin(until="permits")
    person.says("borrar", "hola")
    assert passed(person).count("started") == 2


def test_a_call_from_the_middle_of_a_section_ends_none(begin: Begin) -> None:
    person = begin(until="ppe")
    before = passed(person)
    person.say("persona")
    assert person.state == "call_back"
    assert passed(person) == before


def test_who_wants_no_messages_is_counted_when_back(checklist: Checklist, words: Words) -> None:
    person = Walk(checklist, words)
    person.happen(OptedOut(tell=True))
    assert passed(person) == []
    person.happen(OptedIn())
    assert passed(person) == ["started"]


def test_a_refusal_leaves_nothing(begin: Begin) -> None:
    person = begin(until="consent")
    assert person.answer("no").steps == ()


def test_a_session_from_before_there_were_steps_catches_up_once(begin: Begin, checklist: Checklist) -> None:
    person = begin(until="permits")
    old = replace(person.session, passed=())
    caught_up = steps(checklist, old)
    assert caught_up == ("started", "consented", "basics.begun", "basics.ended", "organisation.begun")
    assert steps(checklist, replace(old, passed=caught_up)) == ()
