"""Which content is meant by what somebody typed: nothing, a version, or a file."""

from __future__ import annotations

from pathlib import Path

from flows.load import BadContent, load, versions
from flows.model import Checklist


def opened(name: str | None) -> Checklist:
    """The newest version, the version `name`, or the content file at the path `name`, beside its countries.csv.

    Raises `flows.load.BadContent` with every mistake in it, and where there is no such version or file.
    """
    if name is None or name in versions():
        return load(name or versions()[-1])
    path = Path(name)
    if path.suffix != ".toml" or not path.is_file():
        raise BadContent([f"{name}: no such version, and no such .toml file; published: {', '.join(versions())}"])
    return load(path.stem, path.parent)
