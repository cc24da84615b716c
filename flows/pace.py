"""How the answers were given: in how long, how many alike in a row, how many in one message. For ARM to weigh.

It changes no result. Section 7 is left out: how it was answered would tell of what was answered.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

import msgspec

from flows.model import Answer, Checklist, Item
from flows.session import Session, Span

LONG_RUN = 10
"""So many answers by the same digit in a row are told."""
_QUICK = 3.0
_ENOUGH = 4
"""A section of so many answers that took fewer seconds an answer than anybody reads in is told."""


class Pace(msgspec.Struct, frozen=True):
    """What is worth telling: the longest run (0 if short), the sections answered very fast, answers sent in rows."""

    run: int = 0
    fast: tuple[str, ...] = ()
    rows: int = 0


def pace(checklist: Checklist, session: Session) -> Pace:
    """How the session's answers were given."""
    run = _longest_run(checklist, session)
    fast = tuple(name for name, span in session.spans.items() if _is_fast(span))
    return Pace(run if run >= LONG_RUN else 0, fast, session.batched)


def spans(
    checklist: Checklist, before: Session | None, after: Session, now: float, names: Collection[str]
) -> dict[str, Span]:
    """The session's spans with what this turn answered: a section begins when its first question was put."""
    if before is None or not names:
        return after.spans
    items = [checklist.items[name] for name in names if name in checklist.items and name in after.answers]
    found = dict(after.spans)
    for item in filter(_tells, items):
        span = found.get(item.section, Span(before.touched, now, 0))
        found[item.section] = Span(span.begun, now, span.answers + 1)
    return found


def _tells(item: Item) -> bool:
    return not item.sensitive and not item.gold and item.section != "advice"


def _is_fast(span: Span) -> bool:
    return span.answers >= _ENOUGH and span.ended - span.begun < _QUICK * span.answers


def _longest_run(checklist: Checklist, session: Session) -> int:
    digits = [_digit(item, session.answers[item.id]) for item in checklist.items.values() if _counts(item, session)]
    return max((len(list(alike)) for _, alike in groupby(digits)), default=0)


def _counts(item: Item, session: Session) -> bool:
    return item.kind == "one" and _tells(item) and session.answers.get(item.id) in item.choices


def _digit(item: Item, answer: Answer) -> int:
    return item.choices.index(str(answer)) + 1
