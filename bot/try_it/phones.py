"""What stands on the phones in the browser, kept sealed in Redis for a week. How it looks is for `screen` to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from bot.channels.sms_text import segments
from bot.kept import keys
from bot.kept.connection import Call, script
from bot.messages import Button

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

MOST = 200
KEEP = 7 * 24 * 3600
"""Seconds after the last message."""


class Entry(msgspec.Struct, frozen=True):
    """One thing that happened on a phone: written on it (`mine`), or as `channels.phone` hands it over."""

    id: str
    kind: Literal["mine", "words", "edit", "ack", "picture"]
    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    message: str = ""
    query: str = ""
    png: bytes = b""
    caption: str = ""


class Log(msgspec.Struct, frozen=True):
    """Entries, oldest first; `revision` counts all there ever were, `sent` and `received` the parts of all texts."""

    revision: int
    sent: int
    received: int
    entries: tuple[Entry, ...]


class Phones:
    """The phones in all browsers, each under its number or chat id."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def put(self, address: str, entry: dict[str, Any]) -> None:
        """Keep what a `PhoneChannel` delivers. Raises `connection.Away`, or `msgspec.ValidationError` for no entry."""
        read = msgspec.convert(entry, Entry)
        if read.kind != "ack" or read.text:
            await self._keep(address, read)

    async def wrote(self, address: str, text: str, own_id: str) -> None:
        """Keep what the person wrote on the phone. Raises `connection.Away`."""
        await self._keep(address, Entry(own_id, "mine", text))

    async def log(self, address: str, since: int = 0) -> Log:
        """What came after revision `since`, of the last 200 entries. Raises `connection.Away`."""
        call = Call(script("try_log"), self._keys(address), {"since": since})
        revision, sent, received, sealed = await self._database.run(call)
        entries = (msgspec.msgpack.decode(self._vault.open(one), type=Entry) for one in sealed)
        return Log(revision, sent, received, tuple(entries))

    def tag(self, address: str) -> str:
        """A short name of this phone, by which a page knows that its phone was exchanged for another."""
        return self._vault.mark("phone", address)[:8]

    async def _keep(self, address: str, entry: Entry) -> None:
        given: dict[str, object] = {
            "entry": self._vault.seal(msgspec.msgpack.encode(entry)).decode(),
            "way": "sent" if entry.kind == "mine" else "received",
            "parts": segments(entry.text) if entry.kind in {"mine", "words"} else 0,
            "most": MOST,
            "keep": KEEP,
        }
        await self._database.run(Call(script("try_put"), self._keys(address), given))

    def _keys(self, address: str) -> list[str]:
        return keys.phone(self._vault.mark("phone", address))
