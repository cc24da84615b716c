"""What a page shows right now, gathered: its phones and the mailbox."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import phonenumbers

from bot.try_it import letters
from bot.try_it.letters import Line
from bot.try_it.screen import Screen, screen
from bot.try_it.visitor import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from bot.try_it.phones import Phones
    from bot.try_it.visitor import Handset


class Seen(msgspec.Struct, frozen=True):
    """How far a page has read a phone: which phone, and up to which revision."""

    tag: str
    revision: int


class Phone(msgspec.Struct, frozen=True):
    """A phone and its name on the page.

    `mark` is how far this reaches, `stale` that the page shows another phone or one that was emptied.
    """

    name: str
    kind: Kind
    address: str
    mark: str
    screen: Screen
    sent: int
    received: int
    stale: bool = False

    @property
    def country(self) -> str:
        """The country of a number."""
        return phonenumbers.region_code_for_number(phonenumbers.parse(self.address)) or ""


class Mails(msgspec.Struct, frozen=True):
    """The mailbox's list; `mark` changes when it does."""

    mark: str
    lines: tuple[Line, ...]


def seen(mark: str) -> Seen:
    """A mark as a page sends it back. Raises `ValueError`."""
    tag, _, revision = mark.partition(".")
    if not (revision.isascii() and revision.isdigit()):
        raise ValueError(mark)
    return Seen(tag, int(revision[:15]))


async def phone(phones: Phones, handset: Handset, since: Seen | None = None) -> Phone | None:
    """What a phone shows; with `since` what is new on it, None if nothing is. Raises `connection.Away`."""
    tag = phones.tag(handset.address)
    known = since.revision if since else 0
    log = await phones.log(handset.address, known)
    stale = since is not None and (since.tag != tag or log.revision < known)
    if since and not stale and log.revision == known:
        return None
    mark = f"{tag}.{log.revision}"
    return Phone(handset.name, handset.kind, handset.address, mark, screen(log.entries), log.sent, log.received, stale)


async def mails(path: Path | None, since: str | None = None) -> Mails | None:
    """The mailbox; with `since` None if nothing changed, and without a mailbox always None."""
    if path is None:
        return None
    mark = await asyncio.to_thread(letters.version, path)
    if mark == since:
        return None
    return Mails(mark, tuple(await asyncio.to_thread(letters.listed, path)))
