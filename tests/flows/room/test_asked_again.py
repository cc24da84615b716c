"""What was counted when a question is asked again, people come or go, or an answer is changed."""

from __future__ import annotations

import pytest

from flows.model import Checklist
from flows.room.counting import counted
from flows.room.model import Room
from flows.room.outcome import outcome
from flows.words import Words
from tests.flows.meeting import Meeting, opened

ITEM = "equal_treatment"


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    """Hands and one phone were counted on the first vote."""
    meeting = opened(checklist, words, "A")
    meeting.say("A", "131")
    meeting.say("L", "12 3 2", "1", "5 2 1")
    return meeting


def room(meeting: Meeting) -> Room:
    found = meeting.session("L").room
    assert found
    return found


@pytest.mark.parametrize("back", [("0",), ("1", "0"), ("1", "cambiar 13")])
def test_hands_hold_as_votes_do(meeting: Meeting, back: tuple[str, ...]) -> None:
    meeting.say("L", *back)
    meeting.say("A", "132")
    meeting.say("L", "1")
    assert counted(room(meeting).tallies[ITEM]) == (12, 4, 2)
    meeting.say("L", "1")
    assert room(meeting).tallies[ITEM].women == (5, 2, 1)


def test_hands_are_counted_anew(meeting: Meeting) -> None:
    meeting.say("L", "0", "10 4 2")
    assert counted(room(meeting).tallies[ITEM]) == (11, 4, 2)


def test_hands_of_people_who_left_do_not_hold(meeting: Meeting) -> None:
    meeting.say("L", "0", "4", "5", "1")
    assert counted(room(meeting).tallies[ITEM]) == (1, 0, 0)


def test_a_tally_holds_where_nobody_was_counted_anew(meeting: Meeting) -> None:
    meeting.say("A", "dejar el grupo")
    meeting.say("L", "0", "4", "5", "1")
    assert counted(room(meeting).tallies[ITEM]) == (13, 3, 2)


def test_no_more_votes_than_people(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "A", "B", "C")
    for name in ("A", "B", "C"):
        meeting.say(name, "131")
    assert meeting.say("L", "4", "2", "1")[-1] == "room.too_many"
    assert meeting.say("L", "4", "5", "1")[-1] == "room.decide"


def test_after_a_pause_only_who_is_there_counts(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "A", "B")
    meeting.say("A", "131")
    meeting.say("B", "132")
    meeting.say("L", "basta por hoy", "1")
    meeting.join("B")
    meeting.say("L", "1")
    assert room(meeting).tallies[ITEM].phones == (0, 1, 0)


def test_a_paper_that_there_is_not_was_not_seen(meeting: Meeting, checklist: Checklist) -> None:
    meeting.say("L", "1", "cambiar 5", "2")
    found = outcome(checklist, meeting.session("L"))
    assert found
    assert "registered" not in (*found.seen, *found.said)


@pytest.mark.parametrize(("women", "step"), [(0, "decide"), (4, "decide"), (5, "women")])
def test_few_women_are_not_asked_alone(checklist: Checklist, words: Words, women: int, step: str) -> None:
    """What they say would not be told apart, but all would see who says it."""
    meeting = opened(checklist, words)
    meeting.say("L", "4", f"3 12 5 {women}", "12 3 2")
    assert room(meeting).step == step


@pytest.mark.parametrize("text", ["english", "por que", "que significa", "9"])
def test_a_step_stays_whatever_is_said_in_between(meeting: Meeting, text: str) -> None:
    meeting.say("L", "0", "12 3 2")
    assert room(meeting).step == "women"
    meeting.say("L", text)
    if meeting.session("L").menu:
        meeting.say("L", "0")
    assert room(meeting).step == "women"
    assert meeting.say("L", "1") == ["room.decide"]
