"""Finding the country that a person names, in any of the languages, by name, code or with small misspellings.

Names are CLDR's and our own `country_names.csv`. What was found by similarity, what can be two countries and whatever
is not in the checklist's list (and would stop) is confirmed first.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from flows.commands import NAMES
from flows.reading import OTHER, AskBack, Heard, Outcome, Read, Unclear
from flows.session import Candidate
from flows.typed.matching import bare, begins, says
from flows.words import Words, language_of, plain, said

_LOCALES = ("es", "es_419", "en", "fr", "pt")
_NO_COUNTRY = frozenset(
    {"AC", "AQ", "BV", "CP", "DG", "EA", "EU", "EZ", "GS", "HM", "IC", "IO", "QO", "TA", "TF", "UM", "UN"}
    | {"XA", "XB", "ZZ"}
)
"""Parts, unions and places without people, which CLDR names beside the countries."""
_TWICE = {"SA": ("ZA", "SA")}
"""Codes that people use for another country as well: South Africa is SA to its neighbours."""
_MOST = 6
_CONTINENTS = frozenset({"africa", "afrique", "alto", "central", "democratic", "east", "haute", "republic", "santo"})
"""What begins a country's name ("África do Sul", "Central African Republic") and is none by itself."""
_LETTERS = 4
"""Fewer are no beginning of a name ("el" of El Salvador) and no misspelling; twice as many may have two typos."""
_WINNING = tuple(f"words.{name}" for name in ("yes", "no", "unknown", "skip", "other", *NAMES))
"""What wins over a code: "NO" is not Norway."""
_STATES = frozenset(
    "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split()  # noqa: SIM905 -- legible
)
"""What people in Brazil write for their state: "PA" is Pará to them, not Panama."""
_CODE, _ISO2 = re.compile("[A-Z]{2,3}"), re.compile("[A-Z]{2}")
_UNCLEAR = Unclear("country")


def read_country(heard: Heard, guess: str | None) -> Outcome:
    """The country that the text names, by its ISO code; `guess` is what a bare yes agrees to."""
    text = plain(heard.text)
    if language_of(heard.locale) == "pt" and heard.text.strip() in _STATES:
        return _UNCLEAR
    if says(heard.words, "words.yes", text):
        return _answered(heard, (guess,)) if guess else _UNCLEAR
    found = named(heard.words, heard.text)
    if found:
        return _answered(heard, found)
    near = _misspelt(text) or _within(text)
    return _ask(heard.text, near) if 0 < len(near) <= _MOST else _UNCLEAR


def named(words: Words, text: str) -> tuple[str, ...]:
    """The countries of this name, of one beginning with it, or of this code in capitals."""
    code = _coded(words, text.strip())
    core = bare(words, plain(text), "words.polite", "words.place")
    return _TWICE.get(code, (code,)) if code else _named(plain(text)) or _named(core)


def _answered(heard: Heard, found: tuple[str, ...]) -> Outcome:
    if len(found) > _MOST:
        return _UNCLEAR
    if len(found) == 1 and found[0] in heard.checklist.countries:
        return Read(found[0])
    return _ask(heard.text, found)


def _ask(text: str, found: Iterable[str]) -> AskBack:
    return AskBack("country", text, (*(Candidate(code, code) for code in found), Candidate(OTHER, None)))


def _coded(words: Words, text: str) -> str | None:
    """The country of a code in capitals; a word that means something else in a conversation ("NO", "SI") is none."""
    if not _CODE.fullmatch(text) or text.lower() in said(words, *_WINNING):
        return None
    codes = [text] if _ISO2.fullmatch(text) else get_global("territory_aliases").get(text, [])
    return codes[0] if len(codes) == 1 and codes[0] in _codes() else None


@lru_cache(maxsize=1)
def names() -> Mapping[str, tuple[str, ...]]:
    """Every name in its compared form -> the codes of the countries that bear it."""
    found = defaultdict(set)
    for name, code in (*_cldr(), *_own()):
        found[plain(name)].add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items() if name}


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(code for codes in names().values() for code in codes)


def _cldr() -> Iterable[tuple[str, str]]:
    for locale in _LOCALES:
        for code, name in Locale.parse(locale).territories.items():
            if _ISO2.fullmatch(code) and code not in _NO_COUNTRY:
                yield name, code


def _own() -> Iterable[tuple[str, str]]:
    with (Path(__file__).parent.parent / "fairmined" / "country_names.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["iso2"]) for row in csv.DictReader(file)]


@lru_cache(maxsize=512)
def _named(text: str) -> tuple[str, ...]:
    """The countries of exactly this name, then those with a name that begins with it as whole words."""
    exact = names().get(text, ())
    if len(text) < _LETTERS or text in _CONTINENTS:
        return exact
    longer = {code for name, codes in names().items() if begins(name, text) for code in codes}
    return (*exact, *sorted(longer.difference(exact)))


def _within(text: str) -> tuple[str, ...]:
    """The one country whose name stands at the beginning or end of a longer text: "Puno, Perú"."""
    tokens = text.split()[:20]
    sizes = range(1, len(tokens))
    ends = {" ".join(part) for size in sizes for part in (tokens[:size], tokens[-size:])}
    found = [names()[end] for end in sorted(ends, key=len, reverse=True) if end in names()]
    return found[0] if found and len(found[0]) == 1 else ()


@lru_cache(maxsize=512)
def _misspelt(text: str) -> tuple[str, ...]:
    """The countries whose names differ from the text by the fewest typos."""
    allowed = 0 if len(text) < _LETTERS else 1 if len(text) < 2 * _LETTERS else 2
    scored = extract(text, names().keys(), scorer=OSA.distance, score_cutoff=allowed, limit=12) if allowed else []
    best = min((score for _, score, _ in scored), default=0)
    return tuple(dict.fromkeys(code for name, score, _ in scored if score == best for code in names()[name]))
