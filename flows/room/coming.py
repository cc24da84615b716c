"""How a phone comes into somebody's room by a code, and how it goes out of it again."""

from __future__ import annotations

from msgspec.structs import replace

from flows.events import FromRoom, Post, ToRoom
from flows.model import Say
from flows.place import again
from flows.room.codes import OPEN_FOR, read
from flows.scene import Scene, Turn, silent
from flows.session import Session

_TRIES, _WITHIN = 5, 3600


def join(scene: Scene, session: Session, code: str) -> Turn:
    """Knock at the door that has this code; tries are limited, so that codes can't be guessed."""
    known = read(code)
    tries = tuple(one for one in session.tries if scene.now - one < _WITHIN)
    if any(one.room and known and known in (one.room.code, one.room.handover) for one in (session, *session.shelf)):
        return again(scene, session)  # whoever leads it is in it
    if known is None:
        return Turn(session, (Say("room.wrong"),))
    if len(tries) >= _TRIES:
        return Turn(session, (Say("room.tries"),))
    knocking = replace(session, tries=(*tries, scene.now), opted_out=False)
    told = ToRoom(known, "join", scene.arrival.phone)
    return replace(silent(knocking, "joining"), posts=(Post(known, told),))


def leave(scene: Scene, session: Session, _: str) -> Turn:
    """Out of the room; where the phone is in none, its own talk goes on."""
    if session.seat is None:
        return again(scene, session)
    return Turn(replace(session, seat=None, menu="", page=0), (Say("room.left"),))


def given_up(scene: Scene, before: Session | None, turn: Turn) -> Turn:
    """The turn with a word to the room that the phone left in it, however: its chair and its number go."""
    seat, event = before.seat if before else None, scene.arrival.event
    now = turn.session.seat if turn.session else None
    heard = isinstance(event, FromRoom) and seat is not None and event.room == seat.room
    if seat is None or heard or (now and now.room == seat.room):
        return turn
    return replace(turn, posts=(*turn.posts, Post(seat.home, ToRoom(seat.room, "leave", scene.arrival.phone))))


def lapsed(scene: Scene, session: Session) -> Session:
    """The session out of a room whose code holds no more; whether its result is wanted can be said days later."""
    seat = session.seat
    old = seat is not None and scene.now - session.touched >= OPEN_FOR and session.menu != "room_over"
    return replace(session, seat=None) if old else session
