"""Buttons: a tap is its reply, a stale one answers nothing, a delicate one shows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import Tap
from tests.flows.walk import FINE, NOON, ids

if TYPE_CHECKING:
    from flows.scene import Turn
    from tests.flows.walk import Begin, Walk


def tap(person: Walk, reply: str, *, state: str | None = None, asked: int | None = None) -> Turn:
    shown = person.session.menu or person.state
    return person.happen(Tap(state or shown, person.session.asked if asked is None else asked, reply))


def test_a_tap_is_its_reply(begin: Begin) -> None:
    person = begin(until="registered")
    turn = tap(person, "2")
    assert person.answers["registered"] == "no"
    assert turn.chosen is not None
    assert turn.chosen.id == "registered.no"


@pytest.mark.parametrize(("state", "asked"), [("role", None), (None, 1), ("menu", None)])
def test_a_stale_tap_is_answered_gently_and_answers_nothing(begin: Begin, state: str | None, asked: int | None) -> None:
    person = begin(until="registered")
    before = person.answers
    turn = tap(person, "1", state=state, asked=asked)
    assert turn.toast is not None
    assert (turn.toast.id, turn.says, person.answers) == ("stale", (), before)


def test_the_same_button_twice_is_one_answer(begin: Begin) -> None:
    person = begin(until="registered")
    asked = person.session.asked
    tap(person, "1")
    turn = tap(person, "1", state="registered", asked=asked)
    assert turn.silence == "stale"
    assert person.state == "legal_title"


def test_several_are_marked_and_taken_by_the_last_button(begin: Begin) -> None:
    person = begin(until="metals")
    assert tap(person, "ok").silence == "nothing marked"
    assert tap(person, "1").redraw
    tap(person, "3")
    tap(person, "1")
    tap(person, "2")
    assert person.session.picked == ("silver", "platinum")
    turn = tap(person, "ok")
    assert person.answers["metals"] == ("silver", "platinum")
    assert list(ids(turn.chosen)) == ["plain", "metals.silver", "metals.platinum"]


def test_not_knowing_among_several_stands_alone(begin: Begin) -> None:
    person = begin(until="mine_type")
    tap(person, "1")
    tap(person, "6")
    assert person.answers["mine_type"] == "unknown"


@pytest.mark.parametrize("state", ["children", "forced_work", "gold_band"])
def test_a_tap_on_a_delicate_question_shows_only_that_it_was_saved(begin: Begin, state: str) -> None:
    person = begin(until=state, answers={**FINE, "gold_month": "unknown"}, private=True)
    turn = tap(person, "2")
    assert list(ids(turn.chosen)) == ["saved"]


def test_the_buttons_for_back_and_menu(begin: Begin) -> None:
    for state in ("registered", "miners", "name"):
        person = begin(until=state)
        tap(person, "9")
        assert person.session.menu == "menu"
        tap(person, "0")
        assert (person.session.menu, person.state) == ("", state)


def test_time_is_kept_and_turns_are_numbered(begin: Begin) -> None:
    person = begin(until="registered")
    assert person.session.started == NOON + 60
    assert person.session.touched == person.now
    assert person.session.turn == len(person.turns)
