"""Whatever is written to the trail of a case has words at the desk, in every language."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import bot
from bot.referral.acting import GUARDED
from bot.referral.thread import THREAD
from flows.case import OUTCOMES, Move
from tests.bot.cases import LOCALES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

WHAT, REFERENCE = 2, 3
BUILT = {"_looked": ("open", "number", "private", "private.number")}
"""What is worked out, and by which function."""


def calls() -> Iterator[ast.Call]:
    """Every call in the code that writes to the trail of a case; what is of no single case names none."""
    for path in Path(bot.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        writers = {"Entry", "_write"} if path.name == "casework.py" else {"Entry"}
        if "from bot.referral.trail import" in source:
            found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
            yield from (one for one in found if ast.unparse(one.func) in writers and not _of_none(one))


def _of_none(call: ast.Call) -> bool:
    return len(call.args) > REFERENCE and ast.unparse(call.args[REFERENCE]) == "''"


def written() -> set[str]:
    """What is written about a case: words that stand in the code, and those of the types behind names."""
    found = {*get_args(Move), *THREAD}
    for what in (call.args[WHAT] for call in calls()):
        if isinstance(what, ast.Constant):
            found.add(str(what.value))
        elif ast.unparse(what) == "GUARDED":
            found.add(GUARDED)
        elif isinstance(what, ast.Call):
            found |= set(BUILT[ast.unparse(what.func)])
    return found


def test_what_is_written_is_found() -> None:
    assert {
        "late",
        "erased",
        "note",
        "paper",
        "open",
        "take",
        "unsent",
        "private.number",
        "private.late",
        GUARDED,
    } <= written()
    assert not {"search", "sign_in", "learn", "export"} & written()


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_that_is_written_has_words(locale: str) -> None:
    assert [what for what in written() if not TEXTS.has(locale, f"desk.did.{what}")] == []
    assert [outcome for outcome in OUTCOMES if not TEXTS.has(locale, f"desk.outcome.{outcome}")] == []
