"""Which of the next questions can be shown together by SMS, in short form, within three parts.

How a row of answers is read is in `batch`; that every line keeps to its room, `bot.catalogs.lengths` proves.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.applies import applies
from flows.model import UNKNOWN, Checklist, Item
from flows.session import Session

PARTS = 3
ROOM = 153 * PARTS
HEAD = 87
"""GSM-7 units of a block, and of what stands above its questions."""
_PREFIX = 3
_STATEMENT, _WORDING, _OPTION = 39, 26, 9
_COUNTRY = 3
"""A country's name takes the room of two options, "another" that of one."""
_KINDS = frozenset({"one", "several", "number", "country"})


def joins(item: Item) -> bool:
    """Whether the item may be answered in a row with others: nothing sensitive, no gold, no free text."""
    return item.kind in _KINDS and not item.sensitive and not item.gold


def plainly(item: Item) -> bool:
    """Whether "1 yes, 2 no or partly, 3 don't know", said once above the block, fits the item.

    Not where "don't know" has words of its own: "it depends on the price" is not "no, or partly".
    """
    usual = item.choices == ("yes", "no", UNKNOWN) and UNKNOWN not in item.synonyms
    return usual and item.rule.get("no") in ("gap", "advice")


def room(item: Item) -> int:
    """The GSM-7 units that the item's short form may take, its options included."""
    if plainly(item) or item.kind == "number":
        return _STATEMENT
    return _WORDING + _OPTION * (len(item.choices) or _COUNTRY)


def block(checklist: Checklist, session: Session) -> tuple[Item, ...]:
    """The questions to be shown together from the pending one on; () where it stands alone."""
    first = checklist.items.get(session.state)
    if first is None or first.kind == "several" or not _shows(first, session) or _asked_back(session):
        return ()
    shown: list[Item] = []
    left = ROOM - HEAD
    for item in _open(checklist, session, first):
        if _hangs(item, shown):
            break
        if not applies(item, checklist, session.answers):
            continue
        left -= room(item) + _PREFIX
        if left < 0 or not _shows(item, session):
            break
        shown.append(item)
    return tuple(shown) if len(shown) > 1 else ()


def _open(checklist: Checklist, session: Session, first: Item) -> Iterator[Item]:
    """The unanswered items from `first` on, up to the next result."""
    sections = _stretch(checklist, first)
    items = [item for item in checklist.items.values() if item.section in sections]
    passed = {*session.answers, *session.skipped} - {first.id}
    yield from (item for item in items[items.index(first) :] if item.id not in passed)


def _stretch(checklist: Checklist, first: Item) -> list[str]:
    """The sections between two results: the first one, those that follow, the pack of advice."""
    names = [section.id for section in checklist.sections]
    return [first.section] if first.section in (names[0], names[-1]) else names[1:-1]


def _asked_back(session: Session) -> bool:
    """What was put back about an answer stands alone: digits pick one of its candidates."""
    return session.pending is not None and bool(session.pending.said)


def _shows(item: Item, session: Session) -> bool:
    guessed = item.kind != "country" or (session.country_guess is not None and not _named(session))
    return joins(item) and guessed


def _named(session: Session) -> bool:
    """The country is being asked for by its name: that stands alone."""
    return session.state == "country" and session.pending is None


def _hangs(item: Item, shown: list[Item]) -> bool:
    """Whether it depends on an answer that the block itself asks for."""
    above = {other.id for other in shown}
    return ("role" in above and not item.worker) or any(above.intersection(condition) for condition in item.when)
