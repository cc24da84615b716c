"""What tests stand on: a real Redis (and a real cluster), emptied for each test, and a clock that a test moves."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from bot.kept.connection import connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import embedded
from bot.kept.timers import Timers
from bot.outbox import Outbox
from bot.store import Store
from tests.servers import cluster, cluster_url, short_directory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault


class Clock:
    """Epoch seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A server of this test run's own, on a private socket."""
    with short_directory() as data, asyncio.Runner() as runner:
        server = embedded(data)
        yield runner.run(server.__aenter__())
        runner.run(server.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def cluster_ports() -> Iterator[list[int]]:
    """A cluster of three nodes on loopback."""
    with cluster() as ports:
        yield ports


@pytest.fixture
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of an emptied store; parametrize it (indirectly) with "cluster" to get the cluster's."""
    if getattr(request, "param", "standalone") == "cluster":
        ports: list[int] = request.getfixturevalue("cluster_ports")
        servers = [f"redis://127.0.0.1:{port}" for port in ports]
        url = cluster_url(ports)
    else:
        url = request.getfixturevalue("redis_url")
        servers = [url]
    for server in servers:
        with contextlib.closing(Redis.from_url(server)) as client:
            client.flushall()
    return url


@pytest.fixture
async def database(empty_url: str) -> AsyncIterator[Database]:
    """An emptied store."""
    found = connect(empty_url)
    yield found
    await found.aclose()


@pytest.fixture
async def vault(database: Database) -> Vault:
    """A vault with a key of its own."""
    return await unlock(database, [make_key()])


@pytest.fixture
def store(database: Database, vault: Vault, clock: Clock) -> Store:
    """Chats."""
    return Store(database, vault, clock)


@pytest.fixture
def outbox(database: Database, vault: Vault, clock: Clock) -> Outbox:
    """Outgoing messages."""
    return Outbox(database, vault, clock)


@pytest.fixture
def timers(database: Database, vault: Vault, clock: Clock) -> Timers:
    """Timers."""
    return Timers(database, vault, clock)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the golden transcripts."""
    parser.addoption("--update", action="store_true", help="rewrite the golden transcripts")
