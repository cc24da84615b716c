"""Several assessments on one phone, a key, and the second page of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.detours.shelf import PAGE
from flows.events import TimerDue
from flows.menu import MORE
from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk


def labels(person: Walk) -> list[str]:
    return [option.value for option in person.turns[-1].says[0].options]


def another(person: Walk, name: str) -> None:
    person.says("otra organización", str(min(len(person.session.shelf) + 1, PAGE) + 1), name)


def test_another_organisation_gets_a_nickname_and_an_assessment_of_its_own(begin: Begin) -> None:
    person = begin(until="ppe")
    assert said(person.say("otra organización")) == ["menu.others.ask"]
    assert labels(person) == ["0", "new", "group"]
    assert said(person.say("2")) == ["menu.nickname.ask"]
    assert said(person.say("La Paloma")) == ["others.now", "role.ask"]
    assert (person.session.nickname, person.answers) == ("La Paloma", {"welcome": "yes", "consent": "yes"})


def test_each_goes_on_where_it_was(begin: Begin) -> None:
    person = begin(until="ppe")
    first = person.answers
    another(person, "dos")
    person.follow(FINE, until="registered")
    second = person.answers
    person.says("otra organización", "2")
    assert (person.state, person.answers) == ("ppe", first)
    person.says("otra organización", "2")
    assert (person.state, person.answers, person.session.nickname) == ("registered", second, "dos")


def test_many_are_shown_by_pages(begin: Begin) -> None:
    person = begin(until="ppe")
    for number in range(5):
        another(person, f"mina {'abcde'[number]}")
    person.say("otra organización")
    assert labels(person) == ["0", "1", "2", "3", "new", "group"]
    person.say("8")
    assert labels(person) == ["4", "5", "new", "group"]
    person.say("2")
    assert person.state == "ppe"


@pytest.mark.parametrize("name", ["1234", "x" * 40])
def test_a_nickname_is_short_and_no_number(begin: Begin, name: str) -> None:
    person = begin(until="ppe")
    person.says("otra organización", "2", name)
    assert person.session.shelf == ()


def test_the_place_is_not_lost_on_the_list(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("otra organización", "0")
    assert (person.session.menu, person.state) == ("", "ppe")
    person.says("otra organización", "1")
    assert person.state == "ppe"


def test_a_summary_that_is_about_to_leave_comes_first(begin: Begin) -> None:
    person = begin(until="call_back", private=True)
    person.says("otra organización", "2")
    assert said(person.turns[-1])[0] == "others.first"


def test_deleting_deletes_all_of_them_and_what_each_sent(begin: Begin) -> None:
    person = begin(until=DONE)
    reference = person.session.reference
    another(person, "dos")
    person.say("borrar")
    assert person.session.shelf == ()
    assert person.happen(TimerDue("erase")).forget == (reference,)


def test_starting_again_and_undoing_keeps_the_others(begin: Begin) -> None:
    person = begin(until="ppe")
    another(person, "dos")
    person.says("1", "empezar de nuevo", "recuperar")
    assert len(person.session.shelf) == 1


def test_a_key_stands_before_what_was_answered(begin: Begin) -> None:
    person = begin(until="ppe")
    assert said(person.say("clave 2580")) == ["pin.set", "ppe.ask"]
    for word in ("mis datos", "cambiar", "cambiar 5", "otra organización", "clave 1111"):
        assert said(person.say(word)) == ["menu.pin.ask"]
        person.say("0")
    assert said(person.say("mis datos")) == ["menu.pin.ask"]
    assert said(person.say("2580"))[0] == "data.kept"
    assert said(person.say("cambiar")) == ["review.ask"]
    person.now += 3600
    person.say("0")
    assert said(person.say("cambiar")) == ["menu.pin.ask"]


def test_the_key_is_not_guessed(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "mis datos", "0001", "0002")
    assert said(person.say("0003"))[0] == "pin.no"
    person.say("mis datos")
    assert said(person.say("2580"))[0] != "data.kept"
    person.now += 3600
    person.say("mis datos")
    assert said(person.say("2580"))[0] == "data.kept"


def test_the_key_is_taken_away(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "clave 0000", "2580")
    assert said(person.say("mis datos"))[0] == "data.kept"


def test_deleting_needs_no_key(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("clave 2580", "borrar")
    assert person.answers == {}


@pytest.mark.parametrize(("number", "name"), list(enumerate(MORE, 1)))
def test_the_second_page_of_the_menu_does_it_by_digit(begin: Begin, number: int, name: str) -> None:
    first = {"means": "ppe.means", "omit": "skip.done", "enough": "partial.none", "status": "status.open"}
    first |= {"data": "data.kept", "others": "menu.others.ask", "again": "afresh"}
    assert said(begin(until="ppe", answers=NOTHING_SENT).says("9", "8", str(number)))[0] == first[name]
