"""What the content's own lint finds, told with the sheet, row and column of the workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.workbook.columns import CHOICE_RULES, CHOICES, SURVEY, WORDINGS, column
from bot.workbook.grid import Book, Row
from bot.workbook.lists import Ids

_CELL = re.compile(r"(\w+), row (\d+), column (.*)")
_REGIONAL = re.compile(r"[a-z]{2,3}_\w+: ")
_FILE = re.compile(r"\d{4}-\d\d\.toml: ")
_IN_LANGUAGE = re.compile(r"([a-z]{2,3})(?:_\w+)?: ([\w.]+): (.*)", re.DOTALL)
_IN_SECTION = re.compile(r"section (\w+): (.*)", re.DOTALL)
_IN_ITEM = re.compile(r"(\w+): (?:([a-z]+)(?:, cost|, most)?(?:\.(\w+))?: )?(.*)", re.DOTALL)
_COLUMNS = {"id": "name", "choices": "type", "synonyms": "type", "kind": "type"}


@dataclass(frozen=True)
class Finder:
    """`rows` are by sheet and the ids they are about, `texts` the places of texts by locale and message id."""

    rows: Mapping[Ids, Row]
    texts: Mapping[tuple[str, str], str]

    def note(self, book: Book, findings: Iterable[str], known: Callable[[str], bool] = lambda _: False) -> None:
        """Note what was found; not what only follows from a mistake, nor what was `known` before."""
        unclear = {(row.sheet, str(row.number)) for row in self.rows.values() if row.about in book.unclear}
        before = frozenset(book.wrong_cells)
        for finding in findings:
            place, why = self.placed(finding)
            sheet, row, head = cell.groups() if (cell := _CELL.fullmatch(place)) else ("", "", "")
            follows = place in before or (sheet, row) in unclear or (sheet, column(head)) in book.missing
            repeated = _REGIONAL.match(finding) and place in book.wrong_cells
            if place and not follows and not repeated:
                book.note(place, why)
            elif not place and not known(finding):
                book.mistakes.append(why)

    def placed(self, finding: str) -> tuple[str, str]:
        """The finding's place, "" where it has none, and what was found."""
        bare = _FILE.sub("", finding, count=1)
        return self._in_language(bare) or self._in_section(bare) or self._in_item(bare) or ("", bare)

    def _in_language(self, finding: str) -> tuple[str, str] | None:
        found = _IN_LANGUAGE.fullmatch(finding)
        if not found:
            return None
        locale, key, why = found.groups()
        row = self.rows.get((SURVEY, "item", key.partition(".")[0]))
        place = self.texts.get((locale, key)) or (row and row.at(f"label::{locale}"))
        return (place, finding if _REGIONAL.match(finding) else why) if place else None

    def _in_section(self, finding: str) -> tuple[str, str] | None:
        found = _IN_SECTION.fullmatch(finding)
        row = self.rows.get((SURVEY, "section", found[1])) if found else None
        return (row.at("name"), found[2]) if found and row else None

    def _in_item(self, finding: str) -> tuple[str, str] | None:
        found = _IN_ITEM.fullmatch(finding)
        row = self.rows.get((SURVEY, "item", found[1])) if found else None
        if not found or not row:
            return None
        _, key, detail, why = found.groups()
        return self._cell(row, found[1], key or ("number" if why.startswith("number ") else "name"), detail), why

    def _cell(self, row: Row, item: str, key: str, detail: str | None) -> str:
        if key == "rule":
            ruled = [one for ids, one in self.rows.items() if ids[:2] == (CHOICE_RULES, item) and one["effect"]]
            named = self.rows.get((CHOICE_RULES, item, detail or ""))
            return next((one.at("effect") for one in (named, *ruled) if one), row.at("name"))
        if key == "variants":
            worded = self.rows.get((WORDINGS, item, "ask", detail or ""))
            return worded.at("when") if worded else row.at("name")
        if key == "choices":
            return next(
                (one.at("name") for ids, one in self.rows.items() if ids[:2] == (CHOICES, item)), row.at("type")
            )
        return row.at(_COLUMNS.get(key, key))
