"""Rows -> a file that Excel and LibreOffice open rightly: CSV or XLSX, written row by row and safe against formulas.

CSV is UTF-8 with a byte order mark, lines end in CR LF, and cells are parted as spreadsheets of the reader's language
expect it. What stands in the rows is in `export`.
"""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from xlsxwriter import Workbook

from flows.words import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from bot.desk.export import Cell

Kind = Literal["csv", "xlsx"]
MIME: dict[Kind, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST_ROWS = 1_000_000
"""On one sheet; Excel takes 1,048,576."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may calculate (OWASP, "CSV Injection")."""
_DAY = "yyyy-mm-dd hh:mm"
_WIDTH = 18


class Spread(Protocol):
    """A file that is being written."""

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""

    def close(self) -> None:
        """That was all."""


def spread(kind: Kind, path: Path, headings: Sequence[str], locale: str) -> Spread:
    """Begin a file with its headings, for a reader of this language. Raises `OSError`."""
    return Csv(path, headings, locale) if kind == "csv" else Xlsx(path, headings)


def harmless(text: str) -> str:
    """The text; behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def separator(locale: str) -> str:
    """What parts cells where the comma is the decimal sign, and where it is not."""
    return "," if language_of(locale) == "en" else ";"


class Csv:
    """A CSV file."""

    def __init__(self, path: Path, headings: Sequence[str], locale: str) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file, delimiter=separator(locale), lineterminator="\r\n")
        self.add(headings)

    def add(self, row: Sequence[Cell]) -> None:
        """One more row; times as 2026-11-24 09:05, which every spreadsheet reads."""
        self._rows.writerow([_plain(cell) for cell in row])

    def close(self) -> None:
        """That was all."""
        self._file.close()


class Xlsx:
    """An XLSX workbook; a further sheet begins where one is full."""

    def __init__(self, path: Path, headings: Sequence[str], most: int = MOST_ROWS) -> None:
        given = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(str(path), {**given, "tmpdir": str(path.parent)})
        self._headings, self._most = headings, most
        self._bold = self._book.add_format({"bold": True, "num_format": "@"})
        self._text = self._book.add_format({"num_format": "@"})
        self._day = self._book.add_format({"num_format": _DAY, "align": "left"})
        self._sheet, self._at = self._begun()

    def add(self, row: Sequence[Cell]) -> None:
        """One more row: text as text, numbers as numbers, times as times."""
        if self._at > self._most:
            self._sheet, self._at = self._begun()
        for column, cell in enumerate(row):
            self._write(column, cell)
        self._at += 1

    def close(self) -> None:
        """That was all."""
        self._book.close()

    def _begun(self) -> tuple[Worksheet, int]:
        sheet = self._book.add_worksheet()
        sheet.set_column(0, len(self._headings) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(self._headings):
            sheet.write_string(0, column, harmless(heading), self._bold)
        return sheet, 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            self._sheet.write_datetime(self._at, column, cell.replace(tzinfo=None), self._day)
        elif isinstance(cell, str) and cell:
            self._sheet.write_string(self._at, column, harmless(cell), self._text)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self._at, column, cell)


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else cell
