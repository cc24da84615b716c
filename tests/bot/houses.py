"""Settings and houses for tests of the shell: real parts, nothing of this machine's environment."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot import house
from bot.kept.crypto import make_key
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from bot.house import House

NAMES = tuple(str(field.alias) for field in Settings.model_fields.values())


def alone(monkeypatch: pytest.MonkeyPatch, folder: Path, **given: str) -> None:
    """No setting but these, and no `.env`."""
    monkeypatch.chdir(folder)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)


@asynccontextmanager
async def built(monkeypatch: pytest.MonkeyPatch, folder: Path, redis_url: str, **given: str) -> AsyncIterator[House]:
    """A house on this Redis, with these settings."""
    alone(monkeypatch, folder, **{"REDIS_URL": redis_url, "BATEA_KEYS": make_key()} | given)
    async with house.opened(Settings()) as parts:
        yield parts
