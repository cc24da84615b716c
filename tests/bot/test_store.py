"""A turn is written once and whole, or not at all: on one server and on a cluster."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from redis import Redis

from bot.kept.connection import Away, Call, connect
from bot.kept.crypto import make_key, unlock
from bot.messages import Job, Outgoing, Words
from bot.store import Chat, Commit, Loaded, Store
from flows.model import Timer

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.kept.timers import Timers
    from bot.outbox import Outbox
    from tests.conftest import Clock

CHAT = Chat("sms", "+573001234567")
both = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)


def words(name: str, chat: Chat = CHAT) -> Outgoing:
    return Outgoing(name, chat.channel, chat.address, Words(f"text of {name}"), 0)


def job(name: str) -> Outgoing:
    return Outgoing(name, CHAT.channel, CHAT.address, Job("refer", b"{}"), 0)


def turn(version: int, session: bytes | None = b"{}", **given: object) -> Commit:
    return msgspec.structs.replace(Commit(chat=CHAT, version=version, session=session), **given)


async def waiting(outbox: Outbox) -> list[str]:
    return [out.id for out in await outbox.pending(CHAT)]


@both
async def test_what_was_committed_is_loaded(store: Store, clock: Clock) -> None:
    assert await store.load(CHAT, "in1") == Loaded(session=None, version=0, seen=False)
    commit = turn(0, b"session", inbound_id="in1", out=(words("a"),), digest="d", received=clock.now - 3)
    assert await store.commit(commit) == "done"
    at = clock.now - 3
    loaded = Loaded(b"session", 1, seen=True, last_in="d", last_in_at=at, reply_waits=True, came_at=at)
    assert await store.load(CHAT, "in1") == loaded
    assert not (await store.load(CHAT, "in2")).seen


@both
async def test_a_turn_that_lost_the_race_writes_nothing(store: Store, outbox: Outbox, timers: Timers) -> None:
    await store.commit(turn(0, b"first"))
    late = turn(
        0, b"late", inbound_id="in", out=(words("a"), job("b")), timers=(Timer("t", 0),), reserve="AB", cancel=True
    )
    assert await store.commit(late) == "conflict"
    loaded = await store.load(CHAT, "in")
    assert (loaded.session, loaded.version, loaded.seen) == (b"first", 1, False)
    assert await waiting(outbox) == []
    assert await timers.count() == 0
    assert await store.commit(turn(1, reserve="AB")) == "done"


@both
async def test_an_inbound_message_counts_once(store: Store, outbox: Outbox) -> None:
    await store.commit(turn(0, inbound_id="in", out=(words("a"),)))
    assert await store.commit(turn(1, b"again", inbound_id="in", out=(words("b"),))) == "seen"
    assert await waiting(outbox) == ["a"]
    assert (await store.load(CHAT)).session == b"{}"


@both
async def test_sixteen_at_once_are_sixteen_turns_in_one_order(store: Store, outbox: Outbox) -> None:
    async def answer(name: str) -> None:
        while True:
            loaded = await store.load(CHAT, name)
            session = (loaded.session or b"") + name.encode()
            if await store.commit(turn(loaded.version, session, inbound_id=name, out=(words(name),))) == "done":
                return

    names = list("abcdefghijklmnop")
    await asyncio.gather(*map(answer, names))
    loaded = await store.load(CHAT)
    assert loaded.version == len(names)
    assert sorted((loaded.session or b"").decode()) == names
    assert "".join(await waiting(outbox)) == (loaded.session or b"").decode()


@both
async def test_sixteen_equal_ones_are_one(store: Store, outbox: Outbox) -> None:
    commits = (turn(0, inbound_id="same", out=(words(f"a{number}"),)) for number in range(16))
    outcomes = await asyncio.gather(*map(store.commit, commits))
    assert sorted(outcomes) == ["done", *["seen"] * 15]
    assert len(await waiting(outbox)) == 1


@both
async def test_a_reference_is_given_once(store: Store, outbox: Outbox) -> None:
    assert await store.commit(turn(0, reserve="7K3M2QXD")) == "done"
    assert await store.commit(turn(1, reserve="7K3M2QXD", inbound_id="in", out=(words("a"),))) == "taken"
    assert await waiting(outbox) == []
    assert not (await store.load(CHAT, "in")).seen


@both
async def test_an_erased_session_never_comes_back(store: Store) -> None:
    await store.commit(turn(0, b"before"))
    loaded = await store.load(CHAT)
    await store.erase(CHAT)
    assert await store.commit(turn(loaded.version, b"late")) == "conflict"
    after = await store.load(CHAT)
    assert after.session is None
    assert after.version > loaded.version
    assert await store.commit(turn(after.version, None)) == "done"
    assert await store.commit(turn(after.version, b"late")) == "conflict"


@both
async def test_a_turn_that_erases_takes_the_timers_along(store: Store, timers: Timers) -> None:
    await store.commit(turn(0, timers=(Timer("remind", 5), Timer("close", 6))))
    await store.commit(turn(1, None))
    assert await timers.count() == 0


@both
async def test_cancel_drops_messages_but_not_the_work(store: Store, outbox: Outbox) -> None:
    await store.commit(turn(0, out=(words("a"), job("b"))))
    await store.commit(turn(1, cancel=True, out=(words("bye"),)))
    assert await waiting(outbox) == ["bye", "b"]
    await store.commit(turn(2, None, cancel=True, out=(words("done"),)))
    assert await waiting(outbox) == ["done"]


@both
async def test_a_reply_can_be_held(store: Store, outbox: Outbox, clock: Clock) -> None:
    await store.commit(turn(0, out=(words("a"),), hold=2))
    clock.advance(1.5)
    assert await outbox.claim(clock(), 9) == []
    clock.advance(0.5)
    assert len(await outbox.claim(clock(), 9)) == 1


@both
async def test_a_held_reply_stays_held_behind_another(store: Store, outbox: Outbox, clock: Clock) -> None:
    await store.commit(turn(0, out=(words("a"),)))
    await store.commit(turn(1, out=(words("b"),), hold=2))
    [a] = await outbox.claim(clock(), 9)
    await outbox.settle(a, "")
    assert await outbox.claim(clock(), 9) == []
    clock.advance(2)
    assert [claimed.out.id for claimed in await outbox.claim(clock(), 9)] == ["b"]


@both
async def test_a_commit_that_the_client_sends_twice_is_one(
    database: Database, vault: Vault, clock: Clock, outbox: Outbox
) -> None:
    class Twice(type(database)):  # type: ignore[misc]
        """A connection that broke after the script had run."""

        async def run(self, call: Call) -> object:
            await database.run(call)
            return await database.run(call)

    store = Store(Twice(None), vault, clock)
    assert await store.commit(turn(0, out=(words("a"),), timers=(Timer("t", 1),), reserve="R")) == "done"
    assert (await store.load(CHAT)).version == 1
    assert await waiting(outbox) == ["a"]


async def test_scripts_that_the_server_forgot_are_sent_again(redis_url: str, store: Store) -> None:
    await store.commit(turn(0))
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        client.script_flush()
    assert (await store.load(CHAT)).version == 1
    assert await store.commit(turn(1)) == "done"


async def test_a_session_that_no_key_opens_is_broken_not_gone(database: Database, clock: Clock) -> None:
    old, new = make_key(), make_key()
    vault = await unlock(database, [old])
    await Store(database, vault, clock).commit(turn(0, b"session"))
    both = await unlock(database, [new, old])
    await Store(database, both, clock).commit(turn(1, b"newer"))
    loaded = await Store(database, vault, clock).load(CHAT)
    assert (loaded.session, loaded.version) == (None, 2)
    assert both.open(loaded.broken or b"") == b"newer"


async def test_a_server_out_of_reach_is_away(vault: Vault, clock: Clock) -> None:
    nowhere = connect("unix:///nowhere/redis.sock")
    with pytest.raises(Away):
        await Store(nowhere, vault, clock).load(CHAT)
    with pytest.raises(Away):
        await nowhere.ping()
    await nowhere.aclose()
