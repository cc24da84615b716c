"""The menus: what each shows, and how one is opened. What a choice does is in `choosing`, commands are in `doing`."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows import reminding
from flows.asking import options
from flows.detours.pin import pin_question
from flows.detours.rechecking import ask_now
from flows.detours.resuming import resume_menu
from flows.detours.shelf import nickname_question, shelf_menu
from flows.model import Option, Say
from flows.open_points import offer
from flows.phases import CHOICES
from flows.place import again
from flows.regions import region_menu
from flows.room import opening, seat
from flows.scene import Scene, Turn
from flows.session import Session

MENU = ("continue", "why", "review", "person", "language", "info", "delete")
MORE = ("means", "omit", "enough", "status", "data", "others", "again")
LASTING = ("resume", "reminder", "recheck", "rechecking", "others", "nickname", "pin", "room", "room_over")
"""What is asked of the person, and is asked once more in another language."""
INFO = ("fairmined", "who", "benefits", "process", "later", "craft", "arm")


def shown_menu(scene: Scene, session: Session) -> Say:
    """The open menu with its options."""
    special = _SHOWN.get(session.menu)
    if special:
        return special(scene, session)
    choices = {"menu": MENU, "more": MORE, "language": scene.locales, "delete": CHOICES["delete"]}
    return Say(f"menu.{session.menu}.ask", options=options(session.menu, choices[session.menu]), asks=True)


def open_menu(scene: Scene, session: Session, name: str) -> Turn:
    """Show a menu; the pending question stays."""
    opened = replace(session, menu=name, page=0)
    return Turn(session=opened, says=(shown_menu(scene, opened),))


def put_again(scene: Scene, session: Session) -> Turn:
    """What the person is asked, once more: by a menu that lasts, else by the pending question."""
    return open_menu(scene, session, session.menu) if session.menu in LASTING else again(scene, session)


def _info(_: Scene, __: Session) -> Say:
    labels = tuple(Option(str(n), name, Say(f"info.{name}.label")) for n, name in enumerate(INFO, 1))
    return Say("menu.info.ask", options=labels, asks=True)


_SHOWN: dict[str, Callable[[Scene, Session], Say]] = {
    "region": lambda scene, session: region_menu(scene.words.regions, session.locale),
    "info": _info,
    "resume": resume_menu,
    "reminder": lambda _, __: reminding.waiting(),
    "later": lambda _, __: reminding.stopped(),
    "recheck": lambda _, __: offer(),
    "rechecking": ask_now,
    "others": shelf_menu,
    "nickname": lambda _, __: nickname_question(),
    "pin": lambda _, __: pin_question(),
    "room": opening.menu,
    "room_over": lambda _, __: seat.over(),
}
