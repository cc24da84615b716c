"""Recorded questions: `<locale>/<question>.ogg` in a folder, for whoever would rather hear than read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Voices:
    """The recordings in a folder that need not be there."""

    folder: Path | None = None

    def find(self, locales: Iterable[str], question: str) -> str | None:
        """The first recording there is, by its place in the folder; None where nobody has spoken it."""
        if self.folder is None:
            return None
        files = (f"{locale}/{question}.ogg" for locale in locales if locale)
        return next((file for file in files if (self.folder / file).is_file()), None)
