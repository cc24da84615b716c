"""A code leads to the chat that opened it, as long as it is open: on one server and on a cluster."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from redis import Redis

from bot.kept import keys
from bot.kept.connection import Call, Database
from bot.kept.doors import Doors
from bot.kept.place import Place
from bot.messages import Outgoing, Words
from bot.store import Chat, Commit, Store
from flows.events import Door
from flows.reference import ALPHABET

if TYPE_CHECKING:
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.conftest import Clock

CHAT = Chat("sms", "+573001234567")
both = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)


@pytest.fixture
def doors(database: Database, vault: Vault) -> Doors:
    return Doors(database, vault)


@pytest.fixture
def code(vault: Vault) -> str:
    """As the chat would make it: its partition first."""
    return ALPHABET[Place(vault, CHAT).partition] + "7M2Q"


def turn(version: int, *opened: Door, session: bytes | None = b"{}", **given: object) -> Commit:
    return msgspec.structs.replace(Commit(chat=CHAT, version=version, session=session, doors=opened), **given)


@both
async def test_a_code_leads_to_whoever_opened_it(store: Store, doors: Doors, code: str) -> None:
    assert await doors.find(code) is None
    assert await store.commit(turn(0, Door(code, 60), Door(f"{code}2345678", 60))) == "done"
    assert await doors.find(code) == await doors.find(f"{code}2345678") == CHAT


@both
async def test_a_code_that_exists_is_taken_and_nothing_is_written(
    store: Store, outbox: Outbox, doors: Doors, code: str
) -> None:
    await store.commit(turn(0, Door(code, 60)))
    words = Outgoing("a", CHAT.channel, CHAT.address, Words("text"), 0)
    late = turn(1, Door(f"{code}2", 60), Door(code, 60), session=b"late", out=(words,), inbound_id="in", reserve="AB")
    assert await store.commit(late) == "taken"
    loaded = await store.load(CHAT, "in")
    assert (loaded.session, loaded.version, loaded.seen) == (b"{}", 1, False)
    assert await outbox.pending(CHAT) == ()
    assert await doors.find(f"{code}2") is None
    assert await store.commit(turn(1, reserve="AB")) == "done"


@both
async def test_a_door_is_closed_in_the_turn_that_opens_another(store: Store, doors: Doors, code: str) -> None:
    await store.commit(turn(0, Door(code, 60)))
    assert await store.commit(turn(1, Door(code, 0), Door(f"{code}2", 60))) == "done"
    assert await doors.find(code) is None
    assert await doors.find(f"{code}2") == CHAT


@both
async def test_what_forgets_the_chat_closes_only_what_it_says(store: Store, doors: Doors, code: str) -> None:
    await store.commit(turn(0, Door(code, 60), Door(f"{code}2", 60)))
    await store.commit(turn(1, Door(code, 0), session=None))
    assert (await doors.find(code), await doors.find(f"{code}2")) == (None, CHAT)


@both
async def test_a_commit_that_the_client_sends_twice_is_not_taken(
    database: Database, vault: Vault, clock: Clock, doors: Doors, code: str
) -> None:
    class Twice(Database):
        """A connection that broke after the script had run."""

        async def run(self, call: Call) -> object:
            await database.run(call)
            return await database.run(call)

    store = Store(Twice(None), vault, clock)  # type: ignore[arg-type]
    assert await store.commit(turn(0, Door(code, 60))) == "done"
    assert await doors.find(code) == CHAT


async def test_a_door_closes_by_itself_and_tells_nobody_who_it_is(
    redis_url: str, store: Store, vault: Vault, doors: Doors, code: str
) -> None:
    await store.commit(turn(0, Door(code, 60)))
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        name = keys.door(Place(vault, CHAT).partition, code)
        assert 0 < client.ttl(name) <= 60
        assert "573001234567" not in repr(client.get(name))
        client.pexpire(name, 1)
    await until_closed(doors, code)


@pytest.mark.parametrize("typed", ["", "!", "ñandú", "u7M2Q", "{p01}"])
async def test_what_is_no_code_leads_nowhere(doors: Doors, typed: str) -> None:
    assert await doors.find(typed) is None


async def until_closed(doors: Doors, code: str) -> None:
    async with asyncio.timeout(5):
        while await doors.find(code):  # noqa: ASYNC110 - Redis calls nobody back
            await asyncio.sleep(0.002)
