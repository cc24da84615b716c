"""What some texts have to say in every language: each was once said so that somebody answered wrongly."""

from __future__ import annotations

import pytest

from bot.texts import regions
from flows.blocks import plainly
from flows.model import CountryName, Say
from tests.bot.cases import CHECKLIST, TEXTS

REGIONS = {
    "es": ("América Latina", "Caribe", "África", "Asia", "Oceanía"),
    "en": ("Latin America", "Caribbean", "Africa", "Asia", "Oceania"),
    "fr": ("Amérique latine", "Caraïbes", "Afrique", "Asie", "Océanie"),
    "pt": ("América Latina", "Caribe", "África", "Ásia", "Oceania"),
}
SPOKEN = {"es": ("palabra", "hablado"), "en": ("spoken",), "fr": ("oral",), "pt": ("de boca",)}
NURSING = {"es": "lacta", "en": "nursing", "fr": "allait", "pt": "lactante"}
OR_NONE = {"es": "no hay", "en": "none", "fr": "aucun", "pt": "não há"}
CLEAR_WATER = {"es": "sin químicos", "en": "without chemicals", "fr": "sans produits", "pt": "sem químicos"}
GUIDANCE = {"es": "orienta", "en": "guidance", "fr": "conseil", "pt": "orienta"}
NORMAL_MONTH = {"es": "mes normal", "en": "normal month", "fr": "mois normal", "pt": "mês normal"}
EVERYWHERE = [*TEXTS.locales, *regions()]


@pytest.mark.parametrize("locale", TEXTS.locales)
def test_a_country_outside_the_four_regions_is_told_of_the_regions(locale: str) -> None:
    """Türkiye and Ukraine receive aid too."""
    text = TEXTS.say(Say("country.stop", {"country": CountryName("TR")}), locale)
    assert [region for region in REGIONS[locale] if region not in text] == []


@pytest.mark.parametrize("locale", EVERYWHERE)
def test_a_spoken_permission_has_its_place_in_the_short_form(locale: str) -> None:
    fifth = TEXTS.get(locale, "legal_title.block").partition(" 5 ")[2].partition(" 6 ")[0]
    assert any(word in fifth for word in SPOKEN[locale[:2]])


@pytest.mark.parametrize("locale", EVERYWHERE)
def test_short_forms_leave_nobody_out(locale: str) -> None:
    assert NURSING[locale[:2]] in TEXTS.get(locale, "mercury_handlers.block")
    assert OR_NONE[locale[:2]] in TEXTS.get(locale, "chemicals_stored.block")
    assert "direct" not in TEXTS.get(locale, "tailings_water.block")


@pytest.mark.parametrize("locale", EVERYWHERE)
def test_never_means_clear_water_without_chemicals(locale: str) -> None:
    assert CLEAR_WATER[locale[:2]] in TEXTS.get(locale, "tailings_water.means")


@pytest.mark.parametrize("locale", EVERYWHERE)
@pytest.mark.parametrize("key", ["first.outside_scope.next", "first.formalise_first.next", "result.apply_now"])
def test_every_result_says_that_it_is_guidance_and_whose_decision_it_is(key: str, locale: str) -> None:
    text = TEXTS.get(locale, key)
    assert GUIDANCE[locale[:2]] in text
    assert "ARM" in text
    assert "CRAFT" in text or key == "result.apply_now"


@pytest.mark.parametrize("locale", EVERYWHERE)
def test_people_are_counted_in_a_normal_month(locale: str) -> None:
    assert NORMAL_MONTH[locale[:2]] in TEXTS.get(locale, "miners.means")


def test_in_french_everybody_who_washes_or_picks_is_counted() -> None:
    for key in ("miners.ask", "miners.who", "scale.stop"):
        text = TEXTS.get("fr", key, grams=6)
        assert "laveuses" not in text
        assert "moulin" in text


def test_gold_does_not_only_come_from_shafts() -> None:
    assert [key for key in ("records.ask", "records.gap") if "puits" in TEXTS.get("fr", key)] == []


@pytest.mark.parametrize("locale", EVERYWHERE)
def test_the_price_of_the_audit_is_named_in_its_short_form(locale: str) -> None:
    assert not plainly(CHECKLIST.items["audits"])
    third = TEXTS.get(locale, "audits.block").partition(" 3 ")[2]
    assert any(word in third for word in ("precio", "price", "prix", "preço"))
