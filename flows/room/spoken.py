"""Hands and people as they are typed by whoever leads a room: "12 si 3 no 2 nose", "doce tres dos", "8 mujeres"."""

from __future__ import annotations

import re
from itertools import pairwise

from flows.answers import Question, Read, read
from flows.model import Checklist, Item
from flows.room.counting import read_hands, read_people
from flows.typed.matching import bare
from flows.typed.numbers import worded
from flows.words import Words, plain, said

_FEWEST = 2
"""Named options; of one alone nobody knows whether the others were counted."""
_MOST = 200
_SEXES = {"women": "words.women", "men": "words.men"}
_FIGURE = re.compile(r"\b(\d{1,4})\b")
_ODD = re.compile(r"[%$=<>]|\d[.,]\d{3}|-\s*\d+\s*%")


def hands_of(checklist: Checklist, words: Words, locale: str, item: Item, text: str) -> tuple[int, ...]:
    """Raised hands by option: in order, or each with its option; () where the text is not clearly that."""
    found = read_hands(text, len(item.choices))
    if found or _ODD.search(text):
        return found
    parts = _FIGURE.split(_in_figures(words, locale, text))
    figures = tuple(int(one) for one in parts[1::2])
    labels = [bare(words, one.strip(), "words.polite") for one in parts[::2]]
    between = words.of(locale, "words.and")
    if not labels[0] and all(label in ("", *between) for label in labels):
        return figures if len(figures) == len(item.choices) else ()
    named = labels[1:] if not labels[0] else labels[:-1] if not labels[-1] else []
    codes = [_code(checklist, words, locale, item, _ends(label, between)) for label in named]
    if len(codes) < _FEWEST or None in codes or len(set(codes)) < len(codes):
        return ()
    counted = dict(zip(codes, figures, strict=True))
    return tuple(counted.get(code, 0) for code in item.choices)


def _ends(label: str, between: tuple[str, ...]) -> str:
    """The label without an "and" before or after it."""
    tokens = label.split()
    while tokens and tokens[0] in between:
        tokens.pop(0)
    while tokens and tokens[-1] in between:
        tokens.pop()
    return " ".join(tokens)


def _code(checklist: Checklist, words: Words, locale: str, item: Item, label: str) -> str | None:
    outcome = read(Question(item.id, "one", item.choices), words, locale, label, checklist=checklist)
    return str(outcome.answer) if label and isinstance(outcome, Read) else None


def _in_figures(words: Words, locale: str, text: str) -> str:
    """The text with its numbers in figures; "" where two that stand together may be one ("veinte dos")."""
    tokens = plain(text).split()
    found = [None if token.isdecimal() else worded(words, locale, [token]) for token in tokens]
    if any(one is not None and one > _MOST for one in found) or _run_together(words, locale, tokens, found):
        return ""
    return " ".join(token if one is None else str(one) for token, one in zip(tokens, found, strict=True))


def _run_together(words: Words, locale: str, tokens: list[str], found: list[int | None]) -> bool:
    at = [place for place, one in enumerate(found) if one is not None]
    near = ((first, then) for first, then in pairwise(at) if then - first <= _FEWEST)
    return any(worded(words, locale, tokens[first : then + 1]) is not None for first, then in near)


def people_of(words: Words, locale: str, text: str) -> str | None:
    """Who is present, in the order that is asked for; None where it is not clear who is meant."""
    text = _spelled(words, locale, text)
    parts = _FIGURE.split(plain(text))
    sexes = [_sex(words, label) for label in parts[2::2]]
    if not any(sexes) and not _sex(words, parts[0]):
        return read_people(text)
    figures = [int(one) for one in parts[1::2]]
    if sexes == ["", "", "", "women"]:
        return read_people(text)
    return None if _sex(words, parts[0]) else _by_sex(figures, sexes)


def _spelled(words: Words, locale: str, text: str) -> str:
    if re.search(r"\d", text):
        return text
    tokens = plain(text).split()
    whole = worded(words, locale, tokens)
    figures = str(whole) if whole is not None else _in_figures(words, locale, text)
    return figures if figures.replace(" ", "").isdecimal() else ""


def _sex(words: Words, label: str) -> str:
    """Of the words after a figure: "women", "men", or "" for anybody, as in "20 hombres y mujeres"."""
    found = [name for name, key in _SEXES.items() if said(words, key).intersection(label.split())]
    return found[0] if len(found) == 1 else ""


def _by_sex(figures: list[int], sexes: list[str]) -> str | None:
    """How many there are, and how many of them are women: "20, 8 mujeres", "12 hombres y 8 mujeres"."""
    if len(set(sexes)) < len(sexes) or "women" not in sexes or len(sexes) < _FEWEST:
        return None
    told = dict(zip(sexes, figures, strict=True))
    total, women = told.get("", told.get("men", 0) + told["women"]), told["women"]
    fits = women <= total and told.get("men", total - women) == total - women
    return f"0 {total} 0 {women}" if fits and total else None
