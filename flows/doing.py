"""The commands: what each does, whatever question is pending."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows.arriving import result_say
from flows.asking import PAID
from flows.assess import assess
from flows.detours.afresh import start_again, undo
from flows.detours.erasing import bring_back, hide
from flows.detours.pausing import enough
from flows.detours.pin import lock, locked, wanting
from flows.detours.review import change, page
from flows.detours.shelf import brought_back, further
from flows.detours.skipping import skip
from flows.detours.telling import data, means, status, why
from flows.menu import open_menu, put_again
from flows.model import Say
from flows.moving import go_to, take_back
from flows.phases import DONE
from flows.place import again
from flows.regions import local
from flows.room import coming, opening, seat
from flows.room.private import private, returned
from flows.scene import Scene, Turn
from flows.session import Session
from flows.summary import further_page, partial
from flows.words import language_of

Command = Callable[[Scene, Session, str], Turn]


def next_page(scene: Scene, session: Session, _: str) -> Turn:
    """More of what was shown last: the second page of the menu, of the answers, of the result."""
    if session.menu == "menu":
        return open_menu(scene, session, "more")
    if session.menu == "others":
        return further(scene, session)
    if session.menu == "review":
        return _guarded("review", _further)(scene, session, "")
    if session.result_given or session.state == DONE or (session.paused and session.first_given):
        return _result_page(scene, session)
    return again(scene, session)


def _further(scene: Scene, session: Session, _: str) -> Turn:
    return page(scene, session, session.page + 1)


def _result_page(scene: Scene, session: Session) -> Turn:
    found = assess(scene.checklist, session.answers, private=session.private)
    say = further_page(session, found, session.page + 1)
    if say is None:
        whole = result_say(scene, session) if session.result_given else partial(session, found)
        return Turn(session=replace(session, page=0), says=(whole,))
    return Turn(session=replace(session, page=session.page + 1, menu=""), says=(say,))


def person(scene: Scene, session: Session, _: str) -> Turn:
    """Somebody to talk to: first whether and how to call. Before the person agreed to anything kept: ARM's address."""
    if "consent" not in session.answers:
        return again(scene, session, Say("info.arm"))
    if session.state == "call_back":
        return again(scene, session)
    return go_to(scene, replace(session, person=True), "call_back")


def speak(scene: Scene, session: Session, locale: str) -> Turn:
    """Go on in another language, with the words of the phone's country; without one, ask which."""
    if locale not in (*scene.locales, *scene.words.regions):
        return open_menu(scene, session, "language")
    same = locale == language_of(session.locale)
    spoken = replace(session, locale=session.locale if same else local(scene, locale), page=0)
    if spoken.state == "language":
        spoken = replace(spoken, state="welcome")
    return put_again(scene, spoken)


def _undone(scene: Scene, session: Session, _: str) -> Turn:
    """What was done last: a new start, else deleting."""
    return (None if session.before else bring_back(scene, session, "")) or undo(scene, session, "")


def _shown_together(*, together: bool) -> Command:
    """The next questions in blocks, or one by one again."""

    def show(scene: Scene, session: Session, _: str) -> Turn:
        if session.channel not in PAID or session.room:
            return again(scene, session)
        changed = replace(session, together=together, batch_told=True)
        return again(scene, changed, Say("block.on" if together else "block.off"))

    return show


def _opening(name: str) -> Command:
    def show(scene: Scene, session: Session, _: str) -> Turn:
        return open_menu(scene, session, name)

    return show


def _guarded(name: str, command: Command) -> Command:
    """Only with the key, where the person set one."""

    def ask_first(scene: Scene, session: Session, argument: str) -> Turn:
        if locked(scene, session):
            return open_menu(scene, wanting(scene, session, name, argument), "pin")
        return command(scene, session, argument)

    return ask_first


def _continue(scene: Scene, session: Session, _: str) -> Turn:
    return again(scene, session)


def _back(scene: Scene, session: Session, _: str) -> Turn:
    if session.menu:
        return again(scene, session)
    if session.aside:
        return again(scene, returned(session))
    if session.room and session.room.step:
        return again(scene, replace(session, room=replace(session.room, step=""), picked=()))
    if session.trail or session.referred:
        return take_back(scene, session)
    if session.before:
        return undo(scene, session, "")
    begun = session.room and not session.room.opened and session.shelf
    return brought_back(scene, session) if begun else take_back(scene, session)


COMMANDS: dict[str, Command] = {
    **dict.fromkeys(("continue", "hello", "thanks", "start"), _continue),
    "again": start_again,
    "back": _back,
    "menu": _opening("menu"),
    "info": _opening("info"),
    "next": next_page,
    "why": why,
    "means": means,
    "review": _guarded("review", change),
    "change": _guarded("change", change),
    "data": _guarded("data", data),
    "others": _guarded("others", _opening("others")),
    "lock": _guarded("lock", lock),
    "person": person,
    "language": speak,
    "status": status,
    "group": opening.group,
    "leave": coming.leave,
    "questions": seat.questions,
    "private": private,
    "delete": hide,
    "undo": _undone,
    "omit": skip,
    "enough": enough,
    "together": _shown_together(together=True),
    "single": _shown_together(together=False),
}
