"""The sheets of units, periods and settings, as a content file has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workbook import cells
from bot.workbook.columns import PERIODS, SETTINGS, UNITS
from bot.workbook.grid import Book, Row
from bot.workbook.lists import Lists


def units(book: Book, lists: Lists) -> list[dict[str, Any]]:
    """The units with their grams and source."""
    return list(_units(book, lists))


def _units(book: Book, lists: Lists) -> Iterator[dict[str, Any]]:
    for row in book.sheets.get(UNITS, ()):
        name = cells.ident(book, row, "unit")
        lists.add(row, "unit", (UNITS, name))
        if not row["source"]:
            book.wrong(row, "source", "is empty: where do these grams come from?")
        yield {"id": name, "grams": cells.amount(book, row, "grams"), "source": row["source"]}


def periods(book: Book, lists: Lists) -> dict[str, float]:
    """The periods, and how many of them a month has."""
    found: dict[str, float] = {}
    for row in book.sheets.get(PERIODS, ()):
        name = cells.ident(book, row, "period")
        lists.add(row, "period", (PERIODS, name))
        found[name] = cells.amount(book, row, "per_month")
    return found


def settings(book: Book, known: tuple[str, ...]) -> Row:
    """The row of settings; its version is the one that was exported."""
    row = next(iter(book.sheets.get(SETTINGS, ())), Row(SETTINGS, 2, {}))
    if row["version"] not in known:
        book.wrong(row, "version", f"“{row['version']}” is not there; it is what was exported: {', '.join(known)}")
    if not row["source"]:
        book.wrong(row, "source", "is empty: where does this content come from, and who has reviewed it?")
    return row
