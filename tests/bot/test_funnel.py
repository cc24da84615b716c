"""The funnel over a real Redis and a real cluster: exact over retries and conflicts, and what is shown of it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.bench import REPLIES
from bot.kept.connection import Call, Database
from bot.kept.funnel import Counted, counted, reached, stopped
from bot.messages import Inbound
from flows.events import Text
from flows.funnel import names
from tests.bot.conversing import PHONE, heard, write
from tests.bot.houses import built

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from typing import Any

    from bot.house import House


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    contacts = Path(__file__).parents[2] / "docs" / "contacts.example.toml"  # somebody for section 7 in Colombia
    async with built(monkeypatch, tmp_path, empty_url, BATEA_CONTACTS=str(contacts)) as made:
        yield made


@pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
async def test_a_whole_conversation_is_counted_once_in_each_step(house: House) -> None:
    await write(house, *REPLIES, *"221")
    found = await reached(house.database)
    assert set(found.values()) == {1}
    assert set(names(house.content.newest)) - set(found) == {"advice.begun", "advice.ended"}


async def test_a_commit_that_is_sent_again_counts_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    once = Database.run_all

    async def twice(self: Database, calls: Sequence[Call]) -> list[Any]:
        await once(self, calls)
        return await once(self, calls)

    for number, text in enumerate(("hola", "1", "si")):
        with monkeypatch.context() as patched:
            patched.setattr(Database, "run_all", twice)
            await house.conversation.handle(Inbound(f"{number}", "sms", PHONE, Text(text), 1.0))
    assert await reached(house.database) == {"started": 1, "consented": 1, "basics.begun": 1}


async def test_texts_that_cross_count_once(house: House) -> None:
    await asyncio.gather(
        *(house.conversation.handle(Inbound(f"SM{n}", "sms", PHONE, Text(f"no entiendo {n}"), 1.0)) for n in range(16))
    )
    assert await reached(house.database) == {"started": 1}


async def test_many_people_on_two_channels(house: House) -> None:
    for number in range(7):
        await write(house, "hola", "1", address=f"+5730012345{number:02}")
    for number in range(3):
        await write(house, "hola", "1", "1", channel="telegram", address=str(number))
    assert await counted(house.database) == [
        Counted("basics.begun", "telegram", "es", 3),
        Counted("consented", "telegram", "es", 3),
        Counted("started", "sms", "es", 7),
        Counted("started", "telegram", "es", 3),
    ]


async def test_a_conversation_counts_in_the_language_it_came_to(house: House) -> None:
    await write(house, "hola", "1", "1", "english", "1")
    assert Counter(one.language for one in await counted(house.database)) == {"en": 3}


async def test_a_conversation_that_is_erased_stays_counted_and_the_next_one_is_new(house: House) -> None:
    await write(house, "hola", "1", "1", "borrar", "buenas")
    assert await reached(house.database) == {"started": 2, "consented": 1, "basics.begun": 1}


async def test_what_is_kept_tells_of_nobody(house: House) -> None:
    await write(house, "hola", "1", "1", address="+59171234567")
    kept = {f"{one.step}|{one.channel}|{one.language}" for one in await counted(house.database)}
    assert kept == {"started|sms|es", "consented|sms|es", "basics.begun|sms|es"}


async def test_each_conversation_stands_at_the_question_it_waits_at(house: House) -> None:
    await write(house, "hola", "1", "1")
    await write(house, "hola", "1", "1", "1", address="+59171234567")
    await write(house, "hola", "1", "1", "english", "1", channel="telegram", address="1")
    assert await stopped(house.database) == {"role": 1, "country": 2}
    await write(house, "hello", "borrar", channel="sms", address="+59171234567")
    assert await stopped(house.database) == {"role": 1, "country": 1}


async def test_which_question_of_section_7_it_is_stays_untold(house: House) -> None:
    items = house.content.newest.items
    for number, text in enumerate(REPLIES):
        await house.conversation.handle(Inbound(f"{number}", "sms", PHONE, Text(text), time.time()))
        await heard(house.outbox, time.time() + 9)
        found = await stopped(house.database)
        assert not {name for name in found if name in items and items[name].sensitive}
        assert sum(found.values()) <= 1
        if "private" in found:
            return
    pytest.fail("section 7 was not asked")


async def test_who_came_to_the_end_stands_nowhere(house: House) -> None:
    await write(house, *REPLIES, *"221")
    assert await stopped(house.database) == {}
