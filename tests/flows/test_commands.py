"""Commands by key and word, and where a word is none."""

from __future__ import annotations

import pytest

from flows.commands import Command, command
from flows.model import Checklist, Kind
from flows.reading import Question
from flows.words import Words
from tests.flows import typed
from tests.flows.typed import QUESTIONS

EVERYWHERE = [
    *((text, "back") for text in ("0", "00", "0.", "0\ufe0f\u20e3", " 0 ", "atrás", "Volver", "regresar", "go back")),
    *((text, "menu") for text in ("9", "99", "9)", "menú", "MENU", "menu por favor", "ayuda", "HELP", "info", "/menu")),
    *((text, "menu") for text in ("/menu@BateaBot", "/help", "help me")),
    *((text, "next") for text in ("8", "siguiente", "siguente", "más", "next")),
    *(
        (text, "stop")
        for text in ("STOP", "stop", "Stop.", "STOPALL", "Unsubscribe", "CANCEL", "END", "quit", "OPTOUT")
    ),
    *(
        (text, "stop")
        for text in ("REVOKE", "ALTO", "parar", "Pare", "baja", "arrêt", "SAIR", "alto por favor", "/stop")
    ),
    *((text, "start") for text in ("START", "unstop", "alta", "BATEA", "/start", "/start abc")),
    *((text, "delete") for text in ("borrar", "BORRAR", "borrar mis datos", "delete my data", "/delete")),
    *((text, "why") for text in ("¿Por qué?", "por que", "porque", "why?")),
    *(
        (text, "person")
        for text in ("persona", "una persona por favor", "PERSONA", "hablar con alguien", "a person please")
    ),
    *((text, "continue") for text in ("seguir", "SEGUIR", "continuar", "contnuar", "resume")),
    *((text, "thanks") for text in ("gracias", "muchas gracias", "Dios le pague", "thank you", "gracias señora")),
    *((text, "hello") for text in ("hola", "Buenos días", "buenas", "hello", "ola")),
    *((text, "status") for text in ("estado", "mi caso", "status")),
    *((text, "again") for text in ("empezar de nuevo", "start again")),
    *((text, "change") for text in ("cambiar", "corregir", "change")),
    *(
        (text, "change 27")
        for text in ("cambiar 27", "CAMBIAR 27.", "cambiar la 27", "cambiar pregunta 27", "change 27")
    ),
    ("corregir 5", "change 5"),
    ("cambiar 007", "change 7"),
    *((text, "language") for text in ("idioma", "cambiar idioma", "language")),
    *((text, "language en") for text in ("english", "inglés", "idioma inglés", "in English", "language english")),
    *((text, "language es") for text in ("español", "en español", "spanish", "idioma español")),
]
NOTHING = [
    "1",
    "7",
    "si",
    "no",
    "YES",
    "yes",
    "oro",
    "",
    "?",
    "para",
    "cambiar 2777",
    "idioma menu",
    "borrarr",
    "xyz",
    "10",
]
AT_TEXT = [
    *((text, "stop") for text in ("alto", "STOP", "parar", "end")),
    *((text, "back") for text in ("0", "00")),
    *((text, "menu") for text in ("9", "99", "menu", "Menú", "/menu")),
    *(
        (text, None)
        for text in ("El Alto", "8", "ayuda", "persona", "gracias", "hola", "seguir", "cambiar 27", "español")
    ),
    *((text, None) for text in ("info", "Mina El Menu", "parar aqui", "borrar", "menus")),
]
AT_NUMBERS = [
    *((text, None) for text in ("0", "8", "9", "99.", "15", "castellano", "castellanos", "real", "personas")),
    *((text, "menu") for text in ("99", " 99 ", "menu")),
    ("00", "back"),
    ("persona", "person"),
    ("cambiar 8", "change 8"),
    ("STOP", "stop"),
]


def _said(text: str, kind: Kind | None, question: str | None = None, locale: str = "es") -> str | None:
    found = command(typed.words(), locale, text, kind=kind, question=QUESTIONS[question] if question else None)
    return f"{found.name} {found.argument}".strip() if found else None


@pytest.mark.parametrize(("text", "expected"), EVERYWHERE)
@pytest.mark.parametrize("kind", [None, "one", "several"])
def test_commands_at_a_question_with_options(text: str, expected: str, kind: Kind | None) -> None:
    assert _said(text, kind) == expected


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("kind", [None, "one", "several", "number", "quantity", "country", "text"])
def test_what_is_no_command(text: str, kind: Kind | None) -> None:
    assert _said(text, kind) is None


