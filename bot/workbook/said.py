"""The texts of a workbook: for every message id that its content needs, in every language, and what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.catalogs.lint import fields
from bot.workbook.grid import Book, Row
from bot.workbook.lists import Ids
from bot.workbook.places import place
from flows.keys import keys
from flows.model import Checklist

Texts = Mapping[str, Mapping[str, str]]
"""Locale -> message id -> text."""

_CONSTANTS = {"phone", "mail", "web"}
"""What every text may name: how to reach ARM."""


@dataclass
class Said:
    """`texts` by locale and message id; `places` of the cells by the same; `unused` are the places of other texts."""

    texts: dict[str, dict[str, str]]
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def read_texts(book: Book, rows: Mapping[Ids, Row], checklist: Checklist, known: Texts) -> Said:
    """The texts. `known` are those of the catalogs: a placeholder that they have may not be lost."""
    said = Said({locale: {} for locale in known})
    used: set[tuple[Ids, str]] = set()
    for key in keys(checklist):
        where = place(key.id, checklist)
        ids = (where.sheet, *where.row)
        if ids in rows:
            used |= {(ids, f"{where.field}::{locale}") for locale in known}
            _read(book, rows[ids], (key.id, where.field), known, said)
        else:
            book.note(where.sheet, f"has no row for {' '.join(where.row)}, and {key.id} is needed")
    texts = ((ids, row, name) for ids, row in rows.items() for name in row.cells if "::" in name)
    said.unused = [row.at(name) for ids, row, name in texts if (ids, name) not in used]
    return said


def _read(book: Book, row: Row, named: tuple[str, str], known: Texts, said: Said) -> None:
    """Take the text of a message id from its column of every language."""
    key, column = named
    for locale, old in known.items():
        name = f"{column}::{locale}"
        said.places[locale, key] = row.at(name)
        broken = list(_broken(row[name], old.get(key)))
        for why in broken:
            book.wrong(row, name, why)
        if not row[name]:
            book.empty(row, name)
        elif not broken:
            said.texts[locale][key] = row[name]


def _broken(text: str, old: str | None) -> Iterator[str]:
    """What is wrong with the placeholders."""
    if "${" in text:
        yield "${ is how a form refers to a question; no text can hold it"
        return
    found, wanted = fields((text,)), (fields((old,)) if old else None) or frozenset()
    if found is None:
        yield "a brace is not closed, or has no name"
    elif text and found - _CONSTANTS != wanted - _CONSTANTS:
        lost, new = sorted(wanted - found), sorted(found - wanted)
        yield "; ".join([*(f"{{{one}}} is lost" for one in lost), *(f"there is no {{{one}}}" for one in new)])
