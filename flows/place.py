"""Where the person stands is not lost: whatever was said in between, the pending question follows once more."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Say
from flows.room.model import at_rest
from flows.scene import Scene, Turn
from flows.session import Candidate, Pending, Session


def again(scene: Scene, session: Session, *says: Say) -> Turn:
    """The pending question once more, after what was to be said; an open menu closes."""
    closed = replace(session, menu="", page=0)
    return Turn(session=closed, says=(*says, scene.ask(closed)))


def at(session: Session, state: str) -> Session:
    """The session standing at `state`, with the country guessed where that is asked."""
    pending = None
    if state == "country" and session.country_guess and "country" not in session.answers:
        guess = session.country_guess
        pending = Pending("country", "", (Candidate(guess, guess), Candidate("other", None)))
    room = at_rest(session.room)
    return replace(session, state=state, pending=pending, picked=(), menu="", page=0, misses=0, room=room)
