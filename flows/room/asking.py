"""What the phone that leads a room is shown: the question to be read out, the tally, what else has to be settled."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from flows import asking
from flows.applies import wording
from flows.model import Checklist, Item, Option, Param, Say
from flows.reading import Question
from flows.room.counting import people, proposed, shown, split
from flows.room.model import Room, Tally, votes_on
from flows.session import Session

VOTE = ("close", "count", "decide", "people")
SKIP = ("skip",)
YES_NO = ("no", "yes")
SEEN = ("seen", "not_seen")
CHOICES = {"room.vote": VOTE, "room.both": YES_NO, "room.women": SKIP, "room.paper": SEEN}
"""What can be chosen at the steps of a question, by the message id of the options."""


def ask(checklist: Checklist, session: Session, locales: Sequence[str]) -> Say:
    """The pending question as the room's leader gets it; outside a room as anybody does."""
    room, item = session.room, checklist.items.get(session.state)
    if room is None or item is None or session.pending:
        return asking.ask(checklist, session, locales)
    if room.step in _STEPS:
        return _STEPS[room.step](checklist, session, room, item)
    if votes_on(item, room) and room.step != "decide":
        return _vote(checklist, session, item)
    return asking.ask(checklist, session, locales)


def step_question(checklist: Checklist, session: Session) -> Question | None:
    """What can be chosen where a room has a way of its own; None where the item is answered as by anybody."""
    room, item = session.room, checklist.items.get(session.state)
    if room is None or item is None or session.pending or room.step == "decide":
        return None
    name = f"room.{room.step}" if room.step else "room.vote" if votes_on(item, room) else ""
    return Question(name, "one", CHOICES[name]) if name else None


def ballot(item: Item, voted: str = "") -> tuple[Option, ...]:
    """The options of a vote; each reply carries its question: "171"."""
    replies = ((f"{item.number}{n}", code) for n, code in enumerate(item.choices, 1))
    return tuple(Option(reply, code, Say(f"{item.id}.{code}"), marked=reply == voted) for reply, code in replies)


def _vote(checklist: Checklist, session: Session, item: Item) -> Say:
    lines = (Say("room.ballot", {"code": option.reply, "text": option.label}) for option in ballot(item))
    return Say(
        wording(item, checklist, session.answers),
        heading=Say("room.question", {"n": item.number}),
        lines=(*lines, Say("room.hands")),
        options=asking.options("room.vote", VOTE),
        asks=True,
    )


def _decide(checklist: Checklist, session: Session, room: Room, item: Item) -> Say:
    """The tally with what it proposes; without one the plain question."""
    tally = room.tallies.get(item.id, Tally())
    figures = shown(tally)
    if not sum(figures):
        few = (Say("room.few"),) if sum(tally.phones) else ()
        return replace(asking.ask_one(checklist, session, ()), lines=few)
    params: dict[str, Param] = {"n": sum(figures), "of": people(session.answers).present}
    return Say(
        "room.decide.split" if split(item, figures) else "room.decide",
        params,
        heading=Say("room.question", {"n": item.number}),
        lines=_proposal(item, figures),
        options=tuple(
            Option(str(n), code, Say("room.counted", {"text": Say(f"{item.id}.{code}"), "n": figure}))
            for n, (code, figure) in enumerate(zip(item.choices, figures, strict=True), 1)
        ),
        asks=True,
    )


def _proposal(item: Item, figures: Sequence[int]) -> tuple[Say, ...]:
    code = proposed(item, figures)
    return (Say("room.proposed", {"n": item.choices.index(code) + 1}),) if code else ()


def _women(_: Checklist, session: Session, __: Room, ___: Item) -> Say:
    return Say(
        "room.women",
        {"of": people(session.answers).women},
        options=asking.options("room.women", SKIP),
        asks=True,
    )


def _both(_: Checklist, __: Session, ___: Room, ____: Item) -> Say:
    return Say("room.both.ask", options=asking.options("room.both", YES_NO), asks=True)


def _paper(_: Checklist, __: Session, ___: Room, item: Item) -> Say:
    return Say(
        "room.paper.ask", {"what": Say(f"{item.id}.short")}, options=asking.options("room.paper", SEEN), asks=True
    )


_STEPS = {"decide": _decide, "women": _women, "both": _both, "paper": _paper}
