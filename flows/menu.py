"""The menu: what a person can do and read at any time, without losing the place."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows import rechecking, reminding
from flows.afresh import start_again, undo
from flows.answers import Question, Read, read
from flows.asking import PAID, options
from flows.assess import assess
from flows.erasing import bring_back, hide
from flows.model import Option, Say
from flows.moving import go_to, result_say, take_back
from flows.open_points import offer
from flows.pausing import enough
from flows.phases import CHOICES, DONE
from flows.place import again
from flows.regions import chosen_region, local, offered, region_menu
from flows.resuming import resume_menu
from flows.review import change, page
from flows.scene import Scene, Turn
from flows.session import Session
from flows.skipping import skip
from flows.summary import further_page, partial
from flows.words import language_of

MENU = ("continue", "why", "review", "person", "language", "info", "delete")
INFO = ("fairmined", "who", "benefits", "process", "later", "craft", "arm")
_KEYS = ("0", "00", "8", "9", "99")
"""Keys also where numbers of questions are on the screen; "CAMBIAR 8" changes the eighth."""


def shown_menu(scene: Scene, session: Session) -> Say:
    """The open menu with its options."""
    special = _SHOWN.get(session.menu)
    if special:
        return special(scene, session)
    choices = {"menu": MENU, "language": scene.locales, "delete": CHOICES["delete"]}
    return Say(f"menu.{session.menu}.ask", options=options(session.menu, choices[session.menu]), asks=True)


def _shown_info(_: Scene, __: Session) -> Say:
    labels = tuple(Option(str(n), name, Say(f"info.{name}.label")) for n, name in enumerate(INFO, 1))
    return Say("menu.info.ask", options=labels, asks=True)


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


def _entered(scene: Scene, session: Session, chosen: str) -> Turn:
    return open_menu(scene, session, "delete") if chosen == "delete" else COMMANDS[chosen](scene, session, "")


def _informed(scene: Scene, session: Session, chosen: str) -> Turn:
    return again(scene, session, Say(f"info.{chosen}"))


def _resumed(scene: Scene, session: Session, chosen: str) -> Turn:
    return COMMANDS[chosen](scene, replace(session, menu=""), "")


def _confirm(scene: Scene, session: Session, reply: str) -> Turn | None:
    """Only a yes to the question itself deletes; a no is none to what was asked before."""
    asked = Question("delete", "one", CHOICES["delete"])
    outcome = read(asked, scene.words, session.locale, reply, checklist=scene.checklist)
    if not isinstance(outcome, Read):
        return None
    return hide(scene, session, "") if outcome.answer == "yes" else again(scene, session)


def open_menu(scene: Scene, session: Session, name: str) -> Turn:
    """Show a menu; the pending question stays."""
    opened = replace(session, menu=name, page=0)
    return Turn(session=opened, says=(shown_menu(scene, opened),))


def next_page(scene: Scene, session: Session, _: str) -> Turn:
    """More of what was shown last: the second page of the menu, of the answers, of the result."""
    if session.menu == "menu":
        return open_menu(scene, session, "info")
    if session.menu == "review":
        return page(scene, session, session.page + 1)
    if session.result_given or session.state == DONE or (session.paused and session.first_given):
        return _result_page(scene, session)
    return again(scene, session)


def why(scene: Scene, session: Session, _: str) -> Turn:
    """Why the pending question is asked, and the question again."""
    key = session.state if session.state in scene.checklist.items else "phase"
    return again(scene, session, Say(f"{key}.why"))


def person(scene: Scene, session: Session, _: str) -> Turn:
    """Somebody to talk to: first whether and how to call. Before the person agreed to anything kept: ARM's address."""
    if "consent" not in session.answers:
        return again(scene, session, Say("info.arm"))
    return go_to(scene, replace(session, person=True), "call_back")


def speak(scene: Scene, session: Session, locale: str) -> Turn:
    """Go on in another language, with the words of the phone's country; without one, ask which."""
    if locale not in (*scene.locales, *scene.words.regions):
        return open_menu(scene, session, "language")
    same = locale == language_of(session.locale)
    spoken = replace(session, locale=session.locale if same else local(scene, locale), menu="", page=0)
    if spoken.state == "language":
        spoken = replace(spoken, state="welcome")
    return Turn(session=spoken, says=(scene.ask(spoken),))


