"""The connection to Redis, seen by who uses it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from bot.kept import connection as module
from bot.kept.connection import Away, Call, Database, Refused, connect, script
from bot.kept.leases import Lease
from tests.bot.channels.test_mail import certificate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


__all__ = ["certificate"]


@pytest.mark.parametrize("steps", range(12))
async def test_who_waits_for_redis_can_be_cancelled_at_any_moment(database: Database, steps: int) -> None:
    await database.ping()
    task = asyncio.create_task(Lease(database, "held", 60).take())
    for _ in range(steps):
        await asyncio.sleep(0)
    asked = task.cancel()
    await asyncio.wait([task])
    assert task.cancelled() or not asked


async def told(url: str) -> str:
    database = connect(url)
    with pytest.raises(Away) as caught:
        await database.run(Call(script("find"), ["{batea}:x"]))
    await database.aclose()
    return f"{type(caught.value).__name__}: {caught.value}"


@pytest.fixture
def secured(empty_url: str) -> Iterator[str]:
    """A server with a password for everybody, and a user who may run no script."""
    with contextlib.closing(Redis.from_url(empty_url)) as client:
        client.acl_setuser("reader", enabled=True, passwords=["+r/s"], commands=["+@all", "-@scripting"], keys=["*"])
        try:
            yield empty_url.removeprefix("unix://")
        finally:
            client.acl_deluser("reader")


async def test_what_has_to_be_mended_is_told_apart(secured: str) -> None:
    assert await told(f"unix://reader:sesame@{secured}") == (
        "Refused: the server refuses user or password; percent-encode what is special in them, such as %2F for /"
    )
    assert (await told(f"unix://reader:r%2Fs@{secured}")).startswith("Refused: the server denies its user")


async def test_a_server_that_is_not_there_is_away() -> None:
    assert await told("redis://127.0.0.1:1") == "Away: the server can't be reached (ConnectionError)"


@contextlib.asynccontextmanager
async def silent(trust: ssl.SSLContext | None = None) -> AsyncIterator[tuple[int, list[float]]]:
    """A server that takes connections and never answers; when they came."""
    came: list[float] = []

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(time.monotonic())
        await reader.read()
        writer.close()

    server = await asyncio.start_server(served, "127.0.0.1", 0, ssl=trust)
    try:
        yield server.sockets[0].getsockname()[1], came
    finally:
        server.close()


async def test_a_certificate_that_is_not_trusted_is_told(
    certificate: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
    async with silent(certificate[0]) as (port, _):
        assert (await told(f"rediss://127.0.0.1:{port}")).startswith("Refused: the server's certificate is not trusted")


async def test_a_server_that_hangs_is_given_up_after_two_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    async with silent() as (port, came):
        assert (await told(f"redis://127.0.0.1:{port}")).startswith("Away: the server can't be reached (Timeout")
        assert len(came) == 2


async def test_a_server_that_would_throw_keys_away_is_known(database: Database, empty_url: str) -> None:
    assert await database.evicts() is None
    with contextlib.closing(Redis.from_url(empty_url)) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        try:
            assert await database.evicts() == "allkeys-lru"
        finally:
            client.config_set("maxmemory-policy", "noeviction")


def test_what_only_somebody_can_mend_is_away_too() -> None:
    assert issubclass(Refused, Away)
