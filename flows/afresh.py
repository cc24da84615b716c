"""Starting again, which can be undone: the earlier assessment is kept beside the new one."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Say, Timer
from flows.moving import at
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session

_KEPT = ("language", "welcome", "consent")


def start_again(scene: Scene, session: Session, _: str) -> Turn:
    """The first question once more, with nothing answered but the consent."""
    if "consent" not in session.answers:
        return again(scene, session)
    fresh = Session(
        version=session.version,
        locale=session.locale,
        channel=session.channel,
        state=session.state,
        private=session.private,
        started=scene.now,
        turn=session.turn,
        country_guess=scene.arrival.country,
        answers={name: said for name, said in session.answers.items() if name in _KEPT},
        together=session.together,
        batch_told=session.batch_told,
        voice=session.voice,
        passed=session.passed,
        hidden=session.hidden,
        before=replace(session, before=None, menu="", page=0),
    )
    begun = at(fresh, next(iter(scene.checklist.items)))
    timers = (Timer("reminder", None), Timer("refer", None))
    return Turn(begun, (Say("afresh"), scene.ask(begun)), timers, happened=("started again",))


def undo(scene: Scene, session: Session, _: str) -> Turn:
    """The assessment as it was before it was started again."""
    if session.before is None:
        return again(scene, session, Say("undo.none"))
    earlier = replace(session.before, turn=session.turn, passed=session.passed, hidden=session.hidden)
    return again(scene, earlier, Say("undo.done"))
