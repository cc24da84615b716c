"""What becomes of a message, by the way its delivery ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from bot.messages import GiveUp, Later, Mail, Stop, Unknown, Waits
from flows.events import OptedOut
from tests.bot.bench import ADDRESS, LEASE, PATIENCE, Bench, settled, words

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock


@pytest.fixture
def bench(database: Database, vault: Vault, clock: Clock) -> Bench:
    return Bench(database, vault, clock)


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


async def test_what_waits_never_grows_too_old(bench: Bench) -> None:
    times = int(30 * 3600 / PATIENCE.cap)
    bench.channel.ends += [Waits("a contact is missing", after=PATIENCE.cap) for _ in range(times)]
    await bench.outbox.put(words("a"))
    async with bench.working():
        for tried in range(1, times + 1):
            await bench.tried(tried)
            await bench.put_back()
            bench.clock.advance(PATIENCE.cap)
        await bench.empty()
    assert bench.channel.sent == ["a"] * (times + 1)


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
            await bench.tried(tries)
            await bench.put_back()
    assert tries * PATIENCE.cap > 24 * 3600
    assert tries * PATIENCE.cap < 25 * 3600


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        (Later("mail: 535"), ("Later", "mail: 535")),
        (KeyError("+57300"), ("KeyError", None)),
        (Later(""), ("Later", None)),
    ],
)
async def test_why_it_is_put_off_is_logged(bench: Bench, ended: Exception, told: tuple[str, str | None]) -> None:
    bench.channel.ends.append(ended)
    await bench.outbox.put(words("a"))
    with capture_logs() as logs:
        async with bench.working():
            await bench.put_back()
    [line] = [line for line in logs if line["event"] == "later"]
    assert (line["error"], line["reason"]) == told


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


async def test_where_nobody_can_be_asked_it_is_sent_again_once_and_may_be_lost(bench: Bench) -> None:
    bench.channel.can_be_asked = False
    bench.channel.ends += [Unknown(), Unknown()]
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        bench.clock.advance(60)
        await bench.empty()
    assert bench.channel.sent == ["a", "a", "b"]


@pytest.mark.parametrize("taken", [True, False])
async def test_where_the_provider_can_be_asked_it_is_asked_before_each_try(bench: Bench, *, taken: bool) -> None:
    bench.channel.ends += [Unknown()] * 4
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        for tries, seconds in enumerate((60, 60, 120, 180), 1):
            await bench.tried(tries)
            await bench.put_back()
            assert len(bench.channel.asked) == tries - 1
            bench.clock.advance(seconds - 1)
            await bench.put_back()
            if taken and tries == 4:
                bench.channel.arrived.add("a")
            bench.clock.advance(1)
        await bench.empty()
    assert bench.channel.sent == ["a"] * (4 if taken else 5) + ["b"]
    assert len(bench.channel.asked) == 4


async def test_what_stays_unknown_is_dropped_after_a_day(bench: Bench) -> None:
    bench.channel.ends += [Unknown(), Unknown()]
    await bench.outbox.put(words("a"), words("b"))
    async with bench.working():
        await bench.put_back()
        bench.clock.advance(24 * 3600 + 1)
        await bench.empty()
    assert bench.channel.sent == ["a", "a", "b"]


async def test_a_mail_is_sent_until_it_is_taken(bench: Bench) -> None:
    """Its Message-ID is fixed, so a repeat does no harm; a dropped one is a referral that nobody gets."""
    bench.channel.ends += [Unknown(), Unknown()]
    mail = Mail(id="m", subject="s", text="t", html="h", locale="es")
    await bench.outbox.put(replace(words("m"), body=mail))
    async with bench.working():
        await bench.put_back()
        bench.clock.advance(60)
        await bench.tried(2)
        await bench.put_back()
        bench.clock.advance(60)
        await bench.empty()
    assert bench.channel.sent == ["m", "m", "m"]


async def test_what_the_provider_can_not_say_yet_is_asked_again(bench: Bench) -> None:
    bench.channel.ends.append(Unknown())
    bench.channel.find_ends += [Later("not yet", after=5), ZeroDivisionError()]
    bench.channel.arrived.add("a")
    await bench.outbox.put(words("a"))
    async with bench.working():
        await bench.put_back()
        for times, seconds in enumerate((60, 5), 1):
            bench.clock.advance(seconds)
            await bench.asked(times)
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


async def test_a_provider_without_room_gets_it_later(database: Database, vault: Vault, clock: Clock) -> None:
    bench = Bench(database, vault, clock, {"sms": 0.2})
    await bench.outbox.put(*(words(f"m{number}", f"+{number}") for number in range(4)))
    async with bench.working():
        for times in range(1, 5):
            await bench.tried(times)
            assert len(bench.channel.sent) == times
            clock.advance(5)
        await bench.empty()
    assert sorted(bench.channel.sent) == ["m0", "m1", "m2", "m3"]
