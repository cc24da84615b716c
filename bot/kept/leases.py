"""What only one of many processes may do at a time, and how far it got. Both are kept in Redis."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

from bot.kept import keys
from bot.kept.connection import Call, script

if TYPE_CHECKING:
    from bot.kept.connection import Database


class Lease:
    """A right that ends by itself `seconds` after it was last taken. Every method raises `connection.Away`."""

    def __init__(self, database: Database, name: str, seconds: float) -> None:
        """Nothing is taken yet."""
        self._database = database
        self._key = keys.lease(name)
        self._token = token_hex(16)
        self.seconds = seconds

    async def take(self) -> bool:
        """Whether it is ours from now on; ask again before it ends to keep it."""
        given: dict[str, object] = {"token": self._token, "milliseconds": int(self.seconds * 1000)}
        return bool(await self._database.run(Call(script("hold"), [self._key], given)))

    async def let_go(self) -> None:
        """Give it back early, so that the next need not wait."""
        await self._database.run(Call(script("let_go"), [self._key], {"token": self._token}))


class Bookmark:
    """How far a list was read, in epoch seconds; it only moves forward. Every method raises `connection.Away`."""

    def __init__(self, database: Database, name: str) -> None:
        """Where it stands is in Redis."""
        self._database = database
        self._key = keys.bookmark(name)

    async def get(self, first: float) -> float:
        """Where it stands; `first` if nobody ever read, and that is kept."""
        return await self._moved({"at": first, "first": True})

    async def move(self, at: float) -> None:
        """Everything before `at` was read."""
        await self._moved({"at": at})

    async def _moved(self, given: dict[str, object]) -> float:
        return float(await self._database.run(Call(script("bookmark"), [self._key], given)))
