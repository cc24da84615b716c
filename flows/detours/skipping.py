"""Passing over a question: it stays unanswered, counts as not known, and can be answered later."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Say
from flows.moving import onward
from flows.phases import DONE
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session, mark, without

_NEEDED = ("role", "country")
"""Without these nobody knows what to ask, and whether it serves."""


def skip(scene: Scene, session: Session, _: str) -> Turn:
    """On to the next question; "I don't know" is an answer, this is none."""
    item = scene.checklist.items.get(session.state)
    if item is None or item.id in _NEEDED:
        return again(scene, session, *(() if session.state == DONE else (Say("skip.needed"),)))
    skipped = (*without(session.skipped, item.id), item.id)
    passed = replace(session, skipped=skipped, trail=(*session.trail, mark(session, item.id)), pending=None, misses=0)
    return onward(scene, session, passed, Say("skip.done", {"at": item.number}))
