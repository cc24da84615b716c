"""What a person can be told at any time without losing the place: why, meaning, where the case stands, what is kept."""

from __future__ import annotations

from flows.model import Say
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session
from flows.staff import standing


def why(scene: Scene, session: Session, _: str) -> Turn:
    """Why the pending question is asked, and the question again."""
    key = session.state if session.state in scene.checklist.items else "phase"
    return again(scene, session, Say(f"{key}.why"))


def means(scene: Scene, session: Session, _: str) -> Turn:
    """What the words of the pending question mean, and the question again."""
    key = f"{session.state}.means" if session.state in scene.checklist.items else "phase.why"
    return again(scene, session, Say(key))


def status(scene: Scene, session: Session, _: str) -> Turn:
    """Where the case stands."""
    if session.referred:
        return again(scene, session, standing(scene, session))
    return again(scene, session, Say("status.open"))


def data(scene: Scene, session: Session, _: str) -> Turn:
    """What is kept, and how it is looked at and deleted."""
    return again(scene, session, Say("data.kept", count=len(session.answers)))
