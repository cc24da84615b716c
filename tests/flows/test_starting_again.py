"""Starting again beside everything else: twice, after a referral, with questions skipped, on an old button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.events import Tap, TimerDue
from flows.phases import DONE
from flows.session import dump
from tests.flows.walk import FINE, NOTHING_SENT, said

if TYPE_CHECKING:
    from flows.model import Answer
    from tests.flows.walk import Begin, Walk

GAPS: dict[str, Answer] = {**NOTHING_SENT, "ppe": "no", "permits": "unknown", "records": "no"}


def new_chance(person: Walk) -> None:
    person.known = replace(person.known, chance=person.known.chance + 1)


def test_starting_again_twice_in_a_row_loses_nothing(begin: Begin) -> None:
    person = begin(until="ppe")
    before = person.answers
    person.says("empezar de nuevo", "empezar de nuevo", "recuperar")
    assert (person.answers, person.state) == (before, "ppe")


def test_what_was_sent_after_a_new_start_is_not_taken_back_by_zero(begin: Begin) -> None:
    person = begin(until="ppe")
    person.say("empezar de nuevo")
    person.follow(FINE)
    reference = person.session.reference
    for _ in range(3):
        person.say("0")
    assert (person.session.reference, person.answers["send"]) == (reference, "yes")


def test_changes_after_an_undo_update_the_same_reference(begin: Begin) -> None:
    person = begin(until=DONE)
    reference, turn = person.session.reference, person.session.turn
    person.say("empezar de nuevo")
    person.follow(FINE, until="permits")
    person.says("recuperar", "cambiar 20", "2")
    assert person.turns[-1].refer
    assert (person.session.reference, person.session.turn > turn) == (reference, True)


def test_a_second_referral_has_a_reference_of_its_own(begin: Begin) -> None:
    person = begin(until=DONE)
    first = person.session.reference
    person.say("empezar de nuevo")
    new_chance(person)
    person.follow(FINE)
    assert person.session.reference not in {first, None}


def test_a_button_from_before_a_new_start_answers_nothing(begin: Begin) -> None:
    person = begin(until="role", channel="telegram")
    person.follow(FINE, until="country")
    person.say("empezar de nuevo")
    old = Tap("role", person.session.asked, "1")
    person.follow(FINE, until="country")
    person.say("empezar de nuevo")
    assert person.happen(old).silence == "stale"
    assert "role" not in person.answers


def test_nothing_grows_for_ever_when_started_again(begin: Begin) -> None:
    person = begin(until="metals")
    sizes = []
    for _ in range(30):
        person.say("empezar de nuevo")
        person.follow(FINE, until="metals")
        sizes.append(len(dump(person.session)))
    assert sizes[-1] <= sizes[2] + 20


def test_the_month_that_was_agreed_to_is_not_forgotten_over_a_new_start(begin: Begin) -> None:
    person = begin(until=DONE, answers=GAPS)
    [due] = [timer.due for timer in person.say("1").timers if timer.name == "recheck"]
    person.say("empezar de nuevo")
    assert ("recheck", None) in {(timer.name, timer.due) for timer in person.turns[-1].timers}
    person.say("recuperar")
    assert ("recheck", due) in {(timer.name, timer.due) for timer in person.turns[-1].timers}


@pytest.mark.parametrize("back", ["otra organización", "recuperar"])
def test_the_month_is_kept_while_another_is_at_hand_or_it_was_deleted(begin: Begin, back: str) -> None:
    person = begin(until=DONE, answers=GAPS)
    [due] = [timer.due for timer in person.say("1").timers if timer.name == "recheck"]
    if back == "recuperar":
        person.says("borrar", "recuperar")
    else:
        person.says(back, "2", "La Paloma", back, "2")
    assert ("recheck", due) in {(timer.name, timer.due) for timer in person.turns[-1].timers}


def test_asking_again_leaves_alone_what_was_skipped_and_is_delicate(begin: Begin) -> None:
    person = begin(until="children", answers=GAPS, private=True)
    person.say("saltar")
    person.follow(GAPS)
    person.say("1")
    person.happen(TimerDue("recheck"))
    person.says("1", "1", "1", "1")
    assert person.state == DONE


def test_asking_again_about_what_was_skipped_is_taken_back_whole(begin: Begin) -> None:
    person = begin(until="ppe", answers=GAPS)
    person.say("saltar")
    person.follow(GAPS)
    person.say("1")
    before = (person.answers, person.session.skipped)
    person.happen(TimerDue("recheck"))
    person.says("1", "0")
    assert (person.answers, person.session.skipped, person.state) == (*before, DONE)
    assert "recheck.compared" not in said(person.says("cambiar 19", "2"))


def test_a_skipped_question_stays_skipped_when_its_change_is_taken_back(begin: Begin) -> None:
    person = begin(until="ppe")
    number = person.checklist.items["ppe"].number
    person.says("saltar", f"cambiar {number}", "0")
    assert person.session.skipped == ("ppe",)
    person.says(f"cambiar {number}", "saltar")
    assert person.session.skipped == ("ppe",)
    assert said(person.say(f"cambiar {number}")) == ["ppe.ask"]


@pytest.mark.parametrize("answers", [NOTHING_SENT, FINE])
def test_a_person_asked_for_in_the_middle_of_a_change_loses_no_question(
    begin: Begin, answers: dict[str, Answer]
) -> None:
    person = begin(until=DONE, answers=answers)
    person.says("0" if person.session.menu else "estado", f"cambiar {person.checklist.items['ppe'].number}")
    assert person.state == "ppe"
    person.says("persona", "1", "1")
    assert person.state == "ppe"
    assert not person.turns[-1].refer or "send" not in person.answers or person.answers["send"] == "no"
    person.say("2")
    assert (person.answers["ppe"], person.state) == ("no", DONE)
