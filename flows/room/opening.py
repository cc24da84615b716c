"""A room from the menu: a new one, those that there are, and what its leader can do beside the questions."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows.asking import options
from flows.detours.afresh import answered, due, fresh_room, waiting
from flows.model import Say
from flows.moving import go_to
from flows.place import again
from flows.room.codes import ENTRY, OPEN_FOR, PAGE, make
from flows.room.model import Room
from flows.room.telling import invitation
from flows.scene import Scene, Turn
from flows.session import Session

MENU = ("code", "page", "hand_over", "people", "pause", "others")


def group(scene: Scene, session: Session, _: str) -> Turn:
    """In a room what its leader can do, else a new room."""
    if session.room and not session.room.ended:
        opened = replace(session, menu="room", page=0)
        return Turn(opened, (menu(scene, opened),))
    return begin(scene, session)


def begin(scene: Scene, session: Session) -> Turn:
    """A new room; the assessment at hand waits, unless nothing was answered in it."""
    if "consent" not in session.answers:
        return again(scene, session, Say("room.first"))
    empty = not answered(session)
    shelf = session.shelf if empty else (waiting(session), *session.shelf)
    before = replace(waiting(session), before=None) if empty else None
    begun = replace(fresh_room(scene, session), shelf=shelf, before=before)
    return Turn(begun, (Say("room.begun"), scene.ask(begun)), due(begun), happened=("room_begun",))


def menu(_: Scene, __: Session) -> Say:
    """What the leader can do."""
    return Say("menu.room.ask", options=options("menu.room", MENU), asks=True)


def chosen(scene: Scene, session: Session, code: str) -> Turn:
    """What was chosen in the room's menu."""
    room = session.room
    return _CHOSEN[code](scene, session, room) if room else again(scene, session)


def _code(scene: Scene, session: Session, room: Room) -> Turn:
    """The code once more; while there is none, the question that opens the room."""
    return again(scene, session, *((invitation(scene, room.code),) if room.code else ()))


def _page(scene: Scene, session: Session, room: Room) -> Turn:
    fresh_ = room.page and scene.now - room.opened < OPEN_FOR
    code = room.page if fresh_ else make(scene, "page", PAGE)
    return replace(again(scene, replace(session, room=replace(room, page=code))), page=code)


def _hand_over(scene: Scene, session: Session, room: Room) -> Turn:
    code = make(scene, "handover", ENTRY)
    offered = replace(session, room=replace(room, handover=code), menu="", page=0)
    return Turn(offered, (Say("room.hand_over", {"code": code}),))


def _people(scene: Scene, session: Session, _: Room) -> Turn:
    return go_to(scene, session, "people")


_CHOSEN: dict[str, Callable[[Scene, Session, Room], Turn]] = {
    "code": _code,
    "page": _page,
    "hand_over": _hand_over,
    "people": _people,
}
