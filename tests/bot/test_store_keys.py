"""What lies in Redis, looked at from outside: nothing about a person can be read, and what is erased is gone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from redis import Redis

from bot.kept import keys
from bot.kept.place import Place
from bot.messages import Job, Outgoing, Words
from bot.store import Chat, Commit
from flows.model import Timer

if TYPE_CHECKING:
    from bot.kept.crypto import Vault
    from bot.kept.timers import Timers
    from bot.outbox import Outbox
    from bot.store import Store

CHAT = Chat("sms", "+573001234567")
OF_NOBODY = {keys.PEPPER, keys.SEALED_WITH}
both = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)


def words(name: str, chat: Chat = CHAT) -> Outgoing:
    return Outgoing(name, chat.channel, chat.address, Words(f"text of {name}"), 0)


def job(name: str) -> Outgoing:
    return Outgoing(name, CHAT.channel, CHAT.address, Job("refer", b"{}"), 0)


def turn(version: int, session: bytes | None = b"{}", **given: object) -> Commit:
    return replace(Commit(chat=CHAT, version=version, session=session), **given)


@both
async def test_erasing_forgets_all(empty_url: str, store: Store, vault: Vault, outbox: Outbox, timers: Timers) -> None:
    leaves = replace(turn(0, inbound_id="in", digest="d", broken=b"raw"), out=(words("a"), job("b")))
    await store.commit(replace(leaves, timers=(Timer("remind", 5),)))
    await store.erase(CHAT)
    assert await outbox.pending(CHAT) == ()
    assert await timers.count() == (await outbox.counts()).lanes == 0
    place = Place(vault, CHAT)
    left = {name for name, _ in contents(empty_url) if name not in {*OF_NOBODY, place.inbound("in")}}
    assert left == {place.record, place.outgoing("a"), place.outgoing("b")}
    assert dict(contents(empty_url))[place.record] == "{b'version': b'2'}"


@both
async def test_nothing_about_a_person_can_be_read(empty_url: str, store: Store) -> None:
    commit = turn(
        0,
        b"answers",
        out=(words("outgoing-one"), job("outgoing-two")),
        inbound_id="SM12345678",
        timers=(Timer("remind", 5),),
        broken=b"answers",
    )
    await store.commit(commit)
    everything = repr(contents(empty_url))
    assert "remind" in everything
    for secret in ("573001234567", "answers", "text of", "outgoing-one", "outgoing-two", "SM12345678"):
        assert secret not in everything


@both
async def test_everything_of_a_chat_lies_in_one_slot(empty_url: str, store: Store, vault: Vault) -> None:
    leaves = replace(turn(0, inbound_id="in", reserve="R", broken=b"raw"), out=(words("a"), job("b")))
    await store.commit(replace(leaves, timers=(Timer("t", 5),)))
    tag = keys.tag(Place(vault, CHAT).partition)
    names = [name for name, _ in contents(empty_url) if name not in OF_NOBODY]
    assert len(names) == 12
    assert all(name.startswith(tag) for name in names)


async def test_a_turn_takes_two_round_trips(redis_url: str, store: Store) -> None:
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        await store.load(CHAT, "in")
        await store.commit(turn(0, inbound_id="in"))
        client.config_resetstat()
        loaded = await store.load(CHAT, "in2")
        await store.commit(turn(loaded.version, inbound_id="in2", out=(words("a"), job("b"))))
        assert client.info("commandstats")["cmdstat_evalsha"]["calls"] == 2


async def test_what_could_not_be_read_is_kept_aside(redis_url: str, store: Store, vault: Vault) -> None:
    for number in range(12):
        await store.commit(turn(number, broken=b"raw %d" % number))
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        kept: list[Any] = client.lrange(Place(vault, CHAT).aside, 0, -1)
    assert len(kept) == 10
    assert b"raw 11" in vault.open(kept[0])


async def test_a_turn_that_keeps_nothing_forgets_what_was_set_aside(redis_url: str, store: Store, vault: Vault) -> None:
    await store.commit(turn(0, broken=b"raw"))
    await store.commit(turn((await store.load(CHAT)).version, session=None))
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        assert client.exists(Place(vault, CHAT).aside) == 0


async def test_an_erased_chat_that_comes_back_stays(redis_url: str, store: Store, vault: Vault) -> None:
    await store.commit(turn(0))
    await store.erase(CHAT)
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        assert client.ttl(Place(vault, CHAT).record) > 0
        await store.commit(turn((await store.load(CHAT)).version))
        assert client.ttl(Place(vault, CHAT).record) == -1


def contents(url: str) -> list[tuple[str, str]]:
    """Every key and what it holds, over all nodes."""
    with contextlib.closing(Redis.from_url(url.removesuffix("?cluster=true"))) as client:
        ports = [client.connection_pool.connection_kwargs.get("port")]
        if url.endswith("cluster=true"):
            ports = [int(node.split(":")[1]) for node in client.execute_command("CLUSTER NODES")]
        found = [pair for port in ports for pair in _contents(Redis(port=port) if port else client)]
    return sorted(found)


def _contents(client: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - redis-py can't say bytes
    with contextlib.closing(client):
        return [(name.decode(), _value(client, name)) for name in client.keys("*")]


def _value(client: Any, name: bytes) -> str:  # noqa: ANN401 - as above
    read = {
        b"string": lambda: client.get(name),
        b"hash": lambda: client.hgetall(name),
        b"list": lambda: client.lrange(name, 0, -1),
        b"zset": lambda: client.zrange(name, 0, -1),
    }
    return repr(read[client.type(name)]())
