"""A phone that takes part in somebody else's room: it comes in by a code, votes, and hears what the room tells it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows.asking import options
from flows.assess import assess
from flows.commands import Command
from flows.detours.afresh import due, same_phone, waiting
from flows.events import FromRoom, Post, ToRoom
from flows.model import Say
from flows.place import again
from flows.room.asking import ballot
from flows.room.model import Seat
from flows.room.voting import ballot_of, voted
from flows.scene import Scene, Turn, silent
from flows.session import Session, load
from flows.summary import result
from flows.typed.matching import says
from flows.words import plain

_HINTS, _FORGOTTEN = 2, 3600
"""So often somebody is told how votes are sent; what leads nowhere after that costs nobody a message."""
OVER = ("yes", "no")


def seated(scene: Scene, session: Session, text: str, found: Command | None) -> Turn | None:
    """What the text of a participant does; None where it belongs to a talk of their own."""
    seat = session.seat
    if seat is None:
        return None
    if session.menu == "room_over":
        return _over(scene, session, text, found)
    vote = voted(scene, session, text)
    if vote:
        return _voting(scene, session, seat, vote)
    if seat.aside or session.menu:
        return None
    return _how(scene, session) if found is None or found.name in _NOT_HERE else None


def _how(scene: Scene, session: Session) -> Turn:
    """How one votes, not for ever; an hour later it may be forgotten."""
    told = session.misses if scene.now - session.touched < _FORGOTTEN else 0
    if told >= _HINTS:
        return silent(session, "told how")
    return Turn(replace(session, misses=told + 1), (Say("room.how"),))


def _over(scene: Scene, session: Session, text: str, found: Command | None) -> Turn | None:
    """The answer to whether the result is wanted, also in words."""
    said = plain(text)
    for reply, code in enumerate(OVER, 1):
        if said == str(reply) or says(scene.words, f"words.{code}", said):
            return wants_result(scene, session, code)
    if found and found.name != "thanks":
        return None
    return silent(session, "thanks") if found or session.misses >= _HINTS else _asked_again(session)


def _asked_again(session: Session) -> Turn:
    return Turn(replace(session, misses=session.misses + 1), (over(),))


_NOT_HERE = ("hello", "start", "back", "next", "why", "means", "omit", "together", "single", "thanks", "enough")


def apart(session: Session, command: str) -> Session:
    """The session in a talk of its own, where the command opens one; votes are still taken."""
    if session.seat is None or command in _OF_A_SEAT:
        return session
    return replace(session, seat=replace(session.seat, aside=True))


_OF_A_SEAT = ("leave", "questions", "private", "delete")


def tapped(scene: Scene, session: Session, reply: str) -> Turn | None:
    """The vote of a button, which stays under its question, marked. None where the button is no vote in a room."""
    vote = ballot_of(scene, session, reply) if reply.isdecimal() else None
    if session.seat is None or vote is None:
        return None
    item = scene.checklist.items[vote[0]]
    drawn = Say(f"{item.id}.ask", options=ballot(item, reply), asks=True)
    return replace(_voting(scene, session, session.seat, vote), toast=Say("room.voted"), redraw=drawn)


def _voting(scene: Scene, session: Session, seat: Seat, vote: tuple[str, str]) -> Turn:
    told = ToRoom(seat.room, "vote", scene.arrival.phone, item=vote[0], reply=vote[1])
    return _tell(replace(session, misses=0), seat, told)


def _tell(session: Session, seat: Seat, told: ToRoom) -> Turn:
    """A word to the room, which answers nothing unless something is wrong."""
    return replace(silent(session, f"told {told.what}"), posts=(Post(seat.home, told),))


def _word(scene: Scene, seat: Seat, what: str) -> ToRoom:
    return ToRoom(seat.room, what, scene.arrival.phone)


def questions(scene: Scene, session: Session, _: str) -> Turn:
    """The questions sent, from now on."""
    if session.seat is None:
        return again(scene, session)
    return replace(
        _tell(session, session.seat, _word(scene, session.seat, "questions")), says=(Say("room.questions"),), silence=""
    )


def hear(scene: Scene, session: Session | None, told: FromRoom) -> Turn:
    """What the room's word does; somebody who wants no messages gets none."""
    if session is None:
        return silent(None, "nobody here")
    turn = _HEARD[told.what](scene, session, told)
    if session.opted_out and turn.kept.menu != session.menu:
        return silent(replace(session, seat=None), "opted out")
    if session.opted_out and turn.says:
        return replace(turn, says=(), silence="opted out")
    return turn


