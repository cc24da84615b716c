"""The printed sheet of a room as a form: what is known stands in it, and only what was changed is sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from babel import Locale
from msgspec.structs import replace

from bot.group.acts import numbers, picked
from bot.report.group_sheet import GroupSheet, group_sheet
from flows.events import Entry
from flows.model import UNKNOWN, Answer, Item
from flows.room.model import Room, Tally
from flows.words import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.report.sheet import Asked
    from bot.texts import Texts
    from flows.model import Checklist
    from flows.session import Session

Entries = dict[str, Entry]


class Row(msgspec.Struct, frozen=True):
    """A question of the sheet and what stands in its fields; `hands` and `women` by option."""

    asked: Asked
    several: bool
    reply: str
    picked: tuple[str, ...]
    hands: tuple[str, ...]
    women: tuple[str, ...] | None
    seen: bool | None
    note: str
    unclear: bool


def printed(checklist: Checklist, texts: Texts, locale: str) -> GroupSheet:
    """The sheet in the language of the room."""
    return group_sheet(checklist, texts, language_of(locale))


def known(checklist: Checklist, session: Session) -> Entries:
    """What is answered, counted, seen and noted, as it would be typed."""
    room = session.room or Room(id="")
    names = {*session.answers, *room.tallies, *room.papers, *room.notes}
    return {name: _entry(item, session, room) for name, item in checklist.items.items() if name in names}


def _entry(item: Item, session: Session, room: Room) -> Entry:
    tally = room.tallies.get(item.id, Tally())
    return Entry(
        item.id,
        _typed(item, session.answers.get(item.id), language_of(session.locale)),
        " ".join(map(str, tally.hands)),
        " ".join(map(str, tally.women)),
        room.papers.get(item.id),
        room.notes.get(item.id, ""),
    )


def _typed(item: Item, answer: Answer | None, language: str) -> str:
    if answer is None:
        return ""
    if item.kind == "country":
        return str(Locale.parse(language).territories.get(str(answer), answer))
    if item.kind == "number":
        return "?" if answer == UNKNOWN else str(answer)
    codes = answer if isinstance(answer, tuple) else (answer,)
    return "+".join(str(n) for n, code in enumerate(item.choices, 1) if code in codes)


def entered(sheet: GroupSheet, form: Mapping[str, str]) -> Entries:
    """What stands in the form."""
    return {asked.id: _entered(asked, form) for part in sheet.parts for asked in part.questions}


def _entered(asked: Asked, form: Mapping[str, str]) -> Entry:
    name = asked.id
    return Entry(
        name,
        form.get(f"{name}.reply", "").strip() or picked(form, f"{name}.pick"),
        numbers(form, f"{name}.hand"),
        numbers(form, f"{name}.women"),
        {"1": True, "0": False}.get(form.get(f"{name}.seen", "")),
        " ".join(form.get(f"{name}.note", "").split()),
    )


def changed(before: Entries, now: Entries) -> tuple[Entry, ...]:
    """What differs from what the form showed. Counts go along only where they do: votes by phone would be lost."""
    found = []
    for name, entry in now.items():
        was = before.get(name, Entry(name))
        if entry != was:
            same = (entry.hands, entry.women) == (was.hands, was.women)
            found.append(replace(entry, hands="", women="") if same else entry)
    return tuple(found)


def packed(entries: Entries) -> str:
    """For a hidden field."""
    return msgspec.json.encode(entries).decode()


def unpacked(text: str) -> Entries:
    """Of that field. Raises `msgspec.DecodeError`."""
    return msgspec.json.decode(text, type=Entries)


def rows(checklist: Checklist, sheet: GroupSheet, entries: Entries, unclear: frozenset[int]) -> dict[str, list[Row]]:
    """The questions of each part of the sheet, those in `unclear` by number."""
    return {
        part.id: [_row(checklist.items[asked.id], sheet, asked, entries, unclear) for asked in part.questions]
        for part in sheet.parts
    }


def _row(item: Item, sheet: GroupSheet, asked: Asked, entries: Entries, unclear: frozenset[int]) -> Row:
    entry = entries.get(item.id, Entry(item.id))
    return Row(
        asked,
        item.kind == "several",
        entry.reply,
        tuple(entry.reply.split("+")),
        _fields(item, entry.hands),
        _fields(item, entry.women) if item.id == sheet.women else None,
        entry.seen,
        entry.note,
        item.number in unclear,
    )


def _fields(item: Item, row: str) -> tuple[str, ...]:
    return tuple((row.split() + [""] * len(item.choices))[: len(item.choices)])
