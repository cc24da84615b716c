"""Which recording is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.voices import Voices

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("locales", "question", "found"),
    [
        (("", "es_PE", "es"), "role", "es_PE/role.ogg"),
        (("", "es_PE", "es"), "miners", "es/miners.ogg"),
        (("qu", "es_PE", "es"), "role", "qu/role.ogg"),
        (("qu", "es_PE", "es"), "miners", "es/miners.ogg"),
        (("qu", "fr", "fr"), "miners", None),
        (("", "es"), "folder", None),
    ],
)
def test_the_nearest_recording(tmp_path: Path, locales: tuple[str, ...], question: str, found: str | None) -> None:
    for name in ("es/role", "es/miners", "es_PE/role", "qu/role"):
        file = tmp_path / f"{name}.ogg"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"OggS")
    (tmp_path / "es/folder.ogg").mkdir()
    assert Voices(tmp_path).find(locales, question) == found


def test_without_a_folder_there_is_none(tmp_path: Path) -> None:
    assert Voices(None).find(["es"], "role") is None
    assert Voices(tmp_path / "none").find(["es"], "role") is None
