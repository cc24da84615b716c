"""Answers in words, as the desk shows them: the question as it was asked, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from babel import Locale
from babel.numbers import format_decimal

from bot.report.meeting import capital
from bot.report.summary import Fact
from flows.applies import applies, codes, wording
from flows.scale import position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.texts import Texts
    from flows.applies import Answers
    from flows.model import Answer, Checklist, Item
    from flows.room.outcome import Outcome

ADVICE, TALK = "advice", "security_talk"


class Told(msgspec.Struct, frozen=True):
    """One answered question."""

    number: int
    question: str
    answer: str


class Chapter(msgspec.Struct, frozen=True):
    """The questions of a section."""

    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Telling:
    """Puts one case's answers into the words of one language."""

    texts: Texts
    locale: str
    checklist: Checklist
    answers: Answers

    def public(self) -> tuple[Chapter, ...]:
        """Every answer but the sensitive ones; of the gold only below, near or above the limit."""
        return tuple(self._chapters())

    def private(self) -> tuple[Told, ...]:
        """The sensitive answers, for the protection contact alone."""
        return tuple(self._told(item) for item in self.checklist.items.values() if self._asked(item) and item.sensitive)

    def notes(self, room: Outcome | None) -> tuple[Fact, ...]:
        """What a group added to its answers; it may name somebody."""
        votes = room.votes if room else ()
        return tuple(Fact(capital(self._say(f"{vote.item}.short")), vote.note) for vote in votes if vote.note)

    def _chapters(self) -> Iterator[Chapter]:
        for section in self.checklist.sections:
            items = [item for item in section.items if self._asked(item) and not item.sensitive]
            if section.id == ADVICE:
                items = [item for item in items if item.id in self.answers]
            if items:
                name = "report.advice" if section.id == ADVICE else f"report.section.{section.id}"
                yield Chapter(self._say(name), tuple(self._told(item) for item in items))

    def _asked(self, item: Item) -> bool:
        return applies(item, self.checklist, self.answers)

    def _told(self, item: Item) -> Told:
        return Told(item.number, self._say(wording(item, self.checklist, self.answers)), self.answer(item))

    def answer(self, item: Item) -> str:
        """What was answered to the item; of the gold only where it stands."""
        answer = self.answers.get(item.id)
        if answer is None:
            return self._say("desk.not_answered")
        if item.gold:
            return self._say(f"report.gold.{position(self.checklist, self.answers) or 'unknown'}")
        if item.id == TALK and answer == "yes":
            return self._say("desk.security_talk.yes")
        return self._words(item, answer)

    def _words(self, item: Item, answer: Answer) -> str:
        if isinstance(answer, (int, float)):
            return str(format_decimal(answer, locale=self.locale))
        if item.kind == "country":
            return str(Locale.parse(self.locale).territories.get(str(answer), answer))
        return ", ".join(self._say(f"{item.id}.{code}") for code in codes(answer))

    def _say(self, key: str) -> str:
        return self.texts.get(self.locale, key)
