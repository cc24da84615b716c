"""The published content and its words."""

from __future__ import annotations

import pytest

from bot.texts import Texts, load_texts
from flows.load import load
from flows.model import Checklist
from flows.phases import CHOICES
from flows.words import Words

ARM = {"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"}


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    return load("2026-11")


@pytest.fixture(scope="session")
def texts() -> Texts:
    return load_texts(ARM)


@pytest.fixture(scope="session")
def words(texts: Texts, checklist: Checklist) -> Words:
    return texts.words([checklist], CHOICES)
