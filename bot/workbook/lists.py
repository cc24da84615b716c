"""The rows that belong to a question and stand on sheets of their own: its choices, their rules, other wordings."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.workbook import cells
from bot.workbook.columns import CHOICE_RULES, CHOICES, SURVEY, WORDINGS
from bot.workbook.conditions import near
from bot.workbook.form import COUNTRIES, UNITS
from bot.workbook.grid import Book, Row

Ids = tuple[str, ...]


class Lists:
    """`rows` are by sheet and the ids they are about, such as ("choices", "ppe", "yes").

    `taken` is what the texts of a question are called: no code may be, as they share their message ids.
    """

    def __init__(self, book: Book, taken: Collection[str]) -> None:
        self.book, self.taken = book, taken
        self.rows: dict[Ids, Row] = {}
        self.codes: dict[str, tuple[str, ...]] = {}
        """Question -> the codes of its answers, in order."""
        self.items = {row.code("name") for row in book.sheets.get(SURVEY, ())}

    def read(self) -> None:
        """Read the three sheets."""
        for row in self._of(CHOICES, "list_name"):
            if row.code("list_name") not in (COUNTRIES, UNITS):
                self._choice(row)
        for row in self._of(CHOICE_RULES, "item"):
            self._rule(row)
        for row in self._of(WORDINGS, "item"):
            ids = (row.code("item"), cells.ident(self.book, row, "field"), cells.ident(self.book, row, "wording"))
            self.add(row, "wording", (WORDINGS, *ids))

    def add(self, row: Row, name: str, ids: Ids) -> bool:
        """Keep the row under its ids. Whether they were free; `name` is the column that is wrong if not."""
        if self.rows.setdefault(ids, row) is row:
            return True
        self.book.wrong(row, name, f"{ids[-1]} stands in row {self.rows[ids].number} already")
        return False

    def of_item(self, sheet: str, item: str) -> dict[Ids, Row]:
        """The item's rows on a sheet, by what comes after its id."""
        return {ids[2:]: row for ids, row in self.rows.items() if ids[:2] == (sheet, item)}

    def _of(self, sheet: str, name: str) -> Iterable[Row]:
        """The sheet's rows whose question there is."""
        for row in self.book.sheets.get(sheet, ()):
            item = row.code(name)
            if item in self.items or item in (COUNTRIES, UNITS):
                yield row
            else:
                self.book.wrong(row, name, f"there is no question {item or 'named here'}{near(item, self.items)}")

    def _choice(self, row: Row) -> None:
        item, code = row.code("list_name"), cells.code(self.book, row, "name")
        if code in self.taken:
            self.book.wrong(row, "name", f"{code} is the name of a text; take another code")
        elif code:
            self.add(row, "name", (CHOICES, item, code))
            self.codes[item] = tuple(dict.fromkeys((*self.codes.get(item, ()), code)))

    def _rule(self, row: Row) -> None:
        item, code = row.code("item"), row.code("code")
        known = self.codes.get(item, ())
        if code in known:
            self.add(row, "code", (CHOICE_RULES, item, code))
        else:
            self.book.wrong(
                row, "code", f"{code or 'nothing'} is no answer to {item} on sheet choices{near(code, known)}"
            )
