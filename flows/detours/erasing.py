"""Deleting: everything is out of sight at once, comes back for a day if the person wants it, and is then erased."""

from __future__ import annotations

from msgspec.structs import replace

from flows.commands import command
from flows.detours.afresh import CALLED_OFF, answered, due, waiting
from flows.detours.shelf import MOST
from flows.events import OptedIn, OptedOut, Text, TimerDue
from flows.model import Say, Timer
from flows.opening import begin
from flows.place import again
from flows.scene import Scene, Turn, silent
from flows.session import ERASED, Session, gone, references

KEPT_FOR = 86_400
_PILE = 3
"""So many times can be deleted within a day and come back; of what was deleted before, only the latest."""
_BACK = ("start", "hello", "continue", "menu")


def hide(scene: Scene, session: Session, _: str) -> Turn:
    """Out of sight at once, with one word that gives nothing away; what is still queued is dropped."""
    empty = session.hidden is not None and "consent" not in session.answers
    hidden = session.hidden if empty else replace(session, menu="", page=0, deleted=scene.now, seat=None)
    left = _left(scene, hidden, _PILE)
    forget = tuple(name for name in references(hidden) if name not in references(left))
    timers = (*CALLED_OFF, *_erase_timer(left))
    return Turn(gone(session, left), (Say("deleted"),), timers, cancel=True, happened=("erased",), forget=forget)


def bring_back(scene: Scene, session: Session, _: str) -> Turn | None:
    """What was hidden last, as it was; None where nothing is. What was begun since goes beside it."""
    hidden = _left(scene, session.hidden, _PILE)
    if hidden is None:
        return None
    begun = answered(session) and len(hidden.shelf) < MOST - 1
    back = replace(
        hidden,
        turn=session.turn,
        opted_out=session.opted_out,
        seat=session.seat,
        tries=session.tries,
        shelf=(*hidden.shelf, waiting(session)) if begun else hidden.shelf,
        sent=tuple(dict.fromkeys((*hidden.sent, *references(replace(session, hidden=None))))),
    )
    turn = again(scene, back, Say("undo.done"))
    return replace(turn, timers=(*due(back), *_erase_timer(back.hidden)))


def erase(scene: Scene, session: Session) -> Turn:
    """The day is over: what was hidden first is erased, with what went to ARM."""
    if session.hidden is None:
        return silent(session, "nothing due")
    left = _left(scene, session.hidden, _depth(session.hidden) - 1)
    kept = None if left is None and session.state == ERASED else replace(session, hidden=left)
    told = tuple(name for name in references(session.hidden) if name not in references(kept))
    timers = _erase_timer(left) if left else ()
    return Turn(kept, timers=timers, cancel=kept is None, forget=told, silence="erased")


def after(scene: Scene, session: Session) -> Turn:
    """What happens where there is nothing to see: it begins anew, or what was hidden comes back."""
    event = scene.arrival.event
    if isinstance(event, TimerDue):
        return erase(scene, session) if event.name == "erase" else silent(session, "nothing due")
    if isinstance(event, OptedIn):
        return silent(replace(session, opted_out=False), "opted in")
    found = command(scene.words, session.locale, event.text, kind=None) if isinstance(event, Text) else None
    name = found.name if found else ""
    if session.opted_out and (name not in _BACK or isinstance(event, OptedOut)):
        return silent(session, "opted out")
    if name == "undo":
        return bring_back(scene, session, "") or silent(session, "nothing hidden")
    return Turn(session, (Say("deleted"),)) if name == "delete" else _anew(scene, session)


def _anew(scene: Scene, session: Session) -> Turn:
    turn = begin(scene)
    if turn.session is None:
        return replace(turn, session=session)
    return replace(turn, session=replace(turn.session, hidden=session.hidden, turn=session.turn))


def _left(scene: Scene, hidden: Session | None, room: int) -> Session | None:
    """What was hidden, without what its day is over for, and at most `room` deep."""
    if hidden is None or room < 1 or scene.now >= _until(hidden):
        return None
    return replace(hidden, hidden=_left(scene, hidden.hidden, room - 1))


def _until(hidden: Session) -> float:
    return (hidden.deleted or hidden.touched) + KEPT_FOR


def _depth(hidden: Session | None) -> int:
    return 1 + _depth(hidden.hidden) if hidden else 0


def _erase_timer(hidden: Session | None) -> tuple[Timer, ...]:
    """When the day of what was hidden first is over; off where nothing is hidden."""
    while hidden and hidden.hidden:
        hidden = hidden.hidden
    return (Timer("erase", _until(hidden) if hidden else None),)
