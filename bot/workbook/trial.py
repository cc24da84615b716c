"""A new version and its catalogs in a room of their own, where the content's whole lint looks at them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from babel.messages.pofile import read_po

from bot.catalogs.lint import in_catalogs, in_words, texts_of
from bot.content import load_content
from bot.settings import Settings
from bot.texts import locales, read_catalog, regions
from bot.workbook.merging import TEMPLATE, merged
from flows.check import NAMED, SECTIONS
from flows.keys import keys
from flows.load import load
from flows.model import Checklist

Texts = Mapping[str, Mapping[str, str]]
"""Locale -> message id -> text."""


class Trial:
    """A copy of content and catalogs in `room`, with the new version in it."""

    def __init__(self, room: Path, content: Path, catalogs: Path) -> None:
        self.published = content, catalogs
        self.content = shutil.copytree(content, room / "content")
        self.catalogs = shutil.copytree(catalogs, room / "locales")

    @cached_property
    def before(self) -> frozenset[str]:
        """What the lint finds without the new version."""
        return frozenset(_lint(*self.published))

    def load(self, version: str, file: str) -> Checklist:
        """The new version. Raises `BadContent`."""
        (self.content / f"{version}.toml").write_text(file, encoding="utf-8")
        return load(version, self.content)

    def findings(self, checklist: Checklist, said: Texts) -> list[str]:
        """All that the lint finds; a text that is not there yet is taken for a question mark."""
        texts = {locale: {key.id: found.get(key.id, "?") for key in keys(checklist)} for locale, found in said.items()}
        for path, written in merged(self.catalogs, texts, keys(checklist)).items():
            path.write_bytes(written)
        return list(dict.fromkeys(_lint(self.content, self.catalogs)))


def _lint(folder: Path, catalogs: Path) -> Iterator[str]:
    content = load_content(Settings.model_construct(), folder, catalogs)
    found = {name: texts_of(read_catalog(name, catalogs)) for name in (*locales(catalogs), *regions(catalogs))}
    with (catalogs / TEMPLATE).open("rb") as template:
        yield from in_catalogs(content, found, texts_of(read_po(template)))
    try:
        yield from in_words(content) if all(map(_can_speak, content.checklists.values())) else ()
    except (KeyError, ValueError) as error:
        yield f"{type(error).__name__}: {error}"


def _can_speak(checklist: Checklist) -> bool:
    """Whether all is there that the engine knows by name."""
    return checklist.items.keys() >= set(NAMED) and {one.id for one in checklist.sections} >= set(SECTIONS)
