"""What was heard and for which question, and what reading it can end in."""

from __future__ import annotations

from typing import Literal

import msgspec

from flows.model import Answer, Checklist, Kind
from flows.session import Candidate
from flows.words import Words

OTHER = "other"
"""The candidate for "none of these countries"; it has no answer."""


class Question(msgspec.Struct, frozen=True):
    """What is being asked. The replies "1", "2" and so on stand for `choices` in their order.

    For a number or a quantity `choices` is ("unknown",) where not knowing is an answer, and no digit is an option. In a
    `sensitive` question nothing is understood from a part of a phrase or from a typo: a wrong answer could do harm.
    """

    id: str
    kind: Kind
    choices: tuple[str, ...]
    least: int | None = None
    most: int | None = None
    sensitive: bool = False


class Heard(msgspec.Struct, frozen=True):
    """A typed text with all it is read against; `locale` is the person's."""

    question: Question
    words: Words
    locale: str
    text: str
    checklist: Checklist

    def labels(self) -> dict[str, tuple[str, ...]]:
        """The label and synonyms of each choice in the person's language."""
        question = self.question
        return {code: self.words.of(self.locale, f"{question.id}.{code}") for code in question.choices}

    def either(self) -> frozenset[str]:
        """The words for "or" in labels: those of the person's language, as "o" is "the" in another one."""
        return frozenset(self.words.of(self.locale, "words.or"))


class Read(msgspec.Struct, frozen=True):
    """The text was understood."""

    answer: Answer


class AskBack(msgspec.Struct, frozen=True):
    """The text can mean several things: the person chooses. It is kept as the session's `Pending`."""

    why: Literal["unit", "reading", "country", "which"]
    said: str
    candidates: tuple[Candidate, ...]


class Unclear(msgspec.Struct, frozen=True):
    """The text is no answer; `hint.<why>` in the catalogs says what to send."""

    why: str


Outcome = Read | AskBack | Unclear
