"""What some texts have to say in every language: each was once said so that somebody answered wrongly."""

from __future__ import annotations

import pytest

from bot.texts import regions
from flows.model import CountryName, Say
from tests.bot.cases import TEXTS

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
