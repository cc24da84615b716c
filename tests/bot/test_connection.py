"""The connection to Redis, seen by who uses it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.kept.leases import Lease

if TYPE_CHECKING:
    from bot.kept.connection import Database


@pytest.mark.parametrize("steps", range(12))
async def test_who_waits_for_redis_can_be_cancelled_at_any_moment(database: Database, steps: int) -> None:
    await database.ping()
    task = asyncio.create_task(Lease(database, "held", 60).take())
    for _ in range(steps):
        await asyncio.sleep(0)
    asked = task.cancel()
    await asyncio.wait([task])
    assert task.cancelled() or not asked
