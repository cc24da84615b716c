"""The content lint for one version or file: its structure, its words in every language, what its messages cost."""

from __future__ import annotations

from bot.catalogs.lint import in_words, missing, texts_of
from bot.content import Content
from bot.texts import Texts, locales, read_catalog
from flows.check import lint
from flows.keys import Key, keys
from flows.model import Checklist
from flows.phases import CHOICES


def mistakes(checklist: Checklist, texts: Texts) -> list[str]:
    """All that is wrong with it, each with its place; words are only weighed where none is missing."""
    catalogs = {locale: texts_of(read_catalog(locale)) for locale in locales()}
    found = [*lint(checklist), *missing(catalogs, {key.id: _forms(key) for key in keys(checklist)})]
    words = texts.words((checklist,), CHOICES)
    return found or [*in_words(Content(texts, {checklist.version: checklist}, words))]


def _forms(key: Key) -> tuple[str, ...]:
    return ("", "") if key.plural else ("",)
