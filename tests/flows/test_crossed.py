"""Texts that crossed with ours: sent again after a reply that never came, or written before what was asked since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.events import OptedOut, StaffWrote, Unreadable
from flows.phases import DONE
from tests.flows.walk import FINE, said

if TYPE_CHECKING:
    from flows.events import Came, Event
    from flows.scene import Turn
    from tests.flows.walk import Begin, Walk


def crossed(person: Walk, came: Came, event: str | Event) -> Turn:
    known = person.known
    person.known = replace(known, came=came)
    turn = person.say(event) if isinstance(event, str) else person.happen(event)
    person.known = known
    return turn


@pytest.mark.parametrize(("until", "text"), [("role", "1"), ("miners", "12"), ("organisation", "Ana"), ("ppe", "9")])
def test_what_was_not_heard_is_asked_again(begin: Begin, until: str, text: str) -> None:
    person = begin(until=until)
    answers = person.answers
    assert said(crossed(person, "unheard", text)) == [f"{until}.ask"]
    assert (person.state, person.answers, person.session.menu) == (until, answers, "")


def test_a_menu_that_lasts_is_shown_again(begin: Begin) -> None:
    """The question behind the key is not for everybody on this phone."""
    person = begin(until="ppe")
    person.says("clave 2580", "mis datos")
    assert said(crossed(person, "unheard", "mis datos")) == ["menu.pin.ask"]


@pytest.mark.parametrize("came", ["unheard", "late"])
@pytest.mark.parametrize(
    ("text", "says"), [("alto", "stopped"), ("borrar", "deleted"), ("privado", "private.talk"), ("stop", "stopped")]
)
def test_some_words_are_always_heard(begin: Begin, came: Came, text: str, says: str) -> None:
    person = begin(until="ppe", private=True)
    assert said(crossed(person, came, text))[0] == says


@pytest.mark.parametrize("event", ["1", "hola", "9", "persona", Unreadable("photo")])
@pytest.mark.parametrize("first", ["", "9", "alto", "borrar"])
def test_what_is_late_changes_nothing(begin: Begin, first: str, event: str | Event) -> None:
    person = begin(until="ppe")
    if first:
        person.say(first)
    before = person.session
    turn = crossed(person, "late", event)
    assert (turn.says, turn.silence, turn.session) == ((), "late", before)


def test_an_opt_out_that_is_late_is_one(begin: Begin) -> None:
    person = begin(until="ppe")
    crossed(person, "late", OptedOut(tell=False))
    assert person.session.opted_out


def test_who_holds_the_conversation_reads_what_is_late(begin: Begin) -> None:
    person = begin(until=DONE, answers={**FINE, "call_how": "any_day"})
    person.happen(StaffWrote(person.session.reference or "", "Mañana le llamo", "Ana"))
    turn = crossed(person, "late", "gracias, espero")
    assert turn.heard is not None
    assert turn.heard.text == "gracias, espero"
