"""The loop: order, leases, jobs, timers, the end of a worker, and Redis that goes and comes back."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.kept.connection import connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import embedded, socket_path
from bot.messages import Outgoing, Stop, Unknown, Words
from bot.store import Chat, Commit
from flows.model import Timer
from tests.bot.bench import ADDRESS, LEASE, PACE, Bench, job, settled, until, words
from tests.servers import short_directory

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock


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
    assert bench.rung == [(chat, "t")]


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
                with contextlib.closing(
                    Redis(unix_socket_path=str(socket_path(data)), retry=Retry(NoBackoff(), 0))
                ) as client:
                    client.shutdown(save=True)
                gate.set()
                await asyncio.sleep(1)  # Longer than the client tries by itself.
                async with embedded(data):
                    await bench.empty()
            await database.aclose()
    assert bench.channel.sent == ["a", "b"]
