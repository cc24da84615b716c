"""Content and catalogs of a test's own, their workbook, and edits of it as a spreadsheet makes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.texts import LOCALES
from bot.workbook.columns import column, columns
from bot.workbook.importing import BadWorkbook, Imported, import_book, old_texts
from bot.workbook.spreadsheet import write
from bot.workbook.tables import tables
from flows.load import CONTENT, load, versions

OLD, NEW = "2026-11", "2027-01"


@dataclass(frozen=True)
class Room:
    """`book` is the workbook of the content."""

    content: Path
    catalogs: Path
    book: Path

    def export(self, path: Path, version: str = OLD) -> Path:
        """Write the workbook of a version."""
        checklist, texts = load(version, self.content), old_texts(self.catalogs)
        write(path, tables(checklist, texts), columns(checklist, texts))
        return path

    def imported(self, version: str = NEW) -> Imported:
        return import_book(self.book, version, self.content, self.catalogs)

    def mistakes(self, version: str = NEW) -> list[str]:
        """What is told; nothing may have been written."""
        before = self.files()
        with pytest.raises(BadWorkbook) as caught:
            self.imported(version)
        assert self.files() == before
        return caught.value.mistakes

    def files(self) -> Mapping[Path, bytes]:
        found = (*self.content.rglob("*"), *self.catalogs.rglob("*"))
        return {path: path.read_bytes() for path in found if path.is_file()}

    def edit(self, *changes: Callable[[Workbook], object]) -> None:
        """Open the workbook, change it and save it, as a spreadsheet does."""
        book = load_workbook(self.book)
        for change in changes:
            change(book)
        book.save(self.book)


def placed(folder: Path) -> Room:
    """The room in `folder`."""
    return Room(folder / "content", folder / "locales", folder / "batea.xlsx")


def furnish(room: Room) -> None:
    """Bring in the first version, and export it."""
    later = [f"{version}.toml" for version in versions() if version != OLD]
    shutil.copytree(CONTENT, room.content, ignore=shutil.ignore_patterns(*later))
    shutil.copytree(LOCALES, room.catalogs)
    room.export(room.book)


def heads(sheet: Worksheet) -> dict[str, int]:
    """Column -> its number."""
    return {column(str(cell.value)): cell.column for cell in sheet[1] if cell.value}


def row_of(sheet: Worksheet, *ids: str) -> int:
    """The row that begins with these ids; on the survey, whose name is the one."""
    first = 2 if sheet.title == "survey" else 1
    rows = sheet.iter_rows(min_col=first, max_col=first + len(ids) - 1)
    return next(line[0].row for line in rows if tuple(cell.value for cell in line) == ids)


def put(sheet: str, ids: tuple[str, ...], name: str, value: object) -> Callable[[Workbook], None]:
    """An edit: this value into the cell."""

    def change(book: Workbook) -> None:
        found = book[sheet]
        found.cell(row_of(found, *ids), heads(found)[name]).value = value

    return change


def add(sheet: Worksheet, at: int, cells: Mapping[str, object]) -> None:
    """A new row before row `at`."""
    sheet.insert_rows(at)
    for name, value in cells.items():
        sheet.cell(at, heads(sheet)[name]).value = value


def in_all(field: str, texts: Mapping[str, str]) -> dict[str, str]:
    """A field in every language."""
    return {f"{field}::{locale}": text for locale, text in texts.items()}


def cells(path: Path) -> Iterator[tuple[str, int, str, object]]:
    """Every cell of a workbook that is not empty: sheet, row, column, value."""
    for sheet in load_workbook(path).worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is not None:
                    yield sheet.title, cell.row, str(sheet.cell(1, cell.column).value), cell.value
