"""Starting again, which can be undone: the earlier assessment is kept beside the new one."""

from __future__ import annotations

from msgspec.structs import replace

from flows.model import Say, Timer
from flows.moving import at
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session

CALLED_OFF = (Timer("reminder", None), Timer("refer", None), Timer("recheck", None))
"""What was due for the assessment that is left."""
_KEPT = ("language", "welcome", "consent")


def start_again(scene: Scene, session: Session, _: str) -> Turn:
    """The first question once more, with nothing answered but the consent."""
    if "consent" not in session.answers:
        return again(scene, session)
    begun = replace(
        fresh(scene, session),
        nickname=session.nickname,
        shelf=session.shelf,
        before=replace(session, before=None, shelf=(), hidden=None, menu="", page=0),
    )
    return Turn(begun, (Say("afresh"), scene.ask(begun)), CALLED_OFF, happened=("started again",))


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
        passed=session.passed,
    )
    return at(same_phone(begun, session), next(iter(scene.checklist.items)))


def undo(scene: Scene, session: Session, _: str) -> Turn:
    """The assessment as it was before it was started again."""
    if session.before is None:
        return again(scene, session, Say("undo.none"))
    earlier = replace(session.before, shelf=session.shelf, passed=session.passed)
    return again(scene, same_phone(earlier, session), Say("undo.done"))


def same_phone(session: Session, here: Session) -> Session:
    """The session with what belongs to the phone and the chat, not to the assessment, as it is `here`."""
    return replace(session, turn=here.turn, hidden=here.hidden, pin=here.pin, unlocked=here.unlocked, wrong=here.wrong)
