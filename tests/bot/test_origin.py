"""What a phone number or a country tells."""

from __future__ import annotations

import pytest
from babel.core import get_global

from bot.origin import _MAIN, clocks, origin
from tests.bot.cases import CHECKLIST

JANUARY, JULY = 1_767_000_000.0, 1_783_000_000.0


@pytest.mark.parametrize(
    ("number", "country", "locale"),
    [
        ("+573001234567", "CO", "es"),
        ("+22670123456", "BF", "fr"),
        ("+5591987654321", "BR", "pt"),
        ("+233241234567", "GH", "en"),
        ("+41791234567", "CH", None),
        ("+88169999999", None, None),
        ("+870773111632", None, None),
        ("BANCO", None, None),
    ],
)
def test_country_and_language_of_a_number(number: str, country: str | None, locale: str | None) -> None:
    assert origin(number) == (country, locale)


@pytest.mark.parametrize(
    ("number", "country", "hours"),
    [
        ("+573001234567", "", -5),
        ("+573001234567", "BF", -5),
        ("+22670123456", "", 0),
        ("+9779841234567", "", 5.75),
        ("+870773111632", "PE", -5),
        ("+870773111632", "", None),
        ("BANCO", "", None),
        ("", "CO", -5),
        ("", "BF", 0),
        ("", "unknown", None),
        ("", "", None),
    ],
)
def test_how_far_the_clocks_of_a_number_or_else_of_a_country_are_ahead(
    number: str, country: str, hours: float | None
) -> None:
    assert clocks(number, country, JANUARY) == (None if hours is None else hours * 3600, (0, 0))


@pytest.mark.parametrize(
    ("country", "main", "behind", "ahead"), [("BR", -3, 2, 1), ("ID", 7, 0, 2), ("CD", 1, 0, 1), ("EC", -5, 1, 0)]
)
def test_of_several_zones_it_is_that_of_most_people_and_how_far_others_are_from_it(
    country: str, main: int, behind: int, ahead: int
) -> None:
    assert clocks("", country, JANUARY) == (main * 3600, (behind * 3600, ahead * 3600))


def test_where_a_number_tells_the_region_only_that_counts() -> None:
    assert clocks("+5592987654321", "", JANUARY) == (-4 * 3600, (0, 0))


def test_clocks_go_with_the_season() -> None:
    assert [clocks("", "CL", now)[0] for now in (JANUARY, JULY)] == [-3 * 3600, -4 * 3600]


def test_every_country_has_a_clock_and_where_they_differ_one_is_chosen() -> None:
    zones = get_global("territory_zones")
    for country in CHECKLIST.countries:
        ahead, around = clocks("", country, JANUARY)
        assert ahead is not None, country
        if around != (0, 0):
            assert len({*zones[country]} & _MAIN) == 1, country
