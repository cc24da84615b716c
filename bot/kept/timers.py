"""Timers of chats that have come due. They are set and unset by a commit; what one means is for the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.kept import keys, sealed
from bot.kept.connection import Call, script
from bot.kept.crypto import WrongKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

log = structlog.get_logger(__name__)

LEASE = 60.0


class Ringing(msgspec.Struct, frozen=True):
    """A timer under lease: whose, its name, when (epoch seconds) it was due; `generation` tells it from a new one."""

    chat: sealed.Chat
    name: str
    due: float
    key: str
    generation: str


class Timers:
    """Due timers in Redis. Every method raises `connection.Away` where Redis is out of reach."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], float]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    async def claim(self, now: float, limit: int) -> list[Ringing]:
        """Up to `limit` timers that are due, the oldest first. One that is not `done` comes back after the lease."""
        members = await self._due(now, limit)
        kept = await self._database.run_all([self._ringing(member, now) for member in members])
        opened = [self._opened(member, found) for member, found in zip(members, kept, strict=True) if found]
        return [ringing for ringing in opened if ringing is not None]

    async def done(self, ringing: Ringing) -> None:
        """It was handled: away with it, unless it was set again meanwhile."""
        await self._answer(ringing, None)

    async def later(self, ringing: Ringing, due: float) -> None:
        """It could not be handled: again at `due` (epoch seconds), unless it was set anew meanwhile."""
        await self._answer(ringing, due)

    async def count(self) -> int:
        """How many timers are set, for the metrics."""
        found = await self._database.run_all(
            [Call(script("count"), [keys.timers(number)]) for number in range(keys.PARTITIONS)]
        )
        return sum(count for count, *_ in found)

    async def _due(self, now: float, limit: int) -> list[tuple[str, str]]:
        given: dict[str, object] = {"now": now, "limit": limit}
        found = await self._database.run_all(
            [Call(script("due"), [keys.timers(number)], given) for number in range(keys.PARTITIONS)]
        )
        pairs = [pair for flat in found for pair in zip(flat[1::2], flat[::2], strict=True)]
        oldest = sorted((float(when), member.decode()) for when, member in pairs)[:limit]
        return [(member[: keys.CHAT_LENGTH], member[keys.CHAT_LENGTH + 1 :]) for _, member in oldest]

    def _ringing(self, member: tuple[str, str], now: float) -> Call:
        chat, name = member
        given: dict[str, object] = {"chat": chat, "name": name, "now": now, "till": now + LEASE}
        return Call(script("ring"), self._names(chat), given)

    def _opened(self, member: tuple[str, str], found: list[bytes]) -> Ringing | None:
        who, generation, due = found
        key, name = member
        try:
            chat = sealed.open_chat(self._vault, who)
        except (WrongKey, sealed.Unreadable) as error:
            log.error("unreadable timer", chat=key[:8], error=type(error).__name__)  # noqa: TRY400
            return None
        return Ringing(chat, name, float(due), key, generation.decode())

    async def _answer(self, ringing: Ringing, due: float | None) -> None:
        given: dict[str, object] = {"chat": ringing.key, "name": ringing.name, "due": due}
        given["generation"] = ringing.generation
        await self._database.run(Call(script("bell", "rung"), self._names(ringing.key), given))

    def _names(self, chat: str) -> list[str]:
        partition = self._vault.partition(chat)
        return [keys.timers(partition), keys.record(partition, chat)]