@pytest.mark.parametrize(("text", "expected"), AT_TEXT)
def test_at_free_text_a_name_is_no_command(text: str, expected: str | None) -> None:
    assert _said(text, "text") == expected


@pytest.mark.parametrize(("text", "expected"), AT_NUMBERS)
@pytest.mark.parametrize("kind", ["number", "quantity"])
def test_at_numbers_all_digits_are_numbers(text: str, expected: str | None, kind: Kind) -> None:
    assert _said(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("seguir", "welcome", None),
        ("seguir", "records", "continue"),
        ("segir", "welcome", None),
        ("STOP", "welcome", "stop"),
        ("paso", "security_talk", None),
        ("menu", "welcome", "menu"),
    ],
)
def test_the_words_of_the_question_win(text: str, question: str, expected: str | None) -> None:
    assert _said(text, "one", question) == expected


def test_country_names_and_codes_are_no_commands() -> None:
    assert [text for text in ("NO", "Mali", "Chad", "Perú", "Gambia", "menus", "CO") if _said(text, "country")] == []


def test_a_long_message_is_no_command() -> None:
    assert command(typed.words(), "es", "menu " * 40, kind=None) is None
    assert command(typed.words(), "es", "menu", kind=None) == Command("menu")


OWNERS = ("privada", "privado", "en privado", "private", "alone", "privé", "privée", "sozinho", "a solas", "privadas")
PEOPLE = ("personas", "personal", "una persona", "persona", "personne", "une personne", "person", "pessoas", "pessoa")
SEVERAL = ("somos varios", "nous sommes plusieurs", "somos vários", "we are several")


def _found(checklist: Checklist, words: Words, locale: str, text: str, asked: str) -> str | None:
    item = checklist.items[asked]
    question = Question(item.id, item.kind, item.choices)
    found = command(words, locale, text, kind=item.kind, question=question)
    return found.name if found else None


@pytest.mark.parametrize(
    ("said", "questions"),
    [
        (OWNERS, ("role", "organised", "community_based")),
        (PEOPLE, ("hired", "others_in_area", "children", "minors_danger", "forced_work", "internal_control")),
        (SEVERAL, ("miners", "hired", "ppe", "organised")),
        (("grupo", "en grupo", "un grupo", "groupe"), ("organised", "community_based", "others_in_area", "hired")),
    ],
)
def test_what_may_be_an_answer_is_no_command(
    checklist: Checklist, words: Words, said: tuple[str, ...], questions: tuple[str, ...]
) -> None:
    cases = [(locale, text, asked) for locale in words.locales for text in said for asked in questions]
    assert [case for case in cases if _found(checklist, words, *case)] == []


@pytest.mark.parametrize(
    ("said", "questions", "name"),
    [
        (("PRIVADO", "PRIVATE", "PRIVE"), ("hired", "ppe", "children", "security_talk"), "private"),
        (("PERSONA", "PERSON", "PERSONNE", "PESSOA"), ("ppe", "registered", "role", "security_talk"), "person"),
        (("hablar con una persona", "llámenme", "call me"), ("hired", "children", "others_in_area"), "person"),
        (("hablar en privado", "talk in private"), ("community_based", "organised"), "private"),
        (SEVERAL, ("role",), "group"),
        (("GRUPO", "GROUPE", "GROUP"), ("role", "ppe", "miners"), "group"),
    ],
)
def test_the_word_that_is_told_works_everywhere_else(
    checklist: Checklist, words: Words, said: tuple[str, ...], questions: tuple[str, ...], name: str
) -> None:
    cases = [(locale, text, asked) for locale in words.locales for text in said for asked in questions]
    assert [case for case in cases if _found(checklist, words, *case) != name] == []


@pytest.mark.parametrize(
    "text", ["correcto", "correcta", "correct", "correcte", "correto", "correta", "claro que si", "de acuerdo"]
)
def test_a_word_of_agreement_is_no_misspelt_command(checklist: Checklist, words: Words, text: str) -> None:
    assert [locale for locale in words.locales if _found(checklist, words, locale, text, "records")] == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [("es", "correcta"), ("en", "correct"), ("fr", "correct"), ("fr", "correcte"), ("pt", "correta")],
)
def test_a_word_of_agreement_is_a_yes(words: Words, locale: str, text: str) -> None:
    assert text in words.of(locale, "words.yes")
