"""Golden conversations. `pytest --update` rewrites them; read what changed before it is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.texts import Texts
from flows.model import Checklist
from flows.words import Words
from tests.transcript import play
from tests.transcript_of_rooms import play as play_room

FOLDER = Path(__file__).parent.parent / "transcripts"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_conversation(
    path: Path, checklist: Checklist, words: Words, texts: Texts, request: pytest.FixtureRequest
) -> None:
    played = play(path, checklist, words, texts)
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((FOLDER / "rooms").glob("*.txt")), ids=lambda path: path.stem)
def test_room(path: Path, checklist: Checklist, words: Words, texts: Texts, request: pytest.FixtureRequest) -> None:
    played = play_room(path, checklist, words, texts)
    if request.config.getoption("--update"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


def test_there_are_enough_people() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 14
