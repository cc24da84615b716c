"""The questions as a sheet of paper to be ticked, with its words chosen; what was ticked is typed in afterwards.

What is sensitive and what gold there is never lie around on paper: those questions are left to the phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from babel.lists import format_list

from bot.texts import Texts
from flows.applies import WORKER_ROLES
from flows.model import UNKNOWN, Checklist, Condition, Item, Section

PRIVATE, ADVICE = "private", "advice"


class Box(msgspec.Struct, frozen=True):
    """A box to tick: the reply that is typed in for it, as on the phone, and what it stands for."""

    reply: str
    label: str


class Asked(msgspec.Struct, frozen=True):
    """A question with its fixed number; `only` says of whom it is asked, `write` that there is something to write.

    `room` is how a group answers it: "paper", "vote", or "" for a talk.
    """

    id: str
    number: int
    text: str
    only: str
    write: bool
    worker: bool
    room: str
    boxes: tuple[Box, ...]


class Part(msgspec.Struct, frozen=True):
    """The questions of a section."""

    id: str
    heading: str
    questions: tuple[Asked, ...]


class Sheet(msgspec.Struct, frozen=True):
    """All that stands on the sheet, in one language."""

    locale: str
    title: str
    version: str
    how: str
    worker: str
    private: str
    send: str
    to_send: str
    caution: str
    parts: tuple[Part, ...]


def on_paper(item: Item) -> bool:
    """Whether the question may lie around on a table."""
    return not item.sensitive and not item.gold and item.section != PRIVATE


def sheet(checklist: Checklist, texts: Texts, locale: str) -> Sheet:
    """The sheet in the language of `locale`, which has to be one of the catalogs. Raises `KeyError` else."""
    scribe = Scribe(checklist, texts, locale)
    return Sheet(
        locale=locale,
        title=scribe.say("sheet.title"),
        version=scribe.say("report.version", version=checklist.version),
        how=scribe.say("sheet.how"),
        worker=scribe.worker(),
        private=scribe.say("sheet.private"),
        send=scribe.say("sheet.send"),
        to_send=scribe.say("sheet.to_send"),
        caution=scribe.say("sheet.caution"),
        parts=tuple(part for part in map(scribe.part, checklist.sections) if part.questions),
    )


@dataclass(frozen=True)
class Scribe:
    """Chooses the words of a sheet in one language."""

    checklist: Checklist
    texts: Texts
    locale: str

    def say(self, key: str, **params: str | int) -> str:
        """The words of a message."""
        return self.texts.get(self.locale, key, count=None, **params).strip()

    def part(self, section: Section) -> Part:
        """The section's questions that may lie around; no heading where there are none."""
        heading = "report.advice" if section.id == ADVICE else f"report.section.{section.id}"
        questions = tuple(self._asked(item) for item in section.items if on_paper(item))
        return Part(section.id, self.say(heading) if questions else "", questions)

    def worker(self) -> str:
        """Which questions are for those who only work there."""
        role = self.checklist.items["role"]
        return self.say("sheet.worker", number=role.number, digits=self._digits(role, WORKER_ROLES))

    def _asked(self, item: Item) -> Asked:
        return Asked(
            id=item.id,
            number=item.number,
            text="\n".join(self._wordings(item)),
            only=self.say("sheet.only", marks=self._marks(_alternatives(item, self.checklist))) if item.when else "",
            write=item.kind not in {"one", "several"},
            worker=item.worker,
            room=item.room or "",
            boxes=tuple(self._boxes(item)),
        )

    def _wordings(self, item: Item) -> Iterator[str]:
        yield self.say(f"{item.id}.ask")
        for variant in item.variants:
            text = self.say(f"{item.id}.ask.{variant.name}")
            yield self.say("sheet.either", marks=self._marks([variant.when]), text=text)

    def _boxes(self, item: Item) -> Iterator[Box]:
        typed = item.kind not in {"one", "several"}
        for n, code in enumerate(item.choices, 1):
            yield Box("?" if typed and code == UNKNOWN else str(n), self.say(f"{item.id}.{code}"))

    def _marks(self, alternatives: list[Condition]) -> str:
        return self._either([self._all(condition) for condition in alternatives])

    def _all(self, condition: Condition) -> str:
        items = self.checklist.items
        return format_list([self._mark(items[name], codes) for name, codes in condition.items()], locale=self.locale)

    def _mark(self, item: Item, codes: tuple[str, ...]) -> str:
        what = self.say(f"{item.id}.short")
        return self.say("sheet.mark", digits=self._digits(item, codes), number=item.number, what=what)

    def _digits(self, item: Item, codes: tuple[str, ...]) -> str:
        return self._either([str(item.choices.index(code) + 1) for code in codes])

    def _either(self, parts: list[str]) -> str:
        return format_list(parts, style="or", locale=self.locale)


def _alternatives(item: Item, checklist: Checklist) -> list[Condition]:
    """When the item is asked; of workers also where the answer that it depends on is assumed for them."""
    assumed = any(checklist.items[name].assumed in codes for when in item.when for name, codes in when.items())
    return [*item.when, {"role": WORKER_ROLES}] if item.worker and assumed else list(item.when)
