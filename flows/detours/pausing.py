"""Enough for today, anywhere: what is known so far as a partial result, and one reminder."""

from __future__ import annotations

from msgspec.structs import replace

from flows.assess import assess
from flows.phases import DONE
from flows.place import again
from flows.reminding import later
from flows.scene import Scene, Turn
from flows.session import Session
from flows.summary import partial


def enough(scene: Scene, session: Session, _: str) -> Turn:
    """The question stays open; nothing is left to do before the consent and after the end."""
    if session.state == DONE or "consent" not in session.answers:
        return again(scene, session)
    turn = later(scene, session)
    if not session.first_given:
        return turn
    found = assess(scene.checklist, session.answers, private=session.private)
    return replace(turn, says=(partial(session, found), *turn.says))
