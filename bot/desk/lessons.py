"""The figures of `learning` in words and pictures, and as the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
from babel import Locale
from babel.dates import format_skeleton
from markupsafe import Markup

from bot.desk import charts, hiding
from bot.desk.learning import EARLIER, Table
from bot.report.meeting import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.desk.export import Row
    from bot.desk.hiding import Shown
    from bot.texts import Texts

HEADINGS = ("table", "row", "column", "count")
_RESULTS = ("countries", "months")


class Lesson(msgspec.Struct, frozen=True):
    """A table of figures in words. `legend` is there where bars have pieces; `whole` is of how many, where told."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]
    picture: Markup
    legend: tuple[tuple[Markup, str], ...] = ()
    whole: Shown | None = None


@dataclass(frozen=True)
class Telling:
    """Puts figures into the words of one language."""

    texts: Texts
    locale: str

    def lesson(self, table: Table) -> Lesson:
        """A table with its picture."""
        title = self._say(f"learn.{table.name}")
        labels = [self._row(table.name, code) for code, _ in table.rows]
        cells = [row for _, row in table.rows]
        columns = tuple(self._column(table.name, code) for code in table.columns)
        picture = charts.bars(title, labels, cells)
        legend = tuple((charts.swatch(at), name) for at, name in enumerate(columns)) if len(columns) > 1 else ()
        rows = tuple(zip(labels, cells, strict=True))
        note = self._say(f"learn.{table.name}.note")
        return Lesson(table.name, title, note, columns, rows, picture, legend, table.whole)

    def rows(self, tables: Iterable[Table]) -> Iterator[Row]:
        """One row a figure."""
        for lesson in map(self.lesson, tables):
            for label, row in lesson.rows:
                for column, figure in zip(lesson.columns, row, strict=True):
                    hidden = figure == hiding.ALSO
                    yield lesson.title, label, column, self._say("learn.hidden") if hidden else figure

    def headings(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(self._say(f"learn.heading.{name}") for name in HEADINGS)

    def _column(self, name: str, code: str) -> str:
        return self._say(f"desk.result.{code}" if name in _RESULTS else f"learn.of.{code}")

    def _row(self, name: str, code: str) -> str:
        match name:
            case "steps":
                return self._step(code)
            case "stops" | "gaps":
                return self._question(code)
            case "countries" | "parts_countries":
                return self._country(code)
            case "months" | "parts_months":
                return self._month(code)
            case _:
                return self._say(f"learn.wait.{code}")

    def _step(self, code: str) -> str:
        section, _, end = code.partition(".")
        return (
            self._say(f"learn.step.{end}", section=self._section(section)) if end else self._say(f"learn.step.{code}")
        )

    def _section(self, section: str) -> str:
        key = f"report.section.{section}"
        if self.texts.has(self.locale, key):
            return self._say(key)
        short = f"section.{section}"
        return capital(self._say(short)) if self.texts.has(self.locale, short) else section

    def _question(self, code: str) -> str:
        """By its short name; by its code where it is of a content version that is no longer here."""
        key = f"{code}.short"
        return capital(self._say(key)) if self.texts.has(self.locale, key) else self._section(code)

    def _country(self, code: str) -> str:
        return str(Locale.parse(self.locale).territories.get(code, code)) if code else self._say("learn.nowhere")

    def _month(self, code: str) -> str:
        if code == EARLIER:
            return self._say("learn.earlier")
        return capital(
            format_skeleton("yMMM", datetime.strptime(code, "%Y-%m").replace(tzinfo=UTC), locale=self.locale)
        )

    def _say(self, key: str, **params: str) -> str:
        return self.texts.get(self.locale, key, count=None, **params)
