"""An optional key of four digits before answers are looked over, for phones that several people use."""

from __future__ import annotations

import re

from msgspec.structs import replace

from flows.commands import command
from flows.model import Say
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session
from flows.words import tidy

_OPEN_FOR = 600
"""Seconds after which the key is asked for again."""
_TRIES = 3
_PIN = re.compile(r"[0-9]{4}").fullmatch


def locked(scene: Scene, session: Session) -> bool:
    """Whether the key has to be given first."""
    return bool(session.pin) and scene.now - session.unlocked > _OPEN_FOR


def wanting(scene: Scene, session: Session, command: str, argument: str) -> Session:
    """The session with the command that waits for the key; after a pause, wrong keys count anew."""
    wrong = 0 if scene.now - session.touched > _OPEN_FOR else session.wrong
    return replace(session, wanted=(command, argument), wrong=wrong)


def pin_question() -> Say:
    """The question for the key."""
    return Say("menu.pin.ask", asks=True)


def lock(scene: Scene, session: Session, digits: str) -> Turn:
    """Set another key; "0000" takes it away. Without four digits: how it is done."""
    if not _PIN(digits):
        return again(scene, session, Say("pin.how"))
    kept = replace(session, pin="" if digits == "0000" else digits, unlocked=0, wrong=0)
    return again(scene, kept, Say("pin.set" if kept.pin else "pin.off"))


def try_pin(scene: Scene, session: Session, reply: str) -> Turn | None:
    """The session opened (and nothing said) by the right key; else the question again, three times at most.

    None for what is a command.
    """
    typed = _PIN(tidy(reply).strip())
    if not typed and command(scene.words, session.locale, reply, kind=None):
        return None
    if typed and typed[0] == session.pin and session.wrong < _TRIES:
        return Turn(replace(session, menu="", unlocked=scene.now, wrong=0))
    missed = replace(session, wrong=session.wrong + 1)
    if missed.wrong < _TRIES:
        return Turn(missed, (pin_question(),))
    return again(scene, missed, Say("pin.no"))
