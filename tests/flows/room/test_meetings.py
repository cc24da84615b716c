"""A room from its opening to its end: codes, pauses, another phone that leads, papers, the result."""

from __future__ import annotations

import pytest

from flows.events import Entry, Filled, TimerDue
from flows.model import Checklist
from flows.room.model import Room
from flows.room.outcome import outcome
from flows.words import Words
from tests.flows.meeting import OPENING, Meeting, opened

FINISH = 60


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    return opened(checklist, words, "A", "T")


def room(meeting: Meeting, name: str = "L") -> Room:
    found = meeting.session(name).room
    assert found
    return found


def finish(meeting: Meeting, name: str = "L") -> list[str]:
    """Answers 1 until the result."""
    for _ in range(FINISH):
        told = meeting.say(name, "1")
        if "send.ask" in told:
            return told
    raise AssertionError(meeting.session(name).state)


def test_a_room_begins_with_who_is_there(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("L", *OPENING[:3])
    assert meeting.say("L", "GRUPO") == ["room.begun", "organisation.ask"]
    assert meeting.say("L", "Coop Uno, Suarez") == ["people.ask"]
    assert meeting.say("L", "veinte y pico") == ["hint.people"]
    assert meeting.say("L", "3 12 5 8") == ["room.opened", "country.ask.guess"]
    assert len(meeting.code) == 5


def test_before_the_consent_there_is_no_room(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    assert meeting.say("L", "hola", "grupo") == ["welcome.ask", "room.first", "welcome.ask"]


def test_nothing_private_is_asked_in_a_room(checklist: Checklist, words: Words) -> None:
    meeting, asked = opened(checklist, words, private=True), set[str]()
    for _ in range(FINISH):
        asked.add(meeting.session("L").state)
        if "send.ask" in meeting.say("L", "1"):
            break
    private = {item.id for item in checklist.items.values() if item.private}
    assert not asked & private
    assert "audits" in asked
    assert "call_back" not in asked


def test_a_pause_closes_the_door_and_a_new_code_opens_it(meeting: Meeting) -> None:
    first = meeting.code
    meeting.say("L", "basta por hoy")
    assert meeting.code == "XXXXX"
    assert meeting.say("B", f"unir {first}") == []
    assert meeting.session("B").seat is None
    meeting.now += 3 * 86_400
    meeting.happen("L", TimerDue("reminder"))
    meeting.say("L", "continuar", "1")
    assert len(meeting.code) == 5
    assert meeting.code != first


def test_after_a_pause_phones_come_in_anew(meeting: Meeting) -> None:
    meeting.say("L", "basta por hoy", "1")
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says)
    meeting.say("A", "131")
    assert told == ["A room.gone"]
    meeting.join("A")
    meeting.say("A", "131")
    assert len(room(meeting).votes["equal_treatment"]) == 1


def test_a_paper_is_looked_at(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("L", *OPENING, "1", "1", "1")
    assert meeting.say("L", "1") == ["room.paper.ask"]
    assert meeting.say("L", "0") == ["registered.ask"]
    assert meeting.say("L", "si", "lo vimos") == ["room.paper.ask", "legal_title.ask"]
    assert room(meeting).papers == {"registered": True}


def test_where_there_is_no_paper_none_is_looked_at(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("L", *OPENING, "1", "1", "1", "1", "2")
    meeting.say("L", "6")
    assert room(meeting).papers == {"registered": False}
    assert meeting.session("L").state != "legal_title"


def test_the_result_closes_the_room_and_erases_the_votes(meeting: Meeting) -> None:
    meeting.say("A", "131")
    told = finish(meeting)
    assert told[-2:] == ["room.outcome", "send.ask"]
    assert room(meeting).votes == {}
    assert room(meeting).tallies["equal_treatment"].phones == (1, 0, 0)
    assert meeting.code == "XXXXX"


def test_participants_hear_of_the_end_and_get_the_result_if_they_want(meeting: Meeting) -> None:
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says if name != "L")
    finish(meeting)
    assert [one for one in told if "room_over" in one] == ["A menu.room_over.ask", "T menu.room_over.ask"]
    told.clear()
    meeting.say("A", "1")
    meeting.say("T", "2")
    assert [one.split(".")[0] for one in told] == ["A result", "T room"]
    assert meeting.session("A").seat is None
    assert meeting.session("T").seat is None


def test_the_outcome_tells_how_far_people_agreed(meeting: Meeting, checklist: Checklist) -> None:
    for name in ("A", "T"):
        meeting.say(name, "131")
    meeting.say("L", "12 5 1", "1", "5 2 1", "1 hay quejas")
    finish(meeting)
    found = outcome(checklist, meeting.session("L"))
    assert found
    assert (found.present, found.women, found.phones, found.hands) == (20, 8, 2, True)
    [vote] = [one for one in found.votes if one.item == "equal_treatment"]
    assert vote.figures == (14, 5, 1)
    assert vote.women == (5, 2, 1)
    assert vote.discuss
    assert vote.note == "hay quejas"
    assert "registered" in found.seen


def test_few_women_are_not_told_apart(meeting: Meeting, checklist: Checklist) -> None:
    meeting.say("L", "12 5 1", "1", "2 1 1", "1")
    found = outcome(checklist, meeting.session("L"))
    assert found
    assert [one.women for one in found.votes] == [()]


def test_another_phone_takes_the_room(meeting: Meeting) -> None:
    meeting.say("A", "131")
    assert meeting.say("L", "grupo", "3") == ["menu.room.ask", "room.hand_over"]
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says)
    meeting.say("M", "unir CODE")
    assert "M room.given" in told
    assert "L room.handed" in told
    assert meeting.session("L").room is None
    meeting.say("T", "132")
    assert sorted(room(meeting, "M").votes["equal_treatment"].values()) == [0, 1]
    assert "M room.opened" in told
    assert meeting.say("M", "2") == ["room.count"]
    assert meeting.say("M", "1") == ["equal_treatment.ask"]


def test_the_list_of_groups_and_another_meeting_of_one(meeting: Meeting) -> None:
    first = finish(meeting)
    assert first[-1] == "send.ask"
    assert meeting.say("L", "2", "2") != []
    assert meeting.say("L", "otra organizacion") == ["menu.others.ask"]
    meeting.say("L", "0")
    assert meeting.say("L", "empezar de nuevo") == ["afresh", "people.ask"]
    assert meeting.session("L").answers["organisation"] == "Coop La Esperanza"
    meeting.say("L", "2 8 2 4")
    assert "recheck.compared" in finish(meeting)


def test_a_new_group_keeps_the_one_before(meeting: Meeting) -> None:
    assert meeting.say("L", "grupo", "6") == ["menu.room.ask", "menu.others.ask"]
    assert meeting.say("L", "3") == ["room.begun", "organisation.ask"]
    kept = [one.answers.get("organisation") for one in meeting.session("L").shelf]
    assert "Coop La Esperanza" in kept


def test_a_sheet_is_typed_in_as_a_whole(meeting: Meeting) -> None:
    entries = (
        Entry("permits", "2"),
        Entry("miner_register", "1", seen=False),
        Entry("equal_treatment", "1", hands="14 4 2", women="6 1 1", note="bien"),
        Entry("ppe", "1", hands="14 4 9"),
        Entry("hired", "9"),
        Entry("children", "1"),
    )
    told = meeting.happen("L", Filled(entries))
    assert told[:2] == ["room.unclear", "room.unclear"]
    answers = meeting.session("L").answers
    assert (answers["permits"], answers["equal_treatment"]) == ("no", "yes")
    assert not {"ppe", "hired", "children"} & set(answers)
    assert room(meeting).tallies["equal_treatment"].women == (6, 1, 1)
    assert room(meeting).papers["miner_register"] is False


def test_deleting_closes_the_door(meeting: Meeting) -> None:
    meeting.say("L", "borrar")
    assert meeting.doors == {}
