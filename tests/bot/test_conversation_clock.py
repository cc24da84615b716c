"""What the road knows of time: the clock where the phone is, and by when somebody calls."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bot.conversation import Conversation
from bot.messages import Inbound
from flows.events import Text
from tests.bot.conversing import conversation_on, session_of

if TYPE_CHECKING:
    from bot.kept.crypto import Vault
    from bot.kept.timers import Timers
    from bot.store import Store
    from tests.conftest import Clock

HOUR, DAY, MINUTE = 3600.0, 86_400.0, 60.0
CHAT = "700100200"
BEGUN = ("hola", "1", "si", "1")
"""As far as the question for the country."""


@pytest.fixture
def conversation(store: Store, vault: Vault, clock: Clock) -> Conversation:
    return conversation_on(store, vault, clock, Counter())


async def writes(road: Conversation, clock: Clock, *texts: str, channel: str = "telegram", address: str = CHAT) -> None:
    for text in texts:
        clock.advance(MINUTE + 1)
        await road.handle(Inbound(f"{clock.now}", channel, address, Text(text), clock.now, language="es"))


async def due(timers: Timers, clock: Clock) -> float:
    """When the one timer rings."""
    [ringing] = await timers.claim(clock.now + 3 * DAY, 9)
    return ringing.due


@pytest.mark.parametrize(("country", "zones"), [("Colombia", [-5]), ("Burkina Faso", [0]), ("Brasil", [-5, -3, -2])])
@pytest.mark.parametrize("hour", [2, 14, 23])
async def test_on_telegram_reminders_go_by_the_clock_of_the_mines_country(
    conversation: Conversation, timers: Timers, clock: Clock, country: str, zones: list[int], hour: int
) -> None:
    clock.advance((hour * HOUR - clock.now) % DAY)
    await writes(conversation, clock, *BEGUN, country, "basta por hoy")
    ringing = await due(timers, clock)
    assert all(9 <= (ringing + zone * HOUR) % DAY / HOUR < 19 for zone in zones)


async def test_on_telegram_the_hour_can_be_named_once_the_country_is_known(
    conversation: Conversation, store: Store, timers: Timers, clock: Clock
) -> None:
    await writes(conversation, clock, *BEGUN, "Colombia", "basta por hoy", "18h")
    assert (await session_of(store, "telegram", CHAT)).hour == 18
    assert (await due(timers, clock) - 5 * HOUR) % DAY == 18 * HOUR


async def test_where_the_country_is_not_known_yet_the_time_of_day_stays(
    conversation: Conversation, timers: Timers, clock: Clock
) -> None:
    await writes(conversation, clock, *BEGUN, "basta por hoy")
    assert await due(timers, clock) == clock.now + DAY


async def test_a_number_tells_the_clock_before_the_country_does(
    conversation: Conversation, store: Store, timers: Timers, clock: Clock
) -> None:
    clock.advance((10 * HOUR - clock.now) % DAY)
    await writes(
        conversation, clock, *BEGUN, "2", "Burkina Faso", "basta por hoy", channel="sms", address="+573001234567"
    )
    assert (await session_of(store)).answers["country"] == "BF"
    assert (await due(timers, clock) - 5 * HOUR) % DAY == 9 * HOUR


async def test_a_promise_of_the_contacts_reaches_the_person(
    conversation: Conversation, store: Store, clock: Clock
) -> None:
    road = dataclasses.replace(conversation, within_days={"D": 3})
    await writes(road, clock, *BEGUN, "Colombia", "persona", "1", "1 300 123 4567")
    promised = (await session_of(store, "telegram", CHAT)).call_by
    assert promised is not None
    assert promised.isoformat() == "2027-01-18"
