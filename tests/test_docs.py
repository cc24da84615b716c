"""The documentation says what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.case import OUTCOMES
from flows.drawing import mermaid
from flows.load import load
from flows.reference import EXAMPLE, read
from tests.bot.cases import TEXTS

BUTTONS = (
    *(f"desk.do.{name}" for name in ("take", "contacted", "contacted.again", "close", "reopen", "assign", "note")),
    *(
        "desk.reveal",
        "desk.write",
        "desk.write.back",
        "desk.write.do.news",
        "desk.in.send",
        "desk.in.press",
        "desk.out",
    ),
    *("desk.next", "desk.reach", "desk.papers", "desk.written", "desk.history", "desk.answers", "desk.protection"),
    *("report.group", "report.arm", "export.title", "learn.title", "learn.csv", "desk.search.go", "desk.label.due"),
)
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


@pytest.mark.parametrize(("page", "locale"), [("desk.md", "en"), ("mesa.md", "es")])
def test_what_staff_are_told_to_press_and_read_is_called_as_on_the_page(page: str, locale: str) -> None:
    text = " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").split())
    called = [TEXTS.get(locale, key) for key in (*BUTTONS, *(f"desk.outcome.{one}" for one in OUTCOMES))]
    assert [name for name in called if name.lower() not in text.lower()] == []
    letters = [f"| **{letter}** {TEXTS.get(locale, f'desk.letter.{letter}')} |" for letter in "PABFDX"]
    assert [row for row in letters if row not in text] == []
