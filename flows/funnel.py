"""How far conversations get: the steps of the funnel, each reached once in a conversation. They tell of nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from flows.applies import applies
from flows.model import Checklist, Section
from flows.session import Session

_ENDS = ("begun", "ended")
_LAST = "advice"
"""The section after the result."""


def names(checklist: Checklist) -> tuple[str, ...]:
    """Every step in the order of the way through; a section has two, `<id>.begun` and `<id>.ended`."""
    sections = [section.id for section in checklist.sections if section.id != _LAST]
    on_the_way = (f"{section}.{end}" for section in sections for end in _ENDS)
    return ("started", "consented", *on_the_way, "result", "referral", *(f"{_LAST}.{end}" for end in _ENDS))


def steps(checklist: Checklist, session: Session, names: Collection[str] | None = None) -> tuple[str, ...]:
    """What the session has reached and not `passed` before; nothing while the person wants no messages.

    With `names`, what this turn answered or skipped, only the sections that it can have begun or ended are looked at.
    """
    if session.opted_out or (names is not None and _amid(checklist, session, names)):
        return ()
    sections = checklist.sections if names is None or not session.passed else _touched(checklist, session, names)
    return tuple(step for step in _reached(checklist, session, sections) if step not in session.passed)


def _amid(checklist: Checklist, session: Session, names: Collection[str]) -> bool:
    """Whether the turn stayed in the middle of a section that had begun: there is no step in that."""
    items = checklist.items
    here = items.get(session.state)
    if here is None or f"{here.section}.begun" not in session.passed:
        return False
    return all(name in items and items[name].section == here.section for name in names)


def _touched(checklist: Checklist, session: Session, names: Collection[str]) -> list[Section]:
    items, passed = checklist.items, session.passed
    here = {items[name].section for name in (*names, session.state) if name in items}
    concerned = (section for section in checklist.sections if section.id in here or f"{section.id}.begun" in passed)
    return [section for section in concerned if f"{section.id}.ended" not in passed]


def _reached(checklist: Checklist, session: Session, sections: Iterable[Section]) -> Iterator[str]:
    answers = session.answers
    yield "started"
    if answers.get("consent") == "yes":
        yield "consented"
    for section in sections:
        if f"{section.id}.ended" not in session.passed:
            yield from _ends(checklist, section, session)
    if session.result_given:
        yield "result"
    if answers.get("send") == "yes":
        yield "referral"


def _ends(checklist: Checklist, section: Section, session: Session) -> Iterator[str]:
    here = checklist.items.get(session.state)
    if here and here.section == section.id:
        yield f"{section.id}.begun"
        return
    gone_through = session.answers.keys() | session.skipped
    if gone_through.isdisjoint(item.id for item in section.items):
        return
    yield f"{section.id}.begun"
    if all(item.id in gone_through or not applies(item, checklist, session.answers) for item in section.items):
        yield f"{section.id}.ended"
