"""The sheet of questions -> the sections of a content file, as plain values. Mistakes are noted with their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from bot.workbook import cells
from bot.workbook.columns import CHOICE_RULES, SURVEY, WORDINGS
from bot.workbook.conditions import BadCondition, near, parsed
from bot.workbook.form import COUNTRIES, TYPES, UNITS
from bot.workbook.grid import Book, Row
from bot.workbook.lists import Lists
from flows.model import Condition, Effect, Evidence, Severity, Together

Parts = dict[str, Any]
_NO_NUMBER = 10**6
_SELECT = {"select_one": "one", "select_multiple": "several"}
_FORM_ONLY = ("note", f"select_one {UNITS}")
_BEGIN, _END = "begin_group", "end_group"
_USUAL = ("yes", "no", "unknown")
_KNOWN = ("begin_group", "end_group", "select_one", "select_multiple", *TYPES, "note")


def sections(book: Book, lists: Lists) -> list[Parts]:
    """The sections with their items; the rows are added to those of `lists`."""
    found: list[Parts] = []
    inside = False
    for row in book.sheets.get(SURVEY, ()):
        kind = " ".join(row.code("type").replace(" group", "_group").split())
        if kind in (_BEGIN, _END):
            if inside == (kind == _BEGIN):
                book.wrong(row, "type", "a section ends before the next one begins" if inside else "no section is open")
            inside = kind == _BEGIN
            found += [_section(book, row, lists)] if inside else []
        elif kind not in _FORM_ONLY and (item := _Item(book, row, lists).read()):
            if not inside:
                book.wrong(row, "type", f"the question stands in no section: {_BEGIN} comes before it")
            else:
                found[-1]["items"].append(item)
    return found


def _section(book: Book, row: Row, lists: Lists) -> Parts:
    name = cells.ident(book, row, "name")
    lists.add(row, "name", (SURVEY, "section", name))
    return {"id": name, "items": []}


class _Item:
    """Reads one question."""

    def __init__(self, book: Book, row: Row, lists: Lists) -> None:
        self.book, self.row, self.lists = book, row, lists
        self.name = row.code("name")

    def read(self) -> Parts | None:
        """The item as the content file has it, without what goes without saying; None where it has no own name."""
        ids = (SURVEY, "item", self.name)
        if not (cells.ident(self.book, self.row, "name") and self.lists.add(self.row, "name", ids)):
            return None
        parts = {name: value for name, value in self._parts() if value is not None and value is not False}
        return {name: value for name, value in parts.items() if value not in ([], {})}

    def _parts(self) -> Iterator[tuple[str, Any]]:
        yield "id", self.name
        yield "number", self._number()
        yield "kind", self._kind()
        for name in ("worker", "opener", "gold", "sensitive"):
            yield name, cells.flag(self.book, self.row, name)
        yield "assumed", cells.one_of(self.book, self.row, "assumed", self.lists.codes.get(self.name, ()))
        yield "when", self._conditions(self.row)
        yield "variants", list(self._variants())
        yield "choices", self._choices()
        yield "synonyms", list(self._synonyms())
        yield "least", cells.whole(self.book, self.row, "least")
        yield "most", cells.whole(self.book, self.row, "most")
        yield "rule", dict(self._rules())
        severity = cells.one_of(self.book, self.row, "severity", get_args(Severity))
        yield "severity", self._or("severity", severity, get_args(Severity)[0])
        yield "cost", self._or("cost", cells.whole(self.book, self.row, "cost"), 1)
        yield "evidence", cells.one_of(self.book, self.row, "evidence", get_args(Evidence))
        yield "room", cells.one_of(self.book, self.row, "room", get_args(Together))

    def _or(self, name: str, value: object, other: object) -> object:
        """Something else for what can't be read, so that the rest can be looked at."""
        return other if value is None and self.row[name] else value

    def _number(self) -> object:
        if not self.row["number"]:
            self.book.wrong(self.row, "number", "is empty: every question has a number of its own, for ever")
        return cells.whole(self.book, self.row, "number") or _NO_NUMBER + self.row.number

    def _kind(self) -> str:
        kind, _, named = " ".join(self.row.code("type").split()).partition(" ")
        if kind in TYPES and not named:
            return TYPES[kind]
        if (kind, named) == ("select_one", COUNTRIES):
            return "country"
        if kind not in _SELECT:
            meant = near(kind, _KNOWN)
            self.book.wrong(self.row, "type", f"“{self.row['type']}” is none of {', '.join(_KNOWN)}{meant}")
        elif named != self.name:
            self.book.wrong(self.row, "type", f"the list of choices has the question's name: {kind} {self.name}")
        elif self.name not in self.lists.codes:
            self.book.wrong(self.row, "type", f"sheet choices has no rows with list_name {self.name}")
        return _SELECT.get(kind, "one")

    def _choices(self) -> tuple[str, ...] | None:
        """The codes, unless they are those that every question has."""
        codes = self.lists.codes.get(self.name, ())
        return None if codes == _USUAL else codes

    def _synonyms(self) -> Iterator[str]:
        """Codes that have further words in some language."""
        for (code,), row in self.lists.of_item(CHOICE_RULES, self.name).items():
            if any(name.startswith("words::") for name in row.cells):
                yield code

    def _rules(self) -> Iterator[tuple[str, str]]:
        for (code,), row in self.lists.of_item(CHOICE_RULES, self.name).items():
            effect = cells.one_of(self.book, row, "effect", get_args(Effect))
            if effect:
                yield code, effect

    def _variants(self) -> Iterator[Parts]:
        for (field, name), row in self.lists.of_item(WORDINGS, self.name).items():
            conditions = self._conditions(row)
            if len(conditions) > 1:
                self.book.wrong(row, "when", "another wording has one condition, without |")
            elif field == "ask" and conditions:
                yield {"name": name, "when": conditions[0]}

    def _conditions(self, row: Row) -> list[Condition]:
        known = {name: self.lists.codes.get(name, ()) for name in self.lists.items}
        try:
            return parsed(row["when"], known)
        except BadCondition as bad:
            for why in bad.mistakes:
                self.book.wrong(row, "when", why)
            return []
