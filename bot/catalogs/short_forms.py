"""Whether the short forms of the questions keep to their room, so that every block fits its SMS parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale

from bot.channels.sms_text import fold, units
from bot.texts import Texts
from flows.blocks import HEAD, joins, plainly, room
from flows.model import Checklist, CountryName, Item, Param, Say

_OPTION = re.compile(r"(?<=[ :])([1-7])(?= )")
_LONGEST: dict[str, Param] = {"n": 8, "example": "1 2 1+3 ..."}


def short_forms(texts: Texts, checklist: Checklist) -> Iterator[str]:
    """Every short form that is too long or has not its options 1, 2, 3, and a head that is too long."""
    for locale in texts.spoken:
        for item in filter(joins, checklist.items.values()):
            yield from _form(texts, checklist, locale, item)
        yield from _head(texts, checklist, locale)


def _form(texts: Texts, checklist: Checklist, locale: str, item: Item) -> Iterator[str]:
    key = f"{item.id}.block"
    text = fold(texts.say(Say(key, {"country": _longest_country(checklist, locale)}), locale), locale)
    yield from _too_long(f"{locale}: {key}", text, room(item))
    shown = 2 if item.kind == "country" else 0 if plainly(item) or item.kind == "number" else len(item.choices)
    if [int(number) for number in _OPTION.findall(text)] != list(range(1, shown + 1)):
        yield f"{locale}: {key}: has to show the options 1 to {shown}" if shown else f"{locale}: {key}: has no options"


def _head(texts: Texts, checklist: Checklist, locale: str) -> Iterator[str]:
    for section in checklist.sections:
        most = len(section.items)
        heading = Say("progress", {"section": Say(f"section.{section.id}"), "at": most, "of": most})
        say = Say("block.ask", _LONGEST, heading=heading, lines=(Say("block.legend"),))
        yield from _too_long(f"{locale}: block.ask, section {section.id}", fold(texts.say(say, locale), locale), HEAD)


def _too_long(place: str, text: str, most: int) -> Iterator[str]:
    encoding, used, _ = units(text)
    if encoding != "GSM-7":
        yield f"{place}: can't be said in GSM-7"
    elif used > most:
        yield f"{place}: {used} characters, {used - most} more than {most}"


def _longest_country(checklist: Checklist, locale: str) -> CountryName:
    names = Locale.parse(locale).territories
    return CountryName(max(checklist.countries, key=lambda iso2: len(names.get(iso2, ""))))
