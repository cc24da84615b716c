"""What a reply does while a menu is open."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows import reminding
from flows.answers import Question, Read, read
from flows.detours import rechecking, shelf
from flows.detours.erasing import hide
from flows.detours.pin import try_pin
from flows.detours.review import change
from flows.doing import COMMANDS, speak
from flows.menu import open_menu, shown_menu
from flows.model import Say
from flows.phases import CHOICES
from flows.place import again
from flows.regions import chosen_region, offered
from flows.room import opening, seat
from flows.scene import Scene, Turn
from flows.session import Session

_KEYS = ("0", "00", "8", "9", "99")
"""Keys also where numbers of questions are on the screen; "CAMBIAR 8" changes the eighth."""


def choose(scene: Scene, session: Session, reply: str) -> Turn | None:
    """What the reply does in the open menu; None where it is not one of its options."""
    typed = _TYPED.get(session.menu)
    if typed:
        return typed(scene, session, reply)
    codes = {option.reply: option.value for option in shown_menu(scene, session).options}
    chosen = codes.get(reply)
    return _CHOSEN[session.menu](scene, session, chosen) if chosen else None


def _changed(scene: Scene, session: Session, reply: str) -> Turn | None:
    return change(scene, session, reply) if reply.isdecimal() and reply not in _KEYS else None


def _in_region(scene: Scene, session: Session, reply: str) -> Turn | None:
    region = chosen_region(scene, session.locale, reply)
    return again(scene, replace(session, locale=region)) if region else None


def _confirmed(scene: Scene, session: Session, reply: str) -> Turn | None:
    """Only a yes to the question itself deletes; a no is none to what was asked before."""
    asked = Question("delete", "one", CHOICES["delete"])
    outcome = read(asked, scene.words, session.locale, reply, checklist=scene.checklist)
    if not isinstance(outcome, Read):
        return None
    return hide(scene, session, "") if outcome.answer == "yes" else again(scene, session)


def _unlocked(scene: Scene, session: Session, reply: str) -> Turn | None:
    """With the right key on to what was wanted."""
    opened = try_pin(scene, session, reply)
    if opened is None or opened.kept.menu:
        return opened
    name, argument = session.wanted
    return COMMANDS[name](scene, opened.kept, argument) if not opened.says else opened


def _entered(scene: Scene, session: Session, chosen: str) -> Turn:
    return open_menu(scene, session, "delete") if chosen == "delete" else COMMANDS[chosen](scene, session, "")


def _informed(scene: Scene, session: Session, chosen: str) -> Turn:
    return again(scene, session, Say(f"info.{chosen}"))


def _resumed(scene: Scene, session: Session, chosen: str) -> Turn:
    return COMMANDS[chosen](scene, replace(session, menu=""), "")


def _spoken(scene: Scene, session: Session, language: str) -> Turn:
    """The language at once; where it has regional words, then of which country."""
    turn = speak(scene, session, language)
    return open_menu(scene, turn.kept, "region") if offered(scene.words.regions, language) else turn


def _other(scene: Scene, session: Session, chosen: str) -> Turn:
    return opening.begin(scene, session) if chosen == shelf.GROUP else shelf.chosen(scene, session, chosen)


def _of_room(scene: Scene, session: Session, chosen: str) -> Turn:
    if chosen == "others":
        return open_menu(scene, session, "others")
    return COMMANDS["enough"](scene, session, "") if chosen == "pause" else opening.chosen(scene, session, chosen)


_TYPED: dict[str, Callable[[Scene, Session, str], Turn | None]] = {
    "review": _changed,
    "delete": _confirmed,
    "region": _in_region,
    "nickname": shelf.named,
    "pin": _unlocked,
}
_CHOSEN: dict[str, Callable[[Scene, Session, str], Turn]] = {
    "menu": _entered,
    "more": _entered,
    "info": _informed,
    "language": _spoken,
    "resume": _resumed,
    "reminder": reminding.chosen,
    "later": reminding.chosen,
    "recheck": rechecking.agreed,
    "rechecking": rechecking.begin,
    "others": _other,
    "room": _of_room,
    "room_over": seat.wants_result,
}
