"""The messages of a room at their longest, and the SMS parts they may have: one for whoever takes part."""

from __future__ import annotations

from collections.abc import Iterator

from flows.asking import options
from flows.model import Checklist, Item, Option, Param, Say
from flows.room import asking, opening, seat

_ONE = (
    *("room.joined", "room.how", "room.early", "room.closed", "room.gone", "room.wrong", "room.tries", "room.left"),
    *("room.questions", "room.first", "room.given", "room.handed", "room.begun", "private.talk", "private.nobody"),
    "people.ask",
)
_CODE, _MANY = "K7M2Q", 99
Case = tuple[Say, int]


def room_cases(checklist: Checklist) -> Iterator[Case]:
    """What participants pay for is one part; what the leader reads out may be two, a question with its ballot three."""
    counted: dict[str, Param] = {"n": _MANY, "of": _MANY}
    yield from ((Say(key), 1) for key in _ONE)
    yield from ((Say(key, counted), 1) for key in ("room.count", "room.too_many", "room.too_many.women"))
    yield from ((Say(key, {"code": _CODE}), 2) for key in ("room.opened", "room.opened.nobody"))
    yield Say("room.hand_over", {"code": _CODE}), 1
    yield Say("room.women", {"of": _MANY}, options=options("room.women", asking.SKIP)), 1
    yield Say("room.both.ask", options=options("room.both", asking.YES_NO)), 1
    yield Say("menu.room.ask", options=options("menu.room", opening.MENU)), 1
    yield Say("menu.room_over.ask", options=options("menu.room_over", seat.OVER)), 1
    for item in checklist.items.values():
        yield from _item(item)


def _item(item: Item) -> Iterator[Case]:
    if item.room == "paper":
        what: dict[str, Param] = {"what": Say(f"{item.id}.short")}
        yield Say("room.paper.ask", what, options=options("room.paper", asking.SEEN)), 1
    if item.room != "vote":
        return
    yield Say(f"{item.id}.ask", options=asking.ballot(item)), 1
    lines = (Say("room.ballot", {"code": one.reply, "text": one.label}) for one in asking.ballot(item))
    yield Say(f"{item.id}.ask", lines=(*lines, Say("room.hands")), options=options("room.vote", asking.VOTE)), 3
    labels = ((str(n), Say(f"{item.id}.{code}")) for n, code in enumerate(item.choices, 1))
    counted = tuple(Option(n, "", Say("room.counted", {"text": label, "n": _MANY})) for n, label in labels)
    yield (
        Say("room.decide.split", {"n": _MANY, "of": _MANY}, lines=(Say("room.proposed", {"n": 1}),), options=counted),
        2,
    )
