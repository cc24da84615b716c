"""Messages that came while we were away are fetched from Twilio's list and taken: once, in order, nothing older."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest

from bot.channels.sms import Account, SmsChannel
from bot.kept.connection import Away
from bot.kept.leases import Bookmark, Lease
from bot.messages import Ahead, Busy, Inbound, Later
from bot.sweep import OVERLAP, Sweep, keep_sweeping, sweep_once, sweep_until_done
from flows.events import Text
from tests.standins.serving import serving
from tests.standins.twilio import ACCOUNT, NUMBER, TOKEN, Twilio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from tests.conftest import Clock

PERSON = "+573001234567"


class Road:
    """Takes messages; `fault` is raised at the next one."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.fault: Exception | None = None

    async def handle(self, inbound: Inbound) -> None:
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        self.taken.append(inbound)

    @property
    def texts(self) -> list[str]:
        return [inbound.event.text for inbound in self.taken if isinstance(inbound.event, Text)]


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def twilio() -> Twilio:
    return Twilio()


@pytest.fixture
async def sweep(twilio: Twilio, road: Road, database: Database, clock: Clock) -> AsyncIterator[Sweep]:
    async with serving(twilio.app) as url:
        channel = SmsChannel(Account(ACCOUNT, TOKEN, NUMBER, api_url=url), None)
        yield Sweep(channel, road.handle, Bookmark(database, "sms"), clock)
        await channel.close()


async def test_the_first_sweep_ever_takes_nothing_older(sweep: Sweep, twilio: Twilio, road: Road, clock: Clock) -> None:
    twilio.keep(PERSON, "before", when=clock.now - 10)
    assert await sweep.once() == 0
    twilio.keep(PERSON, "after", when=clock.now + 10)
    clock.advance(60)
    assert await sweep.once() == 1
    assert road.texts == ["after"]


