"""What reading never does, whatever is typed: raise, or answer something that was not asked."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.answers import AskBack, Outcome, Question, Read, Unclear
from flows.commands import command
from flows.model import UNKNOWN, Answer, Quantity
from flows.session import Pending
from flows.words import plain, tidy
from tests.flows.typed import QUESTIONS, ROOT, checklist, heard, waiting, words

_KNOWN = {word for lexicon in words().locales.values() for said in lexicon.phrases.values() for word in said}
_PIECES = st.sampled_from([*sorted(_KNOWN), *"0123456789", *".,'-/?+½²", "1.500", "1 500", "12,5", "👍", "\n", "mil"])
_FIGURES = st.text(alphabet="0123456789.,' -/l", max_size=25)
_ROWS = st.lists(_PIECES, max_size=8)
TYPED = st.one_of(st.text(max_size=80), _FIGURES, _ROWS.map(" ".join), _ROWS.map("".join))
NAMES = st.sampled_from(sorted(QUESTIONS))
LOCALES = st.sampled_from(["es", "en", "es_PE", "mn"])


def _belongs(question: Question, answer: Answer) -> bool:
    """Whether the answer is one that the question can have."""
    if question.kind != "text" and answer == UNKNOWN:
        return UNKNOWN in question.choices
    match question.kind, answer:
        case "several", tuple():
            return bool(answer) and answer == tuple(c for c in question.choices if c in answer and c != UNKNOWN)
        case "number", int():
            return (question.least or 0) <= answer <= (question.most or 0)
        case "quantity", Quantity():
            return _weighs(answer)
        case (("country" | "text"), str()):
            return len(answer) == 2 if question.kind == "country" else len(answer) <= 200 and "\x00" not in answer
        case _:
            return question.kind == "one" and answer in question.choices


def _weighs(quantity: Quantity) -> bool:
    known = quantity.unit in checklist().units and quantity.period in checklist().periods
    return known and math.isfinite(quantity.grams_month) and quantity.grams_month > 0 and quantity.period != "day"


def _is_in_order(question: Question, outcome: Outcome) -> bool:
    match outcome:
        case Read(answer):
            return _belongs(question, answer)
        case AskBack(_, _, candidates):
            answers = [candidate.answer for candidate in candidates if candidate.answer is not None]
            return 2 <= len(candidates) <= 7 and all(_belongs(question, answer) for answer in answers)
        case _:
            return isinstance(outcome, Unclear)


@settings(max_examples=600, deadline=None)
@given(NAMES, st.lists(TYPED, min_size=1, max_size=4), LOCALES)
def test_reading_never_raises_nor_leaves_the_question(name: str, texts: list[str], locale: str) -> None:
    pending: Pending | None = None
    for text in texts:
        outcome = heard(name, text, locale, pending)
        assert _is_in_order(QUESTIONS[name], outcome), (text, outcome)
        pending = waiting(outcome) if isinstance(outcome, AskBack) else pending


@settings(max_examples=300, deadline=None)
@given(TYPED, LOCALES, NAMES)
def test_commands_never_raise(text: str, locale: str, name: str) -> None:
    question = QUESTIONS[name]
    for kind in (None, question.kind):
        found = command(words(), locale, text, kind=kind, question=question)
        assert found is None or found.name


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_plain_text_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(tidy(text)) == plain(text)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 31), st.sampled_from(["{}", " {} ", "{}.", "unos {}", "como {} días", "{} dias al mes", "({})"]))
def test_a_number_in_common_company_is_that_number(number: int, said: str) -> None:
    assert heard("days_month", said.format(number)) == Read(number)


def test_every_hint_has_its_two_texts_in_both_languages() -> None:
    whys = {"choice", "several", "number", "number_range", "whole", "limits", "quantity", "unit_weight", "period_day"}
    keys = [f"hint.{why}{tail}" for why in whys | {"country", "text"} for tail in ("", ".example")]
    keys += [f"askback.{why}" for why in ("unit", "reading", "country", "which")]
    for locale in ("es", "en"):
        catalog = (ROOT / "locales" / locale / "LC_MESSAGES" / "batea.po").read_text(encoding="utf-8")
        assert [key for key in keys if f'msgid "{key}"' not in catalog] == []
