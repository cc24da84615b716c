"""Writes the rows of the workbook as a spreadsheet: what may be edited is white, what follows from it is grey."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import get_args

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.workbook.columns import CHOICES, FLAGS, FORM, READ_ME, SETTINGS, header
from bot.workbook.form import COUNTRIES, UNITS
from bot.workbook.tables import Rows
from flows.model import Effect, Evidence, Severity, Together

_PINNED = {"survey": (1, 3), "choices": (1, 2), "choice_rules": (1, 3), "wordings": (1, 3)}
_WIDE, _NARROW, _BROAD = 38, 13, 26
_BROAD_COLUMNS = {"type", "name", "when", "relevant", "constraint", "source", "item"}
_LISTS = {
    **{flag: ["yes"] for flag in FLAGS},
    "evidence": list(get_args(Evidence)),
    "severity": list(get_args(Severity)),
    "cost": ["1", "2", "3"],
    "effect": list(get_args(Effect)),
    "room": list(get_args(Together)),
}
_LINE = 15.5
_HELP = Path(__file__).with_name("read_me.toml")
_HELP_HEAD = {"about": "", "es": "Español", "en": "English"}
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Not when it was made: the same content is the same file."""


class _Looks:
    """The formats of the workbook. Text is text: else a spreadsheet takes 2026-11 for a date."""

    def __init__(self, book: Workbook) -> None:
        common = {"text_wrap": True, "valign": "top"}
        self.head: Format = book.add_format({**common, "bold": True, "bg_color": "#F2C14E", "border": 1})
        self.cell: Format = book.add_format({**common, "num_format": "@"})
        self.form: Format = book.add_format({"valign": "top", "num_format": "@", "font_color": "#808080"})
        self.group: Format = book.add_format({**common, "num_format": "@", "bold": True, "bg_color": "#E7E6E6"})


def write(path: Path, sheets: Mapping[str, Rows], columns: Mapping[str, tuple[str, ...]]) -> None:
    """Write the workbook. Raises `OSError`."""
    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Batea", "created": _MADE})
    looks = _Looks(book)
    _read_me(book.add_worksheet(READ_ME), looks)
    for name, rows in sheets.items():
        _sheet(book.add_worksheet(name), rows, columns[name], looks)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _read_me(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 0, _BROAD)
    sheet.set_column(1, 2, 2 * _WIDE)
    lines = tomllib.loads(_HELP.read_text(encoding="utf-8"))["line"]
    for at, line in enumerate([_HELP_HEAD, *lines]):
        sheet.set_row(at, _height((line[name], 2 * _WIDE) for name in _HELP_HEAD))
        for column, name in enumerate(_HELP_HEAD):
            sheet.write_string(at, column, line[name], looks.cell if at else looks.head)


def _sheet(sheet: Worksheet, rows: Rows, columns: tuple[str, ...], looks: _Looks) -> None:
    sheet.freeze_panes(*_PINNED.get(sheet.get_name(), (1, 0)))
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column), looks.form if column in FORM else looks.cell)
        sheet.write_string(0, at, header(column), looks.head)
        if column in _LISTS and sheet.get_name() != SETTINGS:
            sheet.data_validation(1, at, len(rows) + 500, at, _offered(column))
    texts = [column for column in columns if column not in FORM]
    for number, (ids, row) in enumerate(rows.items(), 1):
        sheet.set_row(number, _height((str(row.get(column) or ""), _width(column)) for column in texts))
        for at, column in enumerate(columns):
            _cell(sheet, (number, at), row.get(column), _look(sheet.get_name(), ids, column, looks))


def _width(column: str) -> int:
    if "::" in column:
        return _WIDE
    return _BROAD if column in _BROAD_COLUMNS else _NARROW


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The height of a row in points that shows these texts in columns of these widths; not every program finds it."""
    return _LINE * max((1, *(ceil(len(text) / width) for text, width in texts)))


def _offered(column: str) -> dict[str, object]:
    """A list to choose from; what is not on it is told by the import, with more words."""
    return {"validate": "list", "source": _LISTS[column], "ignore_blank": True, "show_error": False}


def _look(sheet: str, ids: tuple[str, ...], column: str, looks: _Looks) -> Format:
    if ids[:1] in (("section",), ("end",)):
        return looks.group
    written = column in FORM or ids[:1] == ("form",) or (sheet == CHOICES and ids[0] in (COUNTRIES, UNITS))
    return looks.form if written else looks.cell


def _cell(sheet: Worksheet, at: tuple[int, int], value: str | float | None, look: Format) -> None:
    if isinstance(value, str) and value:
        sheet.write_string(*at, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, look)
    else:
        sheet.write_blank(*at, None, look)
