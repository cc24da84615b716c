"""Deleting beside everything else: deleting twice, opting out, what went to ARM, and the day that is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.detours.erasing import KEPT_FOR
from flows.events import OptedIn, TimerDue
from flows.phases import DONE
from flows.session import ERASED, dump
from tests.flows.walk import FINE, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk

DAY = TimerDue("erase")


def again_from(person: Walk, *, until: str) -> None:
    """After deleting: a new conversation, as far as `until`; what leaves gets a reference of its own."""
    new_chance(person)
    person.say("hola")
    person.follow(FINE, until=until)


def new_chance(person: Walk) -> None:
    person.known = replace(person.known, chance=person.known.chance + 1)


def erase_due(person: Walk) -> float | None:
    return next(timer.due for timer in person.turns[-1].timers if timer.name == "erase")


def test_what_was_deleted_last_comes_back_first_and_each_within_its_own_day(begin: Begin) -> None:
    person = begin(until="ppe")
    first, at = person.answers, person.now
    person.say("borrar")
    again_from(person, until="metals")
    second = person.answers
    person.say("borrar")
    person.say("recuperar")
    assert (person.answers, erase_due(person)) == (second, at + 60 + KEPT_FOR)
    person.say("recuperar")
    assert person.answers == first


def test_what_was_deleted_first_is_erased_first(begin: Begin) -> None:
    person = begin(until="ppe")
    at = person.now + 60
    person.say("borrar")
    person.now += KEPT_FOR / 2
    again_from(person, until="metals")
    second = person.answers
    person.say("borrar")
    person.now = at + KEPT_FOR
    turn = person.happen(DAY)
    due = erase_due(person)
    assert due is not None
    assert due > person.now
    assert turn.silence
    person.say("recuperar")
    assert person.answers == second
    assert person.session.hidden is None


def test_deleting_again_and_again_grows_no_pile(begin: Begin) -> None:
    person = begin(until="metals")
    sizes = []
    for _ in range(30):
        person.say("borrar")
        sizes.append(len(dump(person.session)))
        again_from(person, until="metals")
    assert sizes[-1] < sizes[5] * 1.2


def test_after_the_day_nothing_comes_back_even_if_the_timer_is_late(begin: Begin) -> None:
    person = begin(until="ppe")
    person.say("borrar")
    person.now += KEPT_FOR
    person.say("recuperar")
    assert "ppe" not in person.answers
    assert person.state != "ppe"


def test_a_refusal_afterwards_does_not_shorten_the_day_nor_spare_what_went_to_arm(begin: Begin) -> None:
    person = begin(until=DONE)
    reference, before = person.session.reference, person.answers
    person.says("borrar", "hola")
    assert said(person.say("2")) == ["farewell"]
    assert person.state == ERASED
    person.say("recuperar")
    assert person.answers == before
    person.says("borrar", "hola", "2")
    assert person.happen(DAY).forget == (reference,)
    assert person.kept is None


def test_who_takes_the_consent_back_takes_back_what_went_to_arm(begin: Begin) -> None:
    person = begin(until="country")
    person.says("persona", "1", "1")
    reference = person.session.reference
    assert reference
    while person.state != "consent":
        person.say("0")
    turn = person.say("2")
    assert (turn.session, turn.forget) == (None, (reference,))


def test_all_that_went_to_arm_is_erased_with_the_rest(begin: Begin) -> None:
    person = begin(until=DONE)
    sent = []
    for _ in range(3):
        sent.append(person.session.reference)
        new_chance(person)
        person.say("empezar de nuevo")
        person.follow(FINE)
    sent.append(person.session.reference)
    assert len(set(sent)) == 4
    person.says("recuperar", "borrar")
    assert set(person.happen(DAY).forget) == set(sent)


def test_what_a_new_conversation_sent_is_not_lost_when_the_old_one_comes_back(begin: Begin) -> None:
    person = begin(until="ppe")
    person.say("borrar")
    again_from(person, until=DONE)
    reference, second = person.session.reference, person.answers
    person.say("recuperar")
    assert person.state == "ppe"
    assert [kept.answers for kept in person.session.shelf] == [second]
    person.say("borrar")
    assert person.happen(DAY).forget == (reference,)


def test_only_what_was_deleted_is_erased(begin: Begin) -> None:
    person = begin(until=DONE)
    first = person.session.reference
    person.say("borrar")
    again_from(person, until=DONE)
    second = person.session.reference
    assert person.happen(DAY).forget == (first,)
    assert (person.session.reference, first != second) == (second, True)
    person.say("borrar")
    assert person.happen(DAY).forget == (second,)


def test_whoever_wants_no_messages_can_still_delete_in_silence(begin: Begin) -> None:
    person = begin(until="ppe")
    person.say("alto")
    turn = person.say("borrar")
    assert (turn.says, person.state, person.answers) == ((), ERASED, {})
    assert person.say("recuperar").says == ()
    person.say("hola")
    assert said(person.say("recuperar")) == ["undo.done", "ppe.ask"]
    assert not person.session.opted_out


def test_the_carrier_says_that_somebody_is_back_after_deleting(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("alto", "borrar")
    person.happen(OptedIn())
    assert said(person.say("buenas")) == ["welcome.ask"]


@pytest.mark.parametrize("seconds", [0, 3600, KEPT_FOR - 300])
def test_a_new_start_after_deleting_is_undone_before_what_was_deleted(begin: Begin, seconds: float) -> None:
    person = begin(until="ppe")
    person.say("borrar")
    again_from(person, until="metals")
    second = person.answers
    person.now += seconds
    person.say("empezar de nuevo")
    person.say("recuperar")
    assert person.answers == second
