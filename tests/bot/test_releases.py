"""While releases overlap: what another one wrote is left to it, and only what nobody can read is put aside, once."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec.structs import replace
from redis import Redis

from bot.conversation import Conversation
from bot.kept.doors import Doors
from bot.kept.place import Place
from bot.messages import Ahead, Job, Later, Outgoing, Words
from bot.posts import Posts
from bot.store import Chat, Commit
from flows.events import FromRoom, Phone, Post, TimerDue
from flows.session import SCHEMA, Session, dump
from tests.bot.cases import CHECKLIST
from tests.bot.conversing import PHONE, conversation_on, sent, session_of, sms

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

CHAT = Chat("sms", PHONE)
HERE = Session(CHECKLIST.version, "es", "sms", "welcome", private=False, started=1)
AHEAD = {
    "version": dump(replace(HERE, version="2099-01")),
    "version on the shelf": dump(replace(HERE, shelf=(replace(HERE, version="2099-01"),))),
    "schema": dump(replace(HERE, schema=SCHEMA + 1)),
    "schema with another form": b'{"schema": 99, "state": ["welcome"]}',
}
ahead = pytest.mark.parametrize("stored", AHEAD.values(), ids=AHEAD.keys())


@pytest.fixture
def conversation(store: Store, vault: Vault, clock: Clock) -> Conversation:
    return conversation_on(store, vault, clock, Counter())


async def keep(store: Store, stored: bytes) -> None:
    await store.commit(Commit(chat=CHAT, version=0, session=stored))


def put_aside(url: str, vault: Vault) -> list[bytes]:
    with contextlib.closing(Redis.from_url(url)) as client:
        kept: list[Any] = client.lrange(Place(vault, CHAT).aside, 0, -1)
    return [msgspec.msgpack.decode(vault.open(one))["raw"] for one in kept]


@ahead
async def test_what_another_release_wrote_is_left_to_it(
    stored: bytes, conversation: Conversation, store: Store, outbox: Outbox, clock: Clock, vault: Vault, redis_url: str
) -> None:
    await keep(store, stored)
    before = await store.load(CHAT)
    with pytest.raises(Ahead):
        await conversation.handle(sms(1, "1", clock.now))
    with pytest.raises(Ahead):
        await conversation.happened(CHAT.channel, CHAT.address, TimerDue("reminder"))
    assert await store.load(CHAT, "SM1") == before
    assert await sent(outbox, clock) == []
    assert put_aside(redis_url, vault) == []


@ahead
async def test_a_post_to_it_comes_again(
    stored: bytes, conversation: Conversation, store: Store, database: Database, vault: Vault, clock: Clock
) -> None:
    await keep(store, stored)
    posts = Posts(conversation.handle, Doors(database, vault), vault, clock)
    post = Post(Phone("sms", PHONE), FromRoom("room", "asked"))
    job = Outgoing("job", "sms", "+573000000001", Job("post", msgspec.msgpack.encode([post])), clock.now)
    with pytest.raises(Later):
        await posts.bring(job)


async def test_the_other_release_goes_on_where_the_person_was(
    conversation: Conversation, store: Store, clock: Clock
) -> None:
    await keep(store, AHEAD["version"])
    with pytest.raises(Ahead):
        await conversation.handle(sms(1, "1", clock.now))
    newer = msgspec.structs.replace(CHECKLIST, version="2099-01")
    both = {CHECKLIST.version: CHECKLIST, newer.version: newer}
    await dataclasses.replace(conversation, checklists=both).handle(sms(1, "1", clock.now))
    assert (await session_of(store)).state == "consent"


async def test_what_is_damaged_is_put_aside_once_however_often_the_turn_is_tried(
    conversation: Conversation, store: Store, clock: Clock, vault: Vault, redis_url: str
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await store.commit(Commit(chat=CHAT, version=1, session=b'{"schema": 1'))
    await asyncio.gather(*(conversation.handle(sms(n, f"no entiendo {n}", clock.now)) for n in range(1, 9)))
    assert put_aside(redis_url, vault) == [b'{"schema": 1']
    assert (await session_of(store)).turn == 8


async def test_what_is_damaged_is_not_taken_away_by_a_text_that_was_sent_again(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock, vault: Vault, redis_url: str
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await store.commit(Commit(chat=CHAT, version=1, session=b"{"))
    await conversation.handle(sms(1, "hola", clock.now))
    assert put_aside(redis_url, vault) == [b"{"]
    words = [out.body.text for out in await sent(outbox, clock) if isinstance(out.body, Words)]
    assert "no pude leer" in words[1]
