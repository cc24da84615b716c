"""How far conversations get: the steps of the funnel, each reached once in a conversation. They tell of nobody."""

from __future__ import annotations

from collections.abc import Iterator

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


def steps(checklist: Checklist, session: Session) -> tuple[str, ...]:
    """What the session has reached and not `passed` before; nothing while the person wants no messages."""
    if session.opted_out:
        return ()
    return tuple(step for step in _reached(checklist, session) if step not in session.passed)


def _reached(checklist: Checklist, session: Session) -> Iterator[str]:
    answers = session.answers
    yield "started"
    if answers.get("consent") == "yes":
        yield "consented"
    for section in checklist.sections:
        if f"{section.id}.ended" not in session.passed:
            yield from _ends(checklist, section, session)
    if session.result_given:
        yield "result"
    if answers.get("send") == "yes":
        yield "referral"


def _ends(checklist: Checklist, section: Section, session: Session) -> Iterator[str]:
    gone_through = {*session.answers, *session.skipped}
    if not any(item.id in gone_through or item.id == session.state for item in section.items):
        return
    yield f"{section.id}.begun"
    if all(item.id in gone_through or not applies(item, checklist, session.answers) for item in section.items):
        yield f"{section.id}.ended"
