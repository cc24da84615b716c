"""Several assessments on one phone, each under a nickname; the others wait on the shelf of the one at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from flows.answers import Question, Read, read
from flows.commands import command
from flows.detours.afresh import due, fresh, same_phone, waiting
from flows.model import Option, Say
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session

MOST = 20
PAGE = 4
"""Assessments on a page of the list; below them a new one and a new group."""
_LONGEST = 16
_TRIES = 3
_NEW, GROUP = "new", "group"


def shelf_menu(_: Scene, session: Session) -> Say:
    """The assessments by digit, the one at hand first, and a new one or a group where there is room."""
    kept = (session, *session.shelf)
    start = session.page * PAGE
    names = [(str(at), label) for at, label in enumerate(_told_apart(kept))][start : start + PAGE]
    if len(kept) < MOST:
        names += [(_NEW, Say("others.new")), (GROUP, Say("others.group"))]
    options = tuple(Option(str(n), value, label) for n, (value, label) in enumerate(names, 1))
    more = Say("others.more") if len(kept) > start + PAGE else None
    return Say("menu.others.ask", options=options, tail=more, asks=True)


def _told_apart(kept: Sequence[Session]) -> Iterator[Say]:
    """The names in order, a number behind those that were there before."""
    before: list[Say] = []
    for name in map(_name, kept):
        before.append(name)
        nth = before.count(name)
        yield Say("others.nth", {"name": name, "nth": nth}) if nth > 1 else name


def further(_: Scene, session: Session) -> Turn:
    """The next page of the list, after the last one the first."""
    turned = replace(session, page=session.page + 1 if (session.page + 1) * PAGE <= len(session.shelf) else 0)
    return Turn(turned, (shelf_menu(_, turned),))


def nickname_question() -> Say:
    """How a new assessment is to be called."""
    return Say("menu.nickname.ask", asks=True)


def chosen(scene: Scene, session: Session, value: str) -> Turn:
    """On with the assessment that was chosen, or the nickname of a new one."""
    if value == "0":
        return again(scene, session)
    if "consent" not in session.answers or _leaving(session):
        return again(scene, session, Say("others.first"))
    if value == _NEW:
        asking = replace(session, menu="nickname")
        return Turn(asking, (nickname_question(),))
    return _taken_up(scene, session, int(value) - 1)


def named(scene: Scene, session: Session, text: str) -> Turn | None:
    """A new assessment under this nickname; the one at hand waits. None for what is a command there."""
    if command(scene.words, session.locale, text, kind="text"):
        return None
    outcome = read(Question("nickname", "text", ()), scene.words, session.locale, text, checklist=scene.checklist)
    name = " ".join(str(outcome.answer).split()) if isinstance(outcome, Read) else ""
    if not 0 < len(name) <= _LONGEST:
        return _asked_again(scene, replace(session, misses=session.misses + 1))
    begun = replace(fresh(scene, session), nickname=name, shelf=(waiting(session), *session.shelf))
    return replace(again(scene, begun, Say("others.now", {"name": name})), timers=due(begun))


def _asked_again(scene: Scene, session: Session) -> Turn:
    """The question for a nickname, three times at most."""
    return Turn(session, (nickname_question(),)) if session.misses < _TRIES else again(scene, session)


def _taken_up(scene: Scene, session: Session, at: int) -> Turn:
    others = list(session.shelf)
    taken = others.pop(at)
    shelf = (waiting(session), *others)
    here = same_phone(replace(taken, shelf=shelf), session)
    return replace(again(scene, here, Say("others.now", {"name": _name(here)})), timers=due(here))


def brought_back(scene: Scene, session: Session) -> Turn:
    """The assessment that waits first; the one at hand, in which nothing was said, goes."""
    first, *others = session.shelf
    here = same_phone(replace(first, shelf=tuple(others)), session)
    return replace(again(scene, here, Say("undo.done")), timers=due(here))


def _name(session: Session) -> Say:
    name = str(session.answers.get("organisation", "")) if session.room else session.nickname
    if name:
        return Say("plain", {"text": name})
    return Say("others.unnamed.group") if session.room else Say("others.unnamed")


def _leaving(session: Session) -> bool:
    """Its summary is about to leave: that comes first."""
    return session.answers.get("send") == "yes" and not session.referred
