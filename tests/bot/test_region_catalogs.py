"""What the catalogs of the regions say, and what their lint finds."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from bot.catalogs.extract import update
from bot.catalogs.lengths import too_long
from bot.catalogs.lint import missing, regional, reserved, texts_of, unused
from bot.catalogs.short_forms import short_forms
from bot.report.words import summarise
from bot.texts import LOCALES, catalog_path, load_texts, locales, read_catalog, regions
from flows.assess import assess
from flows.check_words import lint_words
from flows.load import load
from flows.model import CountryName, Say
from flows.phases import CHOICES
from flows.words import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.model import Answer

CHECKLIST = load("2026-11")
ARM = {"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"}
TEXTS = load_texts(ARM)
WORDS = TEXTS.words([CHECKLIST], CHOICES)


# -- what a region says -----------------------------------------------------------------------------------------------


def test_regions_are_no_languages_of_their_own() -> None:
    assert regions() == ("es_BO", "es_CO", "es_PE", "pt_BR")
    assert locales() == TEXTS.locales == ("es", "en", "fr", "pt")
    assert TEXTS.spoken == (*TEXTS.locales, *regions())
    assert tuple(WORDS.locales) == TEXTS.locales
    assert sorted(WORDS.regions) == list(regions())


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("tailings_water.ask", {"es": "colas (relaves)", "es_CO": "colas", "es_PE": "relaves", "es_BO": "relaves"}),
        ("tailings_water.gap", {"es": "colas", "es_CO": "colas", "es_PE": "relaves", "es_BO": "relaves"}),
        ("legal_title.stop", {"es": "título", "es_CO": "título minero", "es_PE": "concesión", "es_BO": "concesión"}),
        ("legal_title.who", {"es": "título", "es_CO": "título minero", "es_PE": "concesión", "es_BO": "concesión"}),
        ("production_map.ask", {"es": "molinos (entables)", "es_CO": "entables", "es_PE": "quimbaletes"}),
        ("others_in_area.ask", {"es_CO": "barequeros", "es_PE": "pallaqueras", "es_BO": "barranquilleros"}),
        ("organised.cooperative", {"es": "cooperativa", "es_BO": "cooperativa minera", "es_PE": "cooperativa"}),
        ("consent.ask", {"es": "cédula", "es_CO": "cédula", "es_PE": "DNI", "es_BO": "carnet"}),
        ("legal_title.own", {"pt": "título", "pt_BR": "PLG"}),
        ("tailings_water.ask", {"pt": "riacho", "pt_BR": "igarapé"}),
    ],
)
def test_each_region_has_its_words(key: str, said: dict[str, str]) -> None:
    assert {locale: word for locale, word in said.items() if word not in TEXTS.get(locale, key)} == {}
    assert len({TEXTS.get(locale, key) for locale in said}) >= len(set(said.values()))


def test_what_a_region_does_not_say_its_language_says() -> None:
    for region in regions():
        assert TEXTS.get(region, "ppe.ask") == TEXTS.get(language_of(region), "ppe.ask")
        assert TEXTS.get(region, "result.more", count=3) == TEXTS.get(language_of(region), "result.more", count=3)
        assert TEXTS.has(region, "ppe.ask")
        assert not TEXTS.has(region, "no.such.key")
        with pytest.raises(KeyError, match=f"{region}: no.such.key"):
            TEXTS.get(region, "no.such.key")


def test_a_region_that_is_no_longer_there_falls_back_to_its_language() -> None:
    assert TEXTS.get("es_MX", "ppe.ask") == TEXTS.get("es", "ppe.ask")
    assert WORDS.of("es_MX", "metals.gold") == WORDS.of("es", "metals.gold")


_ANDES = ("relaves (colas)", "concesión (título)", "bocamina (socavón)", "molino (quimbalete)", "azogue (mercurio)")
PAIRS = {
    "es_PE": _ANDES,
    "es_BO": _ANDES,
    "es_CO": ("colas (relaves)", "título (concesión)", "socavón (bocamina)", "entable (molino)", "azogue (mercurio)"),
    "pt_BR": ("título próprio (PLG)", "rejeito velho (curimã)", "azougue (mercúrio)"),
}


@pytest.mark.parametrize(("region", "pair"), [(region, pair) for region, pairs in PAIRS.items() for pair in pairs])
def test_regional_words_come_in_pairs_the_first_time_only(region: str, pair: str) -> None:
    asked = [f"{name}.{part}" for name, item in CHECKLIST.items.items() for part in ("ask", *item.choices)]
    told = [TEXTS.get(region, key) for key in asked if TEXTS.has(region, key)]
    word = pair.split(maxsplit=1)[0]
    first = next(text for text in told if re.search(rf"\b{word}", text))
    assert pair in first
    assert sum(pair in text for text in told) == 1


# -- numbers, countries, papers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "grams"), [("es_PE", "1,234.5"), ("es_CO", "1.234,5"), ("es_BO", "1.234,5"), ("pt_BR", "1.234,5")]
)
def test_numbers_are_written_as_in_the_country(locale: str, grams: str) -> None:
    assert f"{grams} gram" in TEXTS.say(Say("scale.ask", {"grams": 1234.5}), locale)


def test_countries_and_papers_are_told_in_the_region_as_well() -> None:
    where = Say("plain", {"text": CountryName("BF")})
    assert (TEXTS.say(where, "es_PE"), TEXTS.say(where, "pt_BR")) == ("Burkina Faso", "Burquina Faso")
    answers: dict[str, Answer] = {"role": "leader", "country": "PE", "metals": ("gold",), "legal_title": "none"}
    found = assess(CHECKLIST, answers, private=False)
    paper = summarise(found, CHECKLIST, answers, TEXTS, "es_PE", "7K3M-2QXD", day=1_770_000_000.0)
    assert "concesión" in str(paper)
    assert paper.locale == "es_PE"


# -- the lint ---------------------------------------------------------------------------------------------------------


def test_the_catalogs_of_the_regions_keep_every_rule() -> None:
    catalogs = {name: texts_of(read_catalog(name)) for name in (*locales(), *regions())}
    assert list(regional(catalogs)) == []
    assert [one for one in too_long(TEXTS, CHECKLIST) if "_" in one.split(":")[0]] == []
    assert [one for one in short_forms(TEXTS, CHECKLIST) if "_" in one.split(":")[0]] == []
    assert [one for region in regions() for one in lint_words(CHECKLIST, WORDS, region)] == []


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("tailings_water.ask", "¿Los relaves van al río? " * 8, "es_PE: tailings_water.ask: "),
        ("mercury_whole_ore.why", "relaves " * 60, "es_PE: mercury_whole_ore.why: "),
        ("legal_title.own", "concesión que el Estado nos dio a nombre del grupo", "es_PE: legal_title.ask: "),
    ],
)
def test_a_text_of_a_region_that_is_too_long_is_named(tmp_path: Path, key: str, text: str, expected: str) -> None:
    edited(tmp_path, "es_PE", key, text)
    found = list(too_long(load_texts(ARM, folder=tmp_path), CHECKLIST))
    assert {one.startswith(expected) for one in found if one.startswith("es_PE")} == {True}


def edited(folder: Path, region: str, key: str, text: str) -> None:
    shutil.copytree(LOCALES, folder, dirs_exist_ok=True)
    path = catalog_path(region, folder)
    written = re.sub(
        rf'(msgid "{re.escape(key)}"\nmsgstr )(?:".*"\n)+',
        lambda found: f'{found[1]}"{text}"\n',
        path.read_text(encoding="utf-8"),
    )
    assert text in written
    path.write_text(written, encoding="utf-8")


def test_two_options_of_a_region_that_are_taken_for_each_other_are_named(tmp_path: Path) -> None:
    edited(tmp_path, "es_PE", "legal_title.own.words", "contrato")
    words = load_texts(ARM, folder=tmp_path).words([CHECKLIST], CHOICES)
    assert [one for one in lint_words(CHECKLIST, words, "es_PE") if "“contrato”" in one]
    assert lint_words(CHECKLIST, words, "es") == []


BASE: Mapping[str, tuple[str, ...]] = {"ask": ("¿Qué?",), "tell": ("Mande {what}",)}
NEEDED = {"ask": ("",), "tell": ("",)}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, []),
        ({"tell": ("Envíe {what}",)}, []),
        ({"ask": ("¿Qué?",)}, ["es_PE: ask: is the same as in its language"]),
        ({"ask": ("",)}, ["es_PE: ask: has no translation"]),
        ({"old": ("Antes",)}, ["es_PE: old: is not used"]),
        ({"tell": ("Mande STOP, {what}",)}, ["es_PE: tell: “STOP” is taken by the carrier"]),
    ],
)
def test_what_is_wrong_in_a_region(own: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    catalogs: dict[str, Mapping[str, tuple[str, ...]]] = {"es": BASE, "es_PE": own}
    found = (missing(catalogs, NEEDED), unused(catalogs, NEEDED), regional(catalogs), reserved(catalogs))
    assert [one for ones in found for one in ones] == expected


def test_more_regions_than_a_menu_has_room_for_are_named() -> None:
    many: dict[str, Mapping[str, tuple[str, ...]]] = {f"es_{name}": {} for name in ("AR", "BO", "CL", "CO", "EC", "MX")}
    assert list(regional({"es": BASE, **many})) == []
    assert list(regional({"es": BASE, **many, "es_PE": {}})) == ["es: has 7 regions, and its menu has room for 6"]


# -- make update ------------------------------------------------------------------------------------------------------


def test_updating_fills_no_region_and_keeps_aside_what_is_needed_no_more(tmp_path: Path) -> None:
    edited(tmp_path, "es_PE", "ground_support.ask", "¿El socavón aguanta?")
    path = catalog_path("es_PE", tmp_path)
    path.write_bytes(path.read_bytes().replace(b'msgid "ground_support.ask"', b'msgid "ground_support.asked"'))
    before = texts_of(read_catalog("es_PE", tmp_path))
    update(tmp_path)
    after = texts_of(read_catalog("es_PE", tmp_path))
    assert after == {key: forms for key, forms in before.items() if key != "ground_support.asked"}
    assert '#~ msgid "ground_support.asked"' in path.read_text(encoding="utf-8")
    assert texts_of(read_catalog("pt_BR", tmp_path)) == texts_of(read_catalog("pt_BR"))
