"""Reminders: agreed to each time, at most three, further and further apart, at an hour at which people are up.

A reminder carries the question that waits, so that answering it is enough; a delicate one it only mentions.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from flows.asking import options
from flows.events import Tap, Text
from flows.model import Checklist, Say, Timer
from flows.phases import DONE
from flows.place import again
from flows.scene import Scene, Turn, silent
from flows.session import Session

AFTER = (86_400, 7 * 86_400, 30 * 86_400)
CHOICES = ("go", "later", "never")
_QUIET = ("scale", "send_private", "call_back", "call_how")
_HOUR, _DAY = 3600, 86_400
_UP, _IN_BED = 9, 19
_AT = r"(?:a las|a la|at|a|as|hora|heure|vers)?"
_CLOCK = re.compile(rf"{_AT}\s*(\d{{1,2}})(?:[:.]00)?\s*(h|hs|hrs?|horas?|heures?|am|pm|[:.]00)", re.IGNORECASE)


def later(scene: Scene, session: Session) -> Turn:
    """Another day: the question stays open, and one reminder is due."""
    paused = _stopping(replace(session, paused=True, reminders=session.reminders + 1, misses=0))
    if paused.reminders > len(AFTER):
        return Turn(session=paused, says=(Say("later.quiet"),))
    due = moment(scene, session, AFTER[session.reminders])
    return Turn(session=paused, says=(_agreed(scene),), timers=(Timer("reminder", due),))


def _stopping(session: Session) -> Session:
    """1 goes on, as is told, and answers nothing; after the first result that is one and the same."""
    return replace(session, menu="" if session.state == "checkpoint" else "later", page=0)


def _agreed(scene: Scene) -> Say:
    """That there will be a reminder; an hour can be chosen where it is known what time it is for the person."""
    return Say("later.plain" if scene.arrival.zone is None else "later")


def moment(scene: Scene, session: Session, after: float) -> float:
    """When it is `after` seconds from now, moved to the hour that was chosen, or between 9 and 19 where the phone is.

    That is wherever it may be in a country of several zones. Where nobody knows the zone it stays: at this time of day
    the person was up.
    """
    zone = scene.arrival.zone
    if zone is None:
        return scene.now + after
    local = scene.now + after + zone
    midnight = local - local % _DAY
    hour = local % _DAY / _HOUR
    if session.hour is not None:
        return midnight + session.hour * _HOUR - zone
    up, in_bed = _waking(scene)
    if up <= hour < in_bed:
        return local - zone
    return midnight + up * _HOUR + (_DAY if hour >= in_bed else 0) - zone


def _waking(scene: Scene) -> tuple[float, float]:
    """From when until when people are up in all zones that the phone may be in; if never, in the likeliest."""
    behind, ahead = scene.arrival.around
    up, in_bed = _UP + behind / _HOUR, _IN_BED - ahead / _HOUR
    return (up, in_bed) if up < in_bed else (_UP, _IN_BED)


def at_hour(scene: Scene, session: Session, text: str) -> Turn | None:
    """The reminder at the hour that the person names ("a las 18 h"); None where none is waiting or named."""
    if not session.paused or not 1 <= session.reminders <= len(AFTER):
        return None
    found = _CLOCK.fullmatch(text.strip(" .!"))
    if not found:
        return None
    hour = int(found[1]) % 12 + 12 * (found[2].lower() == "pm") if found[2].lower() in ("am", "pm") else int(found[1])
    if hour >= _DAY // _HOUR:
        return None
    if scene.arrival.zone is None:
        return Turn(session, (_agreed(scene),))
    chosen = replace(session, hour=hour)
    due = moment(scene, chosen, AFTER[session.reminders - 1])
    return Turn(session=chosen, says=(Say("later.hour", {"hour": hour}),), timers=(Timer("reminder", due),))


def remind(scene: Scene, session: Session) -> Turn:
    """The reminder, if the person is still away and wants messages."""
    if session.opted_out or not session.paused or session.state == DONE:
        return silent(session, "nothing due")
    if delicate(scene.checklist, session):
        return Turn(replace(session, menu="reminder", page=0), (waiting(),))
    closed = replace(session, menu="", page=0, seat=session.seat and replace(session.seat, aside=True))
    return Turn(closed, (Say("reminder"), scene.ask(closed)))


def waiting() -> Say:
    """That a question waits, without saying which."""
    return Say("menu.reminder.ask", options=options("menu.reminder", CHOICES), asks=True)


def stopped() -> Say:
    """What can be chosen after stopping for the day."""
    return Say("later.plain", options=options("menu.reminder", CHOICES[:1]), asks=True)


def chosen(scene: Scene, session: Session, code: str) -> Turn:
    """What the person does about a reminder."""
    if code == "later":
        return later(scene, session)
    if code == "go":
        return again(scene, session)
    quiet = _stopping(replace(session, reminders=len(AFTER)))
    return Turn(quiet, (Say("later.quiet"),), (Timer("reminder", None),))


def woken(scene: Scene, before: Session, turn: Turn) -> Turn:
    """No reminder overtakes an answer: with the first one, what is due is called off."""
    session = turn.session
    talks = isinstance(scene.arrival.event, Text | Tap)
    if session is None or not (before.paused and talks) or before.answers == session.answers:
        return turn
    return replace(turn, session=replace(session, paused=False), timers=(*turn.timers, Timer("reminder", None)))


def delicate(checklist: Checklist, session: Session) -> bool:
    """Whether the question tells of gold, of section 7, or that somebody is to call."""
    if session.state in _QUIET:
        return True
    item = checklist.items.get(session.state)
    return item is not None and (item.sensitive or item.gold)
