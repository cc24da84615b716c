"""Regional words: who gets which, how they are changed on the way, and what people type."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channels.sms_text import segments
from bot.origin import spoken_in_app
from bot.talk import Talk
from bot.texts import load_texts
from flows.load import load
from flows.phases import CHOICES
from flows.regions import offered
from flows.session import load as session_of
from flows.words import language_of

if TYPE_CHECKING:
    from bot.texts import Texts
    from flows.session import Session

CHECKLIST = load("2026-11")
TEXTS = load_texts({"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"})
WORDS = TEXTS.words([CHECKLIST], CHOICES)
PERU, BOLIVIA, COLOMBIA, BRAZIL = "+51912345678", "+59171234567", "+573001234567", "+5591987654321"
CHILE, ANGOLA, GHANA = "+56912345678", "+244923456789", "+233241234567"


def talk(number: str, first: str = "", *, texts: Texts = TEXTS, locale: str | None = None) -> Talk:
    """A conversation that has begun."""
    words = WORDS if texts is TEXTS else texts.words([CHECKLIST], CHOICES)
    ticks = itertools.count(1_770_000_000, 60)
    found = Talk(
        CHECKLIST,
        words,
        texts,
        number=number,
        private=False,
        locale=locale,
        clock=lambda: float(next(ticks)),
        chance=lambda: 1,
    )
    found.reply(first)
    return found


def session(phone: Talk) -> Session:
    assert phone.kept is not None
    return session_of(phone.kept)


def shown(phone: Talk, *lines: str) -> str:
    """What the last of these messages brings."""
    for line in lines:
        told = phone.reply(line)
    return "\n".join(told["messages"])


# -- who gets which ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "first", "locale"),
    [
        (PERU, "", "es_PE"),
        (BOLIVIA, "hola", "es_BO"),
        (COLOMBIA, "hola", "es_CO"),
        (BRAZIL, "oi", "pt_BR"),
        (CHILE, "hola", "es"),
        (ANGOLA, "", "pt"),
        (BRAZIL, "hola", "es"),
        (PERU, "hello", "en"),
        (GHANA, "español", "es"),
        (GHANA, "español de Colombia", "es_CO"),
        (GHANA, "português do Brasil", "pt_BR"),
    ],
)
def test_the_phone_and_the_first_words_say_which(number: str, first: str, locale: str) -> None:
    assert session(talk(number, first)).locale == locale


@pytest.mark.parametrize(
    ("code", "locale"),
    [
        ("pt-br", "pt_BR"),
        ("pt-BR", "pt_BR"),
        ("pt_BR", "pt_BR"),
        ("es-PE", "es_PE"),
        ("es-419", "es"),
        ("pt-pt", "pt"),
        ("es", "es"),
        ("ES", "es"),
        ("de", None),
        ("", None),
        (None, None),
    ],
)
def test_the_language_an_app_is_set_to(code: str | None, locale: str | None) -> None:
    assert spoken_in_app(code, {*WORDS.locales, *WORDS.regions}) == locale


def test_an_app_set_to_a_region_keeps_it_when_the_language_comes_back() -> None:
    phone = talk("+41791234567", locale="pt_BR")
    assert session(phone).locale == "pt_BR"
    phone.reply("english")
    phone.reply("português")
    assert session(phone).locale == "pt_BR"


def test_without_a_regions_catalog_its_language_is_spoken() -> None:
    assert session(talk(PERU, texts=replace(TEXTS, regional={}))).locale == "es"


# -- changing on the way ----------------------------------------------------------------------------------------------

TO_LEGAL_TITLE = ("1", "1", "1", "1", "1", "1", "1")
REGIONS = "1 Bolivia\n2 Colombia\n3 Peru\n4 otro pais"


def test_the_words_change_in_the_middle_and_nothing_is_lost() -> None:
    phone = talk(PERU)
    assert "concesion (titulo) propia" in shown(phone, *TO_LEGAL_TITLE)
    before = session(phone)
    assert (before.state, before.locale) == ("legal_title", "es_PE")
    assert shown(phone, "9", "5", "1").endswith(f"Ahora: Peru.\n{REGIONS}")
    assert "titulo (concesion) propio" in shown(phone, "2")
    after = session(phone)
    assert (after.state, after.locale, after.menu) == ("legal_title", "es_CO", "")
    assert (after.answers, after.trail) == (before.answers, before.trail)


@pytest.mark.parametrize(
    ("reply", "locale"),
    [
        ("1", "es_BO"),
        ("3.", "es_PE"),
        ("4", "es"),
        ("peru", "es_PE"),
        ("Perú", "es_PE"),
        ("colombai", "es_CO"),
        ("español de Colombia", "es_CO"),
        ("es_CO", "es_CO"),
        ("Ecuador", "es"),
        ("otro", "es"),
        ("português do Brasil", "pt_BR"),
        ("english", "en"),
    ],
)
def test_the_menu_takes_numbers_and_names(reply: str, locale: str) -> None:
    phone = talk(BOLIVIA)
    phone.reply("1")
    phone.reply("9")
    phone.reply("5")
    told = phone.reply("1")
    assert (told["kind"], told["state"]) == ("one", "consent")
    assert [option["value"] for option in told["options"]] == ["es_BO", "es_CO", "es_PE", "es"]
    phone.reply(reply)
    assert (session(phone).locale, session(phone).state, session(phone).menu) == (locale, "consent", "")


@pytest.mark.parametrize(
    ("reply", "menu"), [("0", ""), ("9", "menu"), ("no", ""), ("sí", ""), ("7", ""), ("zzz", ""), ("menú", "menu")]
)
def test_other_replies_choose_nothing(reply: str, menu: str) -> None:
    phone = talk(BOLIVIA)
    shown(phone, "1", "9", "5", "1", reply)
    after = session(phone)
    assert (after.locale, after.menu, after.answers) == ("es_BO", menu, {"welcome": "yes"})


def test_a_language_without_regions_asks_for_none() -> None:
    phone = talk(BOLIVIA)
    shown(phone, "1", "9", "5", "2")
    assert (session(phone).locale, session(phone).menu) == ("en", "")
    assert offered(WORDS.regions, "en") == ()
    assert offered(WORDS.regions, "pt_BR") == ("pt_BR", "pt")


def test_a_language_named_in_words_comes_with_the_words_of_the_phone() -> None:
    phone = talk(BOLIVIA)
    phone.reply("english")
    assert session(phone).locale == "en"
    phone.reply("español")
    assert (session(phone).locale, session(phone).menu) == ("es_BO", "")
    phone.reply("español de Perú")
    assert session(phone).locale == "es_PE"
    phone.reply("español")
    assert session(phone).locale == "es_PE"


def test_the_menu_of_regions_is_one_sms_in_each() -> None:
    for number in (PERU, COLOMBIA, BRAZIL):
        phone = talk(number)
        phone.reply("9")
        told = phone.reply("5")
        own = {"es": "1", "pt": "4"}[language_of(session(phone).locale)]
        told = phone.reply(own)
        assert [segments(message) for message in told["messages"]] == [1]
        assert len(told["options"]) <= 7


# -- what people type -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        (PERU, "concesión (título) propia"),
        (PERU, "concesion minera"),
        (PERU, "título propio"),
        (PERU, "título minero"),
        (COLOMBIA, "título minero"),
        (COLOMBIA, "concesión"),
        (BOLIVIA, "concesión del grupo"),
    ],
)
def test_regional_labels_are_answers_and_so_are_the_common_ones(number: str, typed: str) -> None:
    phone = talk(number)
    shown(phone, *TO_LEGAL_TITLE, typed)
    assert session(phone).answers["legal_title"] == "own"


def test_words_of_other_regions_are_understood_where_languages_mix() -> None:
    assert "relaves viejos" in WORDS.of("es_CO", "mine_type.old_tailings")
    assert WORDS.of("es_PE", "mine_type.old_tailings")[:2] == ("relaves colas viejos", "colas relaves viejas")
    assert set(WORDS.of("es", "words.yes")) == set(WORDS.of("es_BO", "words.yes"))
