"""What only one of several processes may do, and how far a provider's list was read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.kept.leases import Bookmark, Lease

if TYPE_CHECKING:
    from bot.kept.connection import Database


async def test_a_lease_ends_by_itself_and_is_only_given_back_by_its_holder(database: Database) -> None:
    first, second = Lease(database, "x", 2), Lease(database, "x", 60)
    assert await first.take()
    assert await first.take()
    assert not await second.take()
    await second.let_go()
    assert not await second.take()
    async with asyncio.timeout(20):
        while not await second.take():  # noqa: ASYNC110 - Redis lets it lapse
            await asyncio.sleep(0.05)
    await first.let_go()
    assert not await first.take()


async def test_a_bookmark_only_moves_forward(database: Database) -> None:
    bookmark = Bookmark(database, "x")
    assert await bookmark.get(first=1_790_000_000.5) == 1_790_000_000.5
    assert await bookmark.get(first=1_800_000_000) == 1_790_000_000.5
    await bookmark.move(1_795_000_000)
    await bookmark.move(1_794_000_000)
    assert await Bookmark(database, "x").get(first=0) == 1_795_000_000
