"""What nobody wants to say in a room: one word, and somebody who protects calls. It leaves no trace in the room."""

from __future__ import annotations

from msgspec.structs import replace

from flows.calling import arranged, promising
from flows.model import Say
from flows.place import again
from flows.reference import make
from flows.scene import Scene, Turn
from flows.session import Aside, Session, mark

_CALL = ("call_back", "call_how", "call_note")


def private(scene: Scene, session: Session, _: str) -> Turn:
    """How to call; afterwards the person is where they were. Where nobody is there to call, that is said."""
    if not scene.arrival.private:
        told = _told if session.seat or session.held else again
        return told(scene, session, Say("private.nobody"))
    if session.aside:
        return again(scene, session)
    seat = replace(session.seat, aside=True) if session.seat else None
    others = {name: said for name, said in session.answers.items() if name not in _CALL}
    aside = Aside(mark(session, *_CALL), session.pending, session.picked)
    here = replace(_at(session, "call_how"), seat=seat, aside=aside, answers={**others, "call_back": "yes"})
    return Turn(here, (Say("private.talk"), scene.ask(here)))


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
    aside = session.aside
    if aside is None:
        return session
    step = aside.step
    had = {step.key: step.had, **step.beside}
    others = {name: said for name, said in session.answers.items() if name not in _CALL}
    answers = others | {name: said for name, said in had.items() if said is not None}
    seat = replace(session.seat, aside=False) if session.seat else None
    here = _at(session, step.state)
    return replace(here, pending=aside.pending, picked=aside.picked, answers=answers, aside=None, seat=seat)


def _at(session: Session, state: str) -> Session:
    """The session at the state, and any room where it was: a vote that is open, or closed, stays so."""
    return replace(session, state=state, pending=None, picked=(), menu="", page=0, misses=0)


def _told(scene: Scene, session: Session, say: Say) -> Turn:
    """In a room nothing else is asked, nor of somebody who came for this alone, nor while staff hold the talk."""
    closed = replace(session, menu="", page=0)
    only = session.seat or session.held or "consent" not in session.answers
    return Turn(closed, (say,)) if only else again(scene, closed, say)
