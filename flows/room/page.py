"""What is done on the room's page. Whoever has its address can do what it shows, and nothing else of this phone."""

from __future__ import annotations

from flows.doing import COMMANDS
from flows.events import OnPage
from flows.model import Checklist, Say
from flows.replying import answer
from flows.scene import Scene, Turn, silent
from flows.session import Session
from flows.tapping import shown_state

_COMMANDS = ("back", "omit", "enough")
_BEFORE = ("organisation", "place", "people", "checkpoint")
"""What a room is asked beside the items. All else is asked of its leader alone."""


def act(scene: Scene, session: Session, did: OnPage) -> Turn:
    """As the same on the phone would, but no reply is a command. What is stale is answered gently."""
    if session.aside:
        return silent(session, "private")
    if not _current(session, did) or not may(scene.checklist, session, did.command):
        return Turn(session, (Say("stale"),))
    if did.command:
        return COMMANDS[did.command](scene, session, "")
    return answer(scene, session, did.reply)


def _current(session: Session, did: OnPage) -> bool:
    return (did.state, did.asked) == (shown_state(session), session.asked)


def may(checklist: Checklist, session: Session, command: str = "") -> bool:
    """Whether the page may do this now. What its leader has opened on the phone can only be closed; a call cannot."""
    if session.room is None or session.room.ended or session.aside:
        return False
    if session.menu or not public(checklist, session):
        return command == "back"
    return command in {"", *_COMMANDS}


def public(checklist: Checklist, session: Session) -> bool:
    """Whether what is asked is asked of the whole room."""
    item = checklist.items.get(session.state)
    return session.state in _BEFORE if item is None else not item.private


def shows(turn: Turn) -> bool:
    """Whether the page shows what follows from the turn, so that nothing need be sent: till the room ends or pauses."""
    session = turn.session
    if session is None or session.opted_out:
        return True
    return bool(session.room and session.room.page) and "room_ended" not in turn.happened
