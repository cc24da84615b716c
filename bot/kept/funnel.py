"""How many conversations reached each step of the funnel, and where they stand: what a turn adds, and all of it read.

A turn's additions are written by its commit, so that a retry counts nothing twice. Steps, channels and languages are
kept; nothing about a person.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from bot.kept import keys
from bot.kept.connection import Call, script
from flows.words import language_of

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from flows.model import Checklist
    from flows.scene import Turn
    from flows.session import Session


_AT = "@"
"""Before a question where conversations stand; a step of the funnel has none."""


class Counted(msgspec.Struct, frozen=True):
    """So many conversations reached the step on this channel, in this language."""

    step: str
    channel: str
    language: str
    conversations: int


def added(before: Session | None, turn: Turn, checklist: Checklist) -> dict[str, int]:
    """Field -> what the turn adds; where the language was changed, all earlier steps move over to the new one."""
    after = turn.session
    found = Counter(_standing(after, checklist))
    found.subtract(_standing(before, checklist))
    found.update(_field(step, after) for step in turn.steps if after)
    same = before is not None and after is not None and after.passed == (*before.passed, *turn.steps)
    if before and after and same and _field("", before) != _field("", after):
        found.update(_field(step, after) for step in before.passed)
        found.subtract(_field(step, before) for step in before.passed)
    return {field: count for field, count in found.items() if count}


async def counted(database: Database) -> list[Counted]:
    """All counts of steps, one round trip. Raises `connection.Away`."""
    return [_counted(field, count) for field, count in await _kept(database) if not field.startswith(_AT)]


async def stopped(database: Database) -> Counter[str]:
    """Question -> conversations that wait for its answer; of section 7 only "private". Raises `connection.Away`."""
    total: Counter[str] = Counter()
    for field, count in await _kept(database):
        if field.startswith(_AT):
            total[_counted(field, count).step.removeprefix(_AT)] += count
    return total


async def _kept(database: Database) -> list[tuple[str, int]]:
    calls = [Call(script("funnel"), [keys.funnel(number)]) for number in range(keys.PARTITIONS)]
    total: Counter[str] = Counter()
    for flat in await database.run_all(calls):
        for field, count in zip(flat[::2], flat[1::2], strict=True):
            total[field.decode()] += int(count)
    return [(field, count) for field, count in sorted(total.items()) if count > 0]


async def reached(database: Database) -> Counter[str]:
    """Step -> conversations, on whatever channel and in whatever language. Raises `connection.Away`."""
    total: Counter[str] = Counter()
    for one in await counted(database):
        total[one.step] += one.conversations
    return total


def _counted(field: str, count: int) -> Counted:
    step, channel, language = field.split("|")
    return Counted(step, channel, language, count)


def _standing(session: Session | None, checklist: Checklist) -> list[str]:
    """The field of the question that the session waits at; none where it waits at none."""
    item = checklist.items.get(session.state) if session else None
    if session is None or item is None:
        return []
    return [_field(_AT + (item.section if item.sensitive else item.id), session)]


def _field(step: str, session: Session) -> str:
    return f"{step}|{session.channel}|{language_of(session.locale)}"
