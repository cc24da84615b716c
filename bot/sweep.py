"""Messages that came while we were away: Twilio's list of inbound messages is put on the road again, oldest first.

What was seen before is dropped by its duplicate mark, so the list may overlap with what came by the hook.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import structlog
from msgspec.structs import replace

from bot.kept.connection import Away
from bot.messages import Busy, SendError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.kept.leases import Bookmark, Lease
    from bot.messages import Inbound

    Handle = Callable[[Inbound], Awaitable[None]]

OVERLAP = 300.0
"""Seconds that are read again: the provider's clock is not ours, and its list may lag behind."""

LOOK = 5.0
"""Seconds after which another worker's lease is looked at again: it may be gone."""

log = structlog.get_logger(__name__)


class Inbox(Protocol):
    """A provider that lists what it received."""

    async def inbound_since(self, since: float) -> Sequence[Inbound]:
        """What came at `since` (epoch seconds) or later, oldest first. Raises a `SendError` where it can't say."""


class Sweep:
    """Takes what was missed since the bookmark, which begins at the first sweep ever: nothing older is taken."""

    def __init__(self, inbox: Inbox, handle: Handle, bookmark: Bookmark, clock: Callable[[], float]) -> None:
        """`handle` is the road; it drops what it took before."""
        self._inbox = inbox
        self._handle = handle
        self._bookmark = bookmark
        self._clock = clock

    async def once(self) -> int:
        """How many messages were put on the road. Raises `Away`, `Busy` or `SendError`, to be tried again later.

        A chat that is busy holds up no other; what it was written is read again, in order.
        """
        now = self._clock()
        since = await self._bookmark.get(first=now)
        found = await self._inbox.inbound_since(since)
        busy: dict[str, Busy] = {}
        for inbound in found:
            if inbound.address not in busy and (error := await self._put(_at_latest(inbound, now))):
                busy[inbound.address] = error
        for error in busy.values():
            raise error
        await self._bookmark.move(now - OVERLAP)
        return len(found)

    async def _put(self, inbound: Inbound) -> Busy | None:
        # One message that trips over a bug must not keep everybody else's from being taken.
        [ended] = await asyncio.gather(self._handle(inbound), return_exceptions=True)
        if isinstance(ended, Away):
            raise ended
        if isinstance(ended, BaseException) and not isinstance(ended, Busy):
            log.error("a missed message can't be handled", exc_info=ended)
        return ended if isinstance(ended, Busy) else None


def _at_latest(inbound: Inbound, now: float) -> Inbound:
    # The list knows whole seconds. Taken as the second's beginning, an answer sent right after our reply would seem to
    # have come before it, and be dropped as the last one sent again.
    return replace(inbound, received=min(now, inbound.received + 1), missed=True)


async def sweep_once(sweep: Sweep) -> bool:
    """One sweep, and whether it succeeded; what stands in its way is logged."""
    try:
        found = await sweep.once()
    except (Away, Busy, SendError) as error:
        log.warning("not swept", error=type(error).__name__)
        return False
    log.debug("swept", found=found)
    return True


async def sweep_until_done(sweep: Sweep, pause: float) -> None:
    """Sweep, and once more after a pause until it succeeded."""
    while True:
        if await sweep_once(sweep):
            return
        await asyncio.sleep(pause)


async def keep_sweeping(sweep: Sweep, lease: Lease, every: float) -> None:
    """Sweep now and every `every` seconds, whichever worker holds the lease; given back at the end. Until cancelled."""
    try:
        while True:
            ours = await _ours(lease)
            if ours:
                await sweep_once(sweep)
            await asyncio.sleep(every if ours else min(every, LOOK))
    finally:
        with suppress(Away):
            await lease.let_go()


async def _ours(lease: Lease) -> bool:
    try:
        return await lease.take()
    except Away:
        return False
