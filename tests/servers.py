"""Servers of a test's own: a directory for one, and a cluster of three nodes on loopback."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from redis import Redis
from redis import exceptions as wrong

from bot.kept.embedded import server_binary

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOTS = 16384
NODES = 3


@contextlib.contextmanager
def short_directory() -> Iterator[Path]:
    """A directory whose path is short enough for a socket; pytest's own often is not."""
    path = Path(tempfile.mkdtemp(prefix="bt-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def cluster() -> Iterator[list[int]]:
    """The ports of a cluster of three nodes, as long as it is needed."""
    with short_directory() as data, contextlib.ExitStack() as stack:
        ports = [stack.enter_context(_node(data)) for _ in range(NODES)]
        _join(ports)
        yield ports


def cluster_url(ports: list[int]) -> str:
    """What REDIS_URL would be."""
    return f"redis://127.0.0.1:{ports[0]}?cluster=true"


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