def _speak_as_in(scene: Scene, session: Session, language: str) -> Turn:
    """The language at once; where it has regional words, then of which country."""
    turn = speak(scene, session, language)
    return open_menu(scene, turn.kept, "region") if offered(scene.words.regions, language) else turn


def status(scene: Scene, session: Session, _: str) -> Turn:
    """Where the case stands."""
    if session.referred:
        return again(scene, session, Say("status.sent", {"reference": session.reference or ""}))
    return again(scene, session, Say("status.open"))


def data(scene: Scene, session: Session, _: str) -> Turn:
    """What is kept, and how it is looked at and deleted."""
    return again(scene, session, Say("data.kept", count=len(session.answers)))


def means(scene: Scene, session: Session, _: str) -> Turn:
    """What the words of the pending question mean, and the question again."""
    key = f"{session.state}.means" if session.state in scene.checklist.items else "phase.why"
    return again(scene, session, Say(key))


def _undone(scene: Scene, session: Session, _: str) -> Turn:
    return bring_back(scene, session, "") or undo(scene, session, "")


def _shown_together(*, together: bool) -> Callable[[Scene, Session, str], Turn]:
    """The next questions in blocks, or one by one again."""

    def show(scene: Scene, session: Session, _: str) -> Turn:
        if session.channel not in PAID:
            return again(scene, session)
        changed = replace(session, together=together, batch_told=True)
        return again(scene, changed, Say("block.on" if together else "block.off"))

    return show


def _continue(scene: Scene, session: Session, _: str) -> Turn:
    return again(scene, session)


def _result_page(scene: Scene, session: Session) -> Turn:
    found = assess(scene.checklist, session.answers, private=session.private)
    say = further_page(session, found, session.page + 1)
    if say is None:
        whole = result_say(scene, session) if session.result_given else partial(session, found)
        return Turn(session=replace(session, page=0), says=(whole,))
    return Turn(session=replace(session, page=session.page + 1, menu=""), says=(say,))


def _back(scene: Scene, session: Session, _: str) -> Turn:
    if session.menu:
        return again(scene, session)
    return undo(scene, session, "") if session.before and not session.trail else take_back(scene, session)


def _menu(scene: Scene, session: Session, _: str) -> Turn:
    return open_menu(scene, session, "menu")


def _info(scene: Scene, session: Session, _: str) -> Turn:
    return open_menu(scene, session, "info")


Command = Callable[[Scene, Session, str], Turn]
COMMANDS: dict[str, Command] = {
    "continue": _continue,
    "hello": _continue,
    "thanks": _continue,
    "start": _continue,
    "again": start_again,
    "back": _back,
    "menu": _menu,
    "next": next_page,
    "why": why,
    "review": change,
    "change": change,
    "person": person,
    "language": speak,
    "info": _info,
    "status": status,
    "delete": hide,
    "undo": _undone,
    "omit": skip,
    "means": means,
    "enough": enough,
    "data": data,
    "together": _shown_together(together=True),
    "single": _shown_together(together=False),
}
_SHOWN: dict[str, Callable[[Scene, Session], Say]] = {
    "region": lambda scene, session: region_menu(scene.words.regions, session.locale),
    "info": _shown_info,
    "resume": resume_menu,
    "reminder": lambda _, __: reminding.waiting(),
    "recheck": lambda _, __: offer(),
    "rechecking": rechecking.ask_now,
}
_TYPED: dict[str, Callable[[Scene, Session, str], Turn | None]] = {
    "review": _changed,
    "delete": _confirm,
    "region": _in_region,
}
_CHOSEN: dict[str, Callable[[Scene, Session, str], Turn]] = {
    "menu": _entered,
    "info": _informed,
    "language": _speak_as_in,
    "resume": _resumed,
    "reminder": reminding.chosen,
    "recheck": rechecking.agreed,
    "rechecking": rechecking.begin,
}
