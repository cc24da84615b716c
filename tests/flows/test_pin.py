"""The key of a shared phone and the nickname of an assessment, typed in every way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import Tap
from flows.session import ERASED, dump
from tests.flows.walk import said

if TYPE_CHECKING:
    from tests.flows.walk import Begin


@pytest.mark.parametrize("typed", ["２５８０", "٢٥٨٠", " 2580 ", "2580."])
def test_the_key_may_be_typed_in_any_digits(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "mis datos")
    assert said(person.say(typed))[0] == "data.kept"


@pytest.mark.parametrize("typed", ["clave ２５８０", "CLAVE 2580", "Clave 2580."])
def test_the_key_may_be_set_in_any_digits(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    person.say(typed)
    assert person.session.pin == "2580"


@pytest.mark.parametrize(
    ("typed", "key"), [("00", "ppe.ask"), ("0", "ppe.ask"), ("99", "menu.menu.ask"), ("ayuda", "menu.menu.ask")]
)
def test_what_is_no_key_is_not_counted_as_one(begin: Begin, typed: str, key: str) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "mis datos")
    assert said(person.say(typed)) == [key]
    assert person.session.wrong == 0


def test_deleting_works_where_the_key_is_asked_for(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "mis datos", "borrar")
    assert (person.state, person.answers) == (ERASED, {})


@pytest.mark.parametrize("typed", ["abc", "1", "12345"])
def test_where_the_key_is_asked_for_nothing_else_is_answered(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "mis datos", typed)
    assert "ppe" not in person.answers
    assert person.session.wrong == 1


def test_the_button_back_closes_the_question_for_the_key(begin: Begin) -> None:
    person = begin(until="ppe", channel="telegram")
    person.says("clave 2580", "mis datos")
    assert said(person.happen(Tap("pin", person.session.asked, "0"))) == ["ppe.ask"]


def test_further_pages_need_the_key_again_after_a_while(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "cambiar", "2580")
    person.now += 3600
    assert said(person.say("8")) == ["menu.pin.ask"]


@pytest.mark.parametrize("typed", ["-", "?", "\ud800", "\u0000", "", "8", "…"])
def test_a_nickname_has_letters(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    person.says("otra organización", "2", typed)
    dump(person.session)
    assert person.session.shelf == ()
    assert "ppe" not in person.answers


@pytest.mark.parametrize("typed", ["menu", "99", "9"])
def test_the_menu_opens_from_the_question_for_a_nickname(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    assert said(person.says("otra organización", "2", typed)) == ["menu.menu.ask"]


@pytest.mark.parametrize("typed", ["x" * 40, "-"])
def test_a_nickname_that_does_not_serve_is_asked_for_again(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    assert said(person.says("otra organización", "2", typed)) == ["menu.nickname.ask"]


def test_a_nickname_is_kept_as_it_can_be_sent(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("otra organización", "2", " La\n\u0000Paloma\ud800 ")
    assert person.session.nickname == "La Paloma"


def test_steps_of_the_funnel_are_passed_once_on_all_assessments_of_a_phone(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("otra organización", "2", "dos")
    passed = person.session.passed
    person.says("otra organización", "2")
    assert person.session.passed == passed


@pytest.mark.parametrize("typed", ["clave", "clave 12345", "clave 25", "PIN 123456"])
def test_how_a_key_is_set_is_told_where_it_has_not_four_digits(begin: Begin, typed: str) -> None:
    person = begin(until="ppe")
    assert said(person.say(typed)) == ["pin.how", "ppe.ask"]
    assert person.session.pin == ""
