"""A room as it is kept inside the session of the phone that leads it, and the seat that a participant's phone keeps.

Votes stand under keyed hashes of phones and are erased when the room ends; tallies remain.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from flows.events import Phone
from flows.model import Item

Step = Literal["", "both", "women", "decide", "paper"]
"""Of the item at hand: nothing special (at a vote: it is open); who of those with a phone raised a hand too; the women
alone; the group's answer; whether the paper was seen."""


class Chair(msgspec.Struct, frozen=True):
    """A phone in the room. `mark` is its keyed hash; `questions`: it wants them sent; `late`: it was told so, once."""

    mark: str
    phone: Phone
    questions: bool = False
    late: str = ""


class People(msgspec.Struct, frozen=True):
    """Who is present; women are counted among the others."""

    leaders: int = 0
    members: int = 0
    workers: int = 0
    women: int = 0

    @property
    def present(self) -> int:
        """All of them."""
        return self.leaders + self.members + self.workers


class Tally(msgspec.Struct, frozen=True):
    """What was counted on an item, by its options in order: phones, raised hands, hands of the women alone.

    `both`: whoever used a phone raised a hand too, so that only hands count.
    """

    phones: tuple[int, ...] = ()
    hands: tuple[int, ...] = ()
    women: tuple[int, ...] = ()
    both: bool = False


class Room(msgspec.Struct, frozen=True):
    """One meeting after another with the same organisation, until it `ended` (epoch seconds; 0 before).

    `id` never changes. By `code` phones come in ("" while the room pauses), since `opened`; `handover` lets another
    phone lead it, `page` is that of its page in a browser, `asked` that it is to be sent. `votes`: item -> mark ->
    option from 0. `papers`: item -> whether it was seen. `notes`: item -> what was added to the group's answer.
    `joined` counts the phones that ever took part; `both` is what the last tally with hands and phones was told.
    """

    id: str
    code: str = ""
    opened: float = 0
    handover: str = ""
    page: str = ""
    chairs: tuple[Chair, ...] = ()
    joined: int = 0
    step: Step = ""
    both: bool | None = None
    hands: tuple[int, ...] = ()
    votes: dict[str, dict[str, int]] = {}
    tallies: dict[str, Tally] = {}
    papers: dict[str, bool] = {}
    notes: dict[str, str] = {}
    ended: float = 0


class Seat(msgspec.Struct, frozen=True):
    """What a participant's phone knows: which room, and which phone leads it.

    `aside`: the person is in a talk of their own, and single digits belong to that.
    """

    room: str
    home: Phone
    aside: bool = False


def votes_on(item: Item | None, room: Room | None) -> bool:
    """Whether the item is put to the vote in this room; what is asked again after its end is not."""
    return item is not None and room is not None and item.room == "vote" and not room.ended


def at_rest(room: Room | None) -> Room | None:
    """The room as it comes to another item."""
    return room if room is None or not (room.step or room.hands) else replace(room, step="", hands=())
