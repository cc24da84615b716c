"""What was done with a case, as its page tells it. That something was shared in private is told to protection alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.desk.view import moment
from bot.referral.thread import THREAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.contacts import Contact
    from bot.desk.visit import Visit
    from bot.referral.trail import Entry
    from flows.case import Case, Step

PRIVATE = "private"
"""What begins so in the trail is not for staff."""
_CLOSED = "close."
"""A step that closes a case has what came of it behind it."""


class Line(msgspec.Struct, frozen=True):
    """One thing that was done: when, by whom, what, and a note; `of` is its code on the trail."""

    when: str
    who: str
    what: str
    note: str
    of: str


def history(visit: Visit, case: Case, entries: Iterable[Entry]) -> list[Line]:
    """What staff and Batea did, the last thing first."""
    own = [(step.at, "", step.move, step.note) for step in case.history if not step.who]
    done = [(one.at, one.who, one.what, _note(one)) for one in entries if _for(visit.contact, one)]
    return [_line(visit, *row) for row in sorted({*own, *done}, reverse=True)]


def notes(visit: Visit, entries: Iterable[Entry]) -> Iterator[Line]:
    """What staff wrote down, the last thing first; what was done with it, where it came with a step."""
    found = [one for one in entries if _is_note(one) and _for(visit.contact, one)]
    return (_line(visit, one.at, one.who, one.what, one.note) for one in reversed(found))


def quicker(visit: Visit, case: Case) -> str:
    """Who did what, where somebody was quicker."""
    last: Step | None = case.history[-1] if case.history else None
    if last is None:
        return visit.say("desk.quicker.changed")
    return visit.say(f"desk.quicker.{last.move}", who=last.who or "Batea")


def did(visit: Visit, what: str) -> str:
    """What was done, in words; of a case that was closed what came of it as well."""
    move, _, outcome = what.partition(_CLOSED)
    if outcome and not move:
        return visit.say("desk.did.close.with", outcome=visit.say(f"desk.outcome.{outcome}"))
    key = f"desk.did.{what}"
    return visit.say(key) if visit.office.desk.texts.has(visit.locale, key) else what


def _note(entry: Entry) -> str:
    """What was said stands in the thread, for those who may read that."""
    return "" if entry.what in THREAD else entry.note


def _is_note(entry: Entry) -> bool:
    return entry.what == "note" or (entry.what.startswith(_CLOSED) and bool(entry.note))


def _for(contact: Contact, entry: Entry) -> bool:
    return contact.role == "protection" or not entry.what.startswith(PRIVATE)


def _line(visit: Visit, at: float, who: str, what: str, note: str) -> Line:
    return Line(moment(visit.locale, at), visit.doer(who, what), did(visit, what), note, what)
