"""Stopping anywhere: what "send 1 to go on" does, what a reminder may say, the hour, and coming back badly typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import TimerDue
from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, ids, said

if TYPE_CHECKING:
    from flows.model import Answer
    from tests.flows.walk import Begin

RING = TimerDue("reminder")
DAY = 86_400
OPEN: dict[str, Answer] = {**FINE, "scale": "right"}


@pytest.mark.parametrize("state", ["ppe", "days_month", "children", "gold_month", "name"])
def test_one_goes_on_as_it_was_told(begin: Begin, state: str) -> None:
    person = begin(until=state, private=True)
    before = person.answers
    person.say("99")
    person.says("8", "3")
    assert said(person.turns[-1])[-1].startswith("later")
    assert said(person.say("1")) == [f"{state}.ask"]
    assert person.answers == before


def test_at_the_first_result_one_goes_on_at_once(begin: Begin) -> None:
    person = begin(until="checkpoint")
    person.say("2")
    person.say("1")
    assert person.state == "permits"


def test_one_goes_on_after_no_more_reminders_too(begin: Begin) -> None:
    person = begin(until="children", private=True)
    person.say("basta por hoy")
    person.happen(RING)
    person.say("3")
    assert said(person.say("1")) == ["children.ask"]


def test_another_plain_answer_after_a_pause_is_still_taken(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("basta por hoy", "2")
    assert person.answers["ppe"] == "no"


def test_a_row_of_answers_after_a_pause_is_taken(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("basta por hoy", "1 1 1")
    assert {"ppe", "safety_training"} <= set(person.answers)


@pytest.mark.parametrize("state", ["scale", "send_private", "call_back", "call_how"])
def test_a_reminder_tells_neither_gold_nor_that_somebody_is_to_call(begin: Begin, state: str) -> None:
    person = begin(until=state, private=True)
    person.say("basta por hoy")
    person.now += DAY
    turn = person.happen(RING)
    assert said(turn) == ["menu.reminder.ask"]
    assert said(person.say("1")) == [f"{state}.ask"]


def test_a_pause_within_a_question_about_the_answer(begin: Begin) -> None:
    person = begin(until="gold_month")
    person.say("20")
    pending = person.session.pending
    assert pending
    person.say("basta por hoy")
    person.now += DAY
    turn = person.happen(RING)
    assert said(turn) == ["menu.reminder.ask"]
    assert not any(key.startswith("askback") for say in turn.says for key in ids(say))
    assert said(person.say("1")) == ["askback.unit"]
    person.say("1")
    assert "gold_month" in person.answers


def test_whoever_is_back_and_mistypes_gets_hints_and_no_second_welcome(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("basta por hoy")
    person.now += DAY
    person.says("hola", "1")
    told = [said(person.say(f"qwrt{number}")) for number in range(3)]
    assert told == [["hint.choice"], ["hint.choice.example", "ppe.ask"], ["hint.way_out"]]


def test_a_timer_that_rings_is_no_sign_of_life(begin: Begin) -> None:
    person = begin(until="ppe")
    person.now += 7 * DAY
    person.happen(TimerDue("erase"))
    assert said(person.say("hola")) == ["menu.resume.ask"]


def test_no_hour_is_promised_where_nobody_knows_the_clock(begin: Begin) -> None:
    person = begin(until="ppe", zone=None, channel="telegram")
    assert said(person.say("basta por hoy"))[-1] == "later.plain"
    turn = person.say("18h")
    assert said(turn) == ["later.plain"]
    assert (turn.timers, person.session.hour) == ((), None)


@pytest.mark.parametrize("menu", ["resume", "reminder", "recheck", "rechecking"])
def test_another_language_repeats_what_was_offered_in_it(begin: Begin, menu: str) -> None:
    gaps: dict[str, Answer] = {**NOTHING_SENT, "ppe": "no"}
    asking = menu in ("recheck", "rechecking")
    person = begin(until=DONE if asking else "children", answers=gaps if asking else FINE, private=not asking)
    if menu == "resume":
        person.now += DAY
        person.say("hola")
    elif menu == "reminder":
        person.say("basta por hoy")
        person.happen(RING)
    elif menu == "rechecking":
        person.say("1")
        person.happen(TimerDue("recheck"))
    assert said(person.say("English")) == [f"menu.{menu}.ask"]
    assert (person.session.locale, person.session.menu) == ("en", menu)


@pytest.mark.parametrize("digit", ["２", "٢"])
def test_digits_of_any_script_choose_in_a_menu(begin: Begin, digit: str) -> None:
    person = begin(until="ppe")
    person.now += DAY
    person.say("hola")
    assert said(person.say(digit)) == ["review.ask"]
    assert "ppe" not in person.answers


def test_whoever_is_back_after_an_opt_out_and_weeks_is_told_where_they_were(begin: Begin) -> None:
    person = begin(until="children", private=True)
    person.say("alto")
    person.now += 20 * DAY
    turn = person.say("hola")
    assert said(turn) == ["menu.resume.ask"]
    assert not person.session.opted_out


@pytest.mark.parametrize("word", ["hola", "seguir"])
def test_a_greeting_after_weeks_is_nobodys_name(begin: Begin, word: str) -> None:
    person = begin(until="name")
    person.now += 20 * DAY
    assert said(person.say(word)) == ["menu.resume.ask"]
    person.says("1", "Ana")
    assert person.answers["name"] == "Ana"


def test_a_name_after_weeks_is_taken(begin: Begin) -> None:
    person = begin(until="name")
    person.now += 20 * DAY
    person.say("Ana, Coop Alto, El Alto")
    assert (person.answers["name"], person.answers["place"]) == ("Ana", "El Alto")
