"""The `transitions` machine of a checklist: which state comes next. Built once for each content version.

One event, `next`, moves a short-lived cursor; states that are answered already are passed. What a turn says is in
`turn`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from transitions import EventData, Machine

from flows.applies import Answers, applies, asked_items, is_worker
from flows.assess import DECIDERS, decided
from flows.model import Checklist, Item
from flows.phases import DETAILS, DONE
from flows.scale import to_confirm
from flows.session import Session

_AFTER = ("language", "welcome", "consent")
_CLOSING = ("send", "send_private", "call_back", "call_how", *DETAILS, "people", "advice")


@dataclass(slots=True)
class Cursor:
    """Where the machine stands while one turn is worked out."""

    state: str
    checklist: Checklist
    session: Session

    @property
    def answers(self) -> Answers:
        """What was answered so far."""
        return self.session.answers


Condition = Callable[[Cursor], bool]
Way = tuple[str, tuple[Condition, ...]]


class Road:
    """The machine of one checklist. `next_state` is all that the rest of the engine knows of it."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.machine = Machine(
            model=None,
            states=list(states(checklist)),
            transitions=list(_transitions(checklist)),
            initial="language",
            auto_transitions=False,
            send_event=True,
        )

    def next_state(self, session: Session) -> str:
        """The first state from the session's own onwards that still has to be answered."""
        cursor = Cursor(session.state, self.checklist, session)
        forward = self.machine.events["next"]
        passed = {*session.answers, *session.skipped}
        while cursor.state in passed and cursor.state != DONE:
            forward.trigger(cursor)
        return cursor.state


_ROADS: dict[str, Road] = {}


def road(checklist: Checklist) -> Road:
    """The machine of this checklist, built the first time it is asked for."""
    known = _ROADS.get(checklist.version)
    if known is None or known.checklist is not checklist:
        known = _ROADS[checklist.version] = Road(checklist)
    return known


def states(checklist: Checklist) -> Iterator[str]:
    """Every state, in the order of the way through."""
    yield from _AFTER
    for section in checklist.sections:
        if section.id == "private":
            yield "scale"
        if section.id == "advice":
            yield from _CLOSING
        yield from (item.id for item in section.items)
        if section.id == "basics":
            yield "checkpoint"
    yield DONE


def _transitions(checklist: Checklist) -> Iterator[dict[str, Any]]:
    items = {section.id: list(section.items) for section in checklist.sections}
    first = next(iter(checklist.items))
    yield _to("language", "welcome")
    yield _to("welcome", DONE, refused)
    yield _to("welcome", "consent")
    yield _to("consent", DONE, refused)
    yield _to("consent", first)
    yield from _chain(items["basics"], [("checkpoint", ())])
    yield _to("checkpoint", first, not_through_basics)
    middle = [item for name, part in items.items() if name not in ("basics", "private", "advice") for item in part]
    yield from _onward("checkpoint", middle, [])
    private: list[Way] = [(items["private"][0].id, (private_here,))]
    ending: list[Way] = [*private, ("call_back", (talk_instead,)), ("send", ())]
    yield from _chain(middle, [("scale", (scale_open,)), *ending])
    yield from _to_all("scale", ending)
    yield from _chain(items["private"], [("send", ())])
    yield from _closing(first, items["advice"])


def _closing(first: str, advice: list[Item]) -> Iterator[dict[str, Any]]:
    """From the result to the end; a call that was asked for on the way leads back to where the person was."""
    after_details: list[Way] = [("advice", (organisation_speaks,)), (DONE, ())]
    after_call = [(first, (result_open,)), ("name", (sending,)), *after_details]
    yield from _to_all("send", [("send_private", (private_asked,)), ("call_back", (sending,)), *after_details])
    yield _to("send_private", "call_back")
    yield from _to_all("call_back", [("call_how", (calling,)), *after_call])
    yield from _to_all("call_how", after_call)
    yield _to("name", "organisation")
    yield _to("organisation", "place")
    yield from _to_all("place", [("people", (gathering,)), *after_details])
    yield _to("people", first)
    yield from _onward("advice", advice, [], advice_wanted)
    yield _to("advice", DONE)
    yield from _chain(advice, [(DONE, ())])


