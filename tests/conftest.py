"""What tests stand on: a real Redis (and a real cluster), emptied for each test, and a clock that a test moves."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from redis import exceptions as wrong

from bot.kept.connection import connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import embedded, server_binary
from bot.kept.timers import Timers
from bot.outbox import Outbox
from bot.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

SLOTS = 16384
NODES = 3


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
    with short_directory() as data, contextlib.ExitStack() as stack:
        ports = [stack.enter_context(_node(data)) for _ in range(NODES)]
        _join(ports)
        yield ports


@pytest.fixture
def empty_url(request: pytest.FixtureRequest) -> str:
    """The URL of an emptied store; parametrize it (indirectly) with "cluster" to get the cluster's."""
    if getattr(request, "param", "standalone") == "cluster":
        ports: list[int] = request.getfixturevalue("cluster_ports")
        servers = [f"redis://127.0.0.1:{port}" for port in ports]
        url = f"{servers[0]}?cluster=true"
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


@contextlib.contextmanager
def short_directory() -> Iterator[Path]:
    """A directory whose path is short enough for a socket; pytest's own often is not."""
    path = Path(tempfile.mkdtemp(prefix="bt-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def _node(data: Path) -> Iterator[int]:
    port = _free_port()
    directory = data / str(port)
    directory.mkdir()
    settings = {"port": port, "bind": "127.0.0.1", "cluster-enabled": "yes", "cluster-node-timeout": 5000}
    settings |= {"dir": directory, "save": "", "appendonly": "no", "logfile": directory / "log"}
    words = [str(word) for name, value in settings.items() for word in (f"--{name}", value)]
    with subprocess.Popen([server_binary(), *words], stdout=subprocess.DEVNULL) as process:
        try:
            yield port
        finally:
            process.kill()


def _join(ports: list[int]) -> None:
    clients = [_ready(port) for port in ports]
    for number, client in enumerate(clients):
        first, last = SLOTS * number // NODES, SLOTS * (number + 1) // NODES
        client.execute_command("CLUSTER ADDSLOTS", *range(first, last))
        client.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
    for port in ports[1:]:
        clients[0].execute_command("CLUSTER MEET", "127.0.0.1", port)
    deadline = time.monotonic() + 20
    while not all(_whole(client) for client in clients):
        assert time.monotonic() < deadline, "the cluster did not form"
        time.sleep(0.05)
    for client in clients:
        client.close()


def _whole(client: Redis) -> bool:
    info = client.execute_command("CLUSTER INFO")
    return info["cluster_state"] == "ok" and info["cluster_known_nodes"] == str(NODES)


def _ready(port: int) -> Redis:
    client = Redis(port=port)
    deadline = time.monotonic() + 10
    while True:
        with contextlib.suppress(wrong.ConnectionError):
            client.ping()
            return client
        assert time.monotonic() < deadline, "a node did not start"
        time.sleep(0.02)


def _free_port() -> int:
    """A port that is free, as is the one 10,000 above it: the cluster's bus."""
    while True:
        with socket.socket() as node, socket.socket() as bus, contextlib.suppress(OSError):
            node.bind(("127.0.0.1", secrets.choice(range(20000, 50000))))
            port: int = node.getsockname()[1]
            bus.bind(("127.0.0.1", port + 10000))
            return port


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites the golden transcripts."""
    parser.addoption("--update", action="store_true", help="rewrite the golden transcripts")
