"""The documentation says what is there."""

from __future__ import annotations

import re
from pathlib import Path

from flows.drawing import mermaid
from flows.load import load
from flows.reference import EXAMPLE, read

ROOT = Path(__file__).parent.parent


def test_the_machine_in_the_architecture_is_drawn_from_the_code() -> None:
    assert mermaid(load("2026-11")) in (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_the_numbers_of_cases_in_the_commands_are_read() -> None:
    named = re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", (ROOT / "docs/operating.md").read_text(encoding="utf-8"))
    assert EXAMPLE in named
    assert [name for name in named if read(name) != name] == []


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = {part for part in text.split("`") if part.startswith(("bot/", "flows/", "tests/")) and "<" not in part}
    assert named
    assert [name for name in named if not (ROOT / name.rstrip("/")).exists()] == []
