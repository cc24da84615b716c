"""The worker's loop: claim what is due, hand it to `delivery` or the conversation, keep the leases, drain at the end.

One worker or many may run; they share nothing but Redis. While Redis is away it says so once and keeps trying.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.delivery import Delivery, Patience
from bot.kept.connection import Away
from bot.messages import Job

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping

    from bot.delivery import JobDone, OnEvent
    from bot.kept.rate import Rates
    from bot.kept.timers import Ringing, Timers
    from bot.messages import Channel
    from bot.outbox import Claimed, Outbox
    from bot.store import Chat

    OnTimer = Callable[[Chat, str], Awaitable[None]]

log = structlog.get_logger(__name__)


class Pace(msgspec.Struct, frozen=True):
    """How many deliveries at a time; and, in seconds, how often to look, and how long to drain."""

    slots: int = 32
    quick: float = 0.05
    idle: float = 0.25
    away: float = 1
    timers: float = 1
    timer_again: float = 60
    drain: float = 10


class Worker:
    """Runs until `stop` is called. `channels` and `jobs` are by name; `on_event` hears of people who opted out."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the house that meet here
        self,
        outbox: Outbox,
        timers: Timers,
        rates: Rates,
        channels: Mapping[str, Channel],
        jobs: Mapping[str, JobDone],
        on_event: OnEvent,
        on_timer: OnTimer,
        clock: Callable[[], float],
        *,
        pace: Pace | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._outbox = outbox
        self._timers = timers
        self._on_timer = on_timer
        self._clock = clock
        self._pace = pace or Pace()
        self._delivery = Delivery(outbox, rates, channels, jobs, on_event, clock, patience or Patience())
        self._stopping = asyncio.Event()
        self._running: dict[asyncio.Task[None], Claimed | None] = {}
        self._wait = self._pace.quick
        self._timers_at = 0.0
        self._away = False

    def stop(self) -> None:
        """Claim nothing more, finish what is under way, return from `run`. For a signal handler."""
        self._stopping.set()

    async def run(self) -> None:
        """Deliver until stopped; then at most `pace.drain` seconds more."""
        leases = asyncio.create_task(self._keep_leases())
        try:
            while not self._stopping.is_set():
                await self._look()
                await self._pause()
            await self._drain()
        finally:
            await _cancelled([leases, *self._running])

    async def _look(self) -> None:
        # Whatever goes wrong here must not end the deliveries that are under way, or those to come.
        [found] = await asyncio.gather(self._claim(), return_exceptions=True)
        if isinstance(found, BaseException):
            self._failed(found)
        else:
            self._went(found)

    def _went(self, found: int) -> None:
        if self._away:
            log.info("redis is back")
        self._away = False
        self._wait = self._pace.quick if found else min(self._wait * 1.5, self._pace.idle)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Away):
            log.error("nothing could be claimed", exc_info=error)
        elif not self._away:
            log.error("redis is away", error=str(error))
        self._away, self._wait = isinstance(error, Away), self._pace.away

    async def _claim(self) -> int:
        now = self._clock()
        claims = await self._outbox.claim(now, self._free) if self._free else []
        for claimed in claims:
            self._begin(self._delivery.deliver(claimed), claimed)
        return len(claims) + await self._claim_timers(now)

    async def _claim_timers(self, now: float) -> int:
        if not self._free or now < self._timers_at:
            return 0
        self._timers_at = now + self._pace.timers
        ringing = await self._timers.claim(now, self._free)
        for timer in ringing:
            self._begin(self._ring(timer), None)
        return len(ringing)

    @property
    def _free(self) -> int:
        return self._pace.slots - len(self._running)

    def _begin(self, work: Coroutine[None, None, None], claimed: Claimed | None) -> None:
        task = asyncio.create_task(work)
        self._running[task] = claimed
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        if not task.cancelled() and (error := task.exception()):
            # Booking failed: the lease will end and bring it back.
            log.error("not booked", error=type(error).__name__)

    async def _ring(self, timer: Ringing) -> None:
        # As in `Delivery.deliver`: a bug in a turn must not cost the timer.
        [ended] = await asyncio.gather(self._on_timer(timer.chat, timer.name), return_exceptions=True)
        if ended is not None:
            log.error("timer failed", chat=timer.key[:8], timer=timer.name, error=type(ended).__name__)
        while True:
            try:
                return await self._rung(timer, handled=ended is None)
            except Away:
                await asyncio.sleep(self._pace.away)

    async def _rung(self, timer: Ringing, *, handled: bool) -> None:
        if handled:
            await self._timers.done(timer)
        else:
            await self._timers.later(timer, self._clock() + self._pace.timer_again)

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), self._wait)

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(self._outbox.lease / 3)
            held = self._outbox.extend(*(claimed for claimed in self._running.values() if claimed))
            [ended] = await asyncio.gather(held, return_exceptions=True)
            if ended is not None and not isinstance(ended, Away):
                log.error("leases not kept", exc_info=ended)

    async def _drain(self) -> None:
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=self._pace.drain)
        unfinished = [self._running[task] for task in late]
        await _cancelled(late)
        # A job may simply be done again. A message may have left: once its lease ends, the provider is asked first.
        for claimed in unfinished:
            if claimed and isinstance(claimed.out.body, Job):
                with contextlib.suppress(Away):
                    await self._outbox.release(claimed, self._clock())
        if unfinished:
            log.warning("unfinished", count=len(unfinished))


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    cancelled = list(tasks)
    for task in cancelled:
        task.cancel()
    await asyncio.gather(*cancelled, return_exceptions=True)
