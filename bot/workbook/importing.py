"""A workbook -> a new content version and the catalogs, all of it looked at before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.catalogs.lint import texts_of
from bot.texts import LOCALES, locales, read_catalog
from bot.workbook.amounts import periods, settings, units
from bot.workbook.columns import FORM, SHEETS, SURVEY, columns
from bot.workbook.content_file import content_file
from bot.workbook.findings import Finder
from bot.workbook.form import form_columns
from bot.workbook.grid import Book, read_book
from bot.workbook.history import against_history, wrong_version
from bot.workbook.lists import Lists
from bot.workbook.merging import changed, merged
from bot.workbook.said import Texts, read_texts
from bot.workbook.survey import sections
from bot.workbook.trial import Trial
from flows.keys import keys
from flows.load import CONTENT, BadContent, load, versions
from flows.model import Checklist

_PLACE = re.compile(rf"({'|'.join(SHEETS)}), row (\d+)")


class BadWorkbook(ValueError):
    """The workbook can't become a version; `mistakes` names each with sheet, row and column."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = sorted(dict.fromkeys(mistakes), key=_by_place)


@dataclass(frozen=True)
class Imported:
    """A version that may be kept. `files` are what is written; `mended` and `added` are message ids by locale.

    `base` is the version that was exported, `unused` are the places of texts that the new one does not need.
    """

    base: Checklist
    checklist: Checklist
    files: Mapping[Path, bytes]
    mended: Mapping[str, list[str]]
    added: Mapping[str, list[str]]
    unused: list[str]

    def keep(self) -> None:
        """Write the files. Raises `OSError`."""
        for path, written in self.files.items():
            path.write_bytes(written)


def import_book(path: Path, version: str, content: Path = CONTENT, catalogs: Path = LOCALES) -> Imported:
    """The version that the workbook makes; nothing is written yet. Raises `BadWorkbook` or `BadContent`."""
    known = {name: load(name, content) for name in versions(content)}
    why = wrong_version(version, known)
    if why:
        raise BadWorkbook([why])
    with TemporaryDirectory() as room:
        return _Import(path, version, known, (content, catalogs)).done(Trial(Path(room), content, catalogs))


def old_texts(catalogs: Path = LOCALES) -> dict[str, dict[str, str]]:
    """The texts of every language by message id, without those that have plural forms."""
    found = {locale: texts_of(read_catalog(locale, catalogs)) for locale in locales(catalogs)}
    return {
        locale: {key: forms[0] for key, forms in texts.items() if len(forms) == 1 and forms[0]}
        for locale, texts in found.items()
    }


class _Import:
    """The way from a workbook to a version; each step notes its mistakes in `book`."""

    def __init__(self, path: Path, version: str, known: Mapping[str, Checklist], folders: tuple[Path, Path]) -> None:
        self.version, self.known = version, known
        self.content, self.catalogs = folders
        self.old = old_texts(self.catalogs)
        expected = columns(known[max(known)], self.old)
        self.book: Book = read_book(path, expected)
        texts = (name for name in expected[SURVEY] if "::" in name)
        self.lists = Lists(self.book, {"ask", "why", *(name.partition("::")[0] for name in texts)})

    def done(self, trial: Trial) -> Imported:
        if SURVEY not in self.book.sheets:
            raise BadWorkbook(self.book.mistakes)
        row = settings(self.book, tuple(self.known))
        base = self.known.get(row["version"], self.known[max(self.known)])
        file = self._file(row["source"])
        checklist = self._loaded(trial, file)
        said = read_texts(self.book, self.lists.rows, checklist, self.old)
        against_history(self.book, self.lists.rows, checklist, self.known.values())
        self._form(checklist, base)
        finder = Finder(self.lists.rows, said.places)
        finder.note(self.book, trial.findings(checklist, said.texts), lambda finding: finding in trial.before)
        if self.book.mistakes:
            raise BadWorkbook(self.book.mistakes)
        return self._imported(base, checklist, said.texts, file, said.unused)

    def _file(self, source: str) -> str:
        self.lists.read()
        found = sections(self.book, self.lists)
        parts = {"section": found, "unit": units(self.book, self.lists), "periods": periods(self.book, self.lists)}
        return content_file(self.version, source, parts)

    def _loaded(self, trial: Trial, file: str) -> Checklist:
        try:
            return trial.load(self.version, file)
        except BadContent as bad:
            Finder(self.lists.rows, {}).note(self.book, bad.mistakes)
            raise BadWorkbook(self.book.mistakes) from bad

    def _form(self, checklist: Checklist, base: Checklist) -> None:
        """The form's own columns follow from ours: a change of theirs would be lost."""
        for item in checklist.items.values():
            row = self.lists.rows[SURVEY, "item", item.id]
            new = form_columns(item, checklist)
            old = form_columns(base.items[item.id], base) if item.id in base.items else new
            for name in FORM:
                if row[name] and row[name] not in (new[name], old[name]):
                    self.book.wrong(row, name, "follows from our own columns; empty it, and change those (see read_me)")

    def _imported(self, base: Checklist, checklist: Checklist, said: Texts, file: str, unused: list[str]) -> Imported:
        files = merged(self.catalogs, said, keys(checklist))
        files[self.content / f"{self.version}.toml"] = file.encode()
        news = {locale: changed(read_catalog(locale, self.catalogs), texts) for locale, texts in said.items()}
        mended = {locale: [key for key in found if key in self.old[locale]] for locale, found in news.items()}
        added = {locale: [key for key in found if key not in self.old[locale]] for locale, found in news.items()}
        return Imported(base, checklist, files, mended, added, unused)


def _by_place(mistake: str) -> tuple[int, int]:
    found = _PLACE.match(mistake)
    return (SHEETS.index(found[1]), int(found[2])) if found else (len(SHEETS), 0)
