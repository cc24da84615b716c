"""What a new version may not do to those before it: an id, its number and its kind stay what they are for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.workbook.columns import SURVEY
from bot.workbook.grid import Book, Row
from bot.workbook.lists import Ids
from flows.model import Checklist, Item

_VERSION = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def wrong_version(version: str, known: Iterable[str]) -> str | None:
    """Why there can be no such new version; None where there can."""
    newest = max(known)
    if not _VERSION.fullmatch(version):
        return f"--version {version}: is a year and a month, such as 2027-01"
    if version in known:
        return f"--version {version}: is there already, and a published version never changes; take a later month"
    if version < newest:
        return f"--version {version}: comes before {newest}, so nobody would ever be asked it; take a later month"
    return None


def against_history(book: Book, rows: Mapping[Ids, Row], checklist: Checklist, earlier: Iterable[Checklist]) -> None:
    """Note where a question was something else before."""
    before = [item for old in earlier for item in old.items.values()]
    for item in checklist.items.values():
        row = rows[SURVEY, "item", item.id]
        for name, why in dict(_clashes(item, before)).items():
            book.wrong(row, name, why)


def _clashes(item: Item, before: list[Item]) -> Iterator[tuple[str, str]]:
    for old in before:
        if old.id == item.id and old.number != item.number:
            yield "number", f"{item.id} has the number {old.number}, for ever"
        if old.id != item.id and old.number == item.number:
            yield "number", f"{item.number} is the number of {old.id}; the next free one is {_free(before)}"
        if old.id == item.id and old.kind != item.kind:
            yield "type", f"{item.id} was of another type; another kind of question takes a name of its own"


def _free(before: list[Item]) -> int:
    return max(item.number for item in before) + 1
