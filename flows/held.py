"""A person of ARM's holds the conversation: what staff write, and Batea's silence until they hand it back.

What the person writes meanwhile goes to the case. Opting out, deleting and PRIVADO are Batea's to answer at once.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from flows.crossed import urgent
from flows.events import (
    Called,
    Contact,
    HandedBack,
    Heard,
    OptedIn,
    OptedOut,
    StaffStep,
    StaffWrote,
    Tap,
    Text,
    TimerDue,
    Unreadable,
)
from flows.model import Checklist, Say, Timer
from flows.phases import DONE
from flows.place import again
from flows.reminding import delicate, moment
from flows.room.codes import OPEN_FOR
from flows.scene import Scene, Turn, silent
from flows.session import Hold, Session
from flows.staff import OVER, cases

TIMER = "held"
Why = Literal["gone", "opted_out", "not_safe", "no_contact", "busy"]
_DAY, _HOUR = 86_400, 3600
_SPEAKING = ("reminder", "recheck", "told")
_LONGEST = 2000


def refusal(checklist: Checklist, session: Session | None, reference: str, now: float) -> Why | None:
    """Why staff can't write to the person of this case as the session stands; None where they can."""
    one = _case(session, reference)
    if session is None or one is None:
        return "gone"
    if session.opted_out:
        return "opted_out"
    if "not_safe" in _ways(session):
        return "not_safe"
    if one.answers.get("send") != "yes" and one.answers.get("call_back") != "yes":
        return "no_contact"
    return "busy" if _busy(checklist, session, now) else None


def discreet(session: Session) -> bool:
    """Whether nothing but "Batea" may be said on this phone: it is only told that there is news."""
    return "only_batea" in _ways(session)


def write(scene: Scene, session: Session | None, event: StaffWrote) -> Turn:
    """What somebody of ARM's says, and Batea is silent from then on; staff hear of it where it can't be said."""
    why = refusal(scene.checklist, session, event.reference, scene.now)
    if session is None or why == "gone":
        return silent(session, "no case")
    if why:
        return replace(silent(session, why), heard=Heard(event.reference, "unsent"))
    if discreet(session) or not event.text:
        return Turn(session, (Say("staff.news"),))
    said = Say("held.wrote", {"who": event.who, "text": event.text})
    held = Hold(_until(scene, session), event.reference, event.who, scene.now)
    # What was under way is Batea's; what staff wrote a moment ago is not.
    first = session.held is None
    return Turn(replace(session, held=held), (said,), (Timer(TIMER, held.until),), cancel=first)


def hand_back(scene: Scene, session: Session | None, event: HandedBack) -> Turn:
    """Batea speaks again."""
    if session is None or session.held is None or session.held.reference != event.reference:
        return silent(session, "not held")
    return replace(_batea_again(scene, session), timers=(Timer(TIMER, None),))


def left(session: Session | None, event: StaffStep) -> Session | None:
    """The session after a step of staff: with a case that is closed the conversation is over."""
    ends = session and session.held and session.held.reference == event.reference and event.what in OVER
    return replace(session, held=None) if session and ends else session


def during(scene: Scene, session: Session) -> Turn | Session:
    """The turn while somebody holds the conversation; the session where it goes on as ever."""
    event, held = scene.arrival.event, session.held
    if held is None or isinstance(event, OptedOut | OptedIn):
        return replace(session, held=None)
    match event:
        case TimerDue(name) if name in _SPEAKING:
            return replace(silent(session, "held"), timers=(Timer(name, held.until + _HOUR),))
        case Tap():
            return Turn(session, toast=Say("stale"), silence="held")
        case Text(text):
            return replace(session, held=None) if urgent(scene, session, text) else _heard(scene, session, "heard")
        case Contact() | Unreadable():
            return _heard(scene, session, "other")
        case Called():
            return _heard(scene, session, "rang")
        case _:
            return session


def over(scene: Scene, session: Session) -> Turn:
    """Nobody wrote for a day: Batea speaks again."""
    if session.held is None:
        return silent(session, "nothing due")
    if scene.now < session.held.until:
        return replace(silent(session, "held"), timers=(Timer(TIMER, session.held.until),))
    return _batea_again(scene, session)


def _batea_again(scene: Scene, session: Session) -> Turn:
    """Told once, with the question that waits where that tells nothing to who else reads."""
    free = replace(session, held=None)
    if session.opted_out:
        return silent(free, "opted out")
    if session.state == DONE or delicate(scene.checklist, session):
        return Turn(free, (Say("held.over"),))
    return again(scene, free, Say("held.over.question"))


def _heard(scene: Scene, session: Session, what: str) -> Turn:
    """It goes to the case, and the day begins anew."""
    event, held = scene.arrival.event, session.held
    if held is None:
        return silent(session, "not held")
    until = _until(scene, session)
    text = event.text[:_LONGEST] if isinstance(event, Text) else ""
    told = Heard(held.reference, what, text, held.who, held.since)
    kept = replace(session, held=replace(held, until=until))
    return replace(silent(kept, "held"), heard=told, timers=(Timer(TIMER, until),))


def _until(scene: Scene, session: Session) -> float:
    """A day from now, and then by day."""
    return moment(scene, replace(session, hour=None), _DAY)


def _case(session: Session | None, reference: str) -> Session | None:
    """The assessment that left for ARM under this reference."""
    kept = cases(session) if session else ()
    return next((one for one in kept if one.referred and one.reference == reference), None)


def _ways(session: Session) -> set[object]:
    """How the person of this phone wants to be called, in any of its assessments."""
    return {one.answers.get("call_how") for one in cases(session)}


def _busy(checklist: Checklist, session: Session, now: float) -> bool:
    """In a meeting, in private, or at a question whose answer is for nobody else: what they type is not for staff."""
    private = session.aside is not None or delicate(checklist, session)
    meets = session.seat is not None or (session.room is not None and not session.room.ended)
    lately = now - session.touched
    return (private and lately < _HOUR) or (meets and lately < OPEN_FOR)
