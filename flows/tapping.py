"""What a tapped button does: the same as its reply, unless it stood under an old question."""

from __future__ import annotations

from msgspec.structs import replace

from flows.events import Tap
from flows.menu import shown_menu
from flows.model import Say
from flows.moving import settle
from flows.phases import DONE
from flows.replying import reply
from flows.room.seat import tapped
from flows.scene import Scene, Turn, silent
from flows.session import Session

FINISH = "ok"
"""The reply of the button that ends a choice of several."""
BALLOT = "ballot"
"""What the buttons of a vote in a room are named after, which is not what the person's own talk stands at."""
KEYS = {"0": "00", "9": "99", "8": "8"}


def tap(scene: Scene, session: Session, pressed: Tap) -> Turn:
    """What the button does. A stale one is answered gently and answers no question."""
    if session.opted_out:
        return silent(session, "opted out")
    vote = tapped(scene, session, pressed.reply)
    if vote:
        return vote
    if pressed.state != shown_state(session) or pressed.asked != session.asked:
        return Turn(session, toast=Say("stale"), silence="stale")
    if pressed.reply in KEYS:
        return reply(scene, session, KEYS[pressed.reply])
    if not session.menu and not session.pending and scene.question(session).kind == "several":
        return _several(scene, session, pressed)
    turn = reply(scene, session, pressed.reply)
    if turn.session == session:
        return turn  # such as how many have voted so far: the question is open as before, with its buttons
    return replace(turn, chosen=_chosen(shown(scene, session), pressed.reply))


def shown_state(session: Session) -> str:
    """What buttons are named after: the open menu, else the state."""
    return session.menu or session.state


def shown(scene: Scene, session: Session) -> Say:
    """What is on the person's screen: the open menu or the pending question."""
    if session.menu and session.menu != "review":
        return shown_menu(scene, session)
    return Say("done.menu") if session.state == DONE else scene.ask(session)


def _several(scene: Scene, session: Session, pressed: Tap) -> Turn:
    """Each tap marks or unmarks; the last button takes what is marked."""
    question = scene.question(session)
    if pressed.reply == FINISH:
        return _finish(scene, session)
    if pressed.reply not in {option.reply for option in scene.ask(session).options}:
        return Turn(session, toast=Say("stale"), silence="stale")
    code = question.choices[int(pressed.reply) - 1]
    if code == "unknown":
        return replace(reply(scene, session, pressed.reply), chosen=_chosen(scene.ask(session), pressed.reply))
    marked = [one for one in question.choices if (one in session.picked) != (one == code)]
    return Turn(replace(session, picked=tuple(marked)), redraw=scene.ask(session))


def _finish(scene: Scene, session: Session) -> Turn:
    if not session.picked:
        return Turn(session, toast=Say("hint.several"), silence="nothing marked")
    labels = [option.label for option in scene.ask(session).options if option.value in session.picked]
    turn = settle(scene, session, session.picked)
    return replace(turn, chosen=Say("plain", {"text": tuple(labels)}))


def _chosen(asked: Say, pressed: str) -> Say | None:
    if asked.secret:
        return Say("saved")
    found = [option for option in asked.options if option.reply == pressed]
    return found[0].label if found else None
