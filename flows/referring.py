"""What leaves for ARM in a turn, and what can still be taken back afterwards."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Timer
from flows.scene import Turn
from flows.session import Session
from flows.staff import renewed

_CALL = ("call_back", "call_how")


def referring(turn: Turn, session: Session) -> Turn:
    """The referral leaves now: what was sent can't be taken back by `0`."""
    sent = replace(session, referred=session.referred + 1, trail=(), progress=renewed(session))
    return replace(turn, session=sent, timers=(*turn.timers, Timer("refer", None)), refer=True)


def expects_call(session: Session) -> bool:
    """Whether ARM was told to call, and this is being asked again."""
    again = any(mark.key == "call_back" and mark.had == "yes" for mark in session.trail)
    return bool(session.referred) and again


def request(session: Session) -> Turn:
    """A call is asked for, or called off: that leaves, and what was answered can still be taken back."""
    trail = tuple(mark for mark in session.trail if mark.key not in _CALL)
    asked = replace(session, referred=session.referred + 1, trail=trail, progress=renewed(session))
    return Turn(session=asked, timers=(Timer("refer", None),), refer=True)