async def test_missed_messages_come_oldest_first(sweep: Sweep, twilio: Twilio, road: Road, clock: Clock) -> None:
    await sweep.once()
    for number in range(250):
        twilio.keep(PERSON, str(number), when=clock.now + 1 + number // 3)
    clock.advance(3 * 24 * 3600)
    assert await sweep.once() == 250
    assert road.texts == [str(number) for number in range(250)]
    assert road.taken[0].id == twilio.messages[0].sid


async def test_a_message_counts_as_taken_at_the_end_of_its_second(
    sweep: Sweep, twilio: Twilio, road: Road, clock: Clock
) -> None:
    await sweep.once()
    twilio.keep(PERSON, "1", when=clock.now + 10.9)
    clock.advance(60)
    await sweep.once()
    assert road.taken[-1].received == clock.now - 60 + 11


async def test_it_reads_again_what_is_near_and_no_more(sweep: Sweep, twilio: Twilio, road: Road, clock: Clock) -> None:
    await sweep.once()
    twilio.keep(PERSON, "old", when=clock.now + 1)
    clock.advance(1000)
    twilio.keep(PERSON, "near", when=clock.now - OVERLAP + 10)
    await sweep.once()
    await sweep.once()
    assert road.texts == ["old", "near", "near"]


async def test_a_message_is_late_in_the_list_and_not_lost(
    sweep: Sweep, twilio: Twilio, road: Road, clock: Clock
) -> None:
    await sweep.once()
    clock.advance(1000)
    await sweep.once()
    twilio.keep(PERSON, "late", when=clock.now - 100)
    clock.advance(60)
    await sweep.once()
    assert road.texts == ["late"]


@pytest.mark.parametrize("fault", [Away(), Busy()])
async def test_what_could_not_be_taken_is_taken_later(
    fault: Exception, sweep: Sweep, twilio: Twilio, road: Road, clock: Clock
) -> None:
    await sweep.once()
    twilio.keep(PERSON, "1", when=clock.now + 1)
    twilio.keep(PERSON, "2", when=clock.now + 2)
    clock.advance(1000)
    road.fault = fault
    with pytest.raises(type(fault)):
        await sweep.once()
    clock.advance(1000)
    await sweep.once()
    assert road.texts == ["1", "2"]


async def test_a_busy_chat_keeps_its_order_and_holds_up_no_other(
    sweep: Sweep, twilio: Twilio, road: Road, clock: Clock
) -> None:
    await sweep.once()
    for number, (who, text) in enumerate([(PERSON, "1"), (PERSON, "2"), ("+573009999999", "other")], 1):
        twilio.keep(who, text, when=clock.now + number)
    clock.advance(1000)
    road.fault = Ahead("a release")
    with pytest.raises(Ahead):
        await sweep.once()
    assert road.texts == ["other"]
    await sweep.once()
    assert road.texts == ["other", "1", "2", "other"]


async def test_a_message_that_trips_over_a_bug_does_not_hold_up_the_rest(
    sweep: Sweep, twilio: Twilio, road: Road, clock: Clock
) -> None:
    await sweep.once()
    twilio.keep(PERSON, "1", when=clock.now + 1)
    twilio.keep(PERSON, "2", when=clock.now + 2)
    clock.advance(1000)
    road.fault = ZeroDivisionError()
    assert await sweep.once() == 2
    assert road.texts == ["2"]


async def test_while_twilio_cannot_say_nothing_is_passed_over(
    sweep: Sweep, twilio: Twilio, road: Road, clock: Clock
) -> None:
    await sweep.once()
    twilio.keep(PERSON, "1", when=clock.now + 1)
    clock.advance(1000)
    twilio.faults.append("503")
    with pytest.raises(Later):
        await sweep.once()
    twilio.faults.append("429")
    await sweep_once(sweep)
    clock.advance(1000)
    await sweep_once(sweep)
    assert road.texts == ["1"]


async def test_of_two_workers_one_sweeps(sweep: Sweep, twilio: Twilio, road: Road, database: Database) -> None:
    await sweep.once()
    other = Lease(database, "sweep", 60)
    assert await other.take()
    ours = Lease(database, "sweep", 60)
    task = asyncio.create_task(keep_sweeping(sweep, ours, 0.02))
    twilio.keep(PERSON, "1", when=1_900_000_000)
    await asyncio.sleep(0.2)
    assert road.texts == []
    await other.let_go()
    await _until(lambda: bool(road.texts))
    assert not await other.take()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_who_ends_lets_the_next_one_sweep_at_once(
    sweep: Sweep, twilio: Twilio, road: Road, database: Database
) -> None:
    async def until_swept(lease: Lease) -> None:
        taken = len(road.taken)
        twilio.keep(PERSON, "1", when=1_900_000_000)
        task = asyncio.create_task(keep_sweeping(sweep, lease, 3600))
        await _until(lambda: len(road.taken) > taken)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    await sweep.once()
    await until_swept(Lease(database, "sweep", 7200))
    await until_swept(Lease(database, "sweep", 7200))


async def test_who_is_not_the_one_looks_again_soon(
    sweep: Sweep, twilio: Twilio, road: Road, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sweep.LOOK", 0.05)
    await sweep.once()
    other = Lease(database, "sweep", 7200)
    assert await other.take()
    task = asyncio.create_task(keep_sweeping(sweep, Lease(database, "sweep", 7200), 3600))
    twilio.keep(PERSON, "1", when=1_900_000_000)
    await asyncio.sleep(0.1)
    await other.let_go()
    await _until(lambda: bool(road.texts))
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_start_sweeps_until_it_succeeded(sweep: Sweep, twilio: Twilio, road: Road) -> None:
    await sweep.once()
    twilio.keep(PERSON, "1", when=1_900_000_000)
    twilio.faults += ["503", "429"]
    await sweep_until_done(sweep, 0.01)
    assert road.texts == ["1"]


async def _until(done: object) -> None:
    assert callable(done)
    async with asyncio.timeout(5):
        while not done():  # noqa: ASYNC110 - what is waited for is a list
            await asyncio.sleep(0.01)
