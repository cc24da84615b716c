"""Reads a workbook as a spreadsheet left it: rows of plain text, and every mistake with sheet, row and column.

Spaces around a text, blank rows, another order of columns, 1.0 for 1 and a version that became a date are no mistakes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from bot.workbook.columns import column, header
from bot.workbook.conditions import near


@dataclass(frozen=True)
class Row:
    """A row that is not blank; `cells` are by column, without the empty ones."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The cell's text; "" for an empty one."""
        return self.cells.get(name, "")

    @property
    def about(self) -> str:
        """The question that the row is about."""
        return self.code("item") or self.code("list_name") or self.code("name")

    def code(self, name: str) -> str:
        """The cell as a code: a spreadsheet likes to begin words with a capital."""
        return self[name].lower()

    def at(self, name: str) -> str:
        """The cell's place, for a message."""
        return f"{self.sheet}, row {self.number}, column {header(name)}"


@dataclass
class Book:
    """The sheets of a workbook; `mistakes` is added to by whoever reads on.

    What only follows from a mistake is no second one: `wrong_cells` are by place, `missing` are columns by sheet,
    `unclear` are questions of which something other than a text could not be read.
    """

    sheets: dict[str, list[Row]] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    wrong_cells: set[str] = field(default_factory=set)
    missing: set[tuple[str, str]] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)

    def wrong(self, row: Row, name: str, why: str) -> None:
        """Note a mistake in a cell."""
        if (row.sheet, name) not in self.missing:
            self.note(row.at(name), why)
            self.unclear |= set() if "::" in name else {row.about}

    def empty(self, row: Row, name: str) -> None:
        """Note that a cell is empty that may not be, unless it could not be read."""
        if row.at(name) not in self.wrong_cells:
            self.wrong(row, name, "is empty")

    def note(self, place: str, why: str) -> None:
        """Note a mistake at a place."""
        self.mistakes.append(f"{place}: {why}")
        self.wrong_cells.add(place)


def read_book(path: Path, columns: Mapping[str, Sequence[str]]) -> Book:
    """The workbook's rows. What is wrong with the file, its sheets, headers and cells is in `mistakes`."""
    book = Book()
    try:
        found = {sheet.title.strip().lower(): sheet for sheet in load_workbook(path).worksheets}
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        book.note(path.name, f"can't be read as a workbook ({error}); save it as .xlsx")
        return book
    for name, expected in columns.items():
        if name in found:
            book.sheets[name] = list(_rows(name, found[name], expected, book))
        else:
            book.note(name, "there is no such sheet")
    return book


def _rows(name: str, sheet: Worksheet, expected: Sequence[str], book: Book) -> Iterator[Row]:
    lines = sheet.iter_rows()
    heads = _heads(name, next(lines, ()), expected, book)
    for number, line in enumerate(lines, 2):
        texts = {
            head: _text(cell, f"{name}, row {number}, column {header(head)}", book)
            for head, cell in zip(heads, line, strict=False)
            if head
        }
        cells = {head: text for head, text in texts.items() if text}
        if cells:
            yield Row(name, number, cells)


def _heads(name: str, line: Iterable[Cell], expected: Sequence[str], book: Book) -> list[str]:
    """The columns in the sheet's order, "" for one that is not read."""
    written = [" ".join(str(cell.value or "").split()) for cell in line]
    heads = [column(text) for text in written]
    for text in dict.fromkeys(text for text, head in zip(written, heads, strict=True) if head and head not in expected):
        meant = near(text, map(header, expected))
        book.note(f"{name}, row 1, column {text}", f"there is no such column{meant}")
    for head in dict.fromkeys(head for head in heads if head and heads.count(head) > 1):
        book.note(f"{name}, row 1, column {header(head)}", "is there twice")
    for head in (head for head in expected if head not in heads):
        book.note(f"{name}, row 1, column {header(head)}", "is missing")
        book.missing.add((name, head))
    return [head if head in expected else "" for head in heads]


def _text(cell: Cell, place: str, book: Book) -> str:
    value = cell.value
    if cell.data_type == "f":
        book.note(place, "holds a formula; write what it comes to")
        return ""
    if cell.data_type == "e":
        book.note(place, f"holds the error {value}")
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFC", str("" if value is None else value)).replace("\r\n", "\n").strip()
