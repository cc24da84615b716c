"""What a typed text does: a command, an answer, or a hint that helps."""

from __future__ import annotations

from msgspec.structs import replace

from flows.answers import AskBack, Read, Unclear, read
from flows.batch import mentioned, row, take
from flows.calling import lacks_number, option_of, picked_option, with_note
from flows.choosing import choose
from flows.commands import Command, command
from flows.crossed import urgent
from flows.detours.erasing import hide
from flows.detours.resuming import away, taken_up, welcome_back
from flows.doing import COMMANDS
from flows.entering import entering
from flows.menu import open_menu, put_again
from flows.model import Checklist, Kind, Say, Timer
from flows.moving import settle
from flows.phases import DONE
from flows.reading import Question
from flows.reminding import at_hour
from flows.room.asking import step_question
from flows.room.codes import ENTRY
from flows.room.coming import join, lapsed
from flows.room.leading import lead
from flows.room.private import returned
from flows.room.seat import apart, seated
from flows.scene import Scene, Turn, silent
from flows.session import Pending, Session
from flows.words import tidy

_EXAMPLE, _WAY_OUT = 2, 3
_DURING_A_TALK = ("private", "menu", "why", "means", "language", "back", "stop", "delete", "next")
"""What leaves a talk in private where it is."""
_GREETINGS = ("hello", "continue", "start", "thanks")


def reply(scene: Scene, session: Session, text: str) -> Turn:
    """What the text does in this session."""
    session = lapsed(scene, session)
    entry = _entry(scene, session, text)
    if entry:
        return join(scene, session, entry)
    if session.opted_out:
        return _while_out(scene, session, command(scene.words, session.locale, text, kind=None))
    if scene.arrival.came == "unheard" and session.seat is None and not urgent(scene, session, text):
        return put_again(scene, session)
    return _talking(scene, session, text)


def _entry(scene: Scene, session: Session, text: str) -> str:
    if len(text) < ENTRY:
        return ""  # most answers are a digit: they are to cost nothing here
    return entering(scene.words, session.locale, text, kind=_kind(scene, session), new=_alone(session))


def _alone(session: Session) -> bool:
    """Whether a code by itself can be nothing else."""
    return "consent" not in session.answers or session.state == DONE or session.seat is not None


def _talking(scene: Scene, session: Session, text: str) -> Turn:
    found = command(scene.words, session.locale, text, kind=_kind(scene, session), question=_own_words(scene, session))
    if found and found.name == "stop":
        return opt_out(session, tell=True)
    first = seated(scene, session, text, found) or at_hour(scene, session, text)
    if first is None and session.menu:
        first = choose(scene, apart(session, session.menu), _chosen(session, text))
    if first:
        return first
    if found:
        return _command(scene, session, found)
    if session.menu == "delete":
        return open_menu(scene, session, "delete")
    if session.state == DONE:
        return Turn(session, (Say("done.menu"),))
    here = replace(session, menu="") if session.menu == "later" else session
    return _returning(scene, session, here, text) if away(scene, session) else answer(scene, here, text)


def _chosen(session: Session, text: str) -> str:
    """The reply in a menu: digits of any script are digits, a nickname stays as it was typed."""
    typed = text if session.menu == "nickname" else tidy(text)
    return typed.strip(" .)\n")


def _kind(scene: Scene, session: Session) -> Kind | None:
    """How digits are to be read: as keys and options wherever options are shown."""
    if _asks_nothing(session):
        return None
    kind = scene.question(session).kind
    return "one" if session.pending and kind != "country" else kind


def _asks_nothing(session: Session) -> bool:
    """Whether the pending question is out of sight: behind a menu, or behind the votes of a room."""
    in_room = session.seat is not None and not session.seat.aside
    return bool(session.menu) or session.state == DONE or in_room


def _own_words(scene: Scene, session: Session) -> Question | None:
    """The pending question, whose labels win over commands."""
    if _asks_nothing(session):
        return None
    return step_question(scene.checklist, session) or scene.question(session)


def _while_out(scene: Scene, session: Session, found: Command | None) -> Turn:
    if found and found.name == "delete":
        return replace(hide(scene, session, ""), says=(), silence="opted out")
    if not found or found.name not in ("start", "hello", "continue", "menu"):
        return silent(session, "opted out")
    back = replace(session, opted_out=False)
    return welcome_back(scene, back) if away(scene, back) else COMMANDS["continue"](scene, back, "")


