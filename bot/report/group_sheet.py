"""The questions as a sheet for a group without any phone: hands are counted, papers looked at, all typed in afterwards.

What is private is not on it: in its place stands how it can be said alone. The pack of advice comes after the meeting.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.report.sheet import ADVICE, Part, Scribe
from bot.texts import Texts
from flows.model import Checklist, Section
from flows.room.leading import WOMEN_ALONE

_HEAD = frozenset({"role"})
"""Who is present stands at the head."""


class Head(msgspec.Struct, frozen=True):
    """The names of what is filled in at the head: the meeting, and who is present, in the order of typing."""

    meeting: tuple[str, ...]
    present: str
    people: tuple[str, ...]


class Marks(msgspec.Struct, frozen=True):
    """The words beside a paper's boxes and a vote's counts."""

    seen: str
    unseen: str
    women: str
    note: str


class GroupSheet(msgspec.Struct, frozen=True):
    """All that stands on the sheet, in one language; `women` is the question that has a second line."""

    locale: str
    title: str
    version: str
    head: Head
    how: tuple[str, ...]
    marks: Marks
    women: str
    private: str
    number: str
    typing: str
    caution: str
    parts: tuple[Part, ...]


def group_sheet(checklist: Checklist, texts: Texts, locale: str) -> GroupSheet:
    """The sheet in the language of `locale`, which has to be one of the catalogs. Raises `KeyError` else."""
    spoken = _of_nobody(checklist)
    scribe = Scribe(spoken, texts, locale)
    return GroupSheet(
        locale=locale,
        title=scribe.say("sheet.group.title"),
        version=scribe.say("report.version", version=checklist.version),
        head=_head(scribe),
        how=tuple(scribe.say("sheet.group.how").split("\n")),
        marks=_marks(scribe),
        women=WOMEN_ALONE,
        private=scribe.say("sheet.group.private", word=_first(scribe, "words.private")),
        number=scribe.say("sheet.group.number"),
        typing=scribe.say("sheet.group.typing", word=_first(scribe, "words.group")),
        caution=scribe.say("sheet.caution"),
        parts=tuple(part for part in map(scribe.part, spoken.sections) if part.questions),
    )


def _head(scribe: Scribe) -> Head:
    return Head(
        meeting=(
            scribe.say("sheet.group.organisation"),
            scribe.say("sheet.group.facilitator"),
            scribe.say("sheet.group.place"),
            scribe.say("sheet.group.day"),
        ),
        present=scribe.say("sheet.group.present"),
        people=(
            scribe.say("sheet.group.leaders"),
            scribe.say("sheet.group.members"),
            scribe.say("sheet.group.workers"),
            scribe.say("sheet.group.women"),
        ),
    )


def _marks(scribe: Scribe) -> Marks:
    return Marks(
        seen=scribe.say("sheet.group.seen"),
        unseen=scribe.say("sheet.group.unseen"),
        women=scribe.say("sheet.group.women_alone"),
        note=scribe.say("sheet.group.note"),
    )


def _first(scribe: Scribe, key: str) -> str:
    """The word to send, as it is printed."""
    return scribe.say(key).partition("|")[0].strip().upper()


def _of_nobody(checklist: Checklist) -> Checklist:
    """The checklist as a group is asked it: nobody's own place decides what is asked."""
    sections = tuple(_together(section) for section in checklist.sections if section.id != ADVICE)
    items = {name: replace(item, worker=False) for name, item in checklist.items.items()}
    return replace(checklist, sections=sections, items=items)


def _together(section: Section) -> Section:
    return replace(section, items=tuple(replace(item, worker=False) for item in section.items if item.id not in _HEAD))
