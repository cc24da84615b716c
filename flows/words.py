"""The words people use, by language, and the form in which typed text and catalog words are compared.

Which words there are is the catalogs' business; what a word answers is decided in `answers` and `commands`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

_SKIN_TONES = range(0x1F3FB, 0x1F400)
_ODD = str.maketrans(
    {"º": ".", "ª": ".", "°": "."}
    | dict.fromkeys("\N{FRACTION SLASH}\N{DIVISION SLASH}", "/")
    | dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}", "-")
    | dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}`", "'")
)
_GAPS = re.compile(r"[\W_]+")


class Lexicon(msgspec.Struct, frozen=True):
    """The phrases of one language by key, already through `plain`; the first of an option is its label."""

    phrases: dict[str, tuple[str, ...]]


class Words(msgspec.Struct, frozen=True, eq=False):
    """The lexicons of all languages. Compared by identity, so that what is derived from it can be cached.

    `regions` holds "es_PE" and the like: the phrases of Spanish, and those of Peru before them.
    """

    locales: dict[str, Lexicon]
    regions: dict[str, Lexicon] = {}

    def of(self, locale: str, key: str) -> tuple[str, ...]:
        """The phrases of a key in one locale, "es_MX" falling back to "es"; () if there are none."""
        lexicon = self.regions.get(locale) or self.locales.get(locale) or self.locales.get(language_of(locale))
        return lexicon.phrases.get(key, ()) if lexicon else ()

    def regional(self, language: str, country: str | None) -> str:
        """The locale of a language in a country: "es_PE" where there are words of Peru, else "es"."""
        region = f"{language}_{country}"
        return region if region in self.regions else language

    def names_of(self, region: str) -> tuple[str, ...]:
        """What people call the language of this region, where they name the region: "español de Colombia"."""
        language = language_of(region)
        common = self.of(language, f"words.language.{language}")
        return tuple(name for name in self.of(region, f"words.language.{language}") if name not in common)


@lru_cache(maxsize=1024)
def said(words: Words, *keys: str) -> frozenset[str]:
    """The phrases of these keys in every language and region: people mix them."""
    lexicons = (*words.locales.values(), *words.regions.values())
    lists = (lexicon.phrases.get(key, ()) for lexicon in lexicons for key in keys)
    return frozenset(phrase for phrases in lists for phrase in phrases if phrase)


def language_of(locale: str) -> str:
    """The language of a locale: "es" of "es_PE"."""
    return re.split("[_-]", locale)[0]


def plain(text: str) -> str:
    """The text as it is compared: no case, accents (año is ano), punctuation or kinds of emoji; single spaces."""
    folded = tidy(text).replace("'", "")
    if folded.isascii():
        return _GAPS.sub(" ", folded).strip()
    return " ".join("".join(map(_word_or_gap, folded)).split())


def tidy(text: str) -> str:
    """The text without case and accents, digits of all scripts as 0-9, with its punctuation still in place."""
    if text.isascii():
        return text.lower().translate(_ODD)
    flat = "".join(map(_compatible, text.translate(_ODD)))
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", flat.casefold()))
    return "".join(map(_ascii_digit, bare)).translate(_ODD)


def _compatible(char: str) -> str:
    """One character, NFKC; ½ and ² are kept apart from the digits before them ("3½" is not 31/2)."""
    folded = unicodedata.normalize("NFKC", char)
    return f" {folded} " if unicodedata.category(char) == "No" else folded


def _ascii_digit(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "M" or category in {"Cf", "Cs"} or ord(char) in _SKIN_TONES:
        return ""
    return str(unicodedata.decimal(char)) if category == "Nd" else char


def _word_or_gap(char: str) -> str:
    if char.isalnum():
        return char
    return f" {char} " if unicodedata.category(char) == "So" else " "
