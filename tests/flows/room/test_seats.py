"""A participant's phone: coming in, staying in, its own talk beside the room, and what is said in private."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events import FromRoom, OptedOut, Phone, Post
from flows.model import Checklist
from flows.room.model import Seat
from flows.scene import Turn
from flows.session import dump
from flows.words import Words
from tests.flows.meeting import Meeting, opened


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    return opened(checklist, words, "A", "B")


def heard(meeting: Meeting) -> list[str]:
    told: list[str] = []
    meeting.heard = lambda name, turn: told.extend(f"{name} {say.id}" for say in turn.says)
    return told


@pytest.mark.parametrize(
    "text",
    [
        *("unir CODE", "UNIR  CODE.", "Unirme CODE", "join CODE", "entrar CODE", "rejoindre CODE", "grupo CODE"),
        *("CODE", "/start join-CODE", "/join CODE", "unir: CODE", "sala CODE"),
    ],
)
def test_ways_to_come_in(meeting: Meeting, text: str) -> None:
    told = heard(meeting)
    assert meeting.say("C", text.replace("CODE", meeting.code)) == []
    assert told == ["C room.joined"]


def test_a_code_is_read_as_people_write_it(meeting: Meeting) -> None:
    told, code = heard(meeting), meeting.code
    meeting.say("C", f"unir {code[:2]} {code[2:]}")
    meeting.say("D", f"unir {code.lower().replace('0', 'o').replace('1', 'l')}")
    assert told == ["C room.joined", "D room.joined"]


@pytest.mark.parametrize("text", ["unir 00000", "unir a mi grupo", "unir", "hola"])
def test_what_opens_no_room(meeting: Meeting, text: str) -> None:
    told = heard(meeting)
    meeting.say("C", text)
    assert "C room.joined" not in told


def test_codes_cannot_be_guessed(meeting: Meeting) -> None:
    told = heard(meeting)
    for n in range(8):
        meeting.say("C", f"unir 3ZZZ{n}")
    assert told.count("C room.wrong") == 5
    assert told.count("C room.tries") == 3
    meeting.now += 3600
    told.clear()
    meeting.say("C", f"unir {meeting.code}")
    assert told == ["C room.joined"]


def test_coming_in_twice_is_one_chair(meeting: Meeting) -> None:
    meeting.join("A")
    room = meeting.session("L").room
    assert room
    assert len(room.chairs) == 2
    assert room.joined == 2


def test_who_comes_late_on_telegram_gets_the_open_question(meeting: Meeting) -> None:
    told = heard(meeting)
    meeting.join("T")
    assert told == ["T room.joined", "T equal_treatment.ask"]


def test_by_sms_questions_are_sent_to_whoever_asks(meeting: Meeting) -> None:
    told = heard(meeting)
    meeting.say("A", "preguntas")
    assert told == ["A room.questions", "A equal_treatment.ask"]
    told.clear()
    meeting.say("L", "3", "1", "3", "1", "1")
    assert [one for one in told if one.startswith("A")] == ["A pay_hours.ask"]
    assert not [one for one in told if one.startswith("B")]


def test_a_tap_votes_whatever_it_stood_under(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "T")
    assert meeting.tap("T", "132").toast
    room = meeting.session("L").room
    assert room
    assert list(room.votes["equal_treatment"].values()) == [1]


def test_leaving_takes_the_open_vote_along(meeting: Meeting) -> None:
    meeting.say("A", "131")
    assert meeting.say("A", "dejar el grupo") == ["room.left"]
    room = meeting.session("L").room
    assert room
    assert len(room.chairs) == 1
    assert room.votes["equal_treatment"] == {}


def test_an_own_talk_goes_on_beside_the_room(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("A", "hola", "1", "1", "1")
    meeting.say("L", "hola", "1", "1", "grupo", "Uno, Dos", "3 12 5 8")
    meeting.join("A")
    assert meeting.say("A", "1") == ["room.how"]
    assert meeting.say("A", "continuar") == ["country.ask.guess"]
    assert meeting.say("A", "1") == ["metals.ask"]
    assert meeting.say("A", "131") == []


def test_where_a_number_is_asked_for_a_number_is_no_vote(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("A", "hola", *"111111111")
    assert meeting.session("A").state == "miners"
    meeting.say("L", "hola", "1", "1", "grupo", "Uno, Dos", "3 12 5 8")
    meeting.join("A")
    meeting.say("A", "continuar")
    assert meeting.say("A", "131") == ["days_month.ask"]
    assert meeting.session("A").answers["miners"] == 131


def test_stop_is_stop(meeting: Meeting) -> None:
    assert meeting.say("A", "parar") == ["stopped"]
    told = heard(meeting)
    meeting.say("A", "preguntas")
    meeting.say("L", "1", "1")
    assert not [one for one in told if one.startswith("A")]


def test_whoever_is_out_hears_nothing(meeting: Meeting) -> None:
    meeting.turn("A", OptedOut(tell=False))
    turn = meeting.turn("A", FromRoom(meeting.session("A").seat.room, "early"))  # type: ignore[union-attr]
    assert turn.says == ()


def test_only_the_own_room_is_heard(meeting: Meeting) -> None:
    for what in ("early", "closed", "gone", "ended", "asked", "moved"):
        assert meeting.happen("A", _word(what)) == []
    assert isinstance(meeting.session("A").seat, Seat)


def test_a_private_talk_is_a_referral_of_its_own(meeting: Meeting) -> None:
    talks: list[Turn] = []
    meeting.heard = lambda _, turn: talks.append(turn) if turn.talk else None
    assert meeting.say("A", "PRIVADO") == ["private.talk", "call_how.ask"]
    assert meeting.say("A", "2 a las 6") == ["talk"]
    [turn] = talks
    assert turn.talk
    assert turn.talk.answers == {"country": "CO", "call_back": "yes", "call_how": "only_batea", "call_note": "a las 6"}
    after = meeting.session("A")
    assert after.reference is None
    assert after.answers == {}
    assert after.sent == (turn.talk.reference,)
    assert meeting.say("A", "131") == []


@pytest.mark.parametrize("reply", ["0", "3"])
def test_a_private_talk_can_be_left(meeting: Meeting, reply: str) -> None:
    before = meeting.session("A").answers
    meeting.say("A", "privado", reply)
    after = meeting.session("A")
    assert after.aside is None
    assert after.answers == before


def test_it_is_there_for_anybody(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("A", "hola", "1", "1", "1")
    assert meeting.say("A", "privado") == ["private.talk", "call_how.ask"]
    assert meeting.say("A", "1") == ["talk", "country.ask.guess"]
    assert meeting.session("A").answers["role"] == "leader"


def test_where_nobody_protects_that_is_said(checklist: Checklist, words: Words) -> None:
    meeting = opened(checklist, words, "A", private=False)
    assert meeting.say("A", "privado")[0] == "private.nobody"
    assert meeting.session("A").aside is None


SAID = st.lists(
    st.sampled_from(["131", "132", "133", "191", "hola", "1", "0", "9", "preguntas", "dejar el grupo", "unir CODE"]),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 6), words_said=SAID, how=st.sampled_from(["1", "2", "3", "0"]))
def test_no_output_of_a_room_changes_with_what_is_said_in_private(
    checklist: Checklist, words: Words, at: int, words_said: list[str], how: str
) -> None:
    outputs = []
    for private in (False, True):
        meeting = opened(checklist, words, "A", "B")
        seen: list[tuple[str, object]] = []
        meeting.heard = lambda name, turn, seen=seen: seen.append((name, turn)) if name != "A" else None  # type: ignore[misc]
        for n, text in enumerate([*words_said, "131"]):
            if private and n == at:
                meeting.say("A", "privado", how)
            meeting.say("B", text)
        meeting.say("L", "2", "12 3 2", "1", "1", "1", "1")
        outputs.append([(name, turn.says, turn.silence, turn.posts) for name, turn in seen if isinstance(turn, Turn)])
    assert _shape(outputs[0]) == _shape(outputs[1])


def _shape(turns: Sequence[tuple[str, object, str, tuple[Post, ...]]]) -> list[tuple[str, object, str, int]]:
    """Codes are made of chance, which differs; everything else is the same."""
    return [(name, said, silence, len(posts)) for name, said, silence, posts in turns]


def test_a_session_with_a_room_or_a_seat_goes_through_json(meeting: Meeting) -> None:
    for name in ("L", "A"):
        assert dump(meeting.session(name)) == meeting.kept[name]


def _word(what: str) -> FromRoom:
    return FromRoom("another", what, home=Phone("sms", "X"), item="ppe", wording="ppe.ask")


def test_the_first_word_of_a_phone_may_be_the_private_one(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    assert meeting.say("X", "PRIVADO") == ["private.talk", "call_how.ask"]
    talks: list[Turn] = []
    meeting.heard = lambda _, turn: talks.append(turn)
    assert meeting.say("X", "1") == ["talk"]
    assert talks[0].talk
    assert meeting.say("X", "hola") == ["welcome.ask"]


def test_where_nobody_can_call_no_call_is_promised(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words, private=False)
    assert "room.opened.nobody" in meeting.say("L", "hola", "1", "1", "grupo", "Uno, Dos", "20")
    assert meeting.say("X", "privado") == ["private.nobody", "welcome.ask"]
