"""Telegram without a public address: updates are fetched, by one process at a time, and put on the road.

An update is over for Telegram when a later one is asked for: that is done only once its turn is written.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot.channels.telegram_updates import Malformed, nobody, receive
from bot.kept.connection import Away
from bot.messages import Busy, Later, SendError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.kept.leases import Lease
    from bot.messages import Inbound

    Handle = Callable[[Inbound], Awaitable[None]]
    Desk = Callable[[dict[str, Any]], Awaitable[bool]]

LEASE = 60.0
WAIT = 20
"""Seconds that Telegram may wait for an update: well below the lease, which is taken anew before each call."""
PAUSE = 2.0
HELD_UP = 600.0
"""Seconds after which a chat that can't be taken holds up no other: an update can't be left for later."""
QUIET = 24 * 3600.0
"""Seconds without an update after which the offset is forgotten: after a quiet week the numbers may begin anew
(Telegram Bot API, "Update"), and what was asked beyond is over anyhow."""

log = structlog.get_logger(__name__)


class Source(Protocol):
    """Where updates come from."""

    async def updates(self, offset: int | None, wait: int) -> Sequence[dict[str, Any]]:
        """The updates from `offset` on, waiting up to `wait` seconds for one. Raises a `SendError`."""


class Polling:
    """Fetches updates while the lease is ours."""

    def __init__(  # noqa: PLR0913 - whom it serves, and how
        self,
        source: Source,
        handle: Handle,
        lease: Lease,
        clock: Callable[[], float],
        *,
        pause: float = PAUSE,
        desk: Desk = nobody,
    ) -> None:
        """`desk` hears staff first: what it took does not come to `handle`."""
        self._source = source
        self._handle = handle
        self._lease = lease
        self._clock = clock
        self._pause = pause
        self._desk = desk
        self._offset: int | None = None
        self._last = clock()
        self._stuck: tuple[object, float] = (None, 0)

    async def run(self) -> None:
        """Fetch and put on the road until cancelled; what stands in the way is logged and tried again."""
        try:
            while True:
                await self._round()
        finally:
            await self._let_go()

    async def _round(self) -> None:
        try:
            if not await self._lease.take():
                await asyncio.sleep(self._pause)
                return
            await self.once()
        except (Away, Busy, SendError) as error:
            log.warning("not polled", error=type(error).__name__)
            await asyncio.sleep(self._pause)

    async def once(self) -> None:
        """One call, and its updates in order. Raises `Away`, `Busy` or `SendError`: the rest is fetched again."""
        if self._clock() - self._last > QUIET:
            self._offset = None
        found = await self._source.updates(self._offset, WAIT)
        for update in found:
            await self._put(update)
            if isinstance(number := update.get("update_id"), int):
                self._offset, self._last = number + 1, self._clock()
        if found and not any(isinstance(update.get("update_id"), int) for update in found):
            message = "telegram: updates without a number"
            raise Later(message)

    async def _put(self, update: dict[str, Any]) -> None:
        # One update that trips over a bug must not keep everybody else's from being taken.
        [ended] = await asyncio.gather(self._take(update), return_exceptions=True)
        if isinstance(ended, Away) or (isinstance(ended, Busy) and not self._held_up(update)):
            raise ended
        if isinstance(ended, BaseException):
            log.error("an update can't be handled", exc_info=ended)

    def _held_up(self, update: dict[str, Any]) -> bool:
        """Whether this update has kept the others waiting for long enough."""
        if self._stuck[0] != update["update_id"]:
            self._stuck = update["update_id"], self._clock()
        return self._clock() - self._stuck[1] > HELD_UP

    async def _take(self, update: dict[str, Any]) -> None:
        if await self._desk(update):
            return
        try:
            inbound = receive(update, self._clock())
        except Malformed:
            log.warning("an update that can't be read")
            return
        if inbound is not None:
            await self._handle(inbound)

    async def _let_go(self) -> None:
        try:
            await self._lease.let_go()
        except Away:
            log.info("the lease ends by itself")
