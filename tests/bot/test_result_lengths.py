"""What real assessments cost as SMS: the lint weighs the longest lines, here the answers choose them."""

from __future__ import annotations

from itertools import count, product, takewhile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from bot.channels.sms_pieces import pieces
from bot.channels.sms_text import fold, segments
from bot.content import load_content
from bot.settings import Settings
from flows.assess import assess
from flows.session import Session
from flows.summary import advice, first_result, further_page, partial, result
from tests.flows.walk import FINE, MUCH
from tests.flows.way import ANYTHING, BASICS, MIDDLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.model import Answer, Say
    from tests.flows.way import Answers

CONTENT = load_content(Settings.model_construct())
CHECKLIST = CONTENT.newest
BAD: Answers = {item.id: code for item in CHECKLIST.items.values() for code, what in item.rule.items() if what == "gap"}
STOPPING = {
    "organised": ("cooperative", "informal"),
    "registered": ("yes", "no"),
    "legal_title": ("own", "none", "unknown"),
    "country": ("CO", "VC"),
    "metals": (("gold",), ("other",)),
    "gold_month": (FINE["gold_month"], MUCH),
}


def parts(say: Say, locale: str) -> int:
    """The SMS it takes, joined or cut at words."""
    text = fold(CONTENT.texts.say(say, locale), locale)
    return max(segments(text), len(pieces(text)))


def session(answers: Answers, *, private: bool, given: bool) -> Session:
    known = Session(CHECKLIST.version, "es", "sms", "send", private, started=0)
    return replace(known, answers=answers, result_given=given)


def shown(answers: Answers, *, private: bool) -> Iterator[tuple[Say, int]]:
    """All that is told of these answers, with the parts that it may take."""
    found = assess(CHECKLIST, answers, private=private)
    whole = session(answers, private=private, given=True)
    pages = (further_page(whole, found, page) for page in count(1))
    yield result(CHECKLIST, whole, found), 4
    yield from ((page, 4) for page in takewhile(bool, pages) if page)
    yield advice(CHECKLIST, whole, found), 4
    for names, say, most in ((BASICS, first_result, 2), (BASICS + MIDDLE, partial, 4)):
        begun = session({name: answers[name] for name in names if name in answers}, private=private, given=False)
        yield say(begun, assess(CHECKLIST, begun.answers, private=private)), most


def too_long(answers: Answers, *, private: bool) -> list[str]:
    says = list(shown(answers, private=private))
    found = ((say.id, locale) for locale in CONTENT.texts.spoken for say, most in says if parts(say, locale) > most)
    return [f"{locale}: {key}" for key, locale in found]


@pytest.mark.parametrize("codes", list(product(*STOPPING.values())))
def test_whatever_stops_the_result_fits(codes: tuple[Answer, ...]) -> None:
    assert too_long({**FINE, **BAD, **dict(zip(STOPPING, codes, strict=True))}, private=False) == []


@settings(max_examples=60, deadline=None)
@given(answers=ANYTHING)
def test_the_result_of_any_answers_fits(answers: Answers) -> None:
    assert too_long(answers, private=False) == []
