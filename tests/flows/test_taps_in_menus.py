"""Buttons of the menus that come with a pause, a month, and several assessments; and old ones of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import Tap, TimerDue
from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, said

if TYPE_CHECKING:
    from flows.model import Answer
    from tests.flows.walk import Begin, Walk

DAY = 86_400
GAPS: dict[str, Answer] = {**NOTHING_SENT, "ppe": "no"}
MENUS = ["resume", "reminder", "recheck", "rechecking", "others"]


def in_menu(begin: Begin, menu: str) -> Walk:
    month = menu in ("recheck", "rechecking")
    person = begin(until=DONE if month else "gold_month", answers=GAPS if month else FINE, channel="telegram")
    if menu == "reminder":
        person.say("basta por hoy")
        person.happen(TimerDue("reminder"))
    elif menu == "resume":
        person.now += DAY
        person.say("hola")
    elif menu == "rechecking":
        person.say("1")
        person.happen(TimerDue("recheck"))
    elif menu == "others":
        person.say("otra organización")
    assert person.session.menu == menu
    return person


@pytest.mark.parametrize("menu", MENUS)
def test_a_button_does_what_its_digit_does(begin: Begin, menu: str) -> None:
    typed, tapped = in_menu(begin, menu), in_menu(begin, menu)
    one = typed.say("1")
    other = tapped.happen(Tap(menu, tapped.session.asked, "1"))
    assert said(one) == said(other)
    assert other.chosen
    assert (typed.state, typed.session.menu) == (tapped.state, tapped.session.menu)


@pytest.mark.parametrize("menu", MENUS)
def test_an_old_button_does_nothing(begin: Begin, menu: str) -> None:
    person = in_menu(begin, menu)
    old = Tap(menu, person.session.asked, "1")
    person.say("99")
    before = person.answers
    assert person.happen(old).silence == "stale"
    assert person.answers == before


@pytest.mark.parametrize("menu", MENUS)
def test_the_button_back_closes_it(begin: Begin, menu: str) -> None:
    person = in_menu(begin, menu)
    before = (person.state, person.answers)
    person.happen(Tap(menu, person.session.asked, "0"))
    assert (person.state, person.answers, person.session.menu) == (*before, "")


def test_a_button_of_the_question_before_a_pause_is_old(begin: Begin) -> None:
    person = begin(until="ppe", channel="telegram")
    old = Tap("ppe", person.session.asked, "2")
    person.say("basta por hoy")
    assert person.happen(old).silence == "stale"


def test_a_button_of_a_deleted_conversation_answers_nothing(begin: Begin) -> None:
    person = begin(until="role", channel="telegram")
    old = Tap("welcome", person.session.asked, "1")
    person.say("borrar")
    person.happen(old)
    assert "welcome" not in person.answers


def test_a_button_of_another_assessment_is_old(begin: Begin) -> None:
    person = begin(until="role", channel="telegram")
    old = Tap("role", person.session.asked, "1")
    person.says("otra organización", "2", "La Paloma")
    assert person.happen(old).silence == "stale"
