"""Starting again, which can be undone: the earlier assessment is kept beside the new one."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Say, Timer
from flows.place import again, at
from flows.room.codes import drawn
from flows.room.model import Room
from flows.room.private import returned
from flows.scene import Scene, Turn
from flows.session import Session

CALLED_OFF = (Timer("reminder", None), Timer("refer", None), Timer("recheck", None))
"""What was due for the assessment that is left."""
_KEPT = ("language", "welcome", "consent")


def start_again(scene: Scene, session: Session, _: str) -> Turn:
    """The first question once more, with nothing answered but the consent."""
    if "consent" not in session.answers:
        return again(scene, session)
    earlier = replace(waiting(session), before=None) if answered(session) else session.before
    begun = _as_room(scene, session) if session.room else fresh(scene, session)
    begun = replace(begun, nickname=session.nickname, shelf=session.shelf, before=earlier)
    return Turn(begun, (Say("afresh"), scene.ask(begun)), due(begun), happened=("started again",))


def _as_room(scene: Scene, session: Session) -> Session:
    """Another meeting of the same group: who came is asked anew."""
    begun = fresh_room(scene, session)
    kept = {name: session.answers[name] for name in ("organisation", "place") if name in session.answers}
    return at(replace(begun, answers={**begun.answers, **kept}), "people")


def answered(session: Session) -> bool:
    """Whether anything was answered beyond the consent."""
    return not set(session.answers).issubset(_KEPT)


def waiting(session: Session) -> Session:
    """The session as it waits inside another one; a talk in private that was begun does not wait with it."""
    return replace(returned(session), shelf=(), hidden=None, menu="", page=0, misses=0)


def due(session: Session) -> tuple[Timer, ...]:
    """The timers of the session that is taken up, in place of those of the one that is left."""
    return (*CALLED_OFF[:2], Timer("recheck", session.recheck or None))


def fresh(scene: Scene, session: Session) -> Session:
    """A session at the first question, in the same chat and language and with its consent."""
    begun = Session(
        version=session.version,
        locale=session.locale,
        channel=session.channel,
        state=session.state,
        private=session.private,
        started=scene.now,
        country_guess=scene.arrival.country,
        answers={name: said for name, said in session.answers.items() if name in _KEPT},
        together=session.together,
        batch_told=session.batch_told,
        voice=session.voice,
    )
    return at(same_phone(begun, session), next(iter(scene.checklist.items)))


def fresh_room(scene: Scene, session: Session) -> Session:
    """A room with nothing asked yet; what is delicate is not for it."""
    begun = fresh(scene, session)
    room = Room(id=f"{drawn(scene, 'id'):016x}")
    answers = {**begun.answers, "role": "companion"}
    return at(replace(begun, answers=answers, room=room, private=False, together=False), "organisation")


def undo(scene: Scene, session: Session, _: str) -> Turn:
    """The assessment as it was before it was started again."""
    if session.before is None:
        return again(scene, session, Say("undo.none"))
    earlier = same_phone(replace(session.before, shelf=session.shelf), session)
    return replace(again(scene, earlier, Say("undo.done")), timers=due(earlier))


def same_phone(session: Session, here: Session) -> Session:
    """The session with what belongs to the phone and the chat, not to the assessment, as it is `here`."""
    return replace(
        session,
        turn=here.turn,
        touched=here.touched,
        hidden=here.hidden,
        pin=here.pin,
        unlocked=here.unlocked,
        wrong=here.wrong,
        passed=here.passed,
        seat=here.seat,
        tries=here.tries,
        sent=tuple(dict.fromkeys((*session.sent, *here.sent))),
    )
