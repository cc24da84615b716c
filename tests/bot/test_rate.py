"""A provider's pace is one for all workers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.kept.connection import connect
from bot.kept.rate import Rates

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from tests.conftest import Clock

PACES = {"sms": 1.0, "telegram": 30.0}


async def test_two_workers_share_one_pace(empty_url: str, database: Database, clock: Clock) -> None:
    other = connect(empty_url)
    workers = [Rates(database, PACES, clock), Rates(other, PACES, clock)]
    waits = await asyncio.gather(*(workers[number % 2].reserve("telegram", 1) for number in range(60)))
    await other.aclose()
    assert sorted(waits) == pytest.approx([number / 30 for number in range(60)], abs=1e-5)


async def test_a_message_of_three_parts_takes_three_places(database: Database, clock: Clock) -> None:
    rates = Rates(database, PACES, clock)
    assert await rates.reserve("sms", 3) == 0
    assert await rates.reserve("sms", 1) == pytest.approx(3)


async def test_places_come_free_and_are_not_saved_up(database: Database, clock: Clock) -> None:
    rates = Rates(database, PACES, clock)
    await rates.reserve("sms", 1)
    clock.advance(0.75)
    assert await rates.reserve("sms", 1) == pytest.approx(0.25)
    clock.advance(1000)
    assert [await rates.reserve("sms", 1) for _ in range(3)] == pytest.approx([0, 1, 2])


async def test_providers_do_not_wait_for_each_other(database: Database, clock: Clock) -> None:
    rates = Rates(database, PACES, clock)
    await rates.reserve("sms", 100)
    assert await rates.reserve("telegram", 1) == 0
    assert await rates.reserve("try", 100) == await rates.reserve("try", 1) == 0
