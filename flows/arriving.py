"""What belongs to the arrival somewhere: before a question, with the result, at the end."""

from __future__ import annotations

from collections.abc import Iterator

from flows.asking import PAID
from flows.assess import assess
from flows.calling import called, promised
from flows.model import Say
from flows.open_points import compared
from flows.scene import Scene
from flows.session import Session
from flows.summary import advice, result


def intro(scene: Scene, before: Session, session: Session) -> Iterator[Say]:
    """What is said before the question."""
    if before.state == "consent" and not session.first_given and session.channel in PAID:
        yield Say("keys")
    item = scene.checklist.items.get(session.state)
    if item and item.sensitive and not any(scene.checklist.items[name].sensitive for name in _items(scene, session)):
        yield Say("private.intro")
    if session.state == "advice" and session.answers.get("send") == "yes":
        yield Say("sent", {"reference": session.reference or ""}, lines=promised(scene, session))


def _items(scene: Scene, session: Session) -> Iterator[str]:
    return (name for name in session.answers if name in scene.checklist.items)


def result_say(scene: Scene, session: Session) -> Say:
    """The result as it stands."""
    return result(scene.checklist, session, assess(scene.checklist, session.answers, private=session.private))


def farewell(session: Session) -> str:
    """The last words: what leaves, and whether somebody calls."""
    if session.answers.get("send") == "yes":
        return "done.updated" if session.referred else "done.sent"
    if not session.referred:
        return "done.kept"
    return "done.talk" if called(session) else "done.uncalled"


def told_again(scene: Scene, before: Session, session: Session) -> Iterator[Say]:
    """The advice at the end of its pack; the result where an answer that counts was changed."""
    item = scene.checklist.items.get(before.state)
    if item and item.section == "advice":
        yield advice(scene.checklist, session, assess(scene.checklist, session.answers, private=session.private))
    elif item or before.state == "scale":
        yield from compared(session, assess(scene.checklist, session.answers, private=session.private))
        yield result_say(scene, session)
