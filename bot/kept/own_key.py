"""The key that Batea makes for itself where it is given none: once, in its data, readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

from bot.kept.crypto import make_key
from bot.kept.folder import made

if TYPE_CHECKING:
    from pathlib import Path


def own_keys(data: Path) -> tuple[str, ...]:
    """The keys in `data`/keys, one a line, newest first; made there if there are none. Raises `NoFolder`."""
    path = data / "keys"
    if not path.exists():
        _make(made(data) / path.name)
    return tuple(path.read_text("ascii").split())


def _make(path: Path) -> None:
    """Several processes may start at the same moment: the first one's key stays, and is never seen half written."""
    draft = path.with_name(f"keys.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(make_key() + "\n")
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
