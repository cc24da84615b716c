"""An amount of gold as it is said: number, unit and period, in any order a person would use.

What is not clear is asked back: a missing unit, and figures with two readings. Units and periods are the checklist's
data, their names the catalogs'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from flows.model import UNKNOWN, Checklist, Quantity
from flows.reading import AskBack, Heard, Outcome, Read, Unclear
from flows.session import Candidate
from flows.typed.matching import is_unknown, marked, without
from flows.typed.numbers import amounts, is_negative, numeral, says_several, spoken
from flows.words import Words, said, tidy

_FRACTIONS = {("1", "/", "2"): 0.5, ("1", "/", "4"): 0.25, ("3", "/", "4"): 0.75}
_ORDER = ("gram", "castellano", "ounce", "kilogram", "tomin", "real", "punto")
_WEIGHED = ("gram", "ounce", "kilogram")
"""First where Spanish and Portuguese units are little known."""
_UNIT, _PERIOD, _HALF = "words.unit.", "words.period.", "words.half"
_NOISE = ("words.about", "words.filler", "words.polite", "words.gold")
_RESTATED = re.compile(r"\w[^(]*\([^)]*\d")
"""The amount said once more in brackets: "half an ounce (15 g)" is no sum."""
_DECIMAL = re.compile(r"[0-9]{1,3}[.,][0-9]{1,2}").fullmatch
_MOST_GRAMS = 1e9
_MOST_OPTIONS = 7


class _Term(NamedTuple):
    """Part of a sum, "2 castellanos"; no unit where none was said."""

    amount: float
    unit: str | None


def read_quantity(heard: Heard) -> Outcome:
    """The answer to a question for an amount of gold.

    A month where no period is said. A day is taken where the checklist says how many a month has; a year is not.
    """
    if UNKNOWN in heard.question.choices and is_unknown(heard.words, heard.text):
        return Read(UNKNOWN)
    parts = marked(spoken(heard.text), _marks(heard.words))
    if is_negative(parts):
        return Unclear("limits")
    if _RESTATED.search(heard.text):
        return Unclear("number_range")
    if f"{_UNIT}unclear" in parts:
        return Unclear("unit_weight")
    periods = {part.removeprefix(_PERIOD) for part in parts if part.startswith(_PERIOD)} or {"month"}
    if len(periods) > 1 or not all(heard.checklist.periods.get(period) for period in periods):
        return Unclear("period_day")
    return _read_amount(heard, _amount_parts(heard.words, parts), periods.pop())


def grams_a_day(heard: Heard) -> float | None:
    """The grams that the text says, where it names no period but the day; figures alone only with a decimal mark."""
    if _DECIMAL(heard.text.strip()):
        return float(heard.text.strip().replace(",", "."))
    parts = marked(spoken(heard.text), _marks(heard.words))
    named = {part for part in parts if part.startswith(_PERIOD)}
    if is_negative(parts) or _RESTATED.search(heard.text) or named - {f"{_PERIOD}day"}:
        return None
    outcome = _read_amount(heard, _amount_parts(heard.words, parts), "month")
    answer = outcome.answer if isinstance(outcome, Read) else None
    return answer.grams_month if isinstance(answer, Quantity) else None


@lru_cache(maxsize=8)
def _marks(words: Words) -> Mapping[str, str]:
    """Every phrase for a unit, a period and a half -> its key."""
    keys = sorted({key for lexicon in words.locales.values() for key in lexicon.phrases})
    marks = {phrase: key for key in keys if key.startswith((_UNIT, _PERIOD, _HALF)) for phrase in said(words, key)}
    return {
        phrase: key for phrase, key in marks.items() if phrase not in said(words, "words.one")
    }  # "an" is a year too


def _amount_parts(words: Words, parts: Sequence[str]) -> list[str]:
    kept = [part for part in parts if not part.startswith(_PERIOD)]
    return without(kept, said(words, *_NOISE))


def _read_amount(heard: Heard, parts: list[str], period: str) -> Outcome:
    doubtful = [part for part in parts if len(amounts(part)) > 1]
    if doubtful:
        return _ask_reading(heard, doubtful[0]) if len(doubtful) == 1 else Unclear("quantity")
    terms = _sum(heard, parts)
    if not terms:
        return Unclear("number_range" if says_several(heard.words, heard.locale, parts) else "quantity")
    if terms[0].unit is None:
        return _ask_unit(heard, terms[0].amount, period)
    return _weighed(terms, period, heard.checklist)


def _weighed(terms: Sequence[_Term], period: str, checklist: Checklist) -> Outcome:
    """The terms as one quantity in the first one's unit; they must go from the greater unit to the smaller."""
    units = [checklist.units[term.unit].grams for term in terms if term.unit in checklist.units]
    if len(units) < len(terms) or any(greater <= less for greater, less in pairwise(units)):
        return Unclear("quantity")
    if any(term.amount * unit >= greater for term, (greater, unit) in zip(terms[1:], pairwise(units), strict=True)):
        return Unclear("quantity")  # "20 castellanos y 90 gramos": two figures side by side, no castellano and its rest
    grams = sum(term.amount * unit for term, unit in zip(terms, units, strict=True))
    quantity = _quantity(grams / units[0], terms[0].unit or "", period, checklist)
    return Read(quantity) if 0 < quantity.grams_month <= _MOST_GRAMS else Unclear("limits")


