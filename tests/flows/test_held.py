"""While somebody of ARM's holds the conversation: Batea's silence, what it answers all the same, and its return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.events import (
    Called,
    Contact,
    FromRoom,
    HandedBack,
    OptedOut,
    Phone,
    StaffStep,
    StaffWrote,
    Tap,
    TimerDue,
    Unreadable,
)
from flows.held import refusal
from flows.model import Say, Timer
from flows.phases import DONE
from tests.flows.walk import FINE, said

if TYPE_CHECKING:
    from flows.scene import Turn
    from tests.flows.walk import Begin, Walk

HOUR, DAY = 3600.0, 86_400.0
LIMA = -5 * HOUR
GONE = "7K3M-2QXD"


def ended(begin: Begin, how: str = "any_day", zone: float | None = None, **answers: str) -> Walk:
    return begin(until=DONE, answers={**FINE, "call_how": how, **answers}, zone=zone)


def write(person: Walk, text: str = "Mañana le llamo", reference: str | None = None) -> Turn:
    return person.happen(StaffWrote(reference or person.session.reference or "", text, "Ana"))


@pytest.fixture
def held(begin: Begin) -> Walk:
    """Somebody to whom Ana wrote."""
    person = ended(begin)
    write(person)
    return person


@pytest.fixture
def asked(begin: Begin) -> Walk:
    """Somebody whose case left, and who is asked about helmets meanwhile."""
    person = begin(until="ppe", private=True)
    person.says("persona", "1", "1")
    assert person.state == "ppe"
    return person


def test_staff_say_who_they_are_and_what_was_under_way_is_dropped_once(begin: Begin) -> None:
    person = ended(begin)
    first, second = write(person), write(person, "¿Me oye?")
    assert first.says == (Say("held.wrote", {"who": "Ana", "text": "Mañana le llamo"}),)
    assert [timer.name for timer in first.timers] == ["held"]
    assert (first.cancel, second.cancel) == (True, False)


@pytest.mark.parametrize("text", ["sí", "1", "cambiar", "menú", "hola", "gracias", "persona", "99"])
def test_batea_is_silent_and_the_case_hears_it(held: Walk, text: str) -> None:
    before = held.session
    turn = held.say(text)
    assert (turn.says, turn.silence) == ((), "held")
    assert turn.heard
    assert (turn.heard.what, turn.heard.text, turn.heard.reference) == ("heard", text, before.reference)
    assert replace(held.session, held=None) == replace(before, held=None)


@pytest.mark.parametrize(
    ("event", "what"), [(Unreadable("photo"), "other"), (Contact("+573001234567"), "other"), (Called(), "rang")]
)
def test_what_is_no_text_is_told_as_that(held: Walk, event: Called, what: str) -> None:
    turn = held.happen(event)
    assert turn.says == ()
    assert turn.heard
    assert (turn.heard.what, turn.heard.text) == (what, "")


def test_an_old_button_is_answered_gently(held: Walk) -> None:
    turn = held.happen(Tap("ppe", 3, "1"))
    assert (turn.says, turn.toast, turn.heard) == ((), Say("stale"), None)


@pytest.mark.parametrize("text", ["alto", "STOP"])
def test_to_opt_out_holds_at_once_and_nothing_is_written_after_it(held: Walk, text: str) -> None:
    turn = held.say(text)
    assert (said(turn), turn.heard, held.session.held) == (["stopped"], None, None)
    assert held.session.opted_out
    turn = write(held)
    assert turn.says == ()
    assert turn.heard
    assert turn.heard.what == "unsent"


def test_the_carriers_opt_out_holds_too(held: Walk) -> None:
    held.happen(OptedOut(tell=False))
    assert held.session.opted_out
    assert held.session.held is None


def test_to_delete_holds_at_once_and_the_case_hears_nothing_of_it(held: Walk) -> None:
    reference = held.session.reference
    turn = held.say("borrar")
    assert (said(turn), turn.heard) == (["deleted"], None)
    assert write(held, reference=reference).says == ()
    held.say("recuperar")
    assert held.session.held is None


def test_where_the_case_stands_is_told_and_staff_keep_the_talk(held: Walk) -> None:
    before = held.session.held
    turn = held.say("estado")
    assert (said(turn), turn.heard, held.session.held) == (["status.sent"], None, before)


def test_a_day_after_the_last_word_of_either_batea_speaks_again(asked: Walk) -> None:
    write(asked)
    asked.now += 20 * HOUR
    [timer] = asked.say("bueno").timers
    assert timer == Timer("held", asked.now + DAY)
    asked.now += 20 * HOUR
    early = asked.happen(TimerDue("held"))
    assert early.says == ()
    assert timer in early.timers
    asked.now = asked.now + 4 * HOUR
    assert said(asked.happen(TimerDue("held"))) == ["held.over.question", "ppe.ask"]
    assert asked.happen(TimerDue("held")).says == ()
    asked.say("1")
    assert asked.answers["ppe"] == "yes"


def test_it_comes_back_by_day(begin: Begin) -> None:
    person = ended(begin, zone=LIMA)
    [timer] = write(person).timers
    assert timer.due is not None
    assert (timer.due + LIMA) % DAY / HOUR == 9
    assert timer.due > person.now + DAY


def test_staff_hand_it_back_once(held: Walk) -> None:
    reference = held.session.reference or ""
    assert held.happen(HandedBack(GONE)).says == ()
    turn = held.happen(HandedBack(reference))
    assert said(turn) == ["held.over"]
    assert turn.timers == (Timer("held", None),)
    assert held.happen(HandedBack(reference)).says == ()
    assert said(held.say("estado"))[0] == "status.sent"


def test_a_delicate_question_is_not_told_when_batea_comes_back(asked: Walk) -> None:
    write(asked)
    asked.kept = replace(asked.session, state="gold_month")
    assert said(asked.happen(HandedBack(asked.session.reference or ""))) == ["held.over"]


def test_staff_do_not_hear_the_answer_to_a_delicate_question(asked: Walk) -> None:
    asked.kept = replace(asked.session, state="gold_month")
    assert write(asked).says == ()
    assert asked.session.held is None
    asked.now += HOUR
    assert said(write(asked)) == ["held.wrote"]


def test_who_is_in_a_meeting_is_left_to_it(asked: Walk) -> None:
    asked.happen(FromRoom("room", "joined", Phone("sms", "+1")))
    assert write(asked).says == ()
    assert asked.session.held is None


@pytest.mark.parametrize("name", ["reminder", "recheck", "told"])
def test_what_batea_wanted_to_say_waits(held: Walk, name: str) -> None:
    turn = held.happen(TimerDue(name))
    assert turn.says == ()
    [timer] = turn.timers
    assert timer.name == name
    assert held.session.held
    assert timer.due is not None
    assert timer.due > held.session.held.until


def test_with_the_case_closed_it_is_over(held: Walk) -> None:
    held.happen(StaffStep(GONE, "closed"))
    assert held.session.held
    assert said(held.happen(StaffStep(held.session.reference or "", "closed"))) == ["staff.closed"]
    assert held.session.held is None


@pytest.mark.parametrize(
    ("how", "answers", "why"),
    [
        ("not_safe", {}, "not_safe"),
        ("any_day", {"send": "no", "call_back": "no"}, "no_contact"),
        ("any_day", {"send": "no"}, None),
        ("any_day", {"call_back": "no"}, None),
    ],
)
def test_who_did_not_agree_is_not_written_to(begin: Begin, how: str, answers: dict[str, str], why: str | None) -> None:
    person = ended(begin)
    person.kept = replace(person.session, answers={**person.answers, "call_how": how, **answers})
    assert refusal(person.session, person.session.reference or "", person.now) == why
    assert bool(write(person).says) == (why is None)


def test_where_only_batea_may_be_said_nothing_else_is(begin: Begin) -> None:
    person = ended(begin, "only_batea")
    assert write(person).says == (Say("staff.news"),)
    assert person.session.held is None
    assert said(person.say("estado"))[0] == "status.sent"


def test_what_is_of_no_case_of_this_phone_is_not_said(begin: Begin) -> None:
    person = ended(begin)
    assert write(person, reference=GONE).says == ()
    person.kept = None
    assert write(person, reference=GONE).says == ()
    assert refusal(None, GONE, 0) == "gone"
