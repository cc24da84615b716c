"""The menu: what a person can do and read at any time, without losing the place."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from flows.answers import Question, Read, read
from flows.applies import counted, is_unknown
from flows.asking import PAID, options
from flows.assess import assess
from flows.model import Answer, CountryName, Item, Option, Say
from flows.moving import go_to, result_say, take_back
from flows.phases import CHOICES, DONE
from flows.regions import chosen_region, local, offered, region_menu
from flows.scene import Scene, Turn
from flows.session import Session
from flows.summary import further_page
from flows.words import language_of

MENU = ("continue", "why", "review", "person", "language", "info", "delete")
INFO = ("fairmined", "who", "benefits", "process", "later", "craft", "arm")
REVIEW_LINES = 5
_KEYS = ("0", "00", "8", "9", "99")
"""Keys also where numbers of questions are on the screen; "CAMBIAR 8" changes the eighth."""


def shown_menu(scene: Scene, session: Session) -> Say:
    """The open menu with its options."""
    if session.menu == "region":
        return region_menu(scene.words.regions, session.locale)
    choices = {"menu": MENU, "language": scene.locales, "delete": CHOICES["delete"]}
    if session.menu == "info":
        labels = tuple(Option(str(n), name, Say(f"info.{name}.label")) for n, name in enumerate(INFO, 1))
        return Say("menu.info.ask", options=labels, asks=True)
    return Say(f"menu.{session.menu}.ask", options=options(session.menu, choices[session.menu]), asks=True)


def choose(scene: Scene, session: Session, reply: str) -> Turn | None:
    """What the reply does in the open menu; None where it is not one of its options."""
    if session.menu == "review":
        return change(scene, session, reply) if reply.isdecimal() and reply not in _KEYS else None
    if session.menu == "delete":
        return _confirm(scene, session, reply)
    if session.menu == "region":
        region = chosen_region(scene, session.locale, reply)
        return _again(scene, replace(session, locale=region)) if region else None
    entries = {"menu": MENU, "info": INFO, "language": scene.locales}[session.menu]
    chosen = dict(zip("1234567", entries, strict=False)).get(reply)
    if chosen is None:
        return None
    if session.menu == "info":
        return _again(scene, session, Say(f"info.{chosen}"))
    if session.menu == "language":
        return _speak_as_in(scene, session, chosen)
    if chosen == "delete":
        return open_menu(scene, session, "delete")
    return COMMANDS[chosen](scene, session, "")


def _confirm(scene: Scene, session: Session, reply: str) -> Turn | None:
    """Only a yes to the question itself deletes; a no is none to what was asked before."""
    asked = Question("delete", "one", CHOICES["delete"])
    outcome = read(asked, scene.words, session.locale, reply, checklist=scene.checklist)
    if not isinstance(outcome, Read):
        return None
    return erase(scene, session, "") if outcome.answer == "yes" else _again(scene, session)


def open_menu(scene: Scene, session: Session, name: str) -> Turn:
    """Show a menu; the pending question stays."""
    opened = replace(session, menu=name, page=0)
    return Turn(session=opened, says=(shown_menu(scene, opened),))


def next_page(scene: Scene, session: Session, _: str) -> Turn:
    """More of what was shown last: the second page of the menu, of the answers, of the result."""
    if session.menu == "menu":
        return open_menu(scene, session, "info")
    if session.menu == "review":
        return _review(scene, session, session.page + 1)
    if session.result_given or session.state == DONE:
        return _result_page(scene, session)
    return _again(scene, session)


def why(scene: Scene, session: Session, _: str) -> Turn:
    """Why the pending question is asked, and the question again."""
    key = session.state if session.state in scene.checklist.items else "phase"
    return _again(scene, session, Say(f"{key}.why"))


def person(scene: Scene, session: Session, _: str) -> Turn:
    """Somebody to talk to: first whether and how to call. Before the person agreed to anything kept: ARM's address."""
    if "consent" not in session.answers:
        return _again(scene, session, Say("info.arm"))
    return go_to(scene, replace(session, person=True), "call_back")


