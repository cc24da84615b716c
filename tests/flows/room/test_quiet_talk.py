"""A talk in private asked for in the middle of a room: when somebody calls, and the room goes on as if nothing were."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.events import FromRoom, Phone, TimerDue, ToRoom
from flows.room.model import Chair, Room, Seat
from flows.session import load
from tests.flows.walk import ids

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk

ANA = Phone("telegram", "7")
WITHIN = {"P": 1, "D": 10}
TOMORROW = date(2026, 2, 3)
"""Of NOON, by UTC."""


@pytest.fixture
def leader(begin: Begin) -> Walk:
    """Whoever leads a room whose first question is put to the vote; Ana takes part on Telegram."""
    person = begin(until="role", private=True, within_days=WITHIN, zone=0.0)
    person.says("grupo", "Mina Azul", "Suárez", "3 12 5 8")
    while person.state != "equal_treatment":
        person.say("1")
    person.kept = replace(person.session, room=replace(room(person), chairs=(Chair("ana", ANA),)))
    return person


def room(person: Walk) -> Room:
    assert person.session.room is not None
    return person.session.room


def vote(person: Walk, reply: str = "1") -> ToRoom:
    return ToRoom(room(person).id, "vote", ANA, item="equal_treatment", reply=reply, mark="ana")


def test_it_is_urgent_whatever_is_known_of_the_mine(leader: Walk) -> None:
    turn = leader.says("privado", "1")
    assert turn.talk is not None
    assert turn.talk.call_by == TOMORROW
    assert "talk.by" in ids(turn.says[0])
    assert leader.session.call_by is None


def test_it_holds_nothing_of_the_room(leader: Walk) -> None:
    talk = leader.says("privado", "1 a las 6").talk
    assert talk is not None
    assert (talk.room, talk.aside) == (None, None)
    assert talk.answers == {"country": "CO", "call_back": "yes", "call_how": "any_day", "call_note": "a las 6"}


@pytest.mark.parametrize("before", [(), ("12 3 2",), ("12 3 2", "1"), ("3",)])
def test_the_room_is_as_it_was_and_nobody_is_told_anything(leader: Walk, before: tuple[str, ...]) -> None:
    """Also where hands were noted, or the vote was closed and the group's answer is asked for."""
    if before:
        leader.says(*before)
    was = leader.session
    assert [leader.say(text).posts for text in ("privado", "1")] == [(), ()]
    now = leader.session
    assert (now.state, now.room, now.picked, now.answers) == (was.state, was.room, was.picked, was.answers)


def test_a_paper_that_waits_still_waits(leader: Walk) -> None:
    leader.says("3", "1")
    while leader.state not in {"records", "sale_receipt"}:
        leader.say("1")
    leader.say("1")
    assert room(leader).step == "paper"
    leader.says("privado", "1", "1")
    assert list(room(leader).papers.values())[-1] is True


def test_votes_count_while_their_leader_talks_in_private(leader: Walk) -> None:
    leader.say("privado")
    assert leader.happen(vote(leader)).posts == ()
    assert leader.say("1").posts == ()
    assert room(leader).votes == {"equal_treatment": {"ana": 0}}


def test_neither_the_talk_nor_its_case_goes_with_the_room_to_another_phone(leader: Walk) -> None:
    leader.says("privado", "1")
    [case] = leader.session.sent
    leader.say("privado")
    leader.kept = replace(leader.session, room=replace(room(leader), handover="K7M2Q"))
    turn = leader.happen(ToRoom("K7M2Q", "join", ANA, mark="ana"))
    given = next(post.event for post in turn.posts if isinstance(post.event, FromRoom) and post.event.what == "given")
    moved = load(given.given)
    assert (moved.state, moved.aside, moved.sent) == ("equal_treatment", None, ())
    assert "call_back" not in moved.answers
    assert case in leader.session.sent


def test_it_can_be_deleted(leader: Walk) -> None:
    leader.says("privado", "1")
    [case] = leader.session.sent
    leader.say("borrar")
    leader.now += 100_000
    assert leader.happen(TimerDue("erase")).forget == (case,)


@pytest.mark.parametrize("state", ["role", "organised", "community_based", "miners", "name"])
def test_it_is_heard_whatever_a_phone_was_asked_before_it_came_in(begin: Begin, state: str) -> None:
    """The question of its own talk is out of sight, and PRIVATE can be no answer to it."""
    person = begin(until=state, private=True)
    person.kept = replace(person.session, seat=Seat("room", ANA))
    assert next(ids(person.say("PRIVADO").says[0])) == "private.talk"
