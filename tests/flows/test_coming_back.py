"""Coming back after hours or weeks, stopping for today, reminders, and being asked again after a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.detours.resuming import AWAY
from flows.events import OptedOut, TimerDue
from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, ids, said

if TYPE_CHECKING:
    from flows.model import Answer, Timer
    from flows.scene import Turn
    from tests.flows.walk import Begin, Walk

WEEK = 7 * 86_400
GAPS: dict[str, Answer] = {**NOTHING_SENT, "ppe": "no", "permits": "unknown", "records": "no"}


def gone(person: Walk, seconds: float) -> Walk:
    person.now += seconds
    return person


def timer(turn: Turn, name: str) -> Timer:
    return next(timer for timer in turn.timers if timer.name == name)


@pytest.mark.parametrize("text", ["hola", "seguir", "???!", "blablabla", "gracias"])
def test_whoever_comes_back_is_told_where_they_were(begin: Begin, text: str) -> None:
    turn = gone(begin(until="ppe"), 3 * WEEK).say(text)
    assert said(turn) == ["menu.resume.ask"]
    assert "progress" in list(ids(turn.says[0]))
    assert [option.value for option in turn.says[0].options] == ["continue", "review", "again"]


@pytest.mark.parametrize(
    ("reply", "then"), [("1", ["ppe.ask"]), ("2", ["review.ask"]), ("3", ["afresh", "role.ask"]), ("0", ["ppe.ask"])]
)
def test_the_three_ways_on(begin: Begin, reply: str, then: list[str]) -> None:
    person = gone(begin(until="ppe"), WEEK)
    person.say("hola")
    assert said(person.say(reply)) == then


def test_a_plain_answer_is_taken_and_echoed(begin: Begin) -> None:
    person = gone(begin(until="ppe"), WEEK)
    turn = person.say("2")
    assert person.answers["ppe"] == "no"
    assert said(turn) == ["resume.took", "safety_training.ask"]
    assert "ppe.no" in list(ids(turn.says[0]))


@pytest.mark.parametrize(("state", "text"), [("children", "2"), ("gold_month", "90 g")])
def test_a_delicate_answer_is_taken_without_an_echo(begin: Begin, state: str, text: str) -> None:
    person = gone(begin(until=state, private=True), WEEK)
    assert "resume.took" not in said(person.say(text))
    assert state in person.answers


def test_nothing_is_said_of_a_delicate_question_that_waited(begin: Begin) -> None:
    turn = gone(begin(until="children", private=True), WEEK).say("hola")
    assert "section.private" not in list(ids(turn.says[0]))


@pytest.mark.parametrize("state", ["welcome", "consent", DONE])
def test_before_the_consent_and_after_the_end_nothing_is_resumed(begin: Begin, state: str) -> None:
    person = gone(begin(until=state, answers=NOTHING_SENT), WEEK)
    assert "menu.resume.ask" not in said(person.say("hola"))


def test_a_short_break_is_none(begin: Begin) -> None:
    person = gone(begin(until="ppe"), AWAY / 2)
    assert said(person.say("xyz")) == ["hint.choice"]


def test_enough_for_today_tells_what_is_known_so_far(begin: Begin) -> None:
    person = begin(until="records", answers={**FINE, "ppe": "no"}, zone=0.0)
    turn = person.say("basta por hoy")
    assert said(turn) == ["partial", "later"]
    assert "ppe.gap" in list(ids(turn.says[0]))
    assert timer(turn, "reminder").due is not None
    assert said(person.say("hola")) == ["menu.resume.ask"]
    person.say("1")
    assert person.state == "records"


def test_a_partial_result_has_pages_and_says_nothing_of_what_was_not_asked(begin: Begin) -> None:
    many: dict[str, Answer] = dict.fromkeys(("permits", "production_map", "miner_register", "ppe"), "no")
    person = begin(until="records", answers={**FINE, **many, "equal_treatment": "unknown"})
    first = person.say("basta por hoy").says[0]
    assert [line.id for line in first.lines] == ["line.gap", "line.gap", "result.more"]
    assert [line.id for line in person.say("8").says[0].lines] == ["line.gap", "line.gap"]
    assert said(person.say("8")) == ["partial"]


def test_a_reminder_carries_the_question_and_an_answer_calls_it_off(begin: Begin) -> None:
    person = begin(until="records")
    person.say("por hoy no más")
    assert said(gone(person, 86_400).happen(TimerDue("reminder"))) == ["reminder", "records.ask"]
    turn = person.say("1")
    assert person.answers["records"] == "yes"
    assert timer(turn, "reminder").due is None
    assert person.happen(TimerDue("reminder")).says == ()


@pytest.mark.parametrize("state", ["children", "gold_month"])
def test_a_reminder_does_not_carry_a_delicate_question(begin: Begin, state: str) -> None:
    person = begin(until=state, private=True)
    person.say("por hoy no más")
    turn = gone(person, 86_400).happen(TimerDue("reminder"))
    assert said(turn) == ["menu.reminder.ask"]
    assert not any(key.startswith(state) for say in turn.says for key in ids(say))
    assert said(person.say("1")) == [f"{state}.ask"]


@pytest.mark.parametrize(("reply", "key"), [("2", "later"), ("3", "later.quiet")])
def test_what_can_be_said_to_a_reminder(begin: Begin, reply: str, key: str) -> None:
    person = begin(until="gold_month", zone=0.0)
    person.say("por hoy no más")
    gone(person, 86_400).happen(TimerDue("reminder"))
    turn = person.say(reply)
    assert said(turn) == [key]
    assert (timer(turn, "reminder").due is None) == (reply == "3")


def test_three_reminders_at_most(begin: Begin) -> None:
    person = begin(until="records")
    dues = [timer(person.say("por hoy no más"), "reminder").due for _ in range(3)]
    assert None not in dues
    assert said(person.say("por hoy no más"))[-1] == "later.quiet"


def test_no_reminder_after_an_opt_out(begin: Begin) -> None:
    person = begin(until="records")
    person.say("por hoy no más")
    person.happen(OptedOut(tell=True))
    assert gone(person, 86_400).happen(TimerDue("reminder")).says == ()


@pytest.mark.parametrize("zone", [None, 0.0, -5 * 3600.0, 5.75 * 3600, 12 * 3600.0])
@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_reminders_come_when_people_are_up(begin: Begin, zone: float | None, hour: int) -> None:
    person = begin(until="records", zone=zone)
    person.now += (hour * 3600 - person.now) % 86_400
    due = timer(person.say("por hoy no más"), "reminder").due
    assert due is not None
    assert 0.4 * 86_400 <= due - person.now <= 2 * 86_400
    if zone is not None:
        assert 9 <= (due + zone) % 86_400 / 3600 < 19


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_in_a_country_of_several_zones_they_come_when_people_are_up_in_all(begin: Begin, hour: int) -> None:
    person = begin(until="records", zone=-3 * 3600.0, around=(2 * 3600.0, 3600.0))
    person.now += (hour * 3600 - person.now) % 86_400
    due = timer(person.say("por hoy no más"), "reminder").due
    assert due is not None
    for zone in (-5, -3, -2):
        assert 9 <= (due + zone * 3600) % 86_400 / 3600 < 19


def test_where_the_zones_have_no_hour_in_common_the_likeliest_counts(begin: Begin) -> None:
    person = begin(until="records", zone=3 * 3600.0, around=(3600.0, 9 * 3600.0))
    person.now += (14 * 3600 - person.now) % 86_400
    assert timer(person.say("por hoy no más"), "reminder").due == person.now + 86_400


@pytest.mark.parametrize(
    ("text", "hour"), [("18h", 18), ("a las 7 pm", 19), ("6 am", 6), ("12:00", 12), ("20 horas", 20)]
)
def test_the_person_chooses_the_hour(begin: Begin, text: str, hour: int) -> None:
    person = begin(until="records", zone=-5 * 3600.0)
    person.say("por hoy no más")
    turn = person.say(text)
    due = timer(turn, "reminder").due
    assert said(turn) == ["later.hour"]
    assert due is not None
    assert (due - 5 * 3600) % 86_400 / 3600 == hour


def test_after_a_month_only_what_was_open_is_asked_and_compared(begin: Begin) -> None:
    person = begin(until=DONE, answers=GAPS)
    assert said(person.turns[-1])[-1] == "menu.recheck.ask"
    turn = person.say("1")
    due = timer(turn, "recheck").due
    assert said(turn) == ["recheck.yes"]
    assert due is not None
    assert due - person.now == pytest.approx(30 * 86_400, abs=86_400)
    before = person.answers
    assert said(gone(person, 30 * 86_400).happen(TimerDue("recheck"))) == ["menu.rechecking.ask"]
    assert said(person.say("1")) == ["permits.ask"]
    person.say("1")
    assert person.state == "ppe"
    person.say("1")
    told = person.say("2")
    assert person.state == DONE
    assert said(told)[:2] == ["recheck.compared", "result.close_gaps"]
    assert told.says[0].params == {"closed": 2, "left": 1}
    assert {
        key: said for key, said in before.items() if key not in ("permits", "ppe")
    }.items() <= person.answers.items()


def test_asking_again_is_taken_back_at_once(begin: Begin) -> None:
    person = begin(until=DONE, answers=GAPS)
    before = person.answers
    person.say("1")
    gone(person, 30 * 86_400).happen(TimerDue("recheck"))
    person.says("1", "0")
    assert (person.state, person.answers) == (DONE, before)


def test_who_does_not_want_to_be_asked_again_is_not(begin: Begin) -> None:
    person = begin(until=DONE, answers=GAPS)
    turn = person.say("2")
    assert (said(turn), turn.timers) == (["recheck.no"], ())


def test_where_nothing_is_open_nothing_is_offered(begin: Begin) -> None:
    assert "menu.recheck.ask" not in said(begin(until=DONE, answers=NOTHING_SENT).turns[-1])
