"""Taking back and changing: what was answered comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.phases import DONE
from tests.flows.walk import FINE, MUCH, NOTHING_SENT, said

if TYPE_CHECKING:
    from flows.model import Answer
    from tests.flows.walk import Begin


def test_undo_goes_back_over_a_branch_that_opened(begin: Begin) -> None:
    person = begin(until="mercury")
    before = person.answers
    person.answer("yes")
    person.answer("no")
    assert person.state == "mercury_whole_ore"
    person.says("0", "0")
    assert (person.state, person.answers) == ("mercury", before)


def test_undo_at_the_very_beginning(begin: Begin) -> None:
    person = begin()
    assert said(person.say("0")) == ["back.none", "welcome.ask"]


@pytest.mark.parametrize("state", ["miners", "gold_month"])
def test_digits_are_numbers_where_numbers_are_asked(begin: Begin, state: str) -> None:
    person = begin(until=state)
    person.say("9")
    assert not person.session.menu
    person = begin(until=state)
    person.say("99")
    assert person.session.menu == "menu"
    person.say("00")
    assert (person.state, person.session.menu) == (state, "")
    person.say("00")
    assert person.state != state


def test_undo_of_a_question_put_back_only_closes_it(begin: Begin) -> None:
    person = begin(until="gold_month")
    person.say("15")
    assert person.session.pending is not None
    person.say("0")
    assert person.state == "gold_month"
    assert person.asked().id == "gold_month.ask"


def test_a_changed_answer_comes_back_with_the_step(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    before = person.answers
    person.say("cambiar 5")
    assert person.state == "registered"
    assert said(person.say("0")) == ["done.menu"]
    assert (person.state, person.answers) == (DONE, before)


def test_a_changed_answer_gives_the_result_again(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    turn = person.says("cambiar 20", "2")
    assert person.state == DONE
    assert said(turn) == ["result.close_gaps", "done.kept", "menu.recheck.ask"]


def test_a_change_opens_only_what_it_opens(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    person.says("cambiar 27", "2")
    assert person.follow({**NOTHING_SENT, "mercury": "yes"}) == [
        *("mercury_burning", "mercury_whole_ore", "mercury_less", "mercury_handlers", "cyanide_on_mercury")
    ]


@pytest.mark.parametrize("number", ["8", "9", "43"])
def test_other_figures_have_to_be_confirmed_anew_before_they_stop_anything(begin: Begin, number: str) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    before = person.answers
    person.says(f"cambiar {number}", "900 gramos" if number == "43" else "1")
    assert person.state == "scale"
    assert "scale" not in person.answers
    person.says("00", "00")
    assert (person.state, person.answers) == (DONE, before)


def test_the_result_is_told_after_the_figures_were_confirmed_anew(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    assert said(person.says("cambiar 43", "90000 gramos", "1")) == ["result.outside_scope", "done.kept"]


@pytest.mark.parametrize(("reply", "asked"), [("2", "gold_month"), ("3", "miners"), ("4", "days_month")])
def test_each_figure_can_be_changed_at_the_scale(begin: Begin, reply: str, asked: str) -> None:
    person = begin(until="scale", answers={**FINE, "gold_month": MUCH})
    person.say(reply)
    assert person.state == asked
    person.say("30 gramos" if asked == "gold_month" else "31")
    assert person.state == "scale"


def test_a_band_over_the_limit_offers_to_change_the_band(begin: Begin) -> None:
    person = begin(until="scale", answers={**FINE, "gold_month": "unknown", "gold_band": "over_5"})
    asked = person.asked()
    assert (asked.id, [option.value for option in asked.options]) == ("scale.ask.band", ["right", "gold"])
    person.say("2")
    assert person.state == "gold_band"


def test_what_was_sent_cannot_be_taken_back(begin: Begin) -> None:
    person = begin(until=DONE, private=True)
    assert person.session.referred == 1
    assert said(person.say("0"))[0] == "back.none"


def test_a_no_that_sending_put_aside_comes_back(begin: Begin) -> None:
    answers: dict[str, Answer] = {**FINE, "call_back": "no"}
    person = begin(until="send", answers=answers)
    before = person.answers
    assert before["call_back"] == "no"
    person.answer("yes")
    assert "call_back" not in person.answers
    person.say("0")
    assert (person.state, person.answers) == ("send", before)
