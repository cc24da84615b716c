"""Texts that crossed with ours on the way. What opts out, deletes or asks for PRIVADO is done whenever it comes."""

from __future__ import annotations

from flows.commands import command
from flows.events import Text, Unreadable
from flows.scene import Scene
from flows.session import Session

_URGENT = ("stop", "delete", "private")


def urgent(scene: Scene, session: Session, text: str) -> bool:
    """Whether the text is one of those words."""
    found = command(scene.words, session.locale, text, kind=None)
    return found is not None and found.name in _URGENT


def too_late(scene: Scene, session: Session) -> bool:
    """Whether it was written before something that was taken since: it must not answer what was asked meanwhile.

    Whoever of ARM's holds the conversation reads it all the same.
    """
    event = scene.arrival.event
    if scene.arrival.came != "late" or session.held is not None or not isinstance(event, Text | Unreadable):
        return False
    return not (isinstance(event, Text) and urgent(scene, session, event.text))
