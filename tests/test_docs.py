"""The documentation says what is there."""

from __future__ import annotations

from pathlib import Path

from flows.drawing import mermaid
from flows.load import load

ROOT = Path(__file__).parent.parent


def test_the_machine_in_the_architecture_is_drawn_from_the_code() -> None:
    assert mermaid(load("2026-11")) in (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_every_file_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = {part for part in text.split("`") if part.startswith(("bot/", "flows/", "tests/")) and "<" not in part}
    assert named
    assert [name for name in named if not (ROOT / name.rstrip("/")).exists()] == []
