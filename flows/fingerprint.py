"""The fingerprint of a content file: ids, numbers, codes, conditions and rules, in their order."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

from flows.load import CONTENT


def fingerprint(version: str, folder: Path = CONTENT) -> str:
    """SHA-256, in hexadecimal, of what the file of a version says; comments and spaces do not count.

    Raises `OSError` where there is no such file.
    """
    with (folder / f"{version}.toml").open("rb") as file:
        said = json.dumps(tomllib.load(file), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
