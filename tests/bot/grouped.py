"""Groups that met, for the tests of what leaves: their votes, their papers, and a note that names somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.report import summarise
from flows.assess import assess
from flows.room.model import Room, Tally
from flows.room.outcome import outcome
from tests.bot import cases
from tests.bot.cases import CHECKLIST, REFERENCE, TEXTS

if TYPE_CHECKING:
    from bot.report import Summary
    from flows.session import Session
    from tests.bot.cases import Answers

VOTED = tuple(item.id for item in CHECKLIST.items.values() if item.room == "vote")
PAPERS = tuple(item.id for item in CHECKLIST.items.values() if item.room == "paper")
MANY = Tally((3, 2, 1), (12, 3, 2))
NOTE = "Dice Filomena que en el molino no"


def group(answers: Answers, *, women: tuple[int, ...] = (), people: str = "3 12 8 8", **room: object) -> Session:
    """The session of whoever led the group, as it ended."""
    tallies = {**dict.fromkeys(VOTED, MANY), "equal_treatment": replace(MANY, women=women)}
    papers = {name: name != "records" for name in PAPERS}
    met = {"id": "r", "joined": 6, "tallies": tallies, "papers": papers, "notes": {"pay_hours": NOTE}} | room
    of_group: Answers = {"role": "companion", "people": people}
    found = cases.session(answers | of_group, private=False)
    return replace(found, room=Room(**met))  # type: ignore[arg-type]


def of_group(session: Session, locale: str = "es") -> Summary:
    """What ARM is told of it."""
    found = assess(CHECKLIST, session.answers, private=False)
    room = outcome(CHECKLIST, session)
    return summarise(found, CHECKLIST, session.answers, TEXTS, locale, REFERENCE, day=1.8e9, room=room)
