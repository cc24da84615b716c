"""Days and times as people read them. English is that of most of its speakers: 9 December 2026, 14:05."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from flows.words import language_of

if TYPE_CHECKING:
    from datetime import date, datetime

_FIRST = {"fr": "1er", "pt": "1º"}
"""How the first of a month is written: le 1er décembre, 1º de dezembro."""
_ONE = re.compile(r"(?<!\d)1(?= [^\W\d])")


def day(locale: str, at: date, length: Literal["medium", "long"] = "long") -> str:
    """A date: "9 December 2026"; medium: "9 Dec 2026"."""
    return _first(locale, format_date(at, length, locale=_written(locale)))


def weekday(locale: str, at: date) -> str:
    """A day that is near: "Wednesday 9 December"."""
    written = _written(locale)
    return f"{format_date(at, 'EEEE', written)} {_first(locale, format_skeleton('MMMMd', at, locale=written))}"


def hour(locale: str, at: datetime) -> str:
    """The time of day, to the minute."""
    return format_time(at, "short", locale=_written(locale))


def moment(locale: str, at: datetime) -> str:
    """A date and the time of day."""
    joined = str(_written(locale).datetime_formats["medium"])
    return joined.replace("'", "").replace("{0}", hour(locale, at)).replace("{1}", day(locale, at, "medium"))


def _written(locale: str) -> Locale:
    return Locale.parse("en_GB" if locale == "en" else locale)


def _first(locale: str, words: str) -> str:
    return _ONE.sub(_FIRST.get(language_of(locale), "1"), words, count=1)
