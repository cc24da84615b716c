"""Say + locale -> words, from catalogs written for the test and from the real ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.texts import SILENCE, Texts, load_texts, locales, regions
from flows.load import load
from flows.model import CountryName, Option, Say
from flows.phases import CHOICES
from tests.bot.cases import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
SPANISH = {
    "ask": "¿Cuántos?",
    "yes": "sí, {what}",
    "heading": "Parte {at}/{of}.",
    "arm": "Llame al {phone}",
    "weight": "{grams} gramos",
    "where": "en {country}",
    "both": "{text}",
    "tail": "Fin.",
    "saved": "guardado",
    "words.yes": "Sí | claro que sí | | dale",
    "metals.gold": "Oro",
    "metals.gold.words": "orito | el oro",
}
ENGLISH = {**SPANISH, "ask": "How many?", "weight": "{grams} grams", "where": "in {country}", "saved": "saved"}


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def write(folder: Path, locale: str, texts: dict[str, str]) -> None:
    path = folder / locale / "LC_MESSAGES"
    path.mkdir(parents=True)
    single = "\n".join(f"msgid {quoted(key)}\nmsgstr {quoted(text)}\n" for key, text in texts.items())
    plural = 'msgid "left"\nmsgid_plural "left"\nmsgstr[0] "{n} cosa"\nmsgstr[1] "{n} cosas"\n'
    (path / "batea.po").write_text(HEAD + single + "\n" + plural, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "en", ENGLISH)
    write(tmp_path, "es", SPANISH)
    (tmp_path / "batea.pot").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def texts(folder: Path) -> Texts:
    return load_texts({"phone": "+57 604"}, folder=folder)


def test_spanish_is_offered_first(texts: Texts, folder: Path) -> None:
    assert locales(folder) == texts.locales == ("es", "en")


def test_a_message_is_heading_question_lines_options_and_tail(texts: Texts) -> None:
    say = Say(
        "ask",
        heading=Say("heading", {"at": 2, "of": 9}),
        lines=(Say("arm"),),
        options=(Option("1", "yes", Say("yes", {"what": "todos"})), Option("2", "gold", Say("metals.gold"))),
        tail=Say("tail"),
    )
    assert texts.say(say, "es") == "Parte 2/9. ¿Cuántos?\nLlame al +57 604\n1 sí, todos\n2 Oro\nFin."
    assert texts.sentence(say, "en") == "Parte 2/9. How many?"


@pytest.mark.parametrize(("count", "text"), [(1, "1 cosa"), (0, "0 cosas"), (7, "7 cosas")])
def test_plurals_count(texts: Texts, count: int, text: str) -> None:
    assert texts.say(Say("left", count=count), "es") == text


def test_numbers_and_countries_are_told_in_the_language(texts: Texts) -> None:
    weight, where = Say("weight", {"grams": 1234.5}), Say("where", {"country": CountryName("ES")})
    assert (texts.say(weight, "es"), texts.say(weight, "en")) == ("1.234,5 gramos", "1,234.5 grams")
    assert (texts.say(where, "es"), texts.say(where, "en")) == ("en España", "in Spain")


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("es", "jueves 3 de diciembre"),
        ("es_CO", "jueves 3 de diciembre"),
        ("en", "Thursday 3 December"),
        ("fr", "jeudi 3 décembre"),
        ("pt_BR", "quinta-feira 3 de dezembro"),
    ],
)
def test_days_are_told_in_the_language(locale: str, told: str) -> None:
    assert TEXTS.say(Say("plain", {"text": date(2026, 12, 3)}), locale) == told


def test_parameters_may_be_messages(texts: Texts) -> None:
    assert texts.say(Say("yes", {"what": Say("tail")}), "es") == "sí, Fin."
    assert texts.say(Say("both", {"text": (Say("tail"), Say("ask"))}), "es") == "Fin.\n¿Cuántos?"


def test_a_text_that_is_its_own_key_is_a_text(texts: Texts) -> None:
    assert texts.say(Say("saved"), "en") == "saved"


def test_a_missing_text_is_named_and_never_shown_as_its_key(texts: Texts) -> None:
    with pytest.raises(KeyError, match="en: nosuch"):
        texts.say(Say("nosuch"), "en")
    with pytest.raises(KeyError, match="es: nosuch"):
        texts.get("es", "nosuch", count=2)


def test_hidden_texts_and_silence_say_nothing(folder: Path) -> None:
    texts = load_texts({}, hidden=["tail"], folder=folder)
    assert texts.say(Say("ask", tail=Say("tail")), "es") == "¿Cuántos?"
    assert texts.say(Say(SILENCE), "es") == ""


def test_the_words_people_may_answer_with(texts: Texts) -> None:
    words = texts.words([load("2026-11")], CHOICES)
    assert words.of("es", "metals.gold") == ("oro", "orito", "el oro")
    assert words.of("es", "words.yes") == ("si", "claro que si", "dale")
    assert words.of("es_PE", "metals.gold") == words.of("es", "metals.gold")
    assert words.of("es", "metals.silver") == ()
    assert words.of("qu", "metals.gold") == ()


def test_a_region_says_what_differs_and_its_language_the_rest(folder: Path) -> None:
    write(folder, "es_PE", {"metals.gold": "Oro fino", "words.yes": "ya pues", "weight": "{grams} gr"})
    texts = load_texts({}, folder=folder)
    assert (texts.locales, texts.spoken) == (("es", "en"), ("es", "en", "es_PE"))
    assert texts.say(Say("metals.gold"), "es_PE") == "Oro fino"
    assert texts.say(Say("tail"), "es_PE") == "Fin."
    assert texts.say(Say("weight", {"grams": 1234.5}), "es_PE") == "1,234.5 gr"
    assert texts.say(Say("left", count=3), "es_PE") == "3 cosas"
    words = texts.words([load("2026-11")], CHOICES)
    assert words.of("es_PE", "metals.gold") == ("oro fino", "oro", "orito", "el oro")
    assert words.of("es_PE", "words.yes") == ("ya pues", "si", "claro que si", "dale")
    assert words.of("es", "metals.gold") == ("oro", "orito", "el oro")


def test_without_its_language_a_catalog_is_a_language_itself(folder: Path) -> None:
    write(folder, "pt_BR", SPANISH)
    assert locales(folder) == ("es", "en", "pt_BR")
    assert regions(folder) == ()
