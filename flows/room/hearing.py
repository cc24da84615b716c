"""What phones tell the room: that they come in, vote, leave, want the questions or the result."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows.detours.afresh import fresh, waiting
from flows.events import FromRoom, Post, ToRoom
from flows.model import Say
from flows.place import again, at
from flows.room.model import Chair, Room, votes_on
from flows.room.private import returned
from flows.room.telling import closing, post, put_to_vote, question, rooms, wants
from flows.scene import Scene, Turn, silent
from flows.session import Session, dump, home

Heard = tuple[Room, tuple[Post, ...]]


def hear(scene: Scene, session: Session | None, told: ToRoom) -> Turn:
    """What the room makes of it; its leader is not disturbed."""
    leads = next((one for one in rooms(session) if _meant(one, told)), None)
    if session is None or leads is None or leads.room is None:
        return replace(silent(session, "no such room"), posts=(_no(told),))
    if told.what == "join" and told.room == leads.room.handover:
        return closing(session, _hand_over(scene, session, leads, told))
    room, posts = _HEARD[told.what](scene, returned(leads), leads.room, told)
    kept = _put_back(session, leads, replace(leads, room=room))
    return Turn(kept, silence=f"room {told.what}", posts=posts)


def _meant(session: Session, told: ToRoom) -> bool:
    room = session.room
    if room is None or not told.room:
        return False
    return told.room in (room.code, room.handover) if told.what == "join" else told.room == room.id


def _no(told: ToRoom) -> Post:
    return Post(told.phone, FromRoom(told.room, "wrong" if told.what == "join" else "gone"))


def _put_back(session: Session, was: Session, now: Session) -> Session:
    if was is session:
        return now
    return replace(session, shelf=tuple(now if one is was else one for one in session.shelf))


def _join(scene: Scene, session: Session, room: Room, told: ToRoom) -> Heard:
    """A phone that comes in again has the same chair; where a question is put to the vote, it is sent with it."""
    known = next((chair for chair in room.chairs if chair.mark == told.mark), None)
    chair = known or Chair(told.mark, told.phone)
    chairs = room.chairs if known else (*room.chairs, chair)
    joined = replace(room, chairs=chairs, joined=max(room.joined, len(chairs)))
    posts = (Post(told.phone, FromRoom(room.id, "joined", scene.arrival.phone, country=home(session))),)
    asks = put_to_vote(scene.checklist, session) and wants(chair)
    return joined, (*posts, question(scene.checklist, session, room, chair)) if asks else posts


def _vote(scene: Scene, session: Session, room: Room, told: ToRoom) -> Heard:
    """Counted while its question is open; the last one of a phone counts."""
    chair = next((chair for chair in room.chairs if chair.mark == told.mark), None)
    item = scene.checklist.items.get(told.item)
    if chair and room.ended:
        return room, (post(room, chair, "closed"),)
    if chair is None or item is None or not votes_on(item, room):
        return room, (post(room, told.phone, "gone"),)
    if told.item != session.state or room.step:
        return _not_now(session, room, chair, told)
    votes = {**room.votes.get(item.id, {}), told.mark: int(told.reply) - 1}
    return replace(room, votes={**room.votes, item.id: votes}), ()


def _not_now(session: Session, room: Room, chair: Chair, told: ToRoom) -> Heard:
    """Too early; or too late, which is said once a question."""
    if told.item not in {session.state, *session.answers, *room.tallies}:
        return room, (post(room, chair, "early"),)
    if chair.late == told.item:
        return room, ()
    closed = Post(chair.phone, FromRoom(room.id, "closed", item=told.item))
    return _seated(room, replace(chair, late=told.item)), (closed,)


def _seated(room: Room, chair: Chair) -> Room:
    return replace(room, chairs=tuple(chair if one.mark == chair.mark else one for one in room.chairs))


def _leave(_: Scene, __: Session, room: Room, told: ToRoom) -> Heard:
    """The chair goes, and all its votes; a tally that was closed stays."""
    votes = {name: {mark: at for mark, at in cast.items() if mark != told.mark} for name, cast in room.votes.items()}
    return replace(_without_chair(room, told.mark), votes=votes), ()


def _without_chair(room: Room, mark: str) -> Room:
    return replace(room, chairs=tuple(one for one in room.chairs if one.mark != mark))


def _questions(scene: Scene, session: Session, room: Room, told: ToRoom) -> Heard:
    chair = next((chair for chair in room.chairs if chair.mark == told.mark), None)
    if chair is None:
        return room, (post(room, told.phone, "gone"),)
    wanting = replace(chair, questions=True)
    asks = put_to_vote(scene.checklist, session)
    return _seated(room, wanting), (question(scene.checklist, session, room, wanting),) if asks else ()


def _result(scene: Scene, session: Session, room: Room, told: ToRoom) -> Heard:
    """The group's result for whoever took part, once; nothing of who said what, nor of the person who led it."""
    if not room.ended or all(chair.mark != told.mark for chair in room.chairs):
        return room, ()
    shown = Session(
        version=session.version,
        locale=session.locale,
        channel=session.channel,
        state=session.state,
        private=False,
        started=session.started,
        answers={name: said for name, said in session.answers.items() if name in scene.checklist.items},
        skipped=session.skipped,
        result_given=session.result_given,
        first_given=session.first_given,
        room=Room(room.id),
    )
    return _without_chair(room, told.mark), (Post(told.phone, FromRoom(room.id, "result", given=dump(shown))),)


def _hand_over(scene: Scene, session: Session, leads: Session, told: ToRoom) -> Turn:
    """The room goes to the phone that sent the word; everybody in it is told where it is now."""
    room = leads.room
    if room is None:
        return silent(session, "no room")
    given = _as_given(waiting(leads), replace(_without_chair(room, told.mark), handover="", code="", page=""))
    moved = (post(room, chair, "moved", told.phone) for chair in room.chairs)
    posts = (Post(told.phone, FromRoom(room.id, "given", given=dump(given))), *moved)
    left = _without(scene, session, leads)
    return replace(again(scene, left, Say("room.handed")), posts=posts)


_OWN = ("name", "call_back", "call_how", "call_note")


def _as_given(leads: Session, room: Room) -> Session:
    """The room without what belongs to the person who led it: a name, a call, a case at ARM, a key."""
    return replace(
        leads,
        room=room,
        answers={name: said for name, said in leads.answers.items() if name not in _OWN},
        trail=tuple(step for step in leads.trail if not {step.state, step.key}.intersection(_OWN)),
        state="people" if leads.state in _OWN else leads.state,
        before=None,
        sent=(),
        reference=None,
        referred=0,
        call_by=None,
        person=False,
        pin="",
        seat=None,
        tries=(),
    )


def _without(scene: Scene, session: Session, leads: Session) -> Session:
    """What this phone goes on with."""
    if leads is not session:
        return replace(session, shelf=tuple(one for one in session.shelf if one is not leads))
    begun = fresh(scene, session)
    return replace(at(begun, begun.state), shelf=session.shelf)


_HEARD: dict[str, Callable[[Scene, Session, Room, ToRoom], Heard]] = {
    "join": _join,
    "vote": _vote,
    "leave": _leave,
    "questions": _questions,
    "result": _result,
}
