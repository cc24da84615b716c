"""What a room came to beside its answers: how far people agreed, what to talk over, which papers were seen."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from flows.assess import assess
from flows.model import UNKNOWN, Answer, Checklist, Item, Say
from flows.open_points import open_in
from flows.room.counting import people, shown, split
from flows.room.model import Room, Tally
from flows.session import Session

FEWEST = 5
"""Fewer women than this are not counted apart: it would show who said what."""
PAPERLESS = ("no", "none", UNKNOWN)
"""Answers for which there is no paper to be seen."""


class Agreement(msgspec.Struct, frozen=True):
    """The votes on an item: `answer` is what the group decided, `figures` and `women` count people by option.

    `women` is () where they were not asked alone, or were too few to be told apart.
    """

    item: str
    answer: Answer
    figures: tuple[int, ...]
    women: tuple[int, ...] = ()
    discuss: bool = False
    note: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """Who took part and how (`phones` that voted at least once came in), the votes, papers `seen` and only `said`."""

    present: int
    women: int
    phones: int
    hands: bool
    votes: tuple[Agreement, ...]
    seen: tuple[str, ...]
    said: tuple[str, ...]


def outcome(checklist: Checklist, session: Session) -> Outcome | None:
    """What the room of this session came to; None where it is no room's."""
    room, there = session.room, people(session.answers)
    if room is None:
        return None
    asked = [name for name in checklist.items if name in room.papers]
    looked = [name for name in asked if session.answers.get(name, UNKNOWN) not in PAPERLESS]
    return Outcome(
        present=there.present,
        women=there.women,
        phones=room.joined,
        hands=any(tally.hands for tally in room.tallies.values()),
        votes=tuple(_votes(checklist, session, room)),
        seen=tuple(name for name in looked if room.papers[name]),
        said=tuple(name for name in looked if not room.papers[name]),
    )


def _votes(checklist: Checklist, session: Session, room: Room) -> Iterator[Agreement]:
    for item in checklist.items.values():
        tally = room.tallies.get(item.id)
        if tally and item.id in session.answers:
            yield _agreement(item, session.answers[item.id], tally, room)


def _agreement(item: Item, answer: Answer, tally: Tally, room: Room) -> Agreement:
    figures = shown(tally)
    women = tally.women if sum(tally.women) >= FEWEST else ()
    return Agreement(item.id, answer, figures, women, split(item, figures), room.notes.get(item.id, ""))


def told(checklist: Checklist, session: Session) -> tuple[Say, ...]:
    """The outcome for the group itself: under its result, and compared with the meeting before."""
    found = outcome(checklist, session)
    if found is None:
        return ()
    lines = (*_discuss(found), *_papers(found))
    counts = {"present": found.present, "women": found.women, "phones": found.phones}
    return (Say("room.outcome", {**counts}, lines=lines), *_compared(checklist, session))


def _discuss(found: Outcome) -> Iterator[Say]:
    names = tuple(vote.item for vote in found.votes if vote.discuss)
    if names:
        yield Say(
            "room.outcome.discuss", lines=tuple(Say("room.outcome.item", {"what": Say(f"{n}.short")}) for n in names)
        )


def _papers(found: Outcome) -> Iterator[Say]:
    if found.seen or found.said:
        yield Say("room.outcome.papers", {"n": len(found.seen), "of": len(found.seen) + len(found.said)})


def _compared(checklist: Checklist, session: Session) -> Iterator[Say]:
    """How much of what was open the last time is closed now."""
    last = session.before
    if last is None or last.room is None:
        return
    was = open_in(assess(checklist, last.answers, private=False))
    left = was & open_in(assess(checklist, session.answers, private=False))
    yield Say("recheck.compared", {"closed": len(was) - len(left), "left": len(left)})
