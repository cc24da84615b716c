"""What commands do that need the store, its keys and the contacts: in a house, with whatever is wrong said in words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from bot.commands.serve import WRONG_SETTINGS, give_up, read_settings
from bot.contacts import BadContacts
from bot.kept.connection import Away
from bot.kept.crypto import BadKey, WrongKey
from bot.kept.embedded import NoServer
from bot.settings import RunSettings
from flows.load import BadContent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.house import House
    from bot.settings import Settings

T = TypeVar("T")
_HEADING = "Nothing done:"


def inside(work: Callable[[House], Awaitable[T]]) -> T:
    """What the work returns, in a house that is closed afterwards; where there can be none, the program ends."""
    settings = read_settings(RunSettings)
    try:
        return asyncio.run(_opened(settings, work))
    except (BadContacts, BadContent) as error:
        give_up(_HEADING, str(error).splitlines(), WRONG_SETTINGS)
    except (BadKey, WrongKey, NoServer) as error:
        give_up(_HEADING, [str(error)], WRONG_SETTINGS)
    except Away as error:
        give_up(_HEADING, [f"REDIS_URL: the server can't be reached ({error})"], 1)


async def _opened(settings: Settings, work: Callable[[House], Awaitable[T]]) -> T:
    from bot.house import opened  # noqa: PLC0415 - where settings are wrong nothing is loaded

    async with opened(settings) as house:
        return await work(house)
