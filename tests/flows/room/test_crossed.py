"""What is sent to one question and arrives at another, and what is tapped while the person is at something else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from flows.events import Tap
from flows.model import Checklist
from flows.session import dump
from flows.tapping import BALLOT
from flows.words import Words
from tests.flows.meeting import Meeting, opened


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    return opened(checklist, words, "A", "T")


def told(meeting: Meeting) -> list[str]:
    found: list[str] = []
    meeting.heard = lambda name, turn: found.extend(f"{name} {say.id}" for say in turn.says)
    return found


def votes(meeting: Meeting, item: str = "equal_treatment") -> list[int]:
    room = meeting.session("L").room
    assert room
    return list(room.votes.get(item, {}).values())


@pytest.mark.parametrize("decided", [("1",), ("1", "1"), ("3", "1"), ("12 3 2", "1")])
def test_a_question_that_was_settled_is_closed(meeting: Meeting, decided: tuple[str, ...]) -> None:
    """Also where it was never put to the vote, or it is only asked who used which: nobody will read it out any more."""
    if len(decided) > 1 and " " in decided[0]:
        meeting.say("T", "132")
    meeting.say("L", *decided)
    found = told(meeting)
    meeting.say("A", "131", "132")
    assert found == ["A room.closed"]


def test_one_that_comes_later_is_waited_for(meeting: Meeting) -> None:
    found = told(meeting)
    meeting.say("A", "191")
    assert found == ["A room.early"]


def test_a_tap_votes_while_the_person_is_asked_for_a_number(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("T", "hola", *"111111111")
    before = meeting.session("T")
    assert before.state == "miners"
    meeting.say("L", "hola", "1", "1", "grupo", "Uno, Dos", "3 12 5 8")
    meeting.join("T")
    meeting.say("T", "continuar")
    meeting.say("L", "1", "1", "1", "1", "1", "1", "1", "1", "20", "22", "1", "2", "2", "2")
    turn = meeting.tap("T", "131")
    assert (turn.toast is not None, votes(meeting)) == (True, [0])
    assert meeting.session("T").answers == before.answers


def test_the_tapped_vote_is_marked(meeting: Meeting) -> None:
    redrawn = meeting.tap("T", "132").redraw
    assert redrawn is not None
    assert [option.reply for option in redrawn.options if option.marked] == ["132"]


def test_outside_the_room_a_ballot_answers_nothing(meeting: Meeting) -> None:
    meeting.say("T", "dejar el grupo", "hola", *"111111111")
    assert meeting.session("T").state == "miners"
    turn = meeting.turn("T", Tap(BALLOT, meeting.session("T").asked, "131"))
    assert (turn.silence, meeting.session("T").state) == ("stale", "miners")
    assert votes(meeting) == []


def test_a_late_vote_names_its_question(meeting: Meeting) -> None:
    meeting.say("L", "1", "1")
    turns = [""]
    meeting.heard = lambda name, turn: turns.append(turn.closed) if name == "T" else None
    meeting.tap("T", "131")
    assert turns[-1] == "equal_treatment"


@pytest.mark.parametrize("what", ["joined", "asked"])
def test_a_phone_of_unknown_country_is_where_the_room_is(checklist: Checklist, words: Words, what: str) -> None:
    """Who protects there can then call it; on Telegram nothing else tells where somebody is."""
    meeting = opened(checklist, words, "T")
    meeting.kept["T"] = dump(replace(meeting.session("T"), country_guess=None))
    if what == "joined":
        meeting.join("T")
    else:
        meeting.say("L", "3", "1", "1", "1", "1")
    assert meeting.session("T").country_guess == "CO"


def test_the_country_that_was_said_stays(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "T")
    meeting.kept["T"] = dump(replace(meeting.session("T"), country_guess="PE"))
    meeting.join("T")
    assert meeting.session("T").country_guess == "PE"


def test_in_a_room_where_nobody_protects_nothing_else_is_asked(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "T", private=False)
    assert meeting.say("T", "privado") == ["private.nobody"]
