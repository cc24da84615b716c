"""The folder of BATEA_DATA: made when something is to be kept in it, for its owner alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class NoFolder(Exception):
    """The folder can't be made or written; `args[0]` says so."""


def made(folder: Path) -> Path:
    """The folder, made if it is not there. Raises `NoFolder`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(_told(folder, error.strerror)) from error
    return usable(folder)


def usable(folder: Path) -> Path:
    """The folder, which need not be there yet. Raises `NoFolder` where nothing can be kept in it."""
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        raise NoFolder(_told(folder, f"{there} is no folder"))
    if not os.access(there, os.W_OK | os.X_OK):
        raise NoFolder(_told(folder, f"{there} may not be written"))
    return folder


def _told(folder: Path, why: str | None) -> str:
    return f"BATEA_DATA: the folder {folder} can't be used ({why}); name another one"
