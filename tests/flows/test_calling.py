"""How a call is agreed to where no number is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.calling import lacks_number, picked_option, with_note
from flows.model import Say
from flows.session import Session

if TYPE_CHECKING:
    from tests.flows.walk import Begin


def session(channel: str, *picked: str) -> Session:
    return Session(
        version="2026-11", locale="es", channel=channel, state="call_how", private=False, started=0, picked=picked
    )


@pytest.mark.parametrize(
    ("channel", "picked", "text", "lacks", "note"),
    [
        ("sms", (), "1", False, None),
        ("sms", (), "1 a las 6", False, "a las 6"),
        ("telegram", (), "1", True, None),
        ("telegram", (), "3", False, None),
        ("telegram", (), "2 300 123 4567 a las 6", False, "300 123 4567 a las 6"),
        ("telegram", ("2",), "300 123 4567", False, "300 123 4567"),
        ("telegram", ("2",), "mañana", True, None),
        ("telegram", ("2",), "3", False, None),
        ("telegram", (), "cualquier cosa", False, None),
    ],
)
def test_a_call_needs_a_number(channel: str, picked: tuple[str, ...], text: str, lacks: bool, note: str | None) -> None:  # noqa: FBT001 -- a table
    kept, option = with_note(session(channel, *picked), text)
    assert lacks_number(kept, option) is lacks
    assert kept.answers.get("call_note") == note


def test_the_option_waits_for_its_number() -> None:
    assert picked_option(session("telegram", "2"), "mañana") == "2"
    _, option = with_note(session("telegram", "2"), "300 123 4567")
    assert option == "2"


CALLS = [("1", "talk.any_day"), ("2", "talk.only_batea"), ("1 a las 6", "talk.note"), ("2 lunes 🙂 tarde", "talk.note")]


@pytest.mark.parametrize(("reply", "when"), CALLS)
def test_the_person_hears_when_somebody_calls(begin: Begin, reply: str, when: str) -> None:
    person = begin(until="ppe")
    turn = person.says("persona", "1", reply)
    told = turn.says[0].params["when"]
    assert isinstance(told, Say)
    assert told.id == when
    assert "🙂" not in str(told.params)


HOURS = (
    *("a las 6", "a las 6 de la tarde", "6 pm", "después de las 6", "A las 18:30", "6 de la tarde", "a las 3 pm"),
    *("3 pm", "2 pm", "3 de la tarde", "1 p.m.", "3h", "3 in the afternoon"),
    *("at 6", "after 6 pm", "6 in the evening", "à 18h", "18h", "après 18 h", "18h30", "vers 18 heures", "às 18h"),
    *("às 6 da tarde", "depois das 18", "after 6"),
)
NO_HOURS = ("6", "a las", "a 3", "at 3", "a las 3", "la 3", "18", "los lunes", "99h99", "no a las 6", "3 h no")


@pytest.mark.parametrize("text", HOURS)
def test_an_hour_alone_is_for_any_day(begin: Begin, text: str) -> None:
    person = begin(until="ppe")
    turn = person.says("persona", "1", text)
    assert turn.refer
    assert (person.answers["call_how"], person.answers["call_note"]) == ("any_day", text)


@pytest.mark.parametrize("text", NO_HOURS)
def test_what_is_no_hour_is_no_call(begin: Begin, text: str) -> None:
    person = begin(until="ppe")
    assert not person.says("persona", "1", text).refer
    assert "any_day" not in person.answers.values()


def test_a_number_is_not_told_back(begin: Begin) -> None:
    person = begin(until="ppe")
    told = person.says("persona", "1", "1 300 123 4567").says[0].params["when"]
    assert isinstance(told, Say)
    assert told.id == "talk.any_day"
