"""What a phone number tells."""

from __future__ import annotations

import pytest

from bot.origin import origin


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