def opt_out(session: Session, *, tell: bool) -> Turn:
    """Nothing more is sent, after one word on how to come back where that may be said."""
    says = (Say("stopped"),) if tell and not session.opted_out else ()
    timers = (Timer("reminder", None),)
    out = replace(session, opted_out=True)
    return Turn(out, says, timers, cancel=True, silence="" if says else "opted out", happened=("opted_out",))


def _command(scene: Scene, session: Session, found: Command) -> Turn:
    if found.name == "thanks" and session.state == DONE:
        return silent(session, "thanks")
    if found.name in _GREETINGS and away(scene, session):
        return welcome_back(scene, session)
    here = session if found.name in _DURING_A_TALK else returned(session)
    return COMMANDS[found.name](scene, apart(here, found.name), found.argument)


def _returning(scene: Scene, session: Session, here: Session, text: str) -> Turn:
    turn = welcome_back(scene, session) if _greets(scene, session, text) else answer(scene, here, text)
    return taken_up(scene, session, turn)


def _greets(scene: Scene, session: Session, text: str) -> bool:
    """Whether a greeting comes after a pause where a name is asked for: it is nobody's."""
    if scene.question(session).kind != "text":
        return False
    found = command(scene.words, session.locale, text, kind=None)
    return found is not None and found.name in _GREETINGS


def answer(scene: Scene, session: Session, text: str) -> Turn:
    """The text as an answer to the pending question, whatever command it may be."""
    led = lead(scene, session, text) if session.room else None
    if isinstance(led, str):
        return _unclear(scene, session, led)
    return led or _by_one(scene, session, text)


def _by_one(scene: Scene, session: Session, text: str) -> Turn:
    tokens = row(scene, session, text)
    return (tokens and take(scene, session, tokens)) or _one_answer(scene, session, text)


def _one_answer(scene: Scene, session: Session, text: str) -> Turn:
    question = scene.question(session)
    if session.state == "call_how":
        session, text = with_note(session, text)
        if lacks_number(session, text):
            return _number(session, picked_option(session, text))
    outcome = read(
        question,
        scene.words,
        session.locale,
        text,
        checklist=_with_days(scene, session),
        pending=session.pending,
        guess=session.country_guess,
    )
    match outcome:
        case Read(answer) if session.state == "call_how" and lacks_number(session, option_of(answer)):
            return _number(session, option_of(answer))
        case Read(answer):
            return mentioned(scene, session, settle(scene, session, answer))
        case AskBack(why, said, candidates):
            asking = replace(session, pending=Pending(why, said, candidates), misses=0, menu="")
            return Turn(asking, (scene.ask(asking),))
        case Unclear(why):
            return _unclear(scene, session, why)


def _with_days(scene: Scene, session: Session) -> Checklist:
    """The checklist in which a month has the days that people work: gold by the day is counted with them."""
    days = session.answers.get("days_month")
    if session.state != "gold_month" or not isinstance(days, int):
        return scene.checklist
    return replace(scene.checklist, periods={**scene.checklist.periods, "day": float(days)})


def _number(session: Session, option: str) -> Turn:
    """The option waits for the number to call."""
    return Turn(replace(session, picked=(option,)), (Say("call_how.number"),))


def _unclear(scene: Scene, session: Session, why: str) -> Turn:
    """A short hint, then an example with the question, then a way out, told again every third time."""
    if session.pending and session.pending.why == "country" and why == "country_name":
        dropped = replace(session, pending=None, country_guess=None, misses=0)
        return Turn(dropped, (scene.ask(dropped),))
    missed = replace(session, misses=session.misses + 1, menu="")
    if missed.misses < _EXAMPLE:
        return Turn(missed, (Say(f"hint.{why}"),))
    if missed.misses == _EXAMPLE:
        return Turn(missed, (Say(f"hint.{why}.example"), scene.ask(missed)))
    keys = ".number" if scene.question(session).kind in ("number", "quantity") and not session.pending else ""
    return Turn(missed, (scene.ask(missed) if missed.misses % _WAY_OUT else Say(f"hint.way_out{keys}"),))
