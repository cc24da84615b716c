"""Telegram without a public address: every update is taken once, in order, by one process, and none is lost."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels.telegram import TelegramChannel
from bot.kept.connection import Away
from bot.kept.leases import Lease
from bot.messages import Ahead, Busy, Inbound, Later
from bot.polling import HELD_UP, QUIET, Polling
from flows.events import Text
from tests.standins.serving import serving
from tests.standins.telegram import TOKEN, Telegram

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.kept.connection import Database
    from tests.conftest import Clock

CHAT = 77


class Road:
    """Takes messages; `faults` are raised one a message."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.faults: list[Exception] = []

    async def handle(self, inbound: Inbound) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(inbound)

    @property
    def texts(self) -> list[str]:
        return [inbound.event.text for inbound in self.taken if isinstance(inbound.event, Text)]


class Listed:
    """Updates as they are given, whatever the offset."""

    def __init__(self, *updates: dict[str, Any]) -> None:
        self.updates_given = updates
        self.offsets: list[int | None] = []

    async def updates(self, offset: int | None, wait: int) -> tuple[dict[str, Any], ...]:
        del wait
        self.offsets.append(offset)
        return self.updates_given


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def standin() -> Telegram:
    return Telegram()


@pytest.fixture
async def channel(standin: Telegram) -> AsyncIterator[TelegramChannel]:
    async with serving(standin.app) as url:
        made = TelegramChannel(TOKEN, url)
        yield made
        await made.close()


@pytest.fixture
def polling(channel: TelegramChannel, road: Road, database: Database, clock: Clock) -> Polling:
    return Polling(channel, road.handle, Lease(database, "telegram", 60), clock, pause=0.02)


@contextlib.asynccontextmanager
async def running(polling: Polling) -> AsyncIterator[None]:
    task = asyncio.create_task(polling.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until_taken(road: Road, number: int) -> None:
    async with asyncio.timeout(20):
        while len(road.taken) < number:  # noqa: ASYNC110 - what is waited for is a list
            await asyncio.sleep(0.01)


def written(number: int, text: str = "hola") -> dict[str, Any]:
    chat = {"id": CHAT, "type": "private"}
    return {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "text": text}}


async def test_updates_are_taken_in_order_while_they_come(polling: Polling, standin: Telegram, road: Road) -> None:
    for text in ("uno", "dos"):
        await standin.say(CHAT, text)
    async with running(polling):
        await until_taken(road, 2)
        await standin.say(CHAT, "tres")
        await until_taken(road, 3)
    assert road.texts == ["uno", "dos", "tres"]


async def test_what_was_taken_is_not_fetched_again(
    polling: Polling, standin: Telegram, road: Road, channel: TelegramChannel, database: Database, clock: Clock
) -> None:
    await standin.say(CHAT, "uno")
    async with running(polling):
        await until_taken(road, 1)
        await standin.say(CHAT, "dos")
        await until_taken(road, 2)
    later = Polling(channel, road.handle, Lease(database, "telegram", 60), clock, pause=0.02)
    await standin.say(CHAT, "tres")
    async with running(later):
        await until_taken(road, 3)
    assert road.texts[-1] == "tres"
    assert road.texts[:2] == ["uno", "dos"]


@pytest.mark.parametrize("fault", [Away(), Busy()])
async def test_an_update_that_could_not_be_taken_comes_again_before_the_next(
    fault: Exception, polling: Polling, standin: Telegram, road: Road
) -> None:
    road.faults = [fault, fault]
    for text in ("uno", "dos"):
        await standin.say(CHAT, text)
    async with running(polling):
        await until_taken(road, 2)
    assert road.texts == ["uno", "dos"]


async def test_a_chat_that_waits_for_another_release_holds_up_the_rest_for_minutes_only(
    road: Road, database: Database, clock: Clock
) -> None:
    source = Listed(written(5), written(6, "dos"))
    polling = Polling(source, road.handle, Lease(database, "telegram", 60), clock)
    for seconds in (0, HELD_UP):
        clock.advance(seconds)
        road.faults = [Ahead("a release")]
        with pytest.raises(Ahead):
            await polling.once()
    clock.advance(1)
    road.faults = [Ahead("a release")]
    await polling.once()
    assert road.texts == ["dos"]


async def test_an_update_that_trips_over_a_bug_does_not_hold_up_the_rest(
    polling: Polling, standin: Telegram, road: Road
) -> None:
    road.faults = [ZeroDivisionError()]
    for text in ("uno", "dos"):
        await standin.say(CHAT, text)
    async with running(polling):
        await until_taken(road, 1)
    assert road.texts == ["dos"]


async def test_what_the_library_can_not_read_does_not_hold_up_the_rest(
    polling: Polling, standin: Telegram, road: Road
) -> None:
    await standin.show(CHAT, "unique_gift")
    await standin.say(CHAT, "uno")
    standin.poll_faults += [["no update"], [{"nothing": "we know"}]]
    async with running(polling):
        await until_taken(road, 1)
    assert road.texts == ["uno"]


async def test_while_another_polls_nothing_is_fetched(
    polling: Polling, standin: Telegram, road: Road, database: Database
) -> None:
    other = Lease(database, "telegram", 60)
    assert await other.take()
    await standin.say(CHAT, "uno")
    async with running(polling):
        await asyncio.sleep(0.2)
        assert "getUpdates" not in [method for method, _ in standin.calls]
        await other.let_go()
        await until_taken(road, 1)
    assert await other.take(), "the lease is given back at the end"


async def test_the_offset_moves_only_behind_what_was_taken(road: Road, database: Database, clock: Clock) -> None:
    source = Listed(written(5), {"nothing": "we know"} | {"update_id": 6}, written(7))
    polling = Polling(source, road.handle, Lease(database, "telegram", 60), clock)
    await polling.once()
    road.faults = [Busy()]
    with pytest.raises(Busy):
        await polling.once()
    await polling.once()
    assert source.offsets == [None, 8, 8]


async def test_after_a_quiet_time_the_numbers_may_begin_anew(road: Road, database: Database, clock: Clock) -> None:
    source = Listed(written(5))
    polling = Polling(source, road.handle, Lease(database, "telegram", 60), clock)
    await polling.once()
    clock.advance(QUIET + 1)
    await polling.once()
    assert source.offsets == [None, None]


async def test_telegram_out_of_order_is_tried_again(road: Road, database: Database, clock: Clock) -> None:
    class Faulty:
        """Fails twice."""

        def __init__(self) -> None:
            self.answers: Iterator[object] = iter([Later("503"), Later("Conflict"), (written(1, "uno"),)])

        async def updates(self, offset: int | None, wait: int) -> tuple[dict[str, Any], ...]:
            del offset, wait
            answer = next(self.answers, ())
            if isinstance(answer, Exception):
                raise answer
            await asyncio.sleep(0.01)
            assert isinstance(answer, tuple)
            return answer

    polling = Polling(Faulty(), road.handle, Lease(database, "telegram", 60), clock, pause=0.01)
    async with running(polling):
        await until_taken(road, 1)
    assert road.texts == ["uno"]
