"""A room as it is kept inside the session of the phone that leads it, and the seat that a participant's phone keeps.

Votes stand under keyed hashes of phones and are erased when the room ends; tallies remain.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from flows.events import Phone

Step = Literal["", "open", "both", "women", "decide", "paper"]
"""Of the item at hand: nothing special; votes are taken; hands and phones: who used which; the women alone; the group's
answer; whether the paper was seen."""


class Chair(msgspec.Struct, frozen=True):
    """A phone in the room. `mark` is its keyed hash; `questions`: it wants them sent; `late`: it was told so, once."""

    mark: str
    phone: Phone
    locale: str
    questions: bool = False
    result: bool = False
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
    """`id` is chance and never changes; `code` lets phones in while the room is open ("" while it pauses), `handover`
    lets another phone lead it, `page` is that of its page in a browser.

    `votes`: item -> mark -> option from 0. `papers`: item -> whether it was seen. `notes`: item -> what was added to the
    group's answer. `joined` counts the phones that ever took part. `ended` is in epoch seconds, 0 before.
    """

    id: str
    code: str = ""
    handover: str = ""
    page: str = ""
    people: People = People()
    chairs: tuple[Chair, ...] = ()
    joined: int = 0
    step: Step = ""
    both: bool | None = None
    votes: dict[str, dict[str, int]] = {}
    tallies: dict[str, Tally] = {}
    papers: dict[str, bool] = {}
    notes: dict[str, str] = {}
    ended: float = 0


class Seat(msgspec.Struct, frozen=True):
    """What a participant's phone knows: which room, and which phone leads it. `item` is the question it was sent."""

    room: str
    home: Phone
    item: str = ""
