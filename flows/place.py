"""Where the person stands is not lost: whatever was said in between, the pending question follows once more."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Say
from flows.scene import Scene, Turn
from flows.session import Session


def again(scene: Scene, session: Session, *says: Say) -> Turn:
    """The pending question once more, after what was to be said; an open menu closes."""
    closed = replace(session, menu="", page=0)
    return Turn(session=closed, says=(*says, scene.ask(closed)))