def _joined(_: Scene, session: Session, told: FromRoom) -> Turn:
    if told.home is None:
        return silent(session, "no home")
    leads = session.room is not None and not session.room.ended
    seat = Seat(told.room, told.home, aside=leads)
    seated_ = replace(session, seat=seat, tries=(), menu="", misses=0)
    return Turn(_placed(seated_, told), (Say("room.joined"),))


def _placed(session: Session, told: FromRoom) -> Session:
    """Of a phone whose country nothing tells, it is that of the room."""
    return replace(session, country_guess=session.country_guess or told.country or None)


def _wrong(_: Scene, session: Session, __: FromRoom) -> Turn:
    return Turn(session, (Say("room.wrong"),))


def _asked(scene: Scene, session: Session, told: FromRoom) -> Turn:
    item = scene.checklist.items.get(told.item)
    if item is None or not _of(session, told):
        return silent(session, "not in this room")
    number = Say("room.question", {"n": item.number})
    return Turn(_placed(session, told), (Say(told.wording, heading=number, options=ballot(item), asks=True),))


def _early(_: Scene, session: Session, told: FromRoom) -> Turn:
    return Turn(session, (Say("room.early"),)) if _of(session, told) else silent(session, "not in this room")


def _closed(_: Scene, session: Session, told: FromRoom) -> Turn:
    if not _of(session, told):
        return silent(session, "not in this room")
    return Turn(session, (Say("room.closed"),), closed=told.item)


def _gone(_: Scene, session: Session, told: FromRoom) -> Turn:
    """Only a new code leads back."""
    if not _of(session, told):
        return silent(session, "not in this room")
    return Turn(replace(session, seat=None), (Say("room.gone"),))


def _ended(_: Scene, session: Session, told: FromRoom) -> Turn:
    if not _of(session, told):
        return silent(session, "not in this room")
    return Turn(replace(session, menu="room_over", page=0, misses=0), (over(),))


def over() -> Say:
    """Whether the person wants the group's result."""
    return Say("menu.room_over.ask", options=options("menu.room_over", OVER), asks=True)


def wants_result(scene: Scene, session: Session, code: str) -> Turn:
    """The result is asked for, or the seat given up."""
    closed = replace(session, menu="", page=0)
    if session.seat is None:
        return again(scene, closed)
    if code == "yes":
        return _tell(closed, session.seat, _word(scene, session.seat, "result"))
    return Turn(replace(closed, seat=None), (Say("room.left"),))


def _result(scene: Scene, session: Session, told: FromRoom) -> Turn:
    """The group's result as its leader was told it; this phone is its own again."""
    shown = replace(load(told.given), channel=session.channel)
    found = assess(scene.checklist, shown.answers, private=False)
    say = result(scene.checklist, shown, found)
    here = tuple(line for line in say.lines if line.id != "result.more")  # only its leader can turn the page
    return Turn(replace(session, seat=None), (replace(say, lines=here),))


def _moved(_: Scene, session: Session, told: FromRoom) -> Turn:
    if session.seat is None or told.home is None or not _of(session, told):
        return silent(session, "not in this room")
    return silent(replace(session, seat=replace(session.seat, home=told.home)), "room moved")


def _given(scene: Scene, session: Session, told: FromRoom) -> Turn:
    """This phone leads the room now; its own assessment waits."""
    room = replace(load(told.given), locale=session.locale, channel=session.channel)
    shelf = (*((waiting(session),) if "consent" in session.answers else ()), *session.shelf)
    leads = same_phone(replace(room, shelf=shelf), replace(session, seat=None))
    return replace(again(scene, leads, Say("room.given")), timers=due(leads))


def _of(session: Session, told: FromRoom) -> bool:
    return session.seat is not None and session.seat.room == told.room


_HEARD: dict[str, Callable[[Scene, Session, FromRoom], Turn]] = {
    "joined": _joined,
    "wrong": _wrong,
    "asked": _asked,
    "early": _early,
    "closed": _closed,
    "gone": _gone,
    "ended": _ended,
    "result": _result,
    "moved": _moved,
    "given": _given,
}