def _quantity(amount: float, unit: str, period: str, checklist: Checklist) -> Quantity:
    grams = amount * checklist.units[unit].grams * checklist.periods[period]
    return Quantity(round(amount, 6), unit, period, round(grams, 6))


def _sum(heard: Heard, parts: Sequence[str]) -> list[_Term] | None:
    """The terms that the parts are made of, None where something in them is not understood."""
    terms, piece, rest = list[_Term](), list[str](), list(parts)
    while rest:
        piece.append(rest.pop(0))
        if not piece[-1].startswith(_UNIT):
            continue
        term = _term(heard, piece, rest)
        if term is None:
            return None
        terms.append(term)
        piece = []
    return terms if not piece else _unitless(heard, piece) if not terms else None


def _term(heard: Heard, piece: list[str], rest: list[str]) -> _Term | None:
    """One term; takes an "y media" after the unit off `rest` ("3 onzas y media", "kilo y medio")."""
    half = _half_follows(heard.words, rest)
    del rest[: 2 if half else 0]
    amount = 1.0 if half and len(piece) == 1 else _amount(heard, piece[:-1])
    unit = piece[-1].removeprefix(_UNIT)
    return None if amount is None else _Term(amount + (0.5 if half else 0), unit)


def _half_follows(words: Words, rest: Sequence[str]) -> bool:
    """Whether "y media" comes next and belongs to the unit before it: in "2 kilos y media onza" it does not."""
    match rest:
        case [joined, half, *others] if half == _HALF and joined in said(words, "words.and"):
            return not (others and others[0].startswith(_UNIT))
        case _:
            return False


def _unitless(heard: Heard, piece: list[str]) -> list[_Term] | None:
    amount = _amount(heard, piece)
    return None if amount is None else [_Term(amount, None)]


def _amount(heard: Heard, piece: Sequence[str]) -> float | None:
    """What the tokens before a unit say: a number, a fraction, a half, or a number and one of them."""
    joined = said(heard.words, "words.and")
    tokens = _trim(piece, joined)
    if len(tokens) == 1 and tokens[0] in said(heard.words, "words.one"):
        return 1.0
    part, size = _part(tokens)
    head = _trim(tokens[: len(tokens) - size], joined)
    if not head:
        return part or None
    number = numeral(heard.words, heard.locale, head)
    return None if number is None or (part and number % 1) else number + part


def _part(tokens: Sequence[str]) -> tuple[float, int]:
    """The fraction at the end of the tokens, and how many of them it takes."""
    if tokens[-1:] == [_HALF]:
        return 0.5, 1
    fraction = _FRACTIONS.get(tuple(tokens[-3:]))  # type: ignore[arg-type]
    return (0.0, 0) if fraction is None else (fraction, 3)


def _trim(tokens: Sequence[str], joined: frozenset[str]) -> list[str]:
    start = next((at for at, token in enumerate(tokens) if token not in joined), len(tokens))
    end = next((at for at in range(len(tokens), start, -1) if tokens[at - 1] not in joined), start)
    return list(tokens[start:end])


def _ask_unit(heard: Heard, amount: float, period: str) -> Outcome:
    if not 0 < amount <= _MOST_GRAMS:
        return Unclear("limits")
    known = heard.checklist.units
    first = () if heard.locale.startswith(("es", "pt")) else _WEIGHED
    units = [unit for unit in dict.fromkeys((*first, *_ORDER, *known)) if unit in known]
    asked = (Candidate(unit, _quantity(amount, unit, period, heard.checklist)) for unit in units[:_MOST_OPTIONS])
    return AskBack("unit", heard.text, tuple(asked))


def _ask_reading(heard: Heard, figures: str) -> Outcome:
    """Which number was meant; a reading that lacks its unit as well has no answer yet."""
    clear = [(value, _with(heard, figures, value)) for value in amounts(figures)]
    if any(figures in spoken(one.text) for _, one in clear):
        return Unclear("quantity")  # ",.813,600": they stand in the text in another form
    outcomes = [(value, read_quantity(one)) for value, one in clear]
    unclear = next((outcome for _, outcome in outcomes if isinstance(outcome, Unclear)), None)
    asked = (Candidate(f"{value:.10g}", getattr(outcome, "answer", None)) for value, outcome in outcomes)
    return unclear or AskBack("reading", heard.text, tuple(asked))


def read_as(heard: Heard, said_before: str, value: str) -> Outcome:
    """What was said before, its doubtful figures now known to mean `value` (a candidate's)."""
    before = _saying(heard, said_before)
    figures = next((part for part in spoken(said_before) if len(amounts(part)) > 1), "")
    return read_quantity(_with(before, figures, float(value))) if figures else Unclear("quantity")


def _with(heard: Heard, figures: str, value: float) -> Heard:
    """The same text with the doubtful figures written so that they can be read in one way only."""
    clear = f"{value:.0f}" if value.is_integer() else f"{value:.4f}"
    alone = rf"(?<![\d.,']){re.escape(figures)}(?![.,']?\d)"
    return _saying(heard, re.sub(alone, clear, tidy(heard.text), count=1))


def _saying(heard: Heard, text: str) -> Heard:
    return Heard(heard.question, heard.words, heard.locale, text, heard.checklist)
