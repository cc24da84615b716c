"""Batea's own Redis outlives whoever is killed, and ends with the last who leaves."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from redis import exceptions as wrong
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.kept import embedded as module
from bot.kept.connection import Away, connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import NoServer, embedded, socket_path
from bot.store import Chat, Commit, Store
from tests.servers import short_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.kept.connection import Database
    from tests.conftest import Clock

USER = textwrap.dedent("""
    import asyncio, sys
    from pathlib import Path
    from bot.kept.embedded import embedded

    async def use() -> None:
        async with embedded(Path(sys.argv[1])) as url:
            print(url, flush=True)
            await asyncio.to_thread(sys.stdin.readline)

    asyncio.run(use())
""")


@pytest.fixture
def data() -> Iterator[Path]:
    """A data directory with a short path; a server that is still there at the end is stopped."""
    with short_directory() as path:
        yield path / "data"
        if socket_path(path / "data").exists():
            with contextlib.closing(_client(path / "data")) as client, contextlib.suppress(wrong.ConnectionError):
                client.shutdown(nosave=True)


def _client(data: Path) -> Redis:
    return Redis(unix_socket_path=str(socket_path(data)), retry=Retry(NoBackoff(), 0))


def _pid(data: Path) -> int:
    with contextlib.closing(_client(data)) as client:
        pid: int = client.info("server")["process_id"]
        return pid


@contextlib.contextmanager
def user(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the server; a line on its standard input ends it."""
    command = [sys.executable, "-c", USER, str(data)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("unix://")
        try:
            yield process
        finally:
            process.kill()


async def test_it_starts_private_and_stops_with_the_last(data: Path) -> None:
    async with embedded(data) as url:
        assert url == f"unix://{data}/redis/redis.sock"
        with contextlib.closing(_client(data)) as client:
            assert client.config_get("port") == {"port": "0"}
            assert client.config_get("appendonly") == {"appendonly": "yes"}
        assert stat.S_IMODE((data / "redis").stat().st_mode) == 0o700
        assert stat.S_IMODE(socket_path(data).stat().st_mode) == 0o700
    assert not socket_path(data).exists()


async def test_the_data_survives_a_restart(data: Path) -> None:
    for value in (None, b"kept"):
        async with embedded(data):
            with contextlib.closing(_client(data)) as client:
                assert client.get("x") == value
                client.set("x", "kept")


async def test_it_ends_without_a_snapshot_beside_its_append_only_file(data: Path) -> None:
    async with embedded(data):
        with contextlib.closing(_client(data)) as client:
            client.set("x", "kept")
    assert list((data / "redis").rglob("*.rdb")) in ([], list((data / "redis" / "appendonlydir").glob("*.base.rdb")))


async def test_one_that_is_slow_to_end_is_left_to_whoever_comes_next(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as hurried:
        async with embedded(data):
            pid = _pid(data)
            os.kill(pid, signal.SIGSTOP)
            hurried.setattr(module, "READY_WITHIN", 0.2)
            hurried.setattr(module, "STOPPED_WITHIN", 0.2)
    os.kill(pid, signal.SIGCONT)
    async with embedded(data):
        assert _pid(data) == pid
    assert not socket_path(data).exists()


async def test_others_join_and_the_last_stops_it(data: Path) -> None:
    async with embedded(data) as url:
        first = _pid(data)
        with user(data) as other:
            assert _pid(data) == first
            other.communicate("\n", timeout=20)
            assert other.returncode == 0
        database = connect(url)
        await database.ping()
        await database.aclose()
    assert not socket_path(data).exists()


async def test_who_leaves_first_stops_nothing(data: Path) -> None:
    with user(data) as other:
        async with embedded(data):
            first = _pid(data)
        assert _pid(data) == first
        other.communicate("\n", timeout=20)
    assert not socket_path(data).exists()


async def test_many_starts_at_once_start_one(data: Path) -> None:
    async with contextlib.AsyncExitStack() as stack:
        urls = await asyncio.gather(*(stack.enter_async_context(embedded(data)) for _ in range(8)))
        assert len(set(urls)) == 1
        log = (data / "redis" / "redis.log").read_text()
        assert log.count("oO0OoO0OoO0Oo Redis is starting") == 1


async def test_killing_who_started_it_never_stops_it(data: Path, clock: Clock) -> None:
    key, chat = make_key(), Chat("sms", "1")
    with user(data) as starter:
        first = _pid(data)
        database = connect(f"unix://{socket_path(data)}")
        store = Store(database, await unlock(database, [key]), clock)
        await store.commit(Commit(chat=chat, version=0, session=b"kept"))
        os.killpg(starter.pid, signal.SIGKILL)
        starter.wait()
        assert (await store.load(chat)).session == b"kept"
        await database.aclose()
    async with embedded(data) as url:
        assert _pid(data) == first
    async with embedded(data) as url:
        database = connect(url)
        store = Store(database, await unlock(database, [key]), clock)
        assert (await store.load(chat)).session == b"kept"
        await database.aclose()


async def test_a_killed_server_is_started_again_with_its_data(data: Path) -> None:
    async with embedded(data) as url:
        database = connect(url)
        before = await unlock(database, [key := make_key()])
        os.kill(_pid(data), signal.SIGKILL)
        with pytest.raises(Away):
            await database.ping()
        async with embedded(data):
            assert (await unlock(database, [key])).mark("a", "b") == before.mark("a", "b")
        await database.aclose()


async def test_a_killed_server_is_started_again_by_who_uses_it(data: Path) -> None:
    async with embedded(data) as url, embedded(data):
        with contextlib.closing(_client(data)) as client:
            client.set("x", "kept")
        os.kill(first := _pid(data), signal.SIGKILL)
        database = connect(url)
        async with asyncio.timeout(20):
            while not await _answers(database):  # noqa: ASYNC110 - Redis calls nobody back
                await asyncio.sleep(0.1)
        await database.aclose()
        assert _pid(data) != first
        with contextlib.closing(_client(data)) as client:
            assert client.get("x") == b"kept"
        assert (data / "redis" / "redis.log").read_text().count("oO0OoO0OoO0Oo Redis is starting") == 2
    assert not socket_path(data).exists()


async def _answers(database: Database) -> bool:
    try:
        await database.ping()
    except Away:
        return False
    return True


async def test_a_server_that_hangs_gets_no_second_one_beside_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 0.05)
    async with embedded(data):
        os.kill(pid := _pid(data), signal.SIGSTOP)
        await asyncio.sleep(0.5)
        os.kill(pid, signal.SIGCONT)
        assert (data / "redis" / "redis.log").read_text().count("oO0OoO0OoO0Oo Redis is starting") == 1


async def test_a_dump_without_the_append_only_file_is_not_overwritten(data: Path) -> None:
    (data / "redis").mkdir(parents=True)
    (data / "redis" / "dump.rdb").write_bytes(b"REDIS")
    with pytest.raises(NoServer, match="appendonlydir"):
        async with embedded(data):
            pass
    assert (data / "redis" / "dump.rdb").read_bytes() == b"REDIS"
