"""What commands do that need the store, its keys and the contacts: in a house, with whatever is wrong said in words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from bot.commands.serve import read_settings
from bot.commands.told import told
from bot.settings import RunSettings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.house import House
    from bot.settings import Settings

T = TypeVar("T")


def inside(work: Callable[[House], Awaitable[T]]) -> T:
    """What the work returns, in a house that is closed afterwards; where there can be none, the program ends."""
    settings = read_settings(RunSettings)
    return told("Nothing done:", lambda: asyncio.run(_opened(settings, work)))


async def _opened(settings: Settings, work: Callable[[House], Awaitable[T]]) -> T:
    from bot.house import opened  # noqa: PLC0415 - where settings are wrong nothing is loaded

    async with opened(settings) as house:
        return await work(house)
