"""Reading an answer to a question with options: by number, by label or synonym, by a bare yes or no.

Words are matched against the question's own labels and synonyms, never against stored codes, and nothing is guessed
between two choices that are equally near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.model import UNKNOWN
from flows.reading import OTHER, AskBack, Heard, Outcome, Read, Unclear
from flows.scale import band_of
from flows.session import Candidate
from flows.typed.matching import bare, exactly, is_unknown, says, without
from flows.typed.numbers import worded
from flows.typed.parts import agrees, begun, partly, stops
from flows.typed.quantities import grams_a_day
from flows.words import Words, plain, said, tidy

_CHOICE, _SEVERAL = Unclear("choice"), Unclear("several")
_MOST = 7
_ARTICLES = (["un"], ["una"])
"""Spanish for "a": nobody counts with them, and they are no option 1."""
_REPEATED = 3
"""So many figures may name an option twice: "1 3 1"."""
_OF_PEOPLE = frozenset({"hired", "children", "minors_danger", "forced_work"})
"""Asked about people: a bare "dos" may be how many of them, and is no option."""

_OF_GRAMS = "gold_band"
"""Asked about grams: "dos gramos" is how many, and a bare "dos" may be; figures alone are options."""


def option_number(words: Words, locale: str, text: str, count: int) -> int | None:
    """The option that the whole message names by its number ("2", "la 2", "opción 2", "2)", "dos"), 1 to `count`."""
    tokens = without(plain(text).split(), said(words, "words.option", "words.polite"))
    if _is_no_count(text) or (locale.startswith("es") and tokens in _ARTICLES):
        return None
    figures = re.fullmatch("0?([1-9])", " ".join(tokens))
    number = int(figures[1]) if figures else _named(words, locale, tokens, count)
    return number if number is not None and number <= count else None


def _is_no_count(text: str) -> bool:
    """Figures with something beside them that changes them: -1, 1%, <1."""
    return re.search(r"[-<>%$=]\s*\d|\d\s*[%$]", tidy(text)) is not None


def _named(words: Words, locale: str, tokens: list[str], count: int) -> int | None:
    """The option that is named in words: "dos", "la segunda"."""
    nth = (at for at in range(1, count + 1) if " ".join(tokens) in said(words, f"words.nth.{at}"))
    number = next(nth, None) or (worded(words, locale, tokens) if len(tokens) == 1 else None)
    return number if number in range(1, count + 1) else None


def read_one(heard: Heard) -> Outcome:
    """The one choice that the text names."""
    choices = heard.question.choices
    label = exactly(plain(heard.text), heard.labels())  # "los dos" may be a label; it is no option 2
    grams = grams_a_day(heard) if heard.question.id == _OF_GRAMS and not label else None
    if grams is not None:
        return Read(band_of(grams))
    counts = bool(label) or _may_count(heard)
    number = None if counts else option_number(heard.words, heard.locale, heard.text, len(choices))
    if number is not None:
        return Read(choices[number - 1])
    found = label or named(heard)
    return _settled(heard, found) if found else _CHOICE


def _may_count(heard: Heard) -> bool:
    """Whether the text begins with a number in words where that may be people or grams: "uno solo", "dos"."""
    first = plain(heard.text).split()[:1]
    figures = "".join(first).isdecimal()
    counted = heard.question.sensitive or heard.question.id in {*_OF_PEOPLE, _OF_GRAMS}
    return counted and not figures and worded(heard.words, heard.locale, first) is not None


def _settled(heard: Heard, found: Sequence[str]) -> Outcome:
    if len(found) == 1:
        return Read(found[0])
    return AskBack("which", heard.text, tuple(Candidate(code, code) for code in found[:_MOST]))


def named(heard: Heard) -> tuple[str, ...]:
    """The choices that the words of the text may mean: none, one, or several that are equally near."""
    text, labels = plain(heard.text), heard.labels()
    core = bare(heard.words, text)
    exact = exactly(text, labels) or exactly(core, labels)
    if exact:
        return exact
    if re.search(r"\d", text):
        return _numbered(heard, core)
    if is_unknown(heard.words, heard.text):
        return (UNKNOWN,) if UNKNOWN in labels else ()
    if _two_signs(heard, text):
        return ()
    for key in ("words.yes", "words.no"):
        if agrees(heard, key, text):
            return _beginning_with(heard, key)
    return () if heard.question.sensitive else partly(heard, text, core)


def _two_signs(heard: Heard, text: str) -> bool:
    """A thumb up and a thumb down, side by side."""
    signs = {token for token in text.split() if not token.isalnum()}
    return all(signs & said(heard.words, key) for key in ("words.yes", "words.no"))


def _numbered(heard: Heard, text: str) -> tuple[str, ...]:
    """An option copied with its number ("1 siempre con retorta"): both must mean the same."""
    number, _, label = text.partition(" ")
    choices = heard.question.choices
    if not re.fullmatch("[1-9]", number) or not label or re.search(r"\d", label) or int(number) > len(choices):
        return () if heard.question.sensitive else begun(heard, text) or ()
    found = named(Heard(heard.question, heard.words, heard.locale, label, heard.checklist))
    return found if found == (choices[int(number) - 1],) else ()


def _beginning_with(heard: Heard, key: str) -> tuple[str, ...]:
    """The choices whose label begins with a yes (or a no); "no sé" and the choice for it never count."""
    opening, unsure = said(heard.words, key), said(heard.words, "words.unknown")
    labels = {code: phrases[0] for code, phrases in heard.labels().items() if phrases and code != UNKNOWN}
    return tuple(code for code, label in labels.items() if _opens(label, opening) and not _opens(label, unsure))


def _opens(label: str, phrases: frozenset[str]) -> bool:
    tokens = label.split()
    return any(" ".join(tokens[:size]) in phrases for size in range(1, len(tokens) + 1))


def read_several(heard: Heard) -> Outcome:
    """Every choice that the text names, in the order of the question; "unknown" stands alone."""
    text = plain(heard.text)
    if says(heard.words, "words.all", text) and not exactly(text, heard.labels()):
        return _all(heard)
    single = read_one(heard)
    if isinstance(single, Read):
        return _together(heard, {str(single.answer)})
    if isinstance(single, AskBack):
        return AskBack("which", heard.text, tuple(Candidate(c.value, (c.value,)) for c in single.candidates))
    figures = re.findall(r"\d+", tidy(heard.text))
    if re.search(r"\d\s*-\s*\d", tidy(heard.text)) or len(figures) > max(len(set(figures)), _REPEATED):
        return _SEVERAL  # "1 1 2 3" is a row of answers to several questions
    found = [codes for piece in _pieces(heard) for codes in _listed(heard, piece)]
    return _together(heard, set(found)) if found and None not in found else _SEVERAL


def _all(heard: Heard) -> Outcome:
    """Every choice; asked again where one of them is "something else" or would stop: that is meant to stand alone."""
    known = {code for code in heard.question.choices if code != UNKNOWN}
    alone = OTHER in known or any(stops(heard, code) for code in known)
    return _SEVERAL if alone else _together(heard, known)


def _together(heard: Heard, found: set[str | None] | set[str]) -> Outcome:
    if found == {UNKNOWN}:
        return Read(UNKNOWN)
    return _SEVERAL if UNKNOWN in found else Read(tuple(code for code in heard.question.choices if code in found))


def _pieces(heard: Heard) -> list[str]:
    """The text at its commas, lines, plus signs and words for "and"."""
    joined = "|".join(sorted(map(re.escape, said(heard.words, "words.and")), key=len, reverse=True)) or "(?!)"
    parts = re.split(rf"[,;+/&\n]|(?:\b|(?<=\d))(?:{joined})(?:\b|(?=\d))", tidy(heard.text))
    return [part for part in parts if plain(part)]


def _listed(heard: Heard, piece: str) -> list[str | None]:
    """What one piece names: a choice, or several without anything between them; None for what names nothing."""
    one = read_one(Heard(heard.question, heard.words, heard.locale, piece, heard.checklist))
    if isinstance(one, Read):
        return [str(one.answer)]
    tokens = without(plain(piece).split(), said(heard.words, "words.option", "words.options"))
    return list(_covered(heard, bare(heard.words, " ".join(tokens)).split()))


def _covered(heard: Heard, tokens: list[str]) -> list[str | None]:
    """The tokens as a row of option numbers and whole phrases, the longest first."""
    found: list[str | None] = []
    after_number = False
    while tokens:
        size, code = _next(heard, tokens)
        numbered = tokens[0].isdecimal()
        found.append(None if after_number and not numbered and code != found[-1] else code)
        after_number, tokens = numbered, tokens[size:]
    return found


def _next(heard: Heard, tokens: list[str]) -> tuple[int, str | None]:
    choices, labels = heard.question.choices, heard.labels()
    if re.fullmatch("[1-9]", tokens[0]):
        return 1, choices[int(tokens[0]) - 1] if int(tokens[0]) <= len(choices) else None
    for size in range(min(len(tokens), 8), 0, -1):
        exact = exactly(" ".join(tokens[:size]), labels)
        if len(exact) == 1:
            return size, exact[0]
    return len(tokens), None
