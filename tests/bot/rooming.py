"""Rooms on the one road: a phone that leads one, phones that take part, and a worker that brings their posts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from bot.kept.doors import Doors
from bot.messages import Inbound, Job, Words
from bot.posts import JOB, Posts
from bot.store import Chat, Commit, Place
from flows.events import Door, Text
from flows.reference import ALPHABET
from flows.room.model import Room
from flows.session import Session, dump
from tests.bot.cases import CHECKLIST
from tests.bot.conversing import conversation_on, session_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Claimed, Outbox
    from bot.store import Store
    from flows.model import Item
    from tests.conftest import Clock

LEADER = "+573000000000"
ITEM = CHECKLIST.items["safety_rules"]
OPENING = ("hola", "1", "1", "grupo", "Mina Azul", "Suárez", "9 16 5 8")
"""What whoever leads a room writes until it is open; after that "1", up to the first vote."""
STATES = {"welcome": "yes", "consent": "yes", "people": "2 30 5 8"}


class House:
    """The road, the worker's hand for posts, and what has to leave."""

    def __init__(self, database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock) -> None:
        self.store, self.vault, self.outbox, self.clock = store, vault, outbox, clock
        self.counts: Counter[str] = Counter()
        self.road = conversation_on(store, vault, clock, self.counts)
        self.posts = Posts(self.road.handle, Doors(database, vault), vault, clock)
        self.said: dict[str, list[str]] = {}
        self._numbers = iter(range(10**9))

    def code(self, leader: str = LEADER) -> str:
        """As the engine would make it."""
        return ALPHABET[Place(self.vault, Chat("sms", leader)).partition] + "7M2Q"

    async def open(self, leader: str) -> None:
        """A room as it is opened, up to the first question that is put to the vote."""
        for text in OPENING:
            await self.write(leader, text)
            await self.deliver()
        while await self.voting(leader) is None:
            await self.write(leader, "1")
            await self.deliver()

    async def voting(self, leader: str) -> Item | None:
        """What is put to the vote."""
        item = CHECKLIST.items.get((await session_of(self.store, address=leader)).state)
        return item if item and item.room == "vote" else None

    async def vote(self, leader: str, phone: str, option: int) -> None:
        """Of one phone; whoever votes for the first option has voted for the second before."""
        item = await self.voting(leader)
        assert item is not None
        for chosen in (2, 1) if option == 1 else (option,):
            await self.write(phone, f"{item.number}{chosen}")

    async def close(self, leader: str) -> tuple[int, ...]:
        """The question is closed; returns the votes by option."""
        item = await self.voting(leader)
        assert item is not None
        await self.write(leader, "1")
        return (await self.room(leader)).tallies[item.id].phones

    async def turns(self, leader: str) -> int:
        """How often something was written to the chat of whoever leads."""
        return (await self.store.load(Chat("sms", leader))).version

    async def lead(self, leader: str = LEADER) -> str:
        """A room that is open at a question that is put to the vote; returns its code."""
        code = self.code(leader)
        led = session(ITEM.id, Room(id=f"room of {leader}", code=code, opened=self.clock.now))
        done = Commit(chat=Chat("sms", leader), version=0, session=dump(led), doors=(Door(code, 3600),))
        assert await self.store.commit(done) == "done"
        return code

    async def write(self, phone: str, text: str, channel: str = "sms") -> None:
        """Somebody writes."""
        number = f"{channel}{next(self._numbers)}"
        await self.road.handle(Inbound(number, channel, phone, Text(text), self.clock.now))

    async def join(self, phone: str, code: str) -> None:
        """Somebody who has spoken with Batea before comes in."""
        await self.store.commit(Commit(chat=Chat("sms", phone), version=0, session=dump(session("welcome"))))
        await self.write(phone, f"/start join-{code}")

    async def deliver(self, *, twice: bool = False) -> int:
        """All that waits, as a worker with 32 hands would; jobs `twice` if so wished. Returns how many jobs."""
        jobs = 0
        while True:
            self.clock.advance(1)
            claimed = await self.outbox.claim(self.clock.now, 32)
            if not claimed:
                return jobs
            jobs += sum(await asyncio.gather(*(self._deliver(one, twice=twice) for one in claimed)))

    async def _deliver(self, claimed: Claimed, *, twice: bool) -> int:
        out = claimed.out
        job = isinstance(out.body, Job) and out.body.name == JOB
        for _ in range(job + (job and twice)):
            await self.posts.bring(out)
        if isinstance(out.body, Words):
            self.said.setdefault(out.address, []).append(out.body.text)
        await self.outbox.settle(claimed, "SM")
        return job

    async def room(self, leader: str = LEADER) -> Room:
        """As it stands."""
        room = (await session_of(self.store, address=leader)).room
        assert room is not None
        return room

    async def tally(self, leader: str = LEADER) -> list[int]:
        """The votes on the question, by option."""
        votes = list((await self.room(leader)).votes.get(ITEM.id, {}).values())
        return [votes.count(option) for option in range(len(ITEM.choices))]


def phones(leader: str, count: int) -> Iterable[str]:
    """The numbers of those who take part in a room."""
    return (f"{leader[:-4]}{number:04}" for number in range(1, count + 1))


def ballot(option: int) -> str:
    """What is sent to vote."""
    return f"{ITEM.number}{option}"


def session(state: str, room: Room | None = None) -> Session:
    """Of somebody who has spoken with Batea before."""
    return Session(CHECKLIST.version, "es", "sms", state, private=False, started=1.0, answers=dict(STATES), room=room)
