"""What the worker does with each way a delivery can end; that it loses nothing when it, or Redis, or a channel fails."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.connection import connect
from bot.crypto import make_key, unlock
from bot.delivery import Patience
from bot.embedded import embedded, socket_path
from bot.messages import Body, GiveUp, Job, Later, Outgoing, Stop, Unknown, Words
from bot.outbox import Outbox
from bot.rate import Rates
from bot.store import Chat, Commit, Store
from bot.timers import Timers
from bot.worker import Pace, Worker
from flows.model import Event, OptedOut, Timer
from tests.conftest import short_directory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.connection import Database
    from bot.crypto import Vault
    from tests.conftest import Clock

ADDRESS = "+573001234567"
PACE = Pace(quick=0.002, idle=0.005, away=0.02, timers=0, drain=0.3)
LEASE = 1000.0
PATIENCE = Patience(base=1, unknown=60)


class Scripted:
    """A channel that ends each send as it was told to, and well when it was told nothing."""

    name = "sms"

    def __init__(self) -> None:
        self.ends: deque[BaseException | asyncio.Event] = deque()
        self.sent: list[str] = []
        self.arrived: set[str] = set()
        self.asked: list[tuple[str, float]] = []
        self.find_ends: deque[BaseException] = deque()

    def cost(self, body: Body) -> int:
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
        self.rung: list[tuple[Chat, str, float]] = []
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

    async def _ring(self, chat: Chat, name: str, due: float) -> None:
        self.rung.append((chat, name, due))
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

    async def leased_until(self, time: float) -> None:
        """Until the lease has been put off to that time."""

        async def put_off() -> bool:
            return (await self.outbox.counts()).first_due == time

        await until(put_off)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await holds():
            await asyncio.sleep(0.002)


async def settled(found: Callable[[], object]) -> None:
    async def holds() -> bool:
        return bool(found())

    await until(holds)


def words(name: str, address: str = ADDRESS) -> Outgoing:
    return Outgoing(name, "sms", address, Words("text"), 0)


def job(name: str, kind: str = "refer") -> Outgoing:
    return Outgoing(name, "sms", ADDRESS, Job(kind, b""), 0)


@pytest.fixture
def bench(database: Database, vault: Vault, clock: Clock) -> Bench:
    return Bench(database, vault, clock)


async def test_messages_arrive_in_order(bench: Bench) -> None:
    names = [f"m{number}" for number in range(20)]
    await bench.outbox.put(*map(words, names))
    async with bench.working():
        await bench.empty()
    assert bench.channel.sent == names


async def test_two_workers_deliver_each_message_once_and_in_order(bench: Bench) -> None:
    chats = [f"+{number}" for number in range(9)]
    names = {chat: [f"{chat}-{number}" for number in range(9)] for chat in chats}
    async with bench.working(), bench.working():
        for number in range(9):
            await bench.outbox.put(*(words(names[chat][number], chat) for chat in chats))
        await bench.empty()
    for chat in chats:
        assert [name for name in bench.channel.sent if name.startswith(f"{chat}-")] == names[chat]


async def test_a_slow_chat_holds_up_nobody_else(bench: Bench) -> None:
    bench.channel.ends.append(gate := asyncio.Event())
    await bench.outbox.put(words("slow"), words("after slow"))
    async with bench.working():
        await settled(lambda: bench.channel.sent == ["slow"])
        await bench.outbox.put(words("other", "+1"))
        await settled(lambda: bench.channel.sent == ["slow", "other"])
        gate.set()
        await bench.empty()
    assert bench.channel.sent == ["slow", "other", "after slow"]


async def test_stop_tells_the_conversation_and_drops_the_rest(bench: Bench) -> None:
    bench.channel.ends.append(Stop())
    await bench.outbox.put(words("a"), words("b"), words("c"))
    async with bench.working():
        await bench.empty()
    assert bench.channel.sent == ["a"]
    assert bench.events == [("sms", ADDRESS, OptedOut(tell=False))]


async def test_a_stop_that_could_not_be_told_is_told_later(bench: Bench) -> None:
    bench.channel.ends += [Stop(), Stop()]
    bench.event_ends.append(KeyError())
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        bench.clock.advance(1)
        await bench.empty()
    assert len(bench.events) == 1
    assert bench.channel.sent == ["a", "a"]


async def test_later_waits_as_long_as_the_provider_says(bench: Bench) -> None:
    bench.channel.ends.append(Later("429", after=30))
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        bench.clock.advance(29.9)
        await bench.outbox.put(words("other", "+1"))
        await settled(lambda: "other" in bench.channel.sent)
        assert bench.channel.sent == ["a", "other"]
        bench.clock.advance(1.1)
        await bench.empty()
    assert bench.channel.sent == ["a", "other", "a", "b"]


async def test_backing_off_ends_after_a_day(bench: Bench) -> None:
    await bench.outbox.put(words("a"), words("b"))
    bench.channel.ends += [Later("503")] * 400
    async with bench.working():
        tries = 0
        while "b" not in bench.channel.sent:
            bench.clock.advance(PATIENCE.cap)
            tries += 1
            await settled(lambda now=tries: len(bench.channel.sent) >= now)
            await bench.put_back()
    assert tries * PATIENCE.cap > 24 * 3600
    assert tries * PATIENCE.cap < 25 * 3600


async def test_giving_up_lets_the_next_one_go(bench: Bench) -> None:
    bench.channel.ends.append(GiveUp("21211"))
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.empty()
    assert bench.channel.sent == ["a", "b"]


@pytest.mark.parametrize("lost", [Unknown("timeout"), TimeoutError()])
async def test_unknown_asks_the_provider_a_minute_later(bench: Bench, lost: Exception) -> None:
    bench.channel.ends.append(lost)
    bench.channel.arrived.add("a")
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        assert bench.channel.asked == []
        sent_at = bench.clock.now
        bench.clock.advance(60)
        await bench.empty()
    assert bench.channel.asked == [("a", sent_at)]
    assert bench.channel.sent == ["a", "b"]


async def test_unknown_and_not_there_is_sent_again_once(bench: Bench) -> None:
    bench.channel.ends += [Unknown(), Unknown()]
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        bench.clock.advance(60)
        await bench.empty()
    assert bench.channel.sent == ["a", "a", "b"]


async def test_what_the_provider_can_not_say_yet_is_asked_again(bench: Bench) -> None:
    bench.channel.ends.append(Unknown())
    bench.channel.find_ends += [Later("not yet", after=5), ZeroDivisionError()]
    bench.channel.arrived.add("a")
    await bench.outbox.put(words("a"))
    async with bench.working():
        await bench.put_back()
        for times, seconds in enumerate((60, 5), 1):
            bench.clock.advance(seconds)
            await settled(lambda now=times: len(bench.channel.asked) == now)
            await bench.put_back()
        bench.clock.advance(60)
        await bench.empty()
    assert bench.channel.sent == ["a"]
    assert len(bench.channel.asked) == 3


async def test_the_callback_settles_what_is_unknown(bench: Bench) -> None:
    bench.channel.ends.append(Unknown())
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        await bench.outbox.settle_by_id("a")
        await bench.empty()
    assert bench.channel.sent == ["a", "b"]
    assert bench.channel.asked == []


async def test_what_a_killed_worker_held_is_asked_for_first(bench: Bench) -> None:
    await bench.outbox.put(words("a"), words("b", "+1"))
    assert len(await bench.outbox.claim(bench.clock(), 9)) == 2
    bench.channel.arrived.add("a")
    bench.clock.advance(LEASE)
    async with bench.working():
        await bench.empty()
    assert bench.channel.sent == ["b"]


async def test_a_bug_in_a_channel_costs_neither_message_nor_worker(bench: Bench) -> None:
    bench.channel.ends += [ZeroDivisionError(), asyncio.CancelledError()]
    await bench.outbox.put(words("a"))
    async with bench.working():
        for _ in range(2):
            await bench.put_back()
            bench.clock.advance(2)
            await asyncio.sleep(0)
        await bench.empty()
    assert bench.channel.sent == ["a", "a", "a"]


async def test_a_channel_that_is_not_here_is_waited_for(bench: Bench) -> None:
    await bench.outbox.put(Outgoing("a", "telegram", "1", Words("x"), 0))
    async with bench.working():
        await bench.put_back()
    assert [out.id for out in await bench.outbox.pending(Chat("telegram", "1"))] == ["a"]


async def test_a_job_is_done_by_name(bench: Bench) -> None:
    done: list[Outgoing] = []

    async def refer(out: Outgoing) -> None:
        done.append(out)

    bench.jobs["refer"] = refer
    await bench.outbox.put(job("j"), job("k", "unheard of"))
    async with bench.working():
        await settled(lambda: done)
        await bench.put_back()
    assert done == [job("j")]
    assert await bench.outbox.pending(Chat("sms", ADDRESS)) == (job("k", "unheard of"),)


@pytest.mark.parametrize("end", [ValueError(), Unknown(), Stop(), TimeoutError()])
async def test_a_job_that_fails_is_done_again_and_holds_up_nobody(bench: Bench, end: Exception) -> None:
    ends = deque([end])

    async def refer(_: Outgoing) -> None:
        if ends:
            raise ends.popleft()

    bench.jobs["refer"] = refer
    await bench.outbox.put(job("j"), words("a"))
    async with bench.working():
        await settled(lambda: bench.channel.sent == ["a"])
        await bench.put_back()
        bench.clock.advance(1)
        await bench.empty()
    assert not ends
    assert bench.events == []


async def test_a_timer_rings_once(bench: Bench) -> None:
    chat = Chat("sms", ADDRESS)
    await bench.store.commit(Commit(chat=chat, version=0, session=b"", timers=(Timer("t", bench.clock() + 5),)))
    async with bench.working():
        bench.clock.advance(6)
        await settled(lambda: bench.rung)
        await no_timers(bench)
    assert bench.rung == [(chat, "t", bench.clock.now - 1)]


async def test_a_timer_that_failed_rings_again(bench: Bench) -> None:
    bench.ring_ends.append(ZeroDivisionError())
    await bench.store.commit(Commit(chat=Chat("sms", "1"), version=0, session=b"", timers=(Timer("t", bench.clock()),)))
    async with bench.working():
        await settled(lambda: bench.rung)
        assert await bench.timers.count() == 1
        bench.clock.advance(PACE.timer_again)
        await no_timers(bench)
    assert len(bench.rung) == 2


async def no_timers(bench: Bench) -> None:
    async def none() -> bool:
        return await bench.timers.count() == 0

    await until(none)


async def test_a_provider_without_room_gets_it_later(database: Database, vault: Vault, clock: Clock) -> None:
    bench = Bench(database, vault, clock, {"sms": 0.2})
    await bench.outbox.put(*(words(f"m{number}", f"+{number}") for number in range(4)))
    async with bench.working():
        for times in range(1, 5):
            await settled(lambda now=times: len(bench.channel.sent) == now)
            assert len(bench.channel.sent) == times
            clock.advance(5)
        await bench.empty()
    assert sorted(bench.channel.sent) == ["m0", "m1", "m2", "m3"]


async def test_stopping_finishes_what_is_under_way_and_begins_nothing(bench: Bench) -> None:
    bench.channel.ends.append(gate := asyncio.Event())
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working() as worker:
        await settled(lambda: bench.channel.sent)
        worker.stop()
        gate.set()
    assert bench.channel.sent == ["a"]
    assert await bench.outbox.pending(Chat("sms", ADDRESS)) == (words("b"),)


async def test_what_does_not_finish_in_time_is_not_lost(bench: Bench) -> None:
    bench.channel.ends.append(asyncio.Event())
    bench.jobs["refer"] = lambda _: asyncio.Event().wait()  # type: ignore[assignment, return-value]
    await bench.outbox.put(words("a"), job("j"))
    async with bench.working():
        await settled(lambda: bench.channel.sent)
    [again] = await bench.outbox.claim(bench.clock(), 9)
    assert (again.out, again.state) == (job("j"), "ready")
    bench.clock.advance(LEASE)
    states = {claimed.out.id: claimed.state for claimed in await bench.outbox.claim(bench.clock(), 9)}
    assert states == {"a": "lapsed", "j": "lapsed"}


async def test_a_long_delivery_keeps_its_lease(bench: Bench) -> None:
    bench.outbox.lease = 0.03
    bench.channel.ends.append(gate := asyncio.Event())
    await bench.outbox.put(words("a"))
    async with bench.working():
        await settled(lambda: bench.channel.sent)
        for _ in range(5):
            bench.clock.advance(0.02)
            await bench.leased_until(bench.clock.now + 0.03)
        gate.set()
        await bench.empty()
    assert bench.channel.sent == ["a"]


async def test_redis_may_go_and_come_back(clock: Clock) -> None:
    with short_directory() as data:
        key = make_key()
        async with embedded(data) as url:
            database = connect(url)
            bench = Bench(database, await unlock(database, [key]), clock)
            bench.channel.ends.append(gate := asyncio.Event())
            await bench.outbox.put(words("a"), words("b"))
            async with bench.working():
                await settled(lambda: bench.channel.sent == ["a"])
                with contextlib.closing(Redis(unix_socket_path=str(socket_path(data)), retry=Retry(NoBackoff(), 0))) as client:
                    client.shutdown(save=True)
                gate.set()
                await asyncio.sleep(0.2)
                async with embedded(data):
                    await bench.empty()
            await database.aclose()
    assert bench.channel.sent == ["a", "b"]
