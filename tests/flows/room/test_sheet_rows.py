"""A sheet typed in by SMS: each answer carries its question's number."""

from __future__ import annotations

import pytest

from flows.events import Entry
from flows.model import Checklist
from flows.room.sheet_rows import read_rows
from flows.words import Words
from tests.flows.meeting import opened


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10 1v; 11 2", [Entry("permits", "1", seen=True), Entry("production_map", "2")]),
        ("10: 1 V\n11) 1n", [Entry("permits", "1", seen=True), Entry("production_map", "1", seen=False)]),
        ("13 14-4-2 1", [Entry("equal_treatment", "1", "14-4-2")]),
        ("13 14/4/2 6-1-1 1 falta oir", [Entry("equal_treatment", "1", "14/4/2", "6-1-1", None, "falta oir")]),
        ("15 1+3; 16 ?", [Entry("mine_type", "1+3"), Entry("hired", "?")]),
        ("10 1v", [Entry("permits", "1", seen=True)]),
        ("10 1", []),
        ("12 3 2", []),
        ("1 1 2 3", []),
        ("99 1; 10 1", []),
        ("10 1; nada", []),
        ("1", []),
        ("", []),
    ],
)
def test_what_is_a_sheet(checklist: Checklist, text: str, found: list[Entry]) -> None:
    assert read_rows(checklist, text) == tuple(found)


def test_a_sheet_is_taken_in_one_message(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words)
    told = meeting.say("L", "10 2; 12 1v; 13 14-4-2 6-1-1 1 bien; 17 20-0-0 1; 20 30-0-0 1")
    assert told[:2] == ["batch.all", "room.unclear"]
    session = meeting.session("L")
    assert session.room
    assert {name: session.answers[name] for name in ("permits", "miner_register", "equal_treatment", "pay_hours")} == {
        "permits": "no",
        "miner_register": "yes",
        "equal_treatment": "yes",
        "pay_hours": "yes",
    }
    assert session.room.papers["miner_register"]
    assert session.room.tallies["equal_treatment"].women == (6, 1, 1)
    assert "ppe" not in session.answers
