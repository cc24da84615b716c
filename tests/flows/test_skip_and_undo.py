"""Passing over a question, starting again, deleting; and how each is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.assess import assess
from flows.detours.erasing import KEPT_FOR
from flows.events import TimerDue
from flows.phases import DONE
from flows.session import ERASED
from tests.flows.walk import FINE, NOTHING_SENT, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk


def place(person: Walk) -> tuple[object, object]:
    """At which question of its section the person is, and of how many."""
    heading = person.asked().heading
    assert heading
    return heading.params["at"], heading.params["of"]


def complete(person: Walk) -> bool:
    return assess(person.checklist, person.answers, private=person.session.private).complete


def test_a_skipped_question_is_neither_answered_nor_asked_again(begin: Begin) -> None:
    person = begin(until="ppe")
    assert said(person.say("saltar")) == ["skip.done", "safety_training.ask"]
    assert "ppe" not in person.answers
    person.follow(NOTHING_SENT)
    assert "ppe" not in person.answers
    found = assess(person.checklist, person.answers, private=False)
    assert ("ppe" in found.unknown, found.complete) == (True, False)


def test_a_skipped_question_in_the_basics_does_not_hold_up_the_result(begin: Begin) -> None:
    person = begin(until="community_based")
    person.say("saltar")
    person.follow(FINE, until="checkpoint")
    person.answer("go")
    assert person.state == "permits"


@pytest.mark.parametrize("name", ["miners", "days_month", "gold_month"])
def test_who_passes_over_people_days_or_gold_is_asked_for_the_gold_of_one_person(begin: Begin, name: str) -> None:
    person = begin(until=name, private=True)
    person.say("saltar")
    states = person.follow(NOTHING_SENT, until="children")
    assert "gold_band" in states
    assert "scale" not in states
    assert assess(person.checklist, person.answers, private=True).ask_arm == ()


def test_what_was_passed_over_opens_nothing_else(begin: Begin) -> None:
    person = begin(until="hired")
    person.say("saltar")
    assert person.state == "safety_rules"


def test_the_count_of_a_section_does_not_hold_what_is_still_to_come(begin: Begin) -> None:
    person = begin(until="audits", private=True)
    assert place(person) == (1, 3)
    person.follow(FINE, until="gold_month")
    person.say("saltar")
    assert place(person) == (5, 5)


def test_not_knowing_is_an_answer_and_skipping_is_none(begin: Begin) -> None:
    person = begin(until="ppe")
    person.say("no sé")
    assert person.answers["ppe"] == "unknown"


@pytest.mark.parametrize("state", ["role", "country", "checkpoint", "send"])
def test_what_is_needed_is_not_skipped(begin: Begin, state: str) -> None:
    person = begin(until=state)
    assert said(person.say("saltar"))[0] == "skip.needed"
    assert person.state == state


def test_at_the_end_there_is_nothing_to_skip(begin: Begin) -> None:
    assert said(begin(until=DONE).say("saltar")) == ["done.menu"]


def test_a_skip_is_taken_back(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("saltar", "0")
    assert (person.state, person.session.skipped) == ("ppe", ())


def test_a_skipped_question_is_looked_over_and_answered(begin: Begin) -> None:
    person = begin(until="ppe")
    person.say("saltar")
    person.says("cambiar 20", "1")
    assert (person.answers["ppe"], person.session.skipped, person.state) == ("yes", (), "safety_training")


def test_a_skipped_question_is_not_shown_in_a_block(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("saltar", "juntas", "0")
    person.says("saltar", "1 1 1")
    assert "ppe" not in person.answers


def test_starting_again_keeps_the_consent_and_can_be_undone(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    assert said(person.say("empezar de nuevo")) == ["afresh", "role.ask"]
    assert person.answers == {"welcome": "yes", "consent": "yes"}
    person.says("1", "1")
    assert said(person.say("recuperar")) == ["undo.done", "ppe.ask"]
    assert (person.answers, person.session.before) == (before, None)


def test_zero_takes_a_new_start_back_at_once(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.says("empezar de nuevo", "0")
    assert (person.answers, person.state) == (before, "ppe")


def test_with_nothing_to_undo_that_is_said(begin: Begin) -> None:
    assert said(begin(until="ppe").say("recuperar")) == ["undo.none", "ppe.ask"]


def test_what_was_deleted_comes_back_for_a_day(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.say("borrar")
    assert (person.state, person.answers) == (ERASED, {})
    assert said(person.say("recuperar")) == ["undo.done", "ppe.ask"]
    assert person.answers == before


def test_after_a_day_it_is_erased(begin: Begin) -> None:
    person = begin(until="ppe")
    turn = person.say("borrar")
    assert {timer.name: timer.due for timer in turn.timers}["erase"] == person.now + KEPT_FOR
    person.now += KEPT_FOR
    assert person.happen(TimerDue("erase")).session is None


def test_what_went_to_arm_is_erased_with_it(begin: Begin) -> None:
    person = begin(until=DONE)
    reference = person.session.reference
    person.say("borrar")
    assert person.happen(TimerDue("erase")).forget == (reference,)


def test_whoever_writes_after_deleting_begins_anew(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.say("borrar")
    assert said(person.say("hola")) == ["welcome.ask"]
    person.answer("yes")
    assert "ppe" not in person.answers
    kept = person.happen(TimerDue("erase")).kept
    assert (kept.state, kept.hidden) == ("consent", None)
    assert before


def test_a_new_conversation_can_still_fetch_back_the_deleted_one(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.says("borrar", "hola", "recuperar")
    assert person.answers == before


def test_nothing_comes_back_once_the_day_is_over(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("borrar", "hola")
    person.happen(TimerDue("erase"))
    assert said(person.say("recuperar"))[0] == "undo.none"


@pytest.mark.parametrize("timer", ["reminder", "refer", "recheck"])
def test_nothing_rings_for_what_was_deleted(begin: Begin, timer: str) -> None:
    person = begin(until="ppe")
    person.say("borrar")
    assert person.happen(TimerDue(timer)).says == ()
    assert person.state == ERASED


def test_my_data_and_meanings_are_told_without_losing_the_place(begin: Begin) -> None:
    person = begin(until="ppe")
    assert said(person.say("mis datos")) == ["data.kept", "ppe.ask"]
    assert said(person.say("qué significa")) == ["ppe.means", "ppe.ask"]
