"""Hands, people, votes, notes and codes as people with little schooling type them; nothing is guessed."""

from __future__ import annotations

import pytest

from flows.commands import command
from flows.entering import entering
from flows.model import Checklist, Kind
from flows.room.model import Room
from flows.room.spoken import hands_of, people_of
from flows.words import Words
from tests.flows.meeting import OPENING, Meeting, opened

ITEM = "equal_treatment"


def room(meeting: Meeting) -> Room:
    found = meeting.session("L").room
    assert found
    return found


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("es", "12 si 3 no 2 nose", (12, 3, 2)),
        ("es", "si 12, no 3, no se 2", (12, 3, 2)),
        ("es", "si 12 no 3", (12, 3, 0)),
        ("es", "doce tres dos", (12, 3, 2)),
        ("es", "12 y 3 y 2", (12, 3, 2)),
        ("en", "12 yes 3 no 2 dont know", (12, 3, 2)),
        ("fr", "douze trois deux", (12, 3, 2)),
        ("pt", "12 sim 3 nao 2 nao sei", (12, 3, 2)),
        *[("es", text, ()) for text in ("todos", "20", "12 si", "12 si 3 si 2 no", "60% si 40% no", "12 3 no 2")],
        ("es", "treinta y dos y uno", ()),
        ("en", "twenty two one zero", ()),
        ("fr", "dix sept deux", ()),
    ],
)
def test_hands(checklist: Checklist, words: Words, locale: str, text: str, found: tuple[int, ...]) -> None:
    assert hands_of(checklist, words, locale, checklist.items["pay_hours"], text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20 personas 8 mujeres", "0 20 0 8"),
        ("12 hombres y 8 mujeres", "0 20 0 8"),
        ("20: 12 hombres, 8 mujeres", "0 20 0 8"),
        ("20 personnes dont 8 femmes", "0 20 0 8"),
        ("3+12+5, 8", "3 12 5 8"),
        ("tres doce cinco ocho", "3 12 5 8"),
        ("treinta y cinco", "35"),
        ("20 hombres y mujeres", "20"),
        ("8 mujeres", None),
        ("mujeres 8 hombres 12", None),
        ("20 personas, 12 hombres, 9 mujeres", None),
        ("8 mujeres 3 directivos 12 socios 5 jornaleros", None),
        ("veinte y pico", None),
    ],
)
def test_people(words: Words, text: str, found: str | None) -> None:
    assert people_of(words, "es", text) == found


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("2: falta equipo", "falta equipo"),
        ("no, falta equipo", "falta equipo"),
        ("2 5 de 12 no tienen", "5 de 12 no tienen"),
        ("no", None),
    ],
)
def test_an_answer_with_its_note(checklist: Checklist, words: Words, text: str, note: str | None) -> None:
    meeting = opened(checklist, words)
    meeting.say("L", "12 3 2", "1", text)
    assert meeting.session("L").answers[ITEM] == "no"
    assert room(meeting).notes.get(ITEM) == note


@pytest.mark.parametrize("text", ["2 3 1", "2 si 3 no"])
def test_hands_counted_again_are_no_answer_with_a_note(checklist: Checklist, words: Words, text: str) -> None:
    meeting = opened(checklist, words)
    assert meeting.say("L", "12 3 2", "1", text)[-1] == "hint.choice"


@pytest.mark.parametrize("text", ["13: si", "13 si", "13si", "pregunta 13 si", "p13 1", "la 13 es si"])
def test_a_vote_in_words(checklist: Checklist, words: Words, text: str) -> None:
    meeting = opened(checklist, words, "A")
    assert meeting.say("A", text) == []
    assert list(room(meeting).votes[ITEM].values()) == [0]


@pytest.mark.parametrize("text", ["131 181", "13 1 y 17 2", "13 tal vez", "5 si"])
def test_what_is_no_clear_vote_is_none(checklist: Checklist, words: Words, text: str) -> None:
    meeting = opened(checklist, words, "A")
    assert meeting.say("A", text) == ["room.how"]
    assert not room(meeting).votes


def test_how_one_votes_is_not_told_for_ever(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "A")
    assert meeting.say("A", "1", "si", "1", "si") == ["room.how", "room.how"]
    meeting.say("A", "131")
    assert meeting.say("A", "si") == ["room.how"]


@pytest.mark.parametrize(
    "text",
    [
        *("UNIRCODE", "me uno CODE", "unir grupo CODE", "codigo CODE", "CODE por favor", "quiero entrar CODE"),
        *("quiero unirme al grupo CODE", "je veux entrer CODE", "quero entrar no grupo CODE", "hola unir CODE gracias"),
    ],
)
def test_coming_in(checklist: Checklist, words: Words, text: str) -> None:
    meeting = opened(checklist, words)
    meeting.say("A", text.lower().replace("code", "CODE"))
    assert meeting.session("A").seat


@pytest.mark.parametrize(
    "text",
    [
        *("Grupo Norte", "Grupo Verde", "entrar a la mina km12a", "100gr", "Entre Lagos", "Sala Verde", "Unir Minas"),
        *("Codigo Verde", "Join Hands", "Unir 2 Rios", "Sala 4Norte"),
    ],
)
def test_a_name_opens_no_door(words: Words, text: str) -> None:
    assert not entering(words, "es", text, kind="text", new=False)


@pytest.mark.parametrize("text", ["grupo unido", "unir a mi grupo", "entre todos"])
def test_words_without_a_figure_are_no_code(words: Words, text: str) -> None:
    assert not entering(words, "es", text, kind="one", new=False)


@pytest.mark.parametrize("text", ["entre 15 y 20", "entrar 15 y 20", "entre 15 dia", "de 15 a 20", "sala 12345"])
@pytest.mark.parametrize("kind", ["number", "quantity"])
def test_a_number_opens_no_door(words: Words, kind: Kind, text: str) -> None:
    for locale in words.locales:
        assert not entering(words, locale, text, kind=kind, new=False)


@pytest.mark.parametrize("text", ["entre 15 y 20", "entre 15 dia", "entrar 15 h 20"])
def test_figures_and_words_side_by_side_are_no_code(words: Words, text: str) -> None:
    assert not entering(words, "es", text, kind="one", new=False)


@pytest.mark.parametrize("kind", ["text", "number", "one", None])
def test_the_word_that_is_told_leads_in_everywhere(words: Words, kind: Kind | None) -> None:
    for locale, word in (("es", "unir"), ("en", "join"), ("fr", "entrer"), ("pt", "entrar")):
        assert entering(words, locale, f"{word} k7m2q", kind=kind, new=False) == "k7m2q"


def test_signs_said_one_by_one(words: Words) -> None:
    assert entering(words, "es", "sala k 7 m 2 q", kind="one", new=False) == "k 7 m 2 q"


def test_an_organisation_may_be_called_a_group(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    assert meeting.say("L", *OPENING[:4], "Grupo Norte, Suarez")[-1] == "people.ask"


@pytest.mark.parametrize(
    ("locale", "text"),
    [("es", "pribado"), ("es", "privao"), ("es", "asolas"), ("fr", "privée"), ("en", "privte"), ("pt", "sozinha")],
)
def test_private_is_understood_misspelt(words: Words, locale: str, text: str) -> None:
    found = command(words, locale, text, kind="one")
    assert found
    assert found.name == "private"


def test_what_is_shown_as_a_choice_is_no_command(checklist: Checklist, words: Words) -> None:
    """The women are passed over by the word for skipping; the question is not."""
    meeting = opened(checklist, words)
    assert meeting.say("L", "12 3 2", "saltar")[-1] == "room.decide"