def change(scene: Scene, session: Session, number: str) -> Turn:
    """Ask the item of this number again, if it was asked; without a number, show the answers."""
    items = {str(item.number): item for item in scene.checklist.items.values()}
    item = items.get(number)
    if item is None or item.id not in session.answers:
        return _review(scene, session, 0)
    return go_to(scene, session, item.id)


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
        return _again(scene, session, Say("status.sent", {"reference": session.reference or ""}))
    return _again(scene, session, Say("status.open"))


def erase(_: Scene, __: Session, ___: str) -> Turn:
    """Forget everything at once, with one word that gives nothing away."""
    return Turn(session=None, says=(Say("deleted"),), cancel=True, happened=("erased",))


def _shown_together(*, together: bool) -> Callable[[Scene, Session, str], Turn]:
    """The next questions in blocks, or one by one again."""

    def show(scene: Scene, session: Session, _: str) -> Turn:
        if session.channel not in PAID:
            return _again(scene, session)
        changed = replace(session, together=together, batch_told=True)
        return _again(scene, changed, Say("block.on" if together else "block.off"))

    return show


def _continue(scene: Scene, session: Session, _: str) -> Turn:
    return _again(scene, session)


def _again(scene: Scene, session: Session, *says: Say) -> Turn:
    """The place is not lost: the pending question once more, after what was to be said."""
    closed = replace(session, menu="", page=0)
    return Turn(session=closed, says=(*says, *_pending(scene, closed)))


def _pending(scene: Scene, session: Session) -> tuple[Say, ...]:
    if session.state == DONE:
        return (Say("done.menu"),)
    return (scene.ask(session),)


def _result_page(scene: Scene, session: Session) -> Turn:
    found = assess(scene.checklist, session.answers, private=session.private)
    say = further_page(session, found, session.page + 1)
    if say is None:
        return Turn(session=replace(session, page=0), says=(result_say(scene, session),))
    return Turn(session=replace(session, page=session.page + 1, menu=""), says=(say,))


def _review(scene: Scene, session: Session, page: int) -> Turn:
    """The answers by their fixed numbers, masked where they are delicate."""
    answered = [item for item in scene.checklist.items.values() if item.id in session.answers]
    shown = answered[page * REVIEW_LINES : (page + 1) * REVIEW_LINES]
    if not shown:
        return _again(scene, session, Say("review.end"))
    lines = tuple(_line(item, session, scene) for item in shown)
    tail = Say("review.tail" if len(answered) <= (page + 1) * REVIEW_LINES else "review.more")
    opened = replace(session, menu="review", page=page)
    return Turn(session=opened, says=(Say("review.ask", lines=lines, tail=tail, asks=True),))


def _line(item: Item, session: Session, scene: Scene) -> Say:
    answer = session.answers[item.id]
    closed = counted(item, scene.checklist, session.answers) is None
    text = Say("saved.short") if item.sensitive or item.gold else _told(item, answer)
    key = "review.closed" if closed else "review.line"
    return Say(key, {"at": item.number, "what": Say(f"{item.id}.short"), "text": text})


def _told(item: Item, answer: Answer) -> Say:
    if item.kind == "country":
        return Say("plain", {"text": CountryName(str(answer))})
    if is_unknown(answer) or isinstance(answer, str):
        return Say(f"{item.id}.{answer}")
    if isinstance(answer, tuple):
        return Say("several", {"first": Say(f"{item.id}.{answer[0]}"), "others": len(answer) - 1}, count=len(answer))
    return Say("plain", {"text": answer if isinstance(answer, int | float) else 0})


def _back(scene: Scene, session: Session, _: str) -> Turn:
    return _again(scene, session) if session.menu else take_back(scene, session)


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
    "again": _menu,
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
    "delete": erase,
    "together": _shown_together(together=True),
    "single": _shown_together(together=False),
}
