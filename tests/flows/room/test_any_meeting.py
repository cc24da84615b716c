"""Whatever the phones of a room say in whatever order: nothing breaks, and tallies equal the votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.events import OptedOut, Tap, TimerDue, Unreadable
from flows.model import Checklist
from flows.room.model import Room
from flows.words import Words
from tests.flows.meeting import Meeting, opened

PHONES = ("A", "B", "T")
TEXTS = (
    *("1", "2", "3", "4", "0", "9", "8", "00", "99", "?", "12 3 2", "5 2 1", "3 12 5 8", "1 1 2", "131", "132", "171"),
    *(
        "191",
        "203",
        "unir CODE",
        "unir 00000",
        "grupo",
        "privado",
        "dejar el grupo",
        "preguntas",
        "continuar",
        "saltar",
    ),
    *(
        "saltar",
        "basta por hoy",
        "borrar",
        "deshacer",
        "parar",
        "hola",
        "empezar de nuevo",
        "otra organizacion",
        "english",
        "x",
    ),
)
EVENTS = (TimerDue("reminder"), TimerDue("recheck"), TimerDue("erase"), Unreadable("photo"), OptedOut(tell=False))
STEP = st.tuples(
    st.sampled_from(("L", "L", "L", *PHONES)),
    st.one_of(
        st.sampled_from(TEXTS), st.sampled_from(EVENTS), st.builds(Tap, st.just(""), st.just(0), st.sampled_from(TEXTS))
    ),
)


@settings(max_examples=150, deadline=None)
@given(steps=st.lists(STEP, max_size=25))
def test_nothing_breaks(checklist: Checklist, words: Words, steps: list[tuple[str, str | Tap]]) -> None:
    meeting = opened(checklist, words, *PHONES)
    meeting.heard = lambda name, turn: _spoken(name, turn.says, turn.toast, turn.silence)
    for name, what in steps:
        if isinstance(what, str):
            meeting.say(name, what)
        else:
            meeting.happen(name, what)
    _whole(meeting)


def _spoken(name: str, *said: object) -> None:
    assert any(said), f"{name} hears nothing, and nobody says why"


def _whole(meeting: Meeting) -> None:
    """Doors lead to rooms that wait for them, and nothing private is in a room."""
    for code, name in meeting.doors.items():
        session = meeting.session(name)
        rooms = [one.room for one in (session, *session.shelf) if one.room]
        assert any(code in (room.code, room.handover, room.page) for room in rooms)
        assert not any(_private(meeting, one.answers) for one in (session, *session.shelf) if one.room)


def _private(meeting: Meeting, answers: Mapping[str, object]) -> bool:
    return any(meeting.checklist.items[name].private for name in answers if name in meeting.checklist.items)


VOTES = st.lists(st.tuples(st.sampled_from(PHONES), st.integers(1, 3)), max_size=12)


@settings(max_examples=80, deadline=None)
@given(votes=VOTES)
def test_a_tally_is_the_last_vote_of_each_phone(
    checklist: Checklist, words: Words, votes: list[tuple[str, int]]
) -> None:
    meeting = opened(checklist, words, *PHONES)
    for name, option in votes:
        meeting.say(name, f"13{option}")
    meeting.say("L", "1")
    last = Counter(dict(votes).values())
    assert _room(meeting).tallies["equal_treatment"].phones == tuple(last[n] for n in (1, 2, 3))


def _room(meeting: Meeting) -> Room:
    room = meeting.session("L").room
    assert room
    return room
