"""A checklist and its texts as the rows of the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from bot.workbook.columns import (
    CHOICE_RULES,
    CHOICES,
    FLAGS,
    PERIODS,
    PLAIN,
    SETTINGS,
    SURVEY,
    UNITS,
    WORDINGS,
    language,
)
from bot.workbook.conditions import written
from bot.workbook.form import form_columns, type_of
from bot.workbook.form_rows import country_rows, notes, unit_row, unit_rows
from bot.workbook.places import place
from flows.keys import keys
from flows.model import Checklist, Item

Cell = str | int | float | None
Row = dict[str, Cell]
Rows = dict[tuple[str, ...], Row]
Texts = Mapping[str, Mapping[str, str]]
"""Locale -> message id -> text."""


def tables(checklist: Checklist, texts: Texts) -> dict[str, Rows]:
    """Every sheet's rows, by the ids they are about; a row is cells by column."""
    sheets: dict[str, Rows] = {
        SURVEY: dict(_survey(checklist, texts)),
        CHOICES: {(item.id, code): {"list_name": item.id, "name": code} for item, code in _codes(checklist)},
        CHOICE_RULES: {(item.id, code): _rule(item, code) for item, code in _codes(checklist)},
        WORDINGS: dict(_wordings(checklist)),
        UNITS: {
            (one.id,): {"unit": one.id, "grams": exact(one.grams), "source": one.source}
            for one in checklist.units.values()
        },
        PERIODS: {(name,): {"period": name, "per_month": exact(much)} for name, much in checklist.periods.items()},
        SETTINGS: {(): _settings(checklist, texts)},
    }
    for key in keys(checklist):
        where = place(key.id, checklist)
        said = {locale: known[key.id] for locale, known in texts.items() if key.id in known}
        sheets[where.sheet][where.row] |= {f"{where.field}::{locale}": text for locale, text in said.items()}
    sheets[CHOICES] |= {**unit_rows(checklist, texts), **country_rows(checklist, texts)}
    return sheets


def exact(number: float) -> float | str:
    """The number, as a fraction where a spreadsheet, which keeps 15 digits, would change it: 13/3."""
    if float(f"{number:.15g}") == number:
        return number
    fraction = Fraction(number).limit_denominator(1000)
    return str(fraction) if float(fraction) == number else repr(number)


def _survey(checklist: Checklist, texts: Texts) -> Iterator[tuple[tuple[str, ...], Row]]:
    for section in checklist.sections:
        yield ("section", section.id), {"type": "begin_group", "name": section.id}
        for item in section.items:
            yield from notes(item, section, checklist, texts)
            yield ("item", item.id), _item(item, checklist)
            if item.kind == "quantity":
                yield unit_row(item, checklist, texts)
        yield ("end", section.id), {"type": "end_group"}


def _item(item: Item, checklist: Checklist) -> Row:
    row: Row = {"type": type_of(item), "name": item.id, "number": item.number, **form_columns(item, checklist)}
    row |= {flag: "yes" if getattr(item, flag) else None for flag in FLAGS}
    row |= {name: getattr(item, name) for name in PLAIN}
    return {**row, "when": written(item.when)}


def _codes(checklist: Checklist) -> Iterator[tuple[Item, str]]:
    return ((item, code) for item in checklist.items.values() for code in item.choices)


def _rule(item: Item, code: str) -> Row:
    return {"item": item.id, "code": code, "effect": item.rule.get(code)}


def _wordings(checklist: Checklist) -> Iterator[tuple[tuple[str, ...], Row]]:
    """A row for every text that is another wording of one on the survey."""
    whens = {
        (item.id, "ask", one.name): written((one.when,)) for item in checklist.items.values() for one in item.variants
    }
    for where in (place(key.id, checklist) for key in keys(checklist)):
        if where.sheet == WORDINGS:
            item, field, name = where.row
            yield where.row, {"item": item, "field": field, "wording": name, "when": whens.get((item, field, name))}


def _settings(checklist: Checklist, texts: Texts) -> Row:
    return {
        "form_title": f"Batea {checklist.version}",
        "form_id": "batea_fairmined",
        "version": checklist.version,
        "default_language": language(next(iter(texts))),
        "source": checklist.source,
    }
