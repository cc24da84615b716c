"""Votes and hands: each counted once, on the question that it was meant for."""

from __future__ import annotations

import pytest

from flows.events import Tap, Text
from flows.model import Checklist
from flows.room.counting import counted
from flows.room.model import Room, Tally
from flows.words import Words
from tests.flows.meeting import Meeting, opened

ITEM = "equal_treatment"


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    return opened(checklist, words, "A", "B", "T")


def room(meeting: Meeting) -> Room:
    found = meeting.session("L").room
    assert found
    return found


def test_the_question_at_hand_is_put_to_the_vote(meeting: Meeting) -> None:
    assert meeting.session("L").state == ITEM
    assert len(room(meeting).chairs) == 3


@pytest.mark.parametrize("text", ["131", "13 1", "13-1", "13.1", " 131. ", "13:1"])
def test_a_vote_says_nothing_back_and_counts(meeting: Meeting, text: str) -> None:
    assert meeting.say("A", text) == []
    assert list(room(meeting).votes[ITEM].values()) == [0]


def test_the_last_vote_of_a_phone_counts(meeting: Meeting) -> None:
    meeting.say("A", "131", "132", "133", "132")
    assert list(room(meeting).votes[ITEM].values()) == [1]


def test_a_vote_on_another_question_lands_nowhere(meeting: Meeting) -> None:
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says)
    meeting.say("A", "171")
    assert told == ["A room.early"]
    assert not room(meeting).votes


def test_what_comes_after_closing_is_told_once(meeting: Meeting) -> None:
    meeting.say("L", "1")
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says)
    meeting.say("A", "131", "131", "132")
    assert told == ["A room.closed"]


@pytest.mark.parametrize("text", ["134", "130", "011", "991", "si", "1", "ok gracias", "13"])
def test_what_is_no_vote_gets_a_hint(meeting: Meeting, text: str) -> None:
    assert meeting.say("A", text) == ["room.how"]


def test_while_it_is_open_only_the_number_of_votes_is_shown(meeting: Meeting) -> None:
    meeting.say("A", "132")
    turn_says = meeting.say("L", "2")
    assert turn_says == ["room.count"]


def test_asking_for_that_number_leaves_the_buttons_of_the_question(meeting: Meeting) -> None:
    leads = meeting.session("L")
    turn = meeting.turn("L", Tap(leads.state, leads.asked, "2"))
    assert ([say.id for say in turn.says], turn.chosen) == (["room.count"], None)
    turn = meeting.turn("L", Tap(leads.state, leads.asked, "1"))
    assert turn.chosen is not None


def test_hands_and_phones_add_up_where_nobody_is_in_both(meeting: Meeting) -> None:
    meeting.say("A", "131")
    meeting.say("B", "132")
    meeting.say("T", "131")
    assert meeting.say("L", "12 3 2") == ["room.both.ask"]
    assert meeting.say("L", "1") == ["room.women"]
    assert counted(room(meeting).tallies[ITEM]) == (14, 4, 2)


@pytest.mark.parametrize(("votes", "told"), [(2, "room.few"), (3, "")])
def test_two_votes_by_phone_are_not_shown(meeting: Meeting, votes: int, told: str) -> None:
    for name in ("A", "B", "T")[:votes]:
        meeting.say(name, "131")
    turn = meeting.turn("L", Text("1"))
    assert [line.id for line in turn.says[-1].lines if line.id == "room.few"] == ([told] if told else [])
    assert (turn.says[-1].id == "room.decide") == (votes == 3)


def test_hands_alone_count_where_the_phones_raised_theirs_too(meeting: Meeting) -> None:
    meeting.say("A", "131")
    meeting.say("L", "12 3 2", "1", "2")
    assert counted(room(meeting).tallies[ITEM]) == (12, 3, 2)


def test_hands_wait_for_phones_that_have_not_voted(meeting: Meeting) -> None:
    assert meeting.say("L", "12 3 2") == ["room.noted", "room.count"]
    assert ITEM not in room(meeting).tallies
    meeting.say("A", "131")
    meeting.say("L", "1")
    assert room(meeting).step == "both"


def test_more_hands_than_people_are_counted_again(meeting: Meeting) -> None:
    assert meeting.say("L", "12 8 2") == ["room.too_many"]
    meeting.say("A", "131")
    meeting.say("B", "131")
    meeting.say("T", "131")
    assert meeting.say("L", "12 6 2", "1") == ["room.both.ask", "room.too_many"]
    assert meeting.session("L").state == ITEM
    assert not room(meeting).step
    assert room(meeting).tallies == {}


def test_after_too_many_the_right_count_is_taken(meeting: Meeting) -> None:
    for name in ("A", "B", "T"):
        meeting.say(name, "131")
    meeting.say("L", "12 6 2", "1", "10 5 2", "1")
    assert counted(room(meeting).tallies[ITEM]) == (13, 5, 2)


def test_who_came_later_can_be_counted(meeting: Meeting) -> None:
    assert meeting.say("L", "4") == ["people.ask"]
    assert meeting.say("L", "3 15 5 8") == ["equal_treatment.ask"]
    assert meeting.say("L", "12 8 2", "1") == ["room.noted", "room.count", "room.women"]


def test_the_women_alone_are_a_line_of_their_own(meeting: Meeting) -> None:
    meeting.say("L", "12 3 2", "1")
    assert meeting.say("L", "5 4 1") == ["room.too_many.women"]
    assert meeting.say("L", "5 2 1") == ["room.decide"]
    assert room(meeting).tallies[ITEM] == Tally((0, 0, 0), (12, 3, 2), (5, 2, 1))


def test_the_women_can_be_passed_over(meeting: Meeting) -> None:
    assert meeting.say("L", "17 0 0", "1", "1")[-1] == "room.decide"


def test_the_group_decides_with_a_note(meeting: Meeting) -> None:
    meeting.say("L", "12 3 2", "1", "1")
    assert meeting.say("L", "2, falta en el turno de noche") == ["others_in_area.ask"]
    assert meeting.session("L").answers[ITEM] == "no"
    assert room(meeting).notes == {ITEM: "falta en el turno de noche"}


def test_without_votes_the_answer_is_taken_as_it_is_said(meeting: Meeting) -> None:
    assert meeting.say("L", "3", "1") == ["equal_treatment.ask", "others_in_area.ask"]
    assert ITEM not in room(meeting).tallies


def test_going_back_opens_the_question_again_with_its_votes(meeting: Meeting) -> None:
    meeting.say("A", "132")
    meeting.say("L", "1", "1")
    assert meeting.say("L", "0") == ["equal_treatment.ask"]
    meeting.say("A", "131")
    assert list(room(meeting).votes[ITEM].values()) == [0]


def test_back_from_the_tally_is_the_open_question(meeting: Meeting) -> None:
    meeting.say("L", "1")
    assert meeting.say("L", "0") == ["equal_treatment.ask"]
    assert meeting.session("L").state == ITEM
    assert not room(meeting).step


def test_a_question_can_be_skipped(meeting: Meeting) -> None:
    assert meeting.say("L", "saltar") == ["skip.done", "others_in_area.ask"]


def test_rows_of_answers_stop_before_a_vote(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words)
    meeting.say("L", "3", "1")
    meeting.say("L", "1 1 1 1 1")
    assert meeting.session("L").state in {"mine_type", "hired", "pay_hours"}
    assert not room(meeting).tallies
