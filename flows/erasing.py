"""Deleting: everything is out of sight at once, comes back for a day if the person wants it, and is then erased."""

from __future__ import annotations

from msgspec.structs import replace

from flows.commands import command
from flows.model import Say, Text, Timer, TimerDue
from flows.opening import begin
from flows.place import again
from flows.scene import Scene, Turn, silent
from flows.session import Session, every

ERASED = "erased"
"""The state in which there is nothing to see."""
KEPT_FOR = 86_400
_BACK = ("start", "hello", "continue", "menu")
_CALLED_OFF = (Timer("reminder", None), Timer("refer", None), Timer("recheck", None))


def hide(scene: Scene, session: Session, _: str) -> Turn:
    """Out of sight at once, with one word that gives nothing away; what is still queued is dropped."""
    gone = Session(
        version=session.version,
        locale=session.locale,
        channel=session.channel,
        state=ERASED,
        private=session.private,
        started=session.started,
        turn=session.turn,
        opted_out=session.opted_out,
        passed=session.passed,
        hidden=replace(session, menu="", page=0),
    )
    timers = (*_CALLED_OFF, Timer("erase", scene.now + KEPT_FOR))
    return Turn(gone, (Say("deleted"),), timers, cancel=True, happened=("erased",))


def bring_back(scene: Scene, session: Session, _: str) -> Turn | None:
    """What was hidden, as it was; None where nothing is."""
    if session.hidden is None:
        return None
    turn = again(scene, replace(session.hidden, turn=session.turn), Say("undo.done"))
    return replace(turn, timers=(Timer("erase", None),))


def erase(session: Session) -> Turn:
    """The day is over: what was hidden is erased, with what went to ARM."""
    hidden = session.hidden
    if hidden is None:
        return silent(session, "nothing due")
    told = tuple(kept.reference for kept in every(hidden) if kept.referred and kept.reference)
    left = None if session.state == ERASED else replace(session, hidden=None)
    return Turn(left, cancel=left is None, forget=told, silence="erased")


def after(scene: Scene, session: Session) -> Turn:
    """What happens where there is nothing to see: it begins anew, or what was hidden comes back."""
    event = scene.arrival.event
    if isinstance(event, TimerDue):
        return erase(session) if event.name == "erase" else silent(session, "nothing due")
    text = event.text if isinstance(event, Text) else ""
    found = command(scene.words, session.locale, text, kind=None)
    name = found.name if found else ""
    if name in ("undo", "back"):
        return bring_back(scene, session, "") or silent(session, "nothing hidden")
    if name == "delete":
        return Turn(session, (Say("deleted"),))
    return silent(session, "opted out") if session.opted_out and name not in _BACK else _anew(scene, session)


def _anew(scene: Scene, session: Session) -> Turn:
    turn = begin(scene)
    if turn.session is None:
        return replace(turn, session=session)
    return replace(turn, session=replace(turn.session, hidden=session.hidden, turn=session.turn))
