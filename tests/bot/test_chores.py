"""Chores run beside deliveries, and whatever trips them up they neither end nor take anything with them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.chores import lasting
from tests.bot.bench import Bench, settled, words

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock


class Chore:
    """Trips as often as it was told to, then ends; or runs for ever."""

    def __init__(self, *trips: BaseException, ends: bool = True) -> None:
        self.trips = list(trips)
        self.ends = ends
        self.ended = ""

    async def __call__(self) -> None:
        if self.trips:
            raise self.trips.pop(0)
        try:
            await asyncio.sleep(0 if self.ends else 3600)
        finally:
            self.ended = "yes"


async def test_a_chore_that_trips_is_begun_anew_until_it_is_done() -> None:
    chore = Chore(TypeError("a secret"), asyncio.CancelledError())
    with capture_logs() as told:
        await lasting("polling", chore, 0)
    assert (chore.trips, chore.ended) == ([], "yes")
    assert [line["event"] for line in told] == ["a chore failed"] * 2


async def test_a_chore_is_ended_before_it_is_let_go() -> None:
    chore = Chore(ends=False)
    task = asyncio.create_task(lasting("polling", chore))
    await asyncio.sleep(0.01)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert (task.cancelled(), chore.ended) == (True, "yes")


@pytest.mark.parametrize("what", ["timers", "outbox"])
async def test_deliveries_go_on_whatever_a_look_trips_over(
    database: Database, vault: Vault, clock: Clock, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    bench = Bench(database, vault, clock)
    claim, trips = getattr(bench, what).claim, [ValueError("odd"), ZeroDivisionError()]

    async def odd(now: float, limit: int) -> object:
        if trips:
            raise trips.pop(0)
        return await claim(now, limit)

    monkeypatch.setattr(getattr(bench, what), "claim", odd)
    async with bench.working():
        await settled(lambda: not trips)
        await bench.outbox.put(words("a"))
        await bench.empty()
    assert bench.channel.sent == ["a"]
