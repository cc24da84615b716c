"""A telephone number shared by Telegram's button: taken where a call is spoken of, and only one's own."""

from __future__ import annotations

from msgspec.structs import replace

from flows.calling import awaits_number
from flows.model import Say
from flows.replying import reply
from flows.scene import Scene, Turn, silent
from flows.session import Session


def share(scene: Scene, session: Session, number: str) -> Turn:
    """What the number does: as if it had been typed where it was asked for; before that it is noted beside the call."""
    if session.opted_out:
        return silent(session, "opted out")
    if session.state != "call_how":
        return Turn(session, (Say("unreadable"),))
    if not number:
        return Turn(session, (Say("contact.other"),))
    here = replace(session, menu="", page=0)
    if awaits_number(session):
        return reply(scene, here, number)
    noted = replace(here, answers={**session.answers, "call_note": number})
    return Turn(noted, (scene.ask(noted),))
