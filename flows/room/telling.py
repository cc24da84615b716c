"""What a room tells the phones in it, and by which codes it is found. Worked out from what a turn changed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from flows.applies import wording
from flows.asking import PAID
from flows.events import Door, FromRoom, OnPage, Phone, Post, Tap, Text
from flows.model import Checklist, Say
from flows.phases import DONE
from flows.room.codes import ENTRY, OPEN_FOR, make
from flows.room.model import Chair, Room, votes_on
from flows.room.outcome import told
from flows.room.private import returned
from flows.scene import Scene, Turn
from flows.session import Session, home


def rooms(session: Session | None) -> tuple[Session, ...]:
    """The assessments of this phone that are a room's, the one at hand first."""
    kept = () if session is None else (session, *session.shelf)
    return tuple(one for one in kept if one.room)


def around(scene: Scene, before: Session | None, turn: Turn) -> Turn:
    """The turn with all that follows from it for a room: opened, paused, ended, and who is told what."""
    session = turn.session
    if session is None or session.room is None:
        return closing(before, turn)
    turn = _opened(scene, _ended(scene, _paused(before, turn)))
    posts = tuple(_posts(scene, before, turn.kept))
    return closing(before, replace(turn, posts=(*turn.posts, *posts)))


def closing(before: Session | None, turn: Turn) -> Turn:
    """The turn with the codes that came and went in it."""
    if _alone(before) and _alone(turn.session):
        return turn
    was, now = _codes(before), _codes(turn.session)
    doors = (*(Door(code, 0) for code in sorted(was - now)), *(Door(code, OPEN_FOR) for code in sorted(now - was)))
    return replace(turn, doors=(*turn.doors, *doors)) if doors else turn


def _alone(session: Session | None) -> bool:
    """Whether there can be no room: most have none, and that is to cost nothing."""
    return session is None or (session.room is None and not session.shelf)


def _codes(session: Session | None) -> set[str]:
    held = [one.room for one in rooms(session) if one.room]
    return {code for room in held for code in (room.code, room.handover, room.page) if code}


def _room(turn: Turn) -> Room:
    room = turn.kept.room
    if room is None:
        message = "only a room is asked for"
        raise AssertionError(message)
    return room


def _paused(before: Session | None, turn: Turn) -> Turn:
    room, was = _room(turn), before is not None and before.paused
    if not room.code or was or not turn.kept.paused:
        return turn
    return replace(turn, session=replace(turn.kept, room=replace(room, code="", handover="", page="", chairs=())))


def _ended(scene: Scene, turn: Turn) -> Turn:
    """With the result the room is over: the votes go, the tallies stay, and so does the page that shows it."""
    session, room = turn.kept, _room(turn)
    if room.ended or session.state not in ("send", DONE):
        return turn
    over = replace(room, ended=scene.now, code="", handover="", votes={}, step="")
    ended = replace(session, room=over)
    says = (*turn.says[:-1], *told(scene.checklist, ended), *turn.says[-1:])
    return replace(turn, session=ended, says=says, happened=(*turn.happened, "room_ended"))


def _opened(scene: Scene, turn: Turn) -> Turn:
    """A code of its own for each time that people come together; whoever comes back comes in by the new one."""
    session, room = turn.kept, _room(turn)
    if not _talks(scene) or not _goes_on(scene, session, room):
        return turn
    code = make(scene, "room", ENTRY)
    chairs = () if room.code else room.chairs
    opened = replace(room, code=code, opened=scene.now, handover="", page="", chairs=chairs)
    says = (*turn.says[:-1], invitation(scene, code), *turn.says[-1:])
    happened = (*turn.happened, "room_opened")
    return replace(turn, session=replace(session, room=opened), says=says, happened=happened)


def invitation(scene: Scene, code: str) -> Say:
    """What is read aloud; a private talk is offered where there is somebody to call."""
    return Say("room.opened" if scene.arrival.private else "room.opened.nobody", {"code": code})


def _talks(scene: Scene) -> bool:
    """Whether whoever leads the room is there."""
    event = scene.arrival.event
    return isinstance(event, Text | Tap | OnPage) or (isinstance(event, FromRoom) and event.what == "given")


def _goes_on(scene: Scene, session: Session, room: Room) -> bool:
    """Whether questions are put, and no code holds."""
    if room.ended or session.menu or session.state not in scene.checklist.items or "people" not in session.answers:
        return False
    return not room.code or scene.now - room.opened >= OPEN_FOR


def _posts(scene: Scene, before: Session | None, session: Session) -> Iterator[Post]:
    room = session.room
    if room is None:
        return
    if room.ended:
        was = before.room if before else None
        if was and was.id == room.id and not was.ended:
            yield from (post(room, chair, "ended") for chair in room.chairs)
    elif (
        room.code
        and put_to_vote(scene.checklist, session)
        and _at(scene.checklist, before) != _at(scene.checklist, session)
    ):
        yield from (question(scene.checklist, session, room, chair) for chair in room.chairs if wants(chair))


def put_to_vote(checklist: Checklist, session: Session) -> bool:
    """Whether a question is put to the vote now; whether its leader has a talk in private does not count."""
    session, room = returned(session), session.room
    return room is not None and not room.step and votes_on(checklist.items.get(session.state), room)


def _at(checklist: Checklist, session: Session | None) -> tuple[str, str, bool]:
    room = session.room if session else None
    return (room.id, returned(session).state, put_to_vote(checklist, session)) if session and room else ("", "", False)


def wants(chair: Chair) -> bool:
    """Whether the questions are sent to this phone: on Telegram they are, by SMS to whoever asked for them."""
    return chair.questions or chair.phone.channel not in PAID


def question(checklist: Checklist, session: Session, room: Room, chair: Chair) -> Post:
    """The question at hand for one phone."""
    item = checklist.items[session.state]
    worded, country = wording(item, checklist, session.answers), home(session)
    return Post(chair.phone, FromRoom(room.id, "asked", item=item.id, wording=worded, country=country))


def post(room: Room, chair: Chair | Phone, what: str, home: Phone | None = None) -> Post:
    """One word to one phone."""
    phone = chair.phone if isinstance(chair, Chair) else chair
    return Post(phone, FromRoom(room.id, what, home))
