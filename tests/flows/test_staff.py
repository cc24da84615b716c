"""What a miner hears of their case at ARM: once, by day, nothing that harms, and `status` at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.events import OptedOut, StaffStep, TimerDue
from flows.model import Say
from flows.phases import DONE
from tests.flows.walk import FINE, said

if TYPE_CHECKING:
    from flows.scene import Turn
    from tests.flows.walk import Begin, Walk

HOUR, DAY = 3600.0, 86_400.0
LIMA = -5 * HOUR
"""NOON of the walks is half past nine in the evening there."""
WITHIN = {"A": 3}


def ended(begin: Begin, how: str = "any_day", zone: float | None = None) -> Walk:
    """Somebody who sent all to ARM and wants to be called."""
    return begin(until=DONE, answers={**FINE, "call_how": how}, zone=zone, within_days=WITHIN)


def step(person: Walk, what: str, who: str = "", reference: str | None = None) -> Turn:
    return person.happen(StaffStep(reference or person.session.reference or "", what, who))


def test_whoever_took_it_is_named_and_the_day_stands(begin: Begin) -> None:
    person = ended(begin)
    [say] = step(person, "taken", "Ana Ruiz").says
    assert (say.id, say.params) == ("staff.taken", {"reference": person.session.reference, "who": "Ana Ruiz"})
    assert [line.params["day"] for line in say.lines] == [person.session.call_by]


def test_a_long_name_is_cut_and_none_is_somebody(begin: Begin) -> None:
    person = ended(begin)
    assert step(person, "taken", "x" * 80).says[0].params["who"] == "x" * 30
    other = ended(begin)
    assert step(other, "taken").says[0].params["who"] == Say("staff.somebody")


@pytest.mark.parametrize("what", ["closed", "not_reached", "waiting"])
def test_it_is_told_once(begin: Begin, what: str) -> None:
    person = ended(begin)
    assert said(step(person, what)) == [f"staff.{what}"]
    assert step(person, what).says == ()


def test_a_call_and_another_holder_are_no_news_but_status_knows(begin: Begin) -> None:
    person = ended(begin)
    step(person, "taken", "Ana")
    assert step(person, "contact", "Ana").says == ()
    assert said(person.say("estado"))[0] == "status.contact"
    assert step(person, "taken", "Luis").says == ()
    assert person.say("estado").says[0].params["who"] == "Luis"


def test_that_it_waits_is_no_news_once_somebody_has_it(begin: Begin) -> None:
    person = ended(begin)
    step(person, "taken", "Ana")
    assert step(person, "waiting").says == ()
    assert said(person.say("estado"))[0] == "status.taken"


def test_opened_again_it_is_told_again(begin: Begin) -> None:
    person = ended(begin)
    for what in ("taken", "closed", "taken"):
        assert said(step(person, what, "Ana")) == [f"staff.{what}"]


@pytest.mark.parametrize("what", ["taken", "contact", "closed", "not_reached", "waiting"])
def test_status_tells_where_it_stands(begin: Begin, what: str) -> None:
    person = ended(begin)
    assert said(person.say("estado"))[0] == "status.sent"
    step(person, what, "Ana")
    status = person.say("estado").says[0]
    assert status.id == f"status.{what}"
    assert bool(status.lines) == (what == "taken")


@pytest.mark.parametrize("what", ["taken", "closed", "not_reached", "waiting"])
def test_a_phone_that_is_not_safe_hears_nothing(begin: Begin, what: str) -> None:
    person = ended(begin, "not_safe")
    assert step(person, what, "Ana").says == ()
    assert said(person.say("estado"))[0] == f"status.{what}"


def test_where_only_batea_may_be_said_the_subject_is_not_told(begin: Begin) -> None:
    person = ended(begin, "only_batea")
    assert step(person, "taken", "Ana").says == (Say("staff.news"),)


def test_whoever_opted_out_hears_nothing_also_later(begin: Begin) -> None:
    person = ended(begin)
    person.happen(OptedOut(tell=False))
    assert step(person, "taken", "Ana").says == ()
    person.say("batea")
    assert person.happen(TimerDue("told")).says == ()
    assert said(person.say("estado"))[0] == "status.taken"


def test_in_the_night_it_waits_for_the_morning_and_only_the_last_is_told(begin: Begin) -> None:
    person = ended(begin, zone=LIMA)
    turn = step(person, "taken", "Ana")
    [timer] = turn.timers
    assert timer.due is not None
    assert (turn.says, timer.name, (timer.due + LIMA) % DAY / HOUR) == ((), "told", 9)
    assert step(person, "closed").says == ()
    person.now = timer.due
    assert said(person.happen(TimerDue("told"))) == ["staff.closed"]
    assert person.happen(TimerDue("told")).says == ()


def test_the_question_that_is_open_stays_where_it_is(begin: Begin) -> None:
    person = begin(until="ppe", within_days=WITHIN)
    person.says("persona", "1", "1")
    before = person.session
    assert said(step(person, "taken", "Ana")) == ["staff.taken"]
    assert replace(person.session, progress=None) == before
    person.say("1")
    assert person.answers["ppe"] == "yes"


@pytest.mark.parametrize("reference", ["7K3M-2QXD", ""])
def test_what_is_not_of_this_phone_is_not_told(begin: Begin, reference: str) -> None:
    person = begin(until="ppe")
    assert person.happen(StaffStep(reference, "taken", "Ana")).says == ()
    assert person.session.progress is None


def test_nobody_begins_a_conversation_by_it(begin: Begin) -> None:
    person = begin()
    person.kept = None
    turn = person.happen(StaffStep("7K3M-2QXD", "taken", "Ana"))
    assert (turn.session, turn.says) == (None, ())


def test_a_call_in_private_is_told_nothing_of(begin: Begin) -> None:
    person = begin(until="ppe", private=True)
    talk = person.says("privado", "1").talk
    assert talk is not None
    assert step(person, "taken", "Ana", talk.reference).says == ()


def test_another_assessment_of_the_phone_is_told_of_too(begin: Begin) -> None:
    person = ended(begin)
    reference = person.session.reference
    person.says("otra organización", "2", "Rio")
    assert person.session.reference is None
    assert step(person, "taken", "Ana", reference).says[0].params["reference"] == reference
    assert person.session.shelf[0].progress is not None


def test_what_was_deleted_says_nothing(begin: Begin) -> None:
    person = ended(begin)
    reference = person.session.reference
    person.say("borrar")
    assert step(person, "taken", "Ana", reference).says == ()


def test_something_new_for_arm_opens_a_closed_case_again(begin: Begin) -> None:
    person = ended(begin)
    step(person, "closed")
    person.says("persona", "1", "1")
    assert person.session.progress is None
    assert said(person.say("estado"))[0] == "status.sent"
