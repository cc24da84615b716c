"""Asking again a month after a result, only about what was missing or not known."""

from __future__ import annotations

from msgspec.structs import replace

from flows.asking import options
from flows.model import Say, Timer
from flows.open_points import CHOICES, open_items
from flows.phases import DONE
from flows.place import at
from flows.reminding import moment
from flows.scene import Scene, Turn, silent
from flows.session import Session, mark, without

AFTER = 30 * 86_400


def agreed(scene: Scene, session: Session, code: str) -> Turn:
    """The person's answer to the offer."""
    closed = replace(session, menu="")
    if code != "yes":
        return Turn(closed, (Say("recheck.no"),))
    due = moment(scene, session, AFTER)
    return Turn(replace(closed, recheck=due), (Say("recheck.yes"),), (Timer("recheck", due),))


def rung(scene: Scene, session: Session) -> Turn:
    """A month later: whether now is a good time."""
    over = replace(session, recheck=0)
    if session.opted_out or session.state != DONE or not open_items(scene, session):
        return silent(over, "nothing due")
    opened = replace(over, menu="rechecking", page=0)
    return Turn(opened, (ask_now(scene, opened),))


def ask_now(scene: Scene, session: Session) -> Say:
    """The question that the month brings."""
    count = len(open_items(scene, session))
    return Say("menu.rechecking.ask", count=count, options=options("menu.recheck", CHOICES), asks=True)


def begin(scene: Scene, session: Session, code: str) -> Turn:
    """Ask again what is open; `0` puts everything back at once."""
    named = open_items(scene, session)
    if code != "yes" or not named:
        return Turn(replace(session, menu=""), (Say("recheck.no"),))
    first, *others = named
    asking = replace(
        session,
        answers={name: said for name, said in session.answers.items() if name not in named},
        skipped=without(session.skipped, *named),
        trail=(*session.trail, mark(session, first, *others)),
        compared=named,
        offered=False,
    )
    asked = at(asking, first)
    return Turn(asked, (scene.ask(asked),))
