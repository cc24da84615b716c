"""What nobody wants to say in a room: one word, and somebody who protects calls. It leaves no trace in the room."""

from __future__ import annotations

from msgspec.structs import replace

from flows.calling import arranged, promising
from flows.model import Say
from flows.place import again, at
from flows.reference import make
from flows.scene import Scene, Turn
from flows.session import Session, mark

_CALL = ("call_back", "call_how", "call_note")


def private(scene: Scene, session: Session, _: str) -> Turn:
    """How to call; afterwards the person is where they were. Where nobody is there to call, that is said."""
    if not scene.arrival.private:
        return again(scene, session, Say("private.nobody"))
    if session.aside:
        return again(scene, session)
    seat = replace(session.seat, aside=True) if session.seat else None
    others = {name: said for name, said in session.answers.items() if name not in _CALL}
    asking = replace(session, seat=seat, aside=mark(session, *_CALL), answers={**others, "call_back": "yes"})
    moved = at(asking, "call_how")
    return Turn(moved, (Say("private.talk"), scene.ask(moved)))


def arrange(scene: Scene, session: Session, how: str) -> Turn:
    """The call that was asked for leaves by itself; the person's own assessment and any room know nothing of it."""
    back = returned(session)
    if how == "not_safe":
        return _told(scene, back, Say("talk.not_safe"))
    reference = make(scene.arrival.partition, scene.arrival.chance)
    country = session.answers.get("country") or session.country_guess
    answers = {name: session.answers[name] for name in ("call_back", "call_note") if name in session.answers}
    where = {"country": country} if country else {}
    asked = replace(session, answers={**answers, **where, "call_how": how}, reference=reference)
    alone = replace(asked, room=None, aside=None, call_by=None)
    talk = promising(scene, alone, quiet=True)
    turn = _told(scene, replace(back, sent=(*back.sent, reference)), arranged(scene, talk))
    return replace(turn, talk=talk)


def returned(session: Session) -> Session:
    """The session where it was before the talk, with what it had answered."""
    step = session.aside
    if step is None:
        return session
    had = {step.key: step.had, **step.beside}
    others = {name: said for name, said in session.answers.items() if name not in _CALL}
    answers = others | {name: said for name, said in had.items() if said is not None}
    seat = replace(session.seat, aside=False) if session.seat else None
    return at(replace(session, answers=answers, aside=None, seat=seat), step.state)


def _told(scene: Scene, session: Session, say: Say) -> Turn:
    """In a room nothing else is asked."""
    closed = replace(session, menu="", page=0)
    return Turn(closed, (say,)) if session.seat else again(scene, closed, say)
