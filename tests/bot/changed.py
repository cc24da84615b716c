"""New content versions for the tests: the published one with some pieces changed, and the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app
from flows.load import CONTENT
from tests.bot.cases import VERSION

NEW = "2027-01"
HEAD = "[[section.items]]\n"


def batea(*words: str) -> Result:
    return CliRunner().invoke(app, ["flow", *words])


def written(folder: Path, *changed: tuple[str, str]) -> str:
    """The path of a new version in `folder`: the published one with these pieces changed."""
    text = (CONTENT / f"{VERSION}.toml").read_text(encoding="utf-8")
    for old, new in ((f'version = "{VERSION}"', f'version = "{NEW}"'), *changed):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    shutil.copy(CONTENT / "countries.csv", folder)
    path = folder / f"{NEW}.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def entry(name: str) -> str:
    """An item as it stands in the file, without the heading of the section that follows."""
    text = (CONTENT / f"{VERSION}.toml").read_text(encoding="utf-8")
    found = next(part for part in text.split(HEAD) if part.startswith(f'id = "{name}"'))
    return found.partition("[[section]]")[0]
