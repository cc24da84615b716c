"""A worker on a bench: real Redis, a channel that ends each send as a test says, a clock that a test moves."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

from bot.delivery import Patience
from bot.kept.rate import Rates
from bot.kept.timers import Timers
from bot.messages import Body, Job, Outgoing, Words
from bot.outbox import Outbox
from bot.store import Chat, Store
from bot.worker import Pace, Worker
from flows.events import Event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

ADDRESS = "+573001234567"
PACE = Pace(quick=0.002, idle=0.005, away=0.02, timers=0, drain=0.3)
LEASE = 1000.0
PATIENCE = Patience(base=1, unknown=60)


class Scripted:
    """A channel that ends each send as it was told to, and well when it was told nothing."""

    name = "sms"
    can_be_asked: bool = True

    def __init__(self) -> None:
        self.ends: deque[BaseException | asyncio.Event] = deque()
        self.sent: list[str] = []
        self.arrived: set[str] = set()
        self.asked: list[tuple[str, float]] = []
        self.find_ends: deque[BaseException] = deque()

    def cost(self, body: Body) -> int:  # noqa: ARG002 - as the contract names it
        return 1

    async def send(self, out: Outgoing) -> str:
        self.sent.append(out.id)
        end = self.ends.popleft() if self.ends else None
        if isinstance(end, BaseException):
            raise end
        if end is not None:
            await end.wait()
        return f"SM-{out.id}"

    async def find(self, out: Outgoing, since: float) -> str | None:
        self.asked.append((out.id, since))
        if self.find_ends:
            raise self.find_ends.popleft()
        return f"SM-{out.id}" if out.id in self.arrived else None

    async def close(self) -> None:
        pass


class Bench:
    """A worker and all it works with."""

    def __init__(self, database: Database, vault: Vault, clock: Clock, rates: dict[str, float] | None = None) -> None:
        self.clock = clock
        self.store = Store(database, vault, clock)
        self.outbox = Outbox(database, vault, clock, lease=LEASE)
        self.timers = Timers(database, vault, clock)
        self.rates = Rates(database, rates or {}, clock)
        self.channel = Scripted()
        self.jobs: dict[str, Callable[[Outgoing], Awaitable[None]]] = {}
        self.events: list[tuple[str, str, Event]] = []
        self.event_ends: deque[BaseException] = deque()
        self.rung: list[tuple[Chat, str]] = []
        self.ring_ends: deque[BaseException] = deque()

    def worker(self) -> Worker:
        return Worker(
            self.outbox,
            self.timers,
            self.rates,
            {"sms": self.channel},
            self.jobs,
            self._happened,
            self._ring,
            self.clock,
            pace=PACE,
            patience=PATIENCE,
        )

    async def _happened(self, channel: str, address: str, event: Event) -> None:
        if self.event_ends:
            raise self.event_ends.popleft()
        self.events.append((channel, address, event))

    async def _ring(self, chat: Chat, name: str) -> None:
        self.rung.append((chat, name))
        if self.ring_ends:
            raise self.ring_ends.popleft()

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[Worker]:
        """A worker that runs until the block ends."""
        worker = self.worker()
        running = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            worker.stop()
            await running

    async def empty(self) -> None:
        """Until nothing waits any more."""

        async def nothing() -> bool:
            return (await self.outbox.counts()).lanes == 0

        await until(nothing)

    async def put_back(self) -> None:
        """Until what was claimed is due again, some time from now but before its lease ends."""

        async def later() -> bool:
            first = (await self.outbox.counts()).first_due
            return first is not None and 0 < first - self.clock.now < LEASE / 2

        await until(later)

    async def tried(self, times: int) -> None:
        """Until the channel was told to send so many times."""
        await settled(lambda: len(self.channel.sent) >= times)

    async def asked(self, times: int) -> None:
        """Until the channel was asked so many times what arrived."""
        await settled(lambda: len(self.channel.asked) >= times)

    async def leased_until(self, time: float) -> None:
        """Until the lease has been put off to that time."""

        async def put_off() -> bool:
            return (await self.outbox.counts()).first_due == time

        await until(put_off)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await holds():  # noqa: ASYNC110 - Redis calls nobody back
            await asyncio.sleep(0.002)


async def settled(found: Callable[[], object]) -> None:
    async def holds() -> bool:
        return bool(found())

    await until(holds)


def words(name: str, address: str = ADDRESS) -> Outgoing:
    return Outgoing(name, "sms", address, Words("text"), 0)


def job(name: str, kind: str = "refer") -> Outgoing:
    return Outgoing(name, "sms", ADDRESS, Job(kind, b""), 0)
