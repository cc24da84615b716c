"""The sheets of the workbook and their columns: those of XLSForm, and ours for rules and further texts.

A column of texts is named `field::locale` in here, and `field::Language (locale)` in the workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from babel import Locale

from bot.workbook.places import place
from flows.keys import keys
from flows.model import Checklist

READ_ME, SETTINGS = "read_me", "settings"
SURVEY, CHOICES, CHOICE_RULES, WORDINGS = "survey", "choices", "choice_rules", "wordings"
UNITS, PERIODS = "units", "periods"
FORM = ("relevant", "required", "constraint")
"""Columns that only the form needs: they follow from ours."""
FLAGS = ("worker", "opener", "gold", "sensitive")
PLAIN = ("assumed", "evidence", "severity", "cost", "least", "most", "room")
"""Columns that hold what the content file holds."""
_PLAIN = {
    SURVEY: (
        *("type", "name", "number", *FORM),
        *("when", "worker", "opener", "assumed", "evidence", "severity", "cost", "least", "most", "gold", "sensitive"),
        "room",
    ),
    CHOICES: ("list_name", "name"),
    CHOICE_RULES: ("item", "code", "effect"),
    WORDINGS: ("item", "field", "wording", "when"),
    UNITS: ("unit", "grams", "source"),
    PERIODS: ("period", "per_month"),
    SETTINGS: ("form_title", "form_id", "version", "default_language", "source"),
}
SHEETS = tuple(_PLAIN)
_ORDER = ("label", "text", "hint", "means", "words", "short", "block", "gap", "help", "stop", "arm", "who")
_HEADER = re.compile(r"(\w+)\s*::.*\(\s*(\w+)\s*\)")


def columns(checklist: Checklist, languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The columns of every sheet; which texts there are follows from what the content needs."""
    fields = {sheet: sorted(found, key=_by_order) for sheet, found in _fields(checklist).items()}
    languages = tuple(languages)
    return {sheet: (*plain, *_texts(fields.get(sheet, ()), languages)) for sheet, plain in _PLAIN.items()}


def _fields(checklist: Checklist) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in keys(checklist):
        where = place(key.id, checklist)
        found.setdefault(where.sheet, set()).add(where.field)
    return found


def _texts(fields: Iterable[str], languages: tuple[str, ...]) -> Iterator[str]:
    return (f"{field}::{locale}" for field in fields for locale in languages)


def _by_order(field: str) -> tuple[int, str]:
    return (_ORDER.index(field) if field in _ORDER else len(_ORDER), field)


def language(locale: str) -> str:
    """The language as XLSForm names it: "Español (es)"."""
    name = Locale.parse(locale).get_display_name(locale) or locale
    return f"{name[:1].upper()}{name[1:]} ({locale})"


def header(column: str) -> str:
    """The column as it is written in the first row."""
    field, _, locale = column.partition("::")
    return f"{field}::{language(locale)}" if locale else column


def column(written: str) -> str:
    """The column that a cell of the first row names, however it is spaced or capitalised."""
    text = " ".join(written.split()).lower()
    found = _HEADER.fullmatch(text)
    return f"{found[1]}::{found[2]}" if found else text
