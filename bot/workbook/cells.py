"""What one cell may hold: yes, a number, one of a few words, an id. A mistake is noted; the cell counts as empty."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from bot.workbook.conditions import near
from bot.workbook.grid import Book, Row

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[a-z0-9_]+")
_WHOLE = re.compile(r"(\d{1,9})(?:[.,]0+)?")
_YES = {"yes", "sí", "si", "oui", "sim", "x", "1", "true"}
_NO = {"", "no", "non", "não", "0", "false"}


def flag(book: Book, row: Row, name: str) -> bool:
    """Whether the cell says yes."""
    said = row.code(name)
    if said not in _YES | _NO:
        book.wrong(row, name, f"“{row[name]}” is neither yes nor empty")
    return said in _YES


def whole(book: Book, row: Row, name: str) -> int | None:
    """The whole number in the cell."""
    if not row[name]:
        return None
    found = _WHOLE.fullmatch(row[name])
    if not found:
        book.wrong(row, name, f"“{row[name]}” is no whole number")
    return int(found[1]) if found else None


def amount(book: Book, row: Row, name: str) -> float:
    """The number in the cell, not negative; "52/12" is one."""
    over, _, under = row[name].replace(",", ".").partition("/")
    try:
        found = float(over) / float(under or 1)
    except (ValueError, ZeroDivisionError):
        found = -1
    if not math.isfinite(found) or found < 0:
        book.wrong(row, name, f"“{row[name]}” is no amount")
    return found


def one_of(book: Book, row: Row, name: str, allowed: Iterable[str]) -> str | None:
    """The word in the cell if it is among the allowed ones."""
    said, known = row.code(name), tuple(allowed)
    if not said or said in known:
        return said or None
    book.wrong(row, name, f"“{row[name]}” is none of {', '.join(known)}{near(said, known)}")
    return None


def ident(book: Book, row: Row, name: str) -> str:
    """The id of a question or section: small letters, digits and _, a letter first."""
    return _matching(book, row, name, _NAME, "small letters, digits and _, a letter first")


def code(book: Book, row: Row, name: str) -> str:
    """The code of an answer: small letters, digits and _."""
    return _matching(book, row, name, _CODE, "small letters, digits and _")


def _matching(book: Book, row: Row, name: str, pattern: re.Pattern[str], what: str) -> str:
    said = row.code(name)
    if pattern.fullmatch(said):
        return said
    if said:
        book.wrong(row, name, f"“{row[name]}” is no name: {what}")
    else:
        book.empty(row, name)
    return ""
