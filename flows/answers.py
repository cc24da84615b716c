"""What a person typed -> an answer, a question back, or "unclear" with the hint that helps.

How each kind is read is in `choices`, `numbers`, `quantities` and `countries`; commands are taken out before, in
`commands`. Nothing here raises, whatever is typed.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from flows.model import UNKNOWN, Checklist, Quantity
from flows.reading import OTHER, AskBack, Heard, Outcome, Question, Read, Unclear
from flows.session import Candidate, Pending
from flows.typed.choices import named, option_number, read_one, read_several
from flows.typed.countries import read_country
from flows.typed.matching import LONGEST, asks_nothing, bare, says
from flows.typed.numbers import numeral, read_number, spoken
from flows.typed.quantities import read_as, read_quantity
from flows.words import Words, plain, said

__all__ = ["AskBack", "Outcome", "Question", "Read", "Unclear", "read"]

_CHOICE = Unclear("choice")
_TELLING = frozenset({"number_range", "period_day", "unit_weight"})
"""Hints that help more than "send the number of your answer" where that was asked back for."""
_ONE_AND_OTHER = 2
_LONGEST_TEXT = 200


def read(  # noqa: PLR0913 -- the interface is fixed
    question: Question,
    words: Words,
    locale: str,
    text: str,
    *,
    checklist: Checklist,
    pending: Pending | None = None,
    guess: str | None = None,
) -> Outcome:
    """The answer in a typed text; what to ask back where it can mean several things; or why it is no answer.

    With `pending`, an option number picks one of its candidates, and a full answer takes the place of what was said.
    `guess` is the country that a bare yes agrees to.
    """
    option = _option(question, text) if pending is None else None
    if option is not None:
        return option
    heard = Heard(question, words, locale, text, checklist)
    if question.kind == "text":
        return _read_text(heard)
    if len(text) > LONGEST:
        return Unclear(question.kind if question.kind != "one" else "choice")
    return _fresh(heard, guess) if pending is None else _settled(heard, pending)


def _option(question: Question, text: str) -> Read | None:
    """The option of a single digit: the common case, taken first because nothing else is needed for it."""
    at = "1234567".find(text) if len(text) == 1 else -1
    if not 0 <= at < len(question.choices) or question.kind not in {"one", "several"}:
        return None
    choice = question.choices[at]
    return Read(choice if question.kind == "one" or choice == UNKNOWN else (choice,))


def _fresh(heard: Heard, guess: str | None = None) -> Outcome:
    match heard.question.kind:
        case "one":
            return read_one(heard)
        case "several":
            return read_several(heard)
        case "number":
            return read_number(heard)
        case "quantity":
            return read_quantity(heard)
        case _:
            return read_country(heard, guess)


def _settled(heard: Heard, pending: Pending) -> Outcome:
    """The reply to a question put back."""
    number = option_number(heard.words, heard.locale, heard.text, len(pending.candidates))
    if number is not None:
        return _chosen(heard, pending, pending.candidates[number - 1])
    meant = _meant(heard, pending)
    return _chosen(heard, pending, meant) if meant else _replaced(heard, pending)


def _chosen(heard: Heard, pending: Pending, candidate: Candidate) -> Outcome:
    if candidate.answer is not None:
        return Read(candidate.answer)
    return Unclear("country_name") if candidate.value == OTHER else read_as(heard, pending.said, candidate.value)


def _meant(heard: Heard, pending: Pending) -> Candidate | None:
    """The candidate that the reply names in words."""
    match pending.why:
        case "unit":
            return _unit(heard, pending)
        case "reading":
            return _reading(heard, pending)
        case "country":
            return _country(heard, pending)
        case _:
            return _named(heard, pending)


def _unit(heard: Heard, pending: Pending) -> Candidate | None:
    """The candidate whose unit the reply is: "gramos", "en gramos"."""
    unit = bare(heard.words, plain(heard.text), "words.polite", "words.place")
    named_by = ((candidate, f"words.unit.{candidate.value}") for candidate in pending.candidates)
    return next((candidate for candidate, key in named_by if unit in said(heard.words, key)), None)


def _reading(heard: Heard, pending: Pending) -> Candidate | None:
    """The candidate of the number that was said once more in a clear way ("mil quinientos")."""
    value = numeral(heard.words, heard.locale, spoken(heard.text))
    return next((candidate for candidate in pending.candidates if value == float(candidate.value)), None)


def _country(heard: Heard, pending: Pending) -> Candidate | None:
    text = plain(heard.text)
    if says(heard.words, "words.yes", text) and len(pending.candidates) == _ONE_AND_OTHER:
        return pending.candidates[0]
    other = says(heard.words, "words.no", text) or says(heard.words, "words.other", text)
    return pending.candidates[-1] if other else _named_country(heard, pending, text)


def _named_country(heard: Heard, pending: Pending, text: str) -> Candidate | None:
    """The candidate named with its number or a yes: "1 Colombia", "sí, en Colombia"; or with a small misspelling."""
    number, _, rest = text.partition(" ")
    if number.isdecimal() and rest:
        meant = _country(msgspec.structs.replace(heard, text=rest), pending)
        return meant if meant and str(pending.candidates.index(meant) + 1) == number else None
    if said(heard.words, "words.no").intersection(text.split()):
        return None
    core = bare(heard.words, text, "words.yes", "words.polite", "words.place")
    codes = _codes(read_country(msgspec.structs.replace(heard, text=core), None)) if core else set()
    return next((candidate for candidate in pending.candidates if {candidate.value} == codes), None)


def _codes(outcome: Outcome) -> set[str]:
    """The countries that a text may have meant."""
    match outcome:
        case Read(str() as code):
            return {code}
        case AskBack(candidates=candidates):
            return {candidate.value for candidate in candidates} - {OTHER}
        case _:
            return set()


def _named(heard: Heard, pending: Pending) -> Candidate | None:
    found = () if re.search(r"\d", heard.text) else named(heard)
    meant = [candidate for candidate in pending.candidates if candidate.value in found]
    return meant[0] if len(meant) == 1 and len(found) == 1 else None


def _replaced(heard: Heard, pending: Pending) -> Outcome:
    """A full answer in place of the one that was asked back about; digits on a list are never read as one."""
    if pending.why == "which" and re.search(r"\d", heard.text):
        return _CHOICE
    outcome = _fresh(heard)
    match outcome:
        case Read():
            return _CHOICE if _is_copied(outcome, pending) else outcome
        case AskBack():
            return outcome if _is_new(outcome, pending) else _CHOICE
        case _:
            return outcome if outcome.why in _TELLING else _CHOICE


def _is_copied(outcome: Read, pending: Pending) -> bool:
    """Whether "3 onzas" may be the third line of the list, "3 onzas", and not three ounces: then nobody can tell."""
    if pending.why != "unit" or not isinstance(outcome.answer, Quantity):
        return False
    at = int(outcome.answer.amount) - 1
    line = pending.candidates[at] if 0 <= at < len(pending.candidates) else None
    return line is not None and line.value == outcome.answer.unit and line.answer != outcome.answer


def _is_new(outcome: AskBack, pending: Pending) -> bool:
    """Whether asking back about the reply itself leads on: it says something else, and all of it."""
    if outcome.why == "unit" or pending.why == "which" or outcome.candidates == pending.candidates:
        return False
    return outcome.why != "reading" or all(candidate.answer is not None for candidate in outcome.candidates)


def _read_text(heard: Heard) -> Outcome:
    """Free text, its spaces in order and its lines kept; "" where the person skips it."""
    if asks_nothing(heard.text) or heard.text.strip() == "-" or says(heard.words, "words.skip", plain(heard.text)):
        return Read("")
    lines = (" ".join(_printable(line).split()) for line in heard.text.splitlines())
    kept = unicodedata.normalize("NFC", "\n".join(line for line in lines if line))[:_LONGEST_TEXT].strip()
    return Read(kept) if any(map(str.isalpha, kept)) else Unclear("text")


def _printable(line: str) -> str:
    """The line without control characters and lone surrogates, which no channel and no file takes."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in line)
