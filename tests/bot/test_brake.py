"""Two machines talking, over the real app and a real Redis: silence after so many turns, told once, for a minute."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from bot.messages import Inbound
from bot.store import Chat
from flows.events import Text
from flows.session import load
from tests.bot.houses import built
from tests.bot.posting import PERSON, SETTINGS, SMS, browser, signed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx

    from bot.conversation import Conversation
    from bot.house import House
    from tests.conftest import Clock

BRAKE = 3
OTHER_MACHINE = "Gracias por su mensaje. Le atenderemos en breve."


@pytest.fixture
async def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    async with built(monkeypatch, tmp_path, empty_url, **SETTINGS, BATEA_BRAKE=str(BRAKE)) as made:
        yield made


async def answered(parts: House) -> int:
    return len(await parts.outbox.pending(Chat("sms", PERSON)))


async def post(client: httpx.AsyncClient, number: int) -> None:
    form = SMS | {"MessageSid": f"SM{number}", "Body": f"{OTHER_MACHINE} {number}"}
    assert (await client.post("/hooks/sms", data=form, headers=signed(form))).status_code == 200


async def test_the_other_machine_is_left_alone_and_the_operator_told_once(parts: House) -> None:
    with capture_logs() as logs:
        async with browser(parts) as client:
            for number in range(12):
                await post(client, number)
            figures = (await client.get("/metrics")).text
    assert await answered(parts) <= 2 * (1 + BRAKE)
    assert "batea_braked_total 1.0" in figures
    assert str(logs).count("braked: ") == 1
    assert PERSON not in str(logs)
    assert OTHER_MACHINE not in str(logs)


@pytest.fixture
def road(parts: House, clock: Clock) -> Conversation:
    """The road of the house, by a clock that a test moves."""
    return dataclasses.replace(parts.conversation, clock=clock)


async def test_after_a_minute_a_chat_works_again(road: Conversation, parts: House, clock: Clock) -> None:
    async def said(number: int, text: str) -> int:
        before = await answered(parts)
        await road.handle(Inbound(f"SM{number}", "sms", PERSON, Text(text), clock.now))
        return await answered(parts) - before

    heard = [await said(number, f"{OTHER_MACHINE} {number}") for number in range(10)]
    assert heard[-5:] == [0] * 5
    clock.advance(61)
    assert await said(20, "1") == 1
    session = (await parts.store.load(Chat("sms", PERSON))).session
    assert session is not None
    assert load(session).state == "consent"
    assert parts.metrics.registry.get_sample_value("batea_braked_total") == 1


async def test_each_time_is_told(road: Conversation, parts: House, clock: Clock) -> None:
    for number in range(30):
        clock.advance(61 if number in (10, 20) else 1)
        await road.handle(Inbound(f"SM{number}", "sms", PERSON, Text(f"{OTHER_MACHINE} {number}"), clock.now))
    assert parts.metrics.registry.get_sample_value("batea_braked_total") == 3
