"""The pages of `/try` as HTML, from `templates/` and the catalogs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale

from bot import dates
from bot.pages.drawing import drawn
from bot.pages.languages import own_name
from bot.try_it.numbers import COUNTRIES, legible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"
TEXT_MOST = 1600
"""Characters: as many as Twilio takes in one message."""


def page(texts: Texts, locale: str, name: str, **given: object) -> str:
    """The template `name` with `t(key)` for texts and what is `given`."""
    words = {
        "t": partial(texts.get, locale),
        "locale": locale,
        "locales": [(code, own_name(code)) for code in texts.locales],
        "countries": countries(locale),
        "country_name": partial(country_name, locale),
        "legible": legible,
        "when": partial(when, locale),
        "text_most": TEXT_MOST,
        **given,
    }
    return drawn(TEMPLATES, name, words)


def country_name(locale: str, country: str) -> str:
    """A country in the page's language."""
    name: str = Locale.parse(locale).territories.get(country, country)
    return name


def countries(locale: str) -> Iterable[tuple[str, str]]:
    """Code and name of the countries there are phones of, by name."""
    return sorted(((code, country_name(locale, code)) for code in COUNTRIES), key=lambda pair: pair[1])


def when(locale: str, date: datetime) -> str:
    """A mail's date on the clock of this machine."""
    return dates.moment(locale, date.astimezone())
