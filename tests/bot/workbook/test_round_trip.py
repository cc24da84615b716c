"""Export, import, export: no content and no catalog changes, whatever a spreadsheet does to cells on the way."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.workbook.importing import old_texts
from bot.workbook.tables import exact, tables
from flows.keys import keys
from flows.load import load
from tests.bot.workbook.rooms import NEW, OLD, Room, cells, heads, put, row_of


def test_every_text_that_the_content_needs_is_in_the_workbook() -> None:
    checklist, texts = load(OLD), old_texts()
    rows = [row for sheet in tables(checklist, texts).values() for row in sheet.values()]
    assert {"es", "en", "fr", "pt"} <= texts.keys()
    assert not any("_" in locale for locale in texts)
    for locale, known in texts.items():
        shown = {value for row in rows for name, value in row.items() if name.endswith(f"::{locale}")}
        assert {known[key.id] for key in keys(checklist)} <= shown


def test_the_same_content_is_the_same_file(room: Room) -> None:
    again = room.export(room.book.with_name("again.xlsx"))
    assert again.read_bytes() == room.book.read_bytes()


def test_export_import_export_changes_nothing(room: Room) -> None:
    before = room.files()
    imported = room.imported()
    assert set(imported.files) == {room.content / f"{NEW}.toml"}
    assert not any((*imported.mended.values(), *imported.added.values(), imported.unused))
    imported.keep()
    assert {path: written for path, written in room.files().items() if path.stem != NEW} == before
    assert replace(load(NEW, room.content), version=OLD) == load(OLD, room.content)
    again = room.export(room.book.with_name("again.xlsx"), NEW)
    assert named_old(again) == named_old(room.book)


def named_old(path: Path) -> list[tuple[object, ...]]:
    """The cells of a workbook, as if the new version had the old one's name."""
    return [(*place, str(value).replace(NEW, OLD)) for *place, value in cells(path)]


def test_a_third_version_is_the_same_file_as_the_second(room: Room) -> None:
    room.imported().keep()
    room.export(room.book, NEW)
    room.imported("2027-02").keep()
    second, third = (room.content / f"{name}.toml" for name in (NEW, "2027-02"))
    assert third.read_text() == second.read_text().replace(NEW, "2027-02")


def trailing_blanks(book: Workbook) -> None:
    for sheet in book.worksheets:
        for cell in (cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)):
            cell.value = f" {cell.value} \n"


def another_order_of_columns(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        columns = [[cell.value for cell in column] for column in sheet.iter_cols()]
        random.Random(1).shuffle(columns)  # noqa: S311 -- no secret
        for at, column in enumerate(columns, 1):
            for number, value in enumerate(column, 1):
                sheet.cell(number, at).value = value


def numbers_with_a_point(book: Workbook) -> None:
    for sheet in book.worksheets:
        for cell in (cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, int)):
            cell.value = float(cell.value)


def numbers_as_text(book: Workbook) -> None:
    for sheet in book.worksheets:
        for cell in (cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, int | float)):
            cell.value = f"{cell.value}"


def blank_rows(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        sheet.insert_rows(4, 3)
        sheet.cell(5, 2).value = "  "


def capitals(book: Workbook) -> None:
    """A spreadsheet that mends the beginning of words."""
    for name in ("worker", "severity", "evidence", "assumed", "type", "room"):
        in_column(book["survey"], name, lambda text: text.capitalize() if " " not in text else text)
    in_column(book["choice_rules"], "code", str.capitalize)
    in_column(book["choices"], "name", lambda text: text.capitalize() if text.islower() else text)


def headers_otherwise(book: Workbook) -> None:
    for cell in book["survey"][1]:
        cell.value = str(cell.value).replace("::", " :: ").replace("Español", "español").replace("when", "When")


def a_sheet_of_notes(book: Workbook) -> None:
    book.create_sheet("Notes")["A1"] = "ask Marta about row 12"


def in_column(sheet: Worksheet, name: str, change: Callable[[str], str]) -> None:
    for number in range(2, sheet.max_row + 1):
        cell = sheet.cell(number, heads(sheet)[name])
        cell.value = change(cell.value) if isinstance(cell.value, str) else cell.value


MENDED_BY_ITSELF = [
    [trailing_blanks, another_order_of_columns, blank_rows, headers_otherwise, a_sheet_of_notes],
    [numbers_with_a_point, capitals],
    [
        numbers_as_text,
        put("settings", ("Batea 2026-11",), "version", datetime(2026, 11, 1)),  # noqa: DTZ001 -- a cell has no zone
        put("survey", ("mercury",), "worker", value=True),
        put("survey", ("registered",), "when", "Organised = cooperative, association,company ,community "),
        put("survey", ("registered",), "relevant", None),
        put("periods", ("week",), "per_month", "52/12"),
        put("units", ("tomin",), "grams", "0,575"),
    ],
]


@pytest.mark.parametrize("changes", MENDED_BY_ITSELF)
def test_what_a_spreadsheet_does_by_itself_changes_nothing(
    room: Room, changes: list[Callable[[Workbook], None]]
) -> None:
    room.edit(*changes)
    imported = room.imported()
    assert set(imported.files) == {room.content / f"{NEW}.toml"}
    assert replace(imported.checklist, version=OLD) == load(OLD, room.content)


def test_another_order_of_rows_is_another_order_of_questions(room: Room) -> None:
    def swap(book: Workbook) -> None:
        sheet = book["survey"]
        one, other = row_of(sheet, "ppe"), row_of(sheet, "safety_training")
        for at in range(1, sheet.max_column + 1):
            first, second = sheet.cell(one, at), sheet.cell(other, at)
            first.value, second.value = second.value, first.value

    room.edit(swap)
    found = list(room.imported().checklist.items)
    assert found.index("safety_training") == found.index("ppe") - 1


@pytest.mark.parametrize(
    ("number", "expected"), [(13 / 3, "13/3"), (4.6, 4.6), (31.1035, 31.1035), (0.1 + 0.2, "0.30000000000000004")]
)
def test_numbers_survive_the_15_digits_of_a_spreadsheet(number: float, expected: object) -> None:
    assert exact(number) == expected
