"""Coming back after hours or weeks: a plain answer is taken and echoed, anything else is told where the person was."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from flows.asking import options, progress
from flows.detours.review import told
from flows.model import Say
from flows.phases import DONE
from flows.scene import Scene, Turn
from flows.session import Session

AWAY = 3 * 3600
"""Seconds after which the thread is lost."""
CHOICES = ("continue", "review", "again")


def away(scene: Scene, session: Session) -> bool:
    """Whether the person comes back after a pause, in the middle of an assessment."""
    if "consent" not in session.answers or session.state == DONE or session.menu == "resume":
        return False
    return session.menu in ("later", "reminder") or scene.now - session.touched >= AWAY


def welcome_back(scene: Scene, session: Session) -> Turn:
    """Where the person was, and what can be done about it."""
    opened = replace(session, menu="resume", page=0, misses=0)
    return Turn(session=opened, says=(resume_menu(scene, opened),))


def resume_menu(scene: Scene, session: Session) -> Say:
    """Where the person was, such as "Work 3/9", and three ways on."""
    item = scene.checklist.items.get(session.state)
    place = progress(scene.checklist, session, item) if item and not item.sensitive else Say("resume.end")
    return Say("menu.resume.ask", {"place": place}, options=options("menu.resume", CHOICES), asks=True)


def taken_up(scene: Scene, before: Session, turn: Turn) -> Turn:
    """The turn of the first message after a pause: with an echo of its answer, or the question how to go on."""
    session = turn.session
    if session is None:
        return turn
    if session.misses > before.misses:
        return welcome_back(scene, before)
    return replace(turn, says=(*_echo(scene, before, session), *turn.says))


def _echo(scene: Scene, before: Session, session: Session) -> Iterator[Say]:
    item = scene.checklist.items.get(before.state)
    single = len(session.trail) == len(before.trail) + 1
    if single and item and item.id in session.answers and not (item.sensitive or item.gold):
        yield Say("resume.took", {"what": Say(f"{item.id}.short"), "text": told(item, session.answers[item.id])})
