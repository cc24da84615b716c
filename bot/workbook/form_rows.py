"""Rows that only the form needs: notes, units, countries. They are written anew by every export and read by none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from babel import Locale

from bot.workbook.form import COUNTRIES, UNITS, relevant
from flows.model import Checklist, Item, Section

Texts = Mapping[str, Mapping[str, str]]
Row = dict[str, str | int | float | None]
Rows = dict[tuple[str, ...], Row]
Named = tuple[tuple[str, ...], Row]


def notes(item: Item, section: Section, checklist: Checklist, texts: Texts) -> Iterator[Named]:
    """What whoever holds the phone has to know before this question: how the form works, and what can do harm."""
    if item is checklist.sections[0].items[0]:
        yield _row("note_form", "note", "", _say("form.note", texts))
    marked = [other for other in section.items if other.sensitive or other.gold]
    if marked and item is marked[0]:
        yield _row(f"note_{section.id}", "note", relevant(item, checklist), _say("form.sensitive", texts))


def unit_row(item: Item, checklist: Checklist, texts: Texts) -> Named:
    """In which unit the quantity before it was said."""
    said = " and ".join(filter(None, (f"${{{item.id}}} != ''", relevant(item, checklist))))
    name, row = _row(f"{item.id}_unit", f"select_one {UNITS}", said, _say("askback.unit", texts))
    return name, {**row, "required": "yes"}


def _row(name: str, kind: str, when: str, labels: Row) -> Named:
    return ("form", name), {"type": kind, "name": name, "relevant": when, **labels}


def unit_rows(checklist: Checklist, texts: Texts) -> Rows:
    """The units as choices of the form."""
    return dict(_choice(UNITS, unit, _say(f"unit.{unit}", texts)) for unit in checklist.units)


def country_rows(checklist: Checklist, texts: Texts) -> Rows:
    """The countries as choices of the form, by their names in the first language, and another one."""
    names = {locale: Locale.parse(locale).territories for locale in texts}
    first = next(iter(names.values()))
    rows = [
        _choice(COUNTRIES, iso2, {f"label::{locale}": str(named.get(iso2, iso2)) for locale, named in names.items()})
        for iso2 in sorted(checklist.countries, key=lambda iso2: str(first.get(iso2, iso2)))
    ]
    return dict([*rows, _choice(COUNTRIES, "other", _say("country.other", texts))])


def _choice(listed: str, name: str, labels: Row) -> Named:
    return (listed, name), {"list_name": listed, "name": name, **labels}


def _say(key: str, texts: Texts) -> Row:
    """A message as the row's label in every language."""
    return {f"label::{locale}": said.get(key, key) for locale, said in texts.items()}
