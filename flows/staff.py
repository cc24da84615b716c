"""What ARM's staff do with a case, as the person hears of it: kindly, once, by day, and never what could harm.

How far the case is stays in the session, so that `status` tells it. A call in private has no session: nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from flows.calling import promised
from flows.events import StaffStep
from flows.model import Param, Say, Timer
from flows.reminding import moment
from flows.scene import Scene, Turn, silent
from flows.session import Progress, Session

TIMER = "told"
TOLD = ("taken", "closed", "not_reached", "waiting")
"""What is told when it happens; the call itself tells that somebody is in contact."""
STANDS = ("taken", "contact", "closed", "not_reached", "waiting")
_HELD = ("taken", "contact")
OVER = ("closed", "not_reached")
LONGEST_NAME = 30


def hear(scene: Scene, session: Session | None, event: StaffStep) -> Turn:
    """Note how far the case is, and tell it; in the night that waits for the morning."""
    if session is None:
        return silent(None, "no case")
    noted = _noted(session, event)
    due = moment(scene, replace(noted, hour=None), 0)
    if due > scene.now and any(_untold(one) for one in cases(noted)):
        return replace(silent(noted, "night"), timers=(Timer(TIMER, due),))
    return tell(scene, noted)


def tell(scene: Scene, session: Session) -> Turn:
    """What was not told yet; to nobody who wants no messages."""
    says = tuple(say for one in cases(session) if _untold(one) for say in _news(scene, one, here=one is session))
    done = _told(session)
    return Turn(done, says) if says and not session.opted_out else silent(done, "no news")


def standing(scene: Scene, session: Session) -> Say:
    """Where a case that left for ARM stands, and by when somebody calls."""
    progress, reference = session.progress, session.reference or ""
    if progress is None:
        return Say("status.sent", {"reference": reference}, lines=promised(scene, session))
    lines = promised(scene, session) if progress.what == "taken" else ()
    return Say(f"status.{progress.what}", {"reference": reference, "who": _who(progress)}, lines=lines)


def renewed(session: Session) -> Progress | None:
    """How far the case is when something new leaves for ARM: one that was closed begins anew."""
    progress = session.progress
    return None if progress is None or not session.referred or progress.what in OVER else progress


def cases(session: Session) -> Iterator[Session]:
    """The assessments of the phone that are not deleted."""
    yield from (one for one in (session, session.before, *session.shelf) if one is not None)


def _untold(one: Session) -> bool:
    return one.progress is not None and not one.progress.told


def _noted(session: Session, event: StaffStep) -> Session:
    """The session with the step wherever the case is kept in it."""
    here = session.progress
    if session.reference == event.reference and session.referred:
        here = _after(session.progress, event)
    return replace(
        session,
        progress=here,
        before=session.before and _noted(session.before, event),
        hidden=session.hidden and _noted(session.hidden, event),
        shelf=tuple(_noted(one, event) for one in session.shelf),
    )


def _after(before: Progress | None, event: StaffStep) -> Progress:
    """That it still waits is no news once somebody has it; who has it is told once, whoever takes it over."""
    if before and event.what == "waiting":
        return before
    told = event.what not in TOLD
    if before and before.what == event.what:
        told = before.told
    elif before and before.what in _HELD and event.what in _HELD:
        told = True
    return Progress(event.what, event.who, told)


def _told(session: Session) -> Session:
    """The session with all its news told."""
    progress = session.progress and replace(session.progress, told=True)
    before = session.before and _told(session.before)
    return replace(session, progress=progress, before=before, shelf=tuple(map(_told, session.shelf)))


def _news(scene: Scene, one: Session, *, here: bool) -> Iterator[Say]:
    """Nothing to a phone that is not safe; where only "Batea" may be said, only that there is news."""
    progress, how = one.progress, one.answers.get("call_how")
    if progress is None or how == "not_safe":
        return
    if how != "only_batea":
        lines = promised(scene, one) if progress.what == "taken" else ()
        yield Say(f"staff.{progress.what}", {"reference": one.reference or "", "who": _who(progress)}, lines=lines)
    elif here:
        yield Say("staff.news")


def _who(progress: Progress) -> Param:
    return progress.who[:LONGEST_NAME].strip() or Say("staff.somebody")
