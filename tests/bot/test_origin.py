"""What a phone number tells."""

from __future__ import annotations

import pytest

from bot.origin import clock_ahead, origin


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
    ("number", "hours"),
    [("+573001234567", -5), ("+22670123456", 0), ("+9779841234567", 5.75), ("+870773111632", None), ("BANCO", None)],
)
def test_how_far_the_clocks_of_a_number_are_ahead(number: str, hours: float | None) -> None:
    assert clock_ahead(number, 1_770_000_000.0) == (None if hours is None else hours * 3600)
