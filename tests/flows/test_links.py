"""Links to the Telegram bot: the language and the voice that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.links import Link, link

if TYPE_CHECKING:
    from flows.words import Words
    from tests.flows.walk import Begin, Walk


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/start es", Link("es", "")),
        ("/start es_PE", Link("es_PE", "")),
        ("/start es-qu", Link("es", "qu")),
        ("/start fr-dyu", Link("fr", "dyu")),
        ("/start qu", Link("", "qu")),
        ("/START@batea_bot es", Link("es", "")),
        ("/start es-../../etc", None),
        ("/start es-poster7", Link("es", "")),
        ("/start poster-7", None),
        ("/start", None),
        ("/start xx", Link("", "xx")),
        ("start es", None),
        ("es", None),
    ],
)
def test_what_a_link_asks_for(words: Words, text: str, asked: Link | None) -> None:
    assert link(words, text) == asked


def spoken(person: Walk) -> tuple[str, str]:
    return person.session.locale, person.session.voice


@pytest.mark.parametrize(
    ("app", "text", "found", "state"),
    [
        (None, "/start fr", ("fr", ""), "welcome"),
        ("es", "/start fr-dyu", ("fr", "dyu"), "welcome"),
        ("es_PE", "/start qu", ("es_PE", "qu"), "welcome"),
        ("es_PE", "/start es", ("es_PE", ""), "welcome"),
        (None, "/start qu", ("es", "qu"), "language"),
        (None, "/start", ("es", ""), "language"),
    ],
)
def test_the_first_message_may_be_a_link(
    begin: Begin, app: str | None, text: str, found: tuple[str, str], state: str
) -> None:
    person = begin(channel="telegram", locale=app, country=None)
    person.kept = None
    person.say(text)
    assert (spoken(person), person.state) == (found, state)


def test_a_link_in_the_middle_changes_language_and_voice_and_answers_nothing(begin: Begin) -> None:
    for state in ("registered", "miners", "name"):
        person = begin(until=state, channel="telegram")
        before = person.answers
        turn = person.say("/start pt-qu")
        assert (spoken(person), person.state, person.answers) == (("pt", "qu"), state, before)
        assert turn.says[-1].asks
        person.say("/start pt")
        assert spoken(person) == ("pt", "")


def test_a_link_brings_back_who_wanted_no_messages(begin: Begin) -> None:
    person = begin(until="registered", channel="telegram")
    person.say("alto")
    turn = person.say("/start es")
    assert (person.session.opted_out, turn.says[-1].id) == (False, "registered.ask")


@pytest.mark.parametrize(("word", "locale"), [("ORO", "es"), ("Gold", "en"), ("or", "fr"), ("OURO", "pt")])
def test_the_word_on_a_poster_opens_in_its_language(begin: Begin, word: str, locale: str) -> None:
    person = begin(locale=None, country=None)
    person.kept = None
    person.say(word)
    assert (person.session.locale, person.state) == (locale, "welcome")
