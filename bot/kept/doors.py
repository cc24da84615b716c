"""Codes by which a chat is found. They are opened and closed by its commits (`store`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kept import keys, sealed
from bot.kept.connection import Call, script
from flows import reference

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.kept.sealed import Chat


class Doors:
    """Whom codes lead to."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def find(self, code: str) -> Chat | None:
        """The chat that opened this code; None where it is closed, or no code at all.

        Raises `connection.Away`, and `crypto.WrongKey` where it was sealed with a key that is not here.
        """
        if not code or not set(code) <= set(reference.ALPHABET):
            return None
        name = keys.door(reference.partition(code), code)
        found: bytes | None = await self._database.run(Call(script("find"), [name]))
        return sealed.open_chat(self._vault, found) if found else None
