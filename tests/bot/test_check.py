"""`batea check` and the start say in words what is wrong with folder, store and keys."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from bot.commands.check import check
from bot.kept.crypto import make_key
from bot.kept.embedded import embedded
from bot.kept.folder import NoFolder, made, usable
from tests.bot.houses import alone, built
from tests.bot.test_cli import batea
from tests.servers import short_directory

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_directory() as path:
        yield path


async def test_a_key_that_is_missing_fails_the_check(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    old, new = make_key(), make_key()
    for keys in (old, f"{new},{old}"):
        async with built(monkeypatch, tmp_path, empty_url, BATEA_KEYS=keys):
            pass
    told = batea(tmp_path, "check", REDIS_URL=empty_url, BATEA_KEYS=new)
    assert told.returncode == 1
    assert "BATEA_KEYS: a key is missing" in told.stderr
    told = batea(tmp_path, "web", REDIS_URL=empty_url, BATEA_KEYS=new, PORT="1")
    assert told.returncode == 2


def test_a_store_of_our_own_and_other_keys(folder: Path) -> None:
    assert batea(folder, "check").returncode == 0
    assert not (folder / "data").exists()
    assert batea(folder, "referrals", "list").returncode == 0
    assert batea(folder, "check").returncode == 0
    told = batea(folder, "check", BATEA_KEYS=make_key())
    assert told.returncode == 1
    assert "BATEA_KEYS: none of these keys opens this store" in told.stderr


def test_a_policy_that_throws_away_what_is_kept_is_remarked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alone(monkeypatch, tmp_path, REDIS_URL=empty_url, BATEA_KEYS=make_key())
    with contextlib.closing(Redis.from_url(empty_url)) as client:
        client.config_set("maxmemory-policy", "volatile-lru")
        try:
            check()
        finally:
            client.config_set("maxmemory-policy", "noeviction")
    assert "maxmemory-policy is volatile-lru" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "web", "referrals list", "stats", "contacts secret"])
def test_a_folder_that_can_not_be_one_is_named(command: str, folder: Path) -> None:
    (folder / "file").write_text("")
    told = batea(folder, *command.split(), BATEA_DATA=str(folder / "file" / "data"), PORT="8123")
    assert told.returncode in {1, 2}
    assert "BATEA_DATA: the folder" in told.stderr
    assert "Traceback" not in told.stderr


def test_what_a_folder_has_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "a" / "b"
    assert usable(new) == new
    assert not new.exists()
    assert made(new).stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("")
    for ask in (usable, made):
        with pytest.raises(NoFolder, match="BATEA_DATA"):
            ask(tmp_path / "file")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(NoFolder, match="may not be written"):
        usable(tmp_path)


async def test_a_data_folder_in_use_is_checked_as_well(folder: Path) -> None:
    async with embedded(folder / "data"):
        assert batea(folder, "check").returncode == 0
