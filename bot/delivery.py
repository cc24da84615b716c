"""One claimed message: try it, and book how that ended. Which message, and when, is for `worker` and `outbox` to say.

How a try ends, and what becomes of the message:

    sent                        settle
    Stop                        tell the conversation, drop what waits for the person
    Later, and anything odd     back off with full jitter, for a day
    Waits                       again and again, however old it grows
    GiveUp                      drop
    Unknown                     a minute later ask the provider; not there: send again, and so on for a day. Where
                                nobody can be asked: send again once, then it may be lost (mail: till it is taken)
"""

from __future__ import annotations

import asyncio
from secrets import SystemRandom
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.kept.connection import Away
from bot.messages import GiveUp, Job, Later, Mail, SendError, Stop, Unknown, Waits
from flows.events import OptedOut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.kept.rate import Rates
    from bot.messages import Channel, Outgoing
    from bot.outbox import Claimed, Outbox
    from flows.events import Event

    OnEvent = Callable[[str, str, Event], Awaitable[None]]
    JobDone = Callable[[Outgoing], Awaitable[None]]

log = structlog.get_logger(__name__)

DAY = 24 * 3600.0
LONGEST_WAIT = 2.0
"""Seconds that a message may wait for its provider under lease; longer, and it goes back."""
SLOT_HOLDS = 5.0
SLOWEST = 5
"""A message whose outcome stays unknown is looked for every so many minutes at last."""
LAPSES = 5
"""Tries after which a message whose holders keep vanishing counts as old: it may be what kills them."""


class Patience(msgspec.Struct, frozen=True):
    """Seconds: first and longest back-off, when to give up, when to ask after `Unknown`, how long a try may take."""

    base: float = 1
    cap: float = 300
    give_up: float = DAY
    unknown: float = 60
    longest: float = 120


class Wait(msgspec.Struct, frozen=True):
    """Not tried: again at `until`; `slot` is the place then reserved at the provider (epoch seconds)."""

    until: float
    slot: float | None = None


class Sent(msgspec.Struct, frozen=True):
    """The provider's id of it, and when (epoch seconds) it left for there."""

    id: str
    left: float


Ended = str | Sent | Wait | BaseException


