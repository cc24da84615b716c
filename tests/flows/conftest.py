"""The published content and its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.texts import Texts, load_texts
from flows.load import load
from flows.model import Answer, Checklist
from flows.phases import CHOICES
from flows.room.asking import CHOICES as OF_ROOMS
from flows.words import Words
from tests.flows.walk import FINE, Walk

ARM = {"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"}


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    return load("2026-11")


@pytest.fixture(scope="session")
def texts() -> Texts:
    return load_texts(ARM)


@pytest.fixture(scope="session")
def words(texts: Texts, checklist: Checklist) -> Words:
    return texts.words([checklist], CHOICES | OF_ROOMS)


@pytest.fixture
def begin(checklist: Checklist, words: Words) -> Callable[..., Walk]:
    """A conversation that was opened and has come to `until`."""

    def opened(*, until: str = "welcome", answers: dict[str, Answer] = FINE, **known: object) -> Walk:
        person = Walk(checklist, words, **known)
        person.say("hola")
        person.follow(answers, until=until)
        return person

    return opened
