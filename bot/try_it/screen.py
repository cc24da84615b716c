"""Entries of a phone -> what is seen on it: bubbles, changes of earlier bubbles, a word that passes by. No I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from bot.channels.sms_text import Units, units
from bot.messages import Button

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.try_it.phones import Entry


class Bubble(msgspec.Struct, frozen=True):
    """A message on the screen; `size` is what it takes as SMS."""

    id: str
    text: str
    mine: bool = False
    picture: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()

    @property
    def size(self) -> Units:
        """Encoding, units and parts."""
        return units(self.text)


class Screen(msgspec.Struct, frozen=True):
    """`bubbles` are new, `changed` stand in place of those with the same id shown before; `toast` passes by."""

    bubbles: tuple[Bubble, ...]
    changed: tuple[Bubble, ...]
    toast: str


def screen(entries: Iterable[Entry]) -> Screen:
    """What these entries come to. An edit of a bubble among them has already been done to it."""
    new: dict[str, Bubble] = {}
    changed: dict[str, Bubble] = {}
    toast = ""
    for entry in entries:
        if entry.kind == "ack":
            toast = entry.text
        elif entry.kind != "edit":
            new[entry.id] = _bubble(entry)
        elif entry.message in new:
            new[entry.message] = replace(new[entry.message], text=entry.text, buttons=entry.buttons)
        else:
            changed[entry.message] = Bubble(entry.message, entry.text, buttons=entry.buttons)
    return Screen(tuple(new.values()), tuple(changed.values()), toast)


def _bubble(entry: Entry) -> Bubble:
    picture = entry.kind == "picture"
    text = entry.caption if picture else entry.text
    return Bubble(entry.id, text, mine=entry.kind == "mine", picture=picture, buttons=entry.buttons)
