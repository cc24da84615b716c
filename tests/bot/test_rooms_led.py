"""What the shell adds for whoever leads a room: the picture, the page, another phone that goes on with it."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

import pytest

from bot import bootstrap
from bot.messages import Inbound, Job, Picture, Words
from bot.referral.draft import kind, read_draft
from bot.store import Chat
from bot.ways import Ways
from flows.events import Text
from tests.bot.bench import until
from tests.bot.conversing import session_of
from tests.bot.houses import built
from tests.bot.rooming import LEADER, OPENING, House, phones

if TYPE_CHECKING:
    from pathlib import Path

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

PHONE, HEIR = "+573000000001", "+573009999999"


@pytest.fixture
def house(database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock) -> House:
    return House(database, store, vault, outbox, clock)


async def named() -> str | None:
    return "batea_bot"


async def test_a_room_opened_on_telegram_is_shown_as_a_picture(house: House) -> None:
    road = dataclasses.replace(house.road, ways=Ways("https://batea.example.org", named))
    pictures: list[Picture] = []
    for number, text in enumerate(OPENING):
        await road.handle(Inbound(f"tg{number}", "telegram", "77", Text(text), house.clock(), "es"))
        bodies = [out.body for out in await house.outbox.pending(Chat("telegram", "77"))]
        pictures = [body for body in bodies if isinstance(body, Picture)]
        await house.deliver()
    room = (await session_of(house.store, "telegram", "77")).room
    assert room is not None
    assert [f"?start=join-{room.code}" in picture.caption for picture in pictures] == [True]


async def test_votes_go_on_being_counted_when_another_phone_leads(house: House) -> None:
    await house.join(await house.open(), *phones(LEADER, 3))
    question = await house.ballot()
    await house.write(PHONE, f"{question}1")
    await house.deliver()
    await house.write(LEADER, "grupo")
    await house.deliver()
    await house.write(LEADER, "3")
    await house.deliver()
    code = (await house.room()).handover
    assert code
    await house.join(code, HEIR)
    for phone in phones(LEADER, 2):
        await house.write(phone, f"{question}2")
    await house.deliver()
    assert await house.close(HEIR) == (0, 2, 0)
    assert await house.doors.find(code) is None


async def test_the_page_is_named_by_its_address(house: House) -> None:
    await house.open()
    road = dataclasses.replace(house.road, ways=Ways("https://batea.example.org", named))
    await house.write(LEADER, "grupo")
    await house.deliver()
    await road.handle(Inbound("page", "sms", LEADER, Text("2"), house.clock()))
    said = [out.body.text for out in await house.outbox.pending(Chat("sms", LEADER)) if isinstance(out.body, Words)]
    page = (await house.room()).page
    assert await house.doors.find(page) == Chat("sms", LEADER)
    assert f"https://batea.example.org/group/{page}" in said[-1]


async def test_a_talk_in_private_leaves_by_itself(house: House) -> None:
    await house.join(await house.open(), PHONE)
    for text in ("PRIVADO", "1"):
        await house.write(PHONE, text)
    jobs = [out.body for out in await house.outbox.pending(Chat("sms", PHONE)) if isinstance(out.body, Job)]
    [left] = [read_draft(job.payload) for job in jobs if job.name == "referral"]
    assert (kind(left), left.address) == ("talk", PHONE)
    assert left.reference != (await session_of(house.store, address=PHONE)).reference


async def test_a_worker_brings_posts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> None:
    chat = Chat("try_sms", PHONE)
    async with built(monkeypatch, tmp_path, empty_url) as parts:
        await parts.conversation.handle(Inbound("1", chat.channel, chat.address, Text("UNIR 7K3M2"), 1.0, "es"))
        async with bootstrap.delivering(parts) as (worker, _):
            running = asyncio.create_task(worker.run())

            async def empty() -> bool:
                return (await parts.outbox.counts()).lanes == 0

            await until(empty)
            worker.stop()
            await running
        entries = (await parts.phones.log(PHONE)).entries
    assert entries
