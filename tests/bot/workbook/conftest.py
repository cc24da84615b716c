from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bot.workbook.rooms import Room, furnish, placed


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room")
    furnish(placed(folder))
    return folder


@pytest.fixture
def room(furnished: Path, tmp_path: Path) -> Room:
    """A room of the test's own."""
    return placed(shutil.copytree(furnished, tmp_path / "room"))
