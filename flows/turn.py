"""One turn: session + what happened -> session + what is said. It sends nothing and asks no clock.

What a reply does is in `replying`, how a session moves in `moving`, what commands do in `doing`.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows import held, staff
from flows.crossed import too_late
from flows.detours import rechecking
from flows.detours.erasing import after, erase
from flows.doing import COMMANDS
from flows.events import (
    Arrival,
    Called,
    Contact,
    Event,
    Filled,
    FromRoom,
    HandedBack,
    OnPage,
    OptedIn,
    OptedOut,
    StaffStep,
    StaffWrote,
    Tap,
    Text,
    TimerDue,
    ToRoom,
)
from flows.funnel import steps
from flows.links import followed
from flows.model import Checklist, Say, Timer
from flows.moving import REFER_AFTER
from flows.opening import begin
from flows.pace import spans
from flows.phases import DONE
from flows.referring import referring
from flows.reminding import remind, woken
from flows.replying import opt_out, reply
from flows.room import coming, hearing, seat
from flows.room.filling import fill
from flows.room.page import act
from flows.room.telling import around
from flows.scene import Scene, Turn, silent
from flows.session import ERASED, Session, marked_since
from flows.sharing import share
from flows.tapping import tap
from flows.words import Words

_MINUTE = 60
_RINGING: dict[str, Callable[[Scene, Session], Turn]] = {
    "reminder": remind,
    "recheck": rechecking.rung,
    "erase": erase,
    staff.TIMER: staff.tell,
    held.TIMER: held.over,
    held.LATER: held.say_later,
}


def advance(checklist: Checklist, words: Words, session: Session | None, arrival: Arrival, now: float) -> Turn:
    """What the arrival makes of the session. The same arguments give the same turn; `now` in epoch seconds."""
    scene = Scene(checklist, words, arrival, now)
    event = arrival.event
    if isinstance(event, ToRoom):
        return hearing.hear(scene, session, event)
    if isinstance(event, FromRoom):
        return coming.given_up(scene, session, around(scene, session, seat.hear(scene, session, event)))
    if isinstance(event, StaffStep | StaffWrote | HandedBack):
        return _from_staff(scene, session, event)
    if session is None:
        return _stamped(scene, None, begin(scene))
    if too_late(scene, session):
        return silent(session, "late")
    if _braked(scene, session):
        return _held(scene, session)
    return _here(scene, session)


def _here(scene: Scene, session: Session) -> Turn:
    if session.state == ERASED:
        return _stamped(scene, session, after(scene, session))
    if session.held is not None:
        found = held.during(scene, session)
        return found if isinstance(found, Turn) else _as_ever(scene, found)
    return _as_ever(scene, session)


def _as_ever(scene: Scene, session: Session) -> Turn:
    turn = woken(scene, session, _happen(scene, session))
    return _stamped(scene, session, coming.given_up(scene, session, around(scene, session, turn)))


def _from_staff(scene: Scene, session: Session | None, event: StaffStep | StaffWrote | HandedBack) -> Turn:
    match event:
        case StaffWrote():
            return held.write(scene, session, event)
        case HandedBack():
            return held.hand_back(scene, session, event)
        case StaffStep():
            return staff.hear(scene, held.left(session, event), event)


def _happen(scene: Scene, session: Session) -> Turn:
    event = scene.arrival.event
    match event:
        case OptedOut(tell):
            return opt_out(session, tell=tell)
        case OptedIn():
            return _back_in(scene, session)
        case TimerDue(name):
            return _timer(scene, session, name)
        case Called():
            return _called(scene, session)
        case _:
            return _said(scene, session, event)


def _said(scene: Scene, session: Session, event: Event) -> Turn:
    match event:
        case Text(text):
            return reply(scene, followed(scene, session, text), text)
        case Tap():
            return tap(scene, session, event)
        case Contact(number):
            return share(scene, session, number)
        case Filled():
            return fill(scene, session, event)
        case OnPage():
            return act(scene, session, event)
        case _:
            return silent(session, "opted out") if session.opted_out else Turn(session, (Say("unreadable"),))


def _back_in(scene: Scene, session: Session) -> Turn:
    back = replace(session, opted_out=False)
    return Turn(back, (Say("back_in"), scene.ask(back)) if back.state != DONE else (Say("back_in"),))


def _called(scene: Scene, session: Session) -> Turn:
    """A missed call asks for a person, as the word does; from somebody who wants no messages, for nothing."""
    if session.opted_out:
        return silent(session, "opted out")
    turn = COMMANDS["person"](scene, seat.apart(session, "person"), "")
    return replace(turn, happened=(*turn.happened, "called"))


def _timer(scene: Scene, session: Session, name: str) -> Turn:
    if name == "refer" and session.answers.get("send") == "yes" and not session.referred:
        return referring(Turn(session, silence="referral"), session)
    rung = _RINGING.get(name)
    if rung:
        return rung(scene, session)
    return silent(session, "nothing due")


def _stamped(scene: Scene, before: Session | None, turn: Turn) -> Turn:
    """The turn with its number, the time, and the turn in which what is now shown was first put."""
    session = turn.session
    if session is None:
        return turn
    number = session.turn + 1
    fresh = before is None or _shown(before) != _shown(session) or before.asked != session.asked
    stuck, since = _stuck(scene, before, session)
    names = marked_since(before, session)
    reached = steps(scene.checklist, session, names)
    kept = replace(
        session,
        turn=number,
        touched=session.touched if isinstance(scene.arrival.event, TimerDue) else scene.now,
        asked=number if fresh else session.asked,
        stuck=stuck,
        stuck_since=since,
        spans=spans(scene.checklist, before, session, scene.now, names),
        passed=(*session.passed, *reached),
        sent=_sent(turn, session),
    )
    return replace(turn, session=kept, steps=reached, timers=(*turn.timers, *_refer_timer(scene, kept)))


def _sent(turn: Turn, session: Session) -> tuple[str, ...]:
    """Every reference that left for ARM, once."""
    new = turn.refer and session.reference and session.reference not in session.sent
    return (*session.sent, session.reference) if new and session.reference else session.sent


def _shown(session: Session) -> tuple[object, ...]:
    return session.state, session.menu, session.pending, session.room.step if session.room else ""


def _refer_timer(scene: Scene, session: Session) -> tuple[Timer, ...]:
    """Once sending was agreed to, the referral leaves even if the person stops before the end."""
    if session.answers.get("send") == "yes" and not session.referred and session.state != DONE:
        return (Timer("refer", scene.now + REFER_AFTER),)
    return ()


def _stuck(scene: Scene, before: Session | None, session: Session) -> tuple[int, float]:
    """How many turns within a minute led nowhere; two machines could answer each other for ever."""
    if before is None or before.answers != session.answers or scene.now - before.stuck_since > _MINUTE:
        return 0, scene.now
    return before.stuck + 1, before.stuck_since


def _braked(scene: Scene, session: Session) -> bool:
    brake = scene.arrival.brake
    talking = isinstance(scene.arrival.event, Text | Tap | Called)
    return talking and 0 < brake <= session.stuck and scene.now - session.stuck_since <= _MINUTE


def _held(scene: Scene, session: Session) -> Turn:
    """Silence; it is told once, by the first turn that the brake holds."""
    held = silent(replace(session, stuck=session.stuck + 1), "brake")
    return replace(held, happened=("braked",)) if session.stuck == scene.arrival.brake else held