def _chain(items: list[Item], ending: list[Way]) -> Iterator[dict[str, Any]]:
    """Each item leads to the next one that applies, the last to one of `ending`; a decider first to the result."""
    for place, item in enumerate(items, 1):
        if item.id in DECIDERS:
            yield _to(item.id, "checkpoint", decides)
        yield from _onward(item.id, items[place:], ending)


def _onward(source: str, items: list[Item], ending: list[Way], *extra: Condition) -> Iterator[dict[str, Any]]:
    for item in items:
        always = item.worker and not item.when
        yield _to(source, item.id, *extra, *(() if always else (_applying(item),)))
        if always:
            return
    yield from _to_all(source, ending)


def _to_all(source: str, ways: list[Way]) -> Iterator[dict[str, Any]]:
    yield from (_to(source, state, *conditions) for state, conditions in ways)


def _to(source: str, dest: str, *conditions: Condition) -> dict[str, Any]:
    return {
        "trigger": "next",
        "source": source,
        "dest": dest,
        "conditions": [_on_event(condition) for condition in conditions],
    }


def _on_event(condition: Condition) -> Callable[[EventData], bool]:
    """The condition as `transitions` calls it, under its own name for the drawing."""

    @wraps(condition)
    def asked(event: EventData) -> bool:
        return condition(cast("Cursor", event.model))

    return asked


def _applying(item: Item) -> Condition:
    def condition(cursor: Cursor) -> bool:
        return _said_here(cursor, item) and applies(item, cursor.checklist, cursor.answers)

    condition.__name__ = f"{item.id}_applies"
    return condition


def _said_here(cursor: Cursor, item: Item) -> bool:
    return cursor.session.room is None or not item.private


def refused(cursor: Cursor) -> bool:
    """The person said no to going on or to keeping the answers."""
    return "no" in (cursor.answers.get("welcome"), cursor.answers.get("consent"))


def decides(cursor: Cursor) -> bool:
    """An answer stops the application, and the first result was not given yet."""
    return "checkpoint" not in cursor.answers and decided(cursor.checklist, cursor.answers)


def not_through_basics(cursor: Cursor) -> bool:
    """The first result came early: the rest of the first section is still to be asked."""
    checklist, answers, passed = cursor.checklist, cursor.answers, {*cursor.answers, *cursor.session.skipped}
    return any(item.id not in passed and applies(item, checklist, answers) for item in checklist.sections[0].items)


def scale_open(cursor: Cursor) -> bool:
    """Gold per person and day is to be confirmed."""
    return to_confirm(cursor.checklist, cursor.answers)


def private_here(cursor: Cursor) -> bool:
    """There is somebody to whom section 7 can go."""
    return cursor.session.private


def talk_instead(cursor: Cursor) -> bool:
    """Nobody is there for section 7: one offer to talk stands in its place, but not before a whole room."""
    return not cursor.session.private and cursor.session.room is None and "call_back" not in cursor.answers


def gathering(cursor: Cursor) -> bool:
    """A room opens with its organisation and place: next is who came."""
    room = cursor.session.room
    return room is not None and not room.ended


def sending(cursor: Cursor) -> bool:
    """The person wants the summary to go to ARM."""
    return cursor.answers.get("send") == "yes"


def private_asked(cursor: Cursor) -> bool:
    """The summary goes, and section 7 was asked."""
    return sending(cursor) and private_here(cursor)


def calling(cursor: Cursor) -> bool:
    """The person may be called."""
    return cursor.answers.get("call_back") == "yes"


def result_open(cursor: Cursor) -> bool:
    """The result was not reached yet, or a question before it is being asked again."""
    passed = {*cursor.answers, *cursor.session.skipped}
    items = asked_items(cursor.checklist, cursor.answers, private=cursor.session.private)
    return "send" not in passed or any(item.id not in passed for item in items if _said_here(cursor, item))


def advice_wanted(cursor: Cursor) -> bool:
    """The person wants the advice pack."""
    return cursor.answers.get("advice") == "yes"


def organisation_speaks(cursor: Cursor) -> bool:
    """The pack of advice is for organisations."""
    return not is_worker(cursor.answers)
