"""Phones that come, go, delete, lead two rooms or none: nobody is left hanging, and no number stays behind."""

from __future__ import annotations

import pytest

from flows.events import Called, FromRoom, OptedIn, OptedOut, Tap, TimerDue
from flows.model import Checklist
from flows.room.model import Room
from flows.session import load
from flows.words import Words
from tests.flows.meeting import OPENING, TO_THE_VOTE, Meeting, opened

FINISH = 60
OTHER = ("hola", "1", "1", "grupo", "Otra, Alla", "10")
HALF_A_DAY = 12 * 3600


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    return opened(checklist, words, "A", "B")


def room(meeting: Meeting, name: str = "L") -> Room:
    found = meeting.session(name).room
    assert found
    return found


def phones(meeting: Meeting, name: str = "L") -> list[str]:
    return [chair.phone.address for chair in room(meeting, name).chairs]


def finish(meeting: Meeting) -> None:
    for _ in range(FINISH):
        if "send.ask" in meeting.say("L", "1"):
            return
    raise AssertionError(meeting.session("L").state)


def heard(meeting: Meeting) -> list[str]:
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says)
    return told


def test_whoever_deletes_leaves_neither_vote_nor_number(meeting: Meeting) -> None:
    meeting.say("A", "131", "borrar")
    assert phones(meeting) == ["B"]
    assert room(meeting).votes == {"equal_treatment": {}}
    meeting.say("A", "recuperar")
    assert meeting.session("A").seat is None


def test_whoever_keeps_nothing_leaves_too(meeting: Meeting) -> None:
    meeting.say("A", "continuar", "2")
    assert "A" not in meeting.kept
    assert phones(meeting) == ["B"]


def test_into_another_room_is_out_of_this_one(meeting: Meeting) -> None:
    meeting.say("M", *OTHER)
    meeting.join("A")
    assert (phones(meeting), phones(meeting, "M")) == (["B"], ["A"])


def test_whoever_leads_a_room_is_in_it(meeting: Meeting) -> None:
    assert meeting.say("L", "unir CODE") == ["equal_treatment.ask"]
    assert meeting.session("L").seat is None
    assert meeting.say("L", "12 3 2") == ["room.noted", "room.count"]


def test_no_phone_takes_its_own_room_over(meeting: Meeting) -> None:
    meeting.say("L", "grupo", "3", "unir CODE")
    assert phones(meeting) == ["A", "B"]


def test_whoever_leads_one_can_be_in_another(meeting: Meeting) -> None:
    meeting.say("M", *OTHER)
    meeting.join("L")
    assert meeting.say("L", "12 3 2") == ["room.noted", "room.count"]


def test_a_participant_takes_over(meeting: Meeting) -> None:
    """The chair is empty then: that phone cannot vote, and nobody waits for it."""
    meeting.say("L", "grupo", "3")
    meeting.say("A", "131", "unir CODE")
    assert phones(meeting, "A") == ["B"]
    meeting.say("B", "131")
    assert meeting.say("A", "12 3 2") == ["room.both.ask"]


def test_a_call_and_a_name_stay_with_whoever_led(meeting: Meeting) -> None:
    given: list[bytes] = []
    meeting.heard = lambda _, turn: given.extend(
        post.event.given for post in turn.posts if isinstance(post.event, FromRoom) and post.event.given
    )
    meeting.say("L", "clave 4711", "hablar con una persona", "1", "1 3001234567")
    assert meeting.session("L").reference
    meeting.say("L", "grupo", "3")
    meeting.say("M", "unir CODE")
    assert b"3001234567" not in given[0]
    assert b"4711" not in given[0]
    assert load(given[0]).reference is None
    assert not {"call_back", "call_how", "call_note"} & set(meeting.session("M").answers)
    meeting.say("M", "0", "0", "0")
    assert b"3001234567" not in meeting.kept["M"]


def test_participants_get_the_result_and_nothing_of_whoever_led(meeting: Meeting) -> None:
    given: list[bytes] = []
    finish(meeting)
    meeting.say("L", "1", "2", "Rosa Ibarra")
    meeting.heard = lambda _, turn: given.extend(
        post.event.given for post in turn.posts if isinstance(post.event, FromRoom)
    )
    meeting.say("A", "si")
    assert load(given[0]).answers["registered"] == "yes"
    assert b"Rosa" not in given[0]
    assert phones(meeting) == ["B"]


@pytest.mark.parametrize(("text", "left"), [("2", True), ("no gracias", True), ("gracias", False), ("131", False)])
def test_the_end_is_answered_in_words_days_later(meeting: Meeting, text: str, *, left: bool) -> None:
    finish(meeting)
    meeting.now += 5 * 86_400
    meeting.say("A", text)
    assert meeting.session("A").answers == {}
    assert (meeting.session("A").seat is None, "A" not in phones(meeting)) == (left, left)


def test_a_late_vote_does_not_cost_the_result(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "T")
    finish(meeting)
    told = heard(meeting)
    meeting.tap("T", "131")
    assert told == ["T room.closed"]
    meeting.say("T", "1")
    assert told[-1].startswith("T result.")


def test_whoever_wants_no_messages_answers_no_question_unseen(meeting: Meeting) -> None:
    meeting.turn("A", OptedOut(tell=False))
    finish(meeting)
    assert meeting.turn("A", OptedIn()).says
    assert meeting.say("A", "1") == ["consent.ask"]


def test_a_room_that_is_long_over_holds_nobody(meeting: Meeting) -> None:
    meeting.say("L", "borrar")
    meeting.now += HALF_A_DAY
    assert meeting.say("A", "hola") == ["welcome.ask"]


def test_after_a_leader_took_it_back_the_room_goes_on(meeting: Meeting) -> None:
    meeting.say("L", "borrar", "recuperar")
    meeting.say("A", "131")
    assert list(room(meeting).votes["equal_treatment"].values()) == [0]


def test_what_a_reminder_asks_can_be_answered_in_a_room(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("A", "hola", "1", "1", "1", "1", "basta por hoy")
    meeting.say("L", *OPENING)
    meeting.join("A")
    meeting.say("L", *TO_THE_VOTE)
    assert meeting.happen("A", TimerDue("reminder")) == ["reminder", "metals.ask"]
    meeting.say("A", "1", "131")
    assert meeting.session("A").answers["metals"] == ("gold",)
    assert list(room(meeting).votes["equal_treatment"].values()) == [0]


def test_a_missed_call_can_be_answered_in_a_room(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("A", "hola", "1", "1", "1")
    meeting.say("L", *OPENING)
    meeting.join("A")
    assert meeting.happen("A", Called()) == ["call_back.ask"]
    assert meeting.say("A", "1") == ["call_how.ask"]


def test_a_ballot_never_answers_an_own_question(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words)
    meeting.say("T", "hola", *"111111111")
    meeting.join("T")
    meeting.say("T", "continuar")
    assert meeting.session("T").state == "miners"
    asked = meeting.session("T").asked
    meeting.turn("T", Tap("ballot", asked, "131"))
    meeting.say("T", "dejar el grupo")
    meeting.turn("T", Tap("ballot", asked, "131"))
    assert "miners" not in meeting.session("T").answers
