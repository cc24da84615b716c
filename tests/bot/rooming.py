"""Rooms on the one road: a phone that leads one, phones that take part, and a worker that brings their posts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from bot.kept.doors import Doors
from bot.messages import Inbound, Job, Words
from bot.posts import JOB, Posts
from bot.store import Chat
from flows.events import Text
from tests.bot.cases import CHECKLIST
from tests.bot.conversing import conversation_on, session_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Claimed, Outbox
    from bot.store import Store
    from flows.model import Item
    from flows.room.model import Room
    from tests.conftest import Clock

LEADER = "+573000000000"
OPENING = ("hola", "1", "1", "grupo", "Mina Azul", "Suárez", "9 16 5 8")
"""What whoever leads a room writes until it is open; after that "1", up to the first vote."""


class House:
    """The road, the worker's hand for posts, and what has to leave. `said` is what each phone was sent."""

    def __init__(self, database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock) -> None:
        self.store, self.vault, self.outbox, self.clock = store, vault, outbox, clock
        self.doors = Doors(database, vault)
        self.counts: Counter[str] = Counter()
        self.said: dict[str, list[str]] = {}
        self.road = conversation_on(store, vault, clock, self.counts)
        self.posts = self.hand()
        self.numbers = iter(range(10**9))

    def hand(self) -> Posts:
        """Of another worker."""
        return Posts(self.road.handle, self.doors, self.vault, self.clock)

    async def write(self, phone: str, text: str) -> None:
        """Somebody sends an SMS."""
        await self.road.handle(Inbound(f"SM{next(self.numbers)}", "sms", phone, Text(text), self.clock()))

    async def open(self, leader: str = LEADER) -> str:
        """A room, up to the first question that is put to the vote; returns its code."""
        for text in OPENING:
            await self.write(leader, text)
            await self.deliver()
        while await self.voting(leader) is None:
            await self.write(leader, "1")
            await self.deliver()
        return (await self.room(leader)).code

    async def join(self, code: str, *joining: str) -> None:
        """Phones that Batea does not know yet come in, all at once."""
        await asyncio.gather(*(self.write(phone, f"UNIR {code}") for phone in joining))
        await self.deliver()

    async def ballot(self, leader: str = LEADER) -> str:
        """What every vote on the question at hand begins with: its number."""
        item = await self.voting(leader)
        assert item is not None
        return str(item.number)

    async def voting(self, leader: str = LEADER) -> Item | None:
        """What is put to the vote."""
        item = CHECKLIST.items.get((await session_of(self.store, address=leader)).state)
        return item if item and item.room == "vote" else None

    async def room(self, leader: str = LEADER) -> Room:
        """As it stands."""
        room = (await session_of(self.store, address=leader)).room
        assert room is not None
        return room

    async def close(self, leader: str = LEADER) -> tuple[int, ...]:
        """No more votes on the question; returns them by option."""
        item = await self.voting(leader)
        assert item is not None
        await self.write(leader, "1")
        return (await self.room(leader)).tallies[item.id].phones

    async def turns(self, leader: str = LEADER) -> int:
        """How many the chat of whoever leads has had."""
        return (await self.store.load(Chat("sms", leader))).version

    async def deliver(self, *, twice: bool = False) -> None:
        """All that waits, as a worker with 32 hands would; jobs `twice` if so wished."""
        while True:
            self.clock.advance(1)
            claimed = await self.outbox.claim(self.clock(), 32)
            if not claimed:
                return
            await asyncio.gather(*(self._deliver(one, twice=twice) for one in claimed))

    async def _deliver(self, claimed: Claimed, *, twice: bool) -> None:
        out = claimed.out
        if isinstance(out.body, Job):
            assert out.body.name == JOB
            for _ in range(1 + twice):
                await self.posts.bring(out)
        if isinstance(out.body, Words):
            self.said.setdefault(out.address, []).append(out.body.text)
        await self.outbox.settle(claimed, "SM")


def phones(leader: str, count: int) -> Iterable[str]:
    """The numbers of those who take part in a room."""
    return (f"{leader[:-4]}{number:04}" for number in range(1, count + 1))