class Delivery:
    """Delivers claimed messages. `channels` and `jobs` are by name."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the house that meet here
        self,
        outbox: Outbox,
        rates: Rates,
        channels: Mapping[str, Channel],
        jobs: Mapping[str, JobDone],
        on_event: OnEvent,
        clock: Callable[[], float],
        patience: Patience,
    ) -> None:
        self._outbox = outbox
        self._rates = rates
        self._channels = channels
        self._jobs = jobs
        self._on_event = on_event
        self._clock = clock
        self._patience = patience
        self._chance = SystemRandom()

    async def deliver(self, claimed: Claimed) -> None:
        """Try it once and book the outcome, waiting for Redis if it went away meanwhile."""
        # `gather` hands over whatever went wrong: a bug in a channel costs neither the message nor the worker.
        [ended] = await asyncio.gather(self._try(claimed), return_exceptions=True)
        while True:
            try:
                return await self._book(claimed, ended)
            except Away:
                # It may have been sent: forgetting that would send it twice.
                await asyncio.sleep(self._patience.base)

    async def _try(self, claimed: Claimed) -> str | Sent | Wait:
        if claimed.state == "lapsed" and claimed.attempts > LAPSES and self._old(claimed):
            message = "whoever tries it vanishes"
            raise GiveUp(message)
        async with asyncio.timeout(self._patience.longest):
            if isinstance(claimed.out.body, Job):
                return await self._work(claimed.out, claimed.out.body)
            return await self._send(claimed)

    async def _work(self, out: Outgoing, job: Job) -> str:
        if job.name not in self._jobs:
            message = f"this worker knows no job {job.name}"
            raise Later(message)
        await self._jobs[job.name](out)
        return ""

    async def _send(self, claimed: Claimed) -> str | Sent | Wait:
        out = claimed.out
        channel = self._channels.get(out.channel)
        if channel is None:
            message = f"this worker has no channel {out.channel}"
            raise Later(message)
        if (found := await self._found(channel, claimed)) is not None:
            return found
        wait = await self._place(channel, claimed)
        if wait > LONGEST_WAIT:
            until = self._clock() + wait
            return Wait(until, until)
        await asyncio.sleep(wait)
        left = self._clock()
        return Sent(await channel.send(out), left)

    async def _found(self, channel: Channel, claimed: Claimed) -> str | Wait | None:
        """Where an earlier try may have got through: what the provider knows of it."""
        if claimed.state == "ready":
            return None
        [found] = await asyncio.gather(channel.find(claimed.out, claimed.first_sent), return_exceptions=True)
        if not isinstance(found, BaseException):
            return found
        if self._old(claimed):
            message = "the provider can't say whether it arrived"
            raise GiveUp(message) from found
        log.warning("not found out", chat=claimed.lease.chat, channel=channel.name, error=type(found).__name__)
        after = found.after if isinstance(found, Later) else None
        return Wait(self._clock() + (after or self._patience.unknown))

    async def _place(self, channel: Channel, claimed: Claimed) -> float:
        """Seconds until the provider has room. A reserved place holds for a moment only: after a pause all would go."""
        now = self._clock()
        if claimed.slot is not None and now - claimed.slot < SLOT_HOLDS:
            return max(0, claimed.slot - now)
        return await self._rates.reserve(channel.name, channel.cost(claimed.out.body))

    async def _book(self, claimed: Claimed, ended: Ended) -> None:
        job = isinstance(claimed.out.body, Job)
        match ended:
            case str():
                await self._outbox.settle(claimed, ended)
            case Sent(id=provider_id, left=left):
                await self._outbox.settle(claimed, provider_id, left)
            case Wait():
                await self._outbox.release(claimed, ended.until, slot=ended.slot)
            case Stop() if not job:
                await self._stop(claimed)
            case GiveUp():
                await self._outbox.drop(claimed, str(ended))
            case Unknown() | TimeoutError() if not job:
                await self._unknown(claimed)
            case Away():
                await self._outbox.release(claimed, self._clock() + self._patience.base)
            case Waits():
                log.warning("waits", chat=claimed.lease.chat, channel=claimed.out.channel, reason=str(ended))
                await self._outbox.release(claimed, self._clock() + ended.after)
            case _:
                await self._again(claimed, ended)

    async def _stop(self, claimed: Claimed) -> None:
        out = claimed.out
        told = self._on_event(out.channel, out.address, OptedOut(tell=False))
        [ended] = await asyncio.gather(told, return_exceptions=True)
        if isinstance(ended, BaseException):
            await self._again(claimed, ended)
        else:
            await self._outbox.stop(claimed)

    async def _unknown(self, claimed: Claimed) -> None:
        if claimed.unknowns and isinstance(claimed.out.body, Mail):
            # Its Message-ID is fixed: sent twice it is one mail, and dropped it would be a referral that nobody gets.
            await self._again(claimed, Unknown())
        elif claimed.unknowns and (self._old(claimed) or not self._can_be_asked(claimed.out.channel)):
            await self._outbox.drop(claimed, "perhaps lost: its outcome is unknown, and nobody can be asked any more")
        else:
            wait = self._patience.unknown * min(max(1, claimed.unknowns), SLOWEST)
            await self._outbox.later(claimed, self._clock() + wait, unknown=True)

    def _can_be_asked(self, name: str) -> bool:
        channel = self._channels.get(name)
        return channel is not None and channel.can_be_asked

    async def _again(self, claimed: Claimed, ended: BaseException) -> None:
        if self._old(claimed):
            await self._outbox.drop(claimed, f"not delivered for too long: {_why(ended) or type(ended).__name__}")
            return
        error, why = type(ended).__name__, _why(ended)
        log.warning("later", chat=claimed.lease.chat, channel=claimed.out.channel, error=error, reason=why)
        after = ended.after if isinstance(ended, Later) else None
        await self._outbox.later(claimed, self._clock() + (after or 0) + self._backoff(claimed.attempts))

    def _backoff(self, attempts: int) -> float:
        """Full jitter (AWS, "Exponential Backoff and Jitter"): anything up to the doubled time."""
        most = min(self._patience.cap, self._patience.base * 2.0 ** min(attempts - 1, 30))
        return self._chance.uniform(0, most)

    def _old(self, claimed: Claimed) -> bool:
        return self._clock() - claimed.first_sent > self._patience.give_up


def _why(ended: BaseException) -> str | None:
    """The reason that a channel gives; nothing of any other error, which may quote the address or the text."""
    return str(ended) or None if isinstance(ended, SendError) else None
