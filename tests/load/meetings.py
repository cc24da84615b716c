"""Rooms that vote all at once, over the real road with real workers: every vote has to be counted, once."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from bot.kept.connection import connect
from bot.kept.crypto import make_key, unlock
from bot.kept.rate import Rates
from bot.kept.timers import Timers
from bot.messages import Inbound
from bot.outbox import Outbox
from bot.posts import JOB
from bot.store import Store
from bot.worker import Worker
from flows.events import Text
from tests.bot.bench import Scripted
from tests.bot.rooming import House, phones
from tests.conftest import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.store import Chat, Commit, Outcome

WORKERS = 3
AT_ONCE = 100
"""Texts that the provider hands over at a time."""
PATIENCE = 120


class Figures(msgspec.Struct, frozen=True):
    """Votes that were sent, taken by their rooms, and stood in the tallies; seconds it took; turns that lost a race."""

    sent: int
    taken: int
    stood: int
    seconds: float
    races: int


class Now(Clock):
    """The real one."""

    def __call__(self) -> float:
        return time.time()


class Tried(Store):
    """Counts how commits end."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        super().__init__(database, vault, clock)
        self.ended: Counter[Outcome] = Counter()

    async def commit(self, commit: Commit) -> Outcome:
        ended = await super().commit(commit)
        self.ended[ended] += 1
        return ended


class Meetings(House):
    """Rooms in real time; each text comes twice at once, as providers do when in doubt."""

    def __init__(self, database: Database, vault: Vault) -> None:
        now = Now()
        self.tried = Tried(database, vault, now)
        super().__init__(database, self.tried, vault, Outbox(database, vault, now), now)
        self._database = database
        self._calls = asyncio.Semaphore(AT_ONCE)

    async def write(self, phone: str, text: str) -> None:
        inbound = Inbound(f"SM{next(self.numbers)}", "sms", phone, Text(text), self.clock())
        async with self._calls:
            await asyncio.gather(self.road.handle(inbound), self.road.handle(inbound))

    async def deliver(self, *, twice: bool = False) -> None:
        """Until nothing waits any more."""
        assert not twice
        async with asyncio.timeout(PATIENCE):
            while (await self.outbox.counts()).lanes:  # noqa: ASYNC110 - Redis calls nobody back
                await asyncio.sleep(0.05)

    async def fill(self, leader: str, code: str, people: int) -> None:
        """People come in."""
        await self.join(code, *phones(leader, people))

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Workers that deliver until the block ends."""
        workers = [self._worker() for _ in range(WORKERS)]
        running = [asyncio.create_task(worker.run()) for worker in workers]
        try:
            yield
        finally:
            for worker in workers:
                worker.stop()
            await asyncio.gather(*running)

    def _worker(self) -> Worker:
        return Worker(
            self.outbox,
            Timers(self._database, self.vault, self.clock),
            Rates(self._database, {}, self.clock),
            {"sms": Scripted()},
            {JOB: self.hand().bring},
            self.road.happened,
            _no_timer,
            self.clock,
        )


async def held(url: str, rooms: int, people: int) -> Figures:
    """So many rooms, in each so many people who vote at once. Raises `AssertionError` where a tally is wrong."""
    async with contextlib.aclosing(connect(url)) as database:
        meetings = Meetings(database, await unlock(database, [make_key()]))
        leaders = [f"+5730{number:04}0000" for number in range(rooms)]
        async with meetings.working():
            codes = await asyncio.gather(*map(meetings.open, leaders))
            await asyncio.gather(*map(meetings.fill, leaders, codes, [people] * rooms))
            return await _voted(meetings, leaders, people)


async def _voted(meetings: Meetings, leaders: list[str], people: int) -> Figures:
    options = [number % 3 + 1 for number in range(people)]
    before = await _turns(meetings, leaders)
    meetings.tried.ended.clear()
    began = time.perf_counter()
    question = await meetings.ballot(leaders[0])
    votes = [
        meetings.write(phone, f"{question}{option}")
        for one in leaders
        for phone, option in zip(phones(one, people), options, strict=True)
    ]
    await asyncio.gather(*votes)
    await meetings.deliver()
    seconds, races = time.perf_counter() - began, meetings.tried.ended["conflict"]
    taken = await _turns(meetings, leaders) - before
    tallies = await asyncio.gather(*map(meetings.close, leaders))
    assert set(tallies) == {tuple(map(options.count, (1, 2, 3)))}
    return Figures(len(votes), taken, sum(map(sum, tallies)), seconds, races)


async def _turns(meetings: Meetings, leaders: list[str]) -> int:
    return sum(await asyncio.gather(*map(meetings.turns, leaders)))


async def _no_timer(chat: Chat, name: str) -> None:
    del chat, name
