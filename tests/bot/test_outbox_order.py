"""Whatever workers do, and whenever they die: nothing is lost, and nothing is doubled that could be known."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages import Outgoing, Words

if TYPE_CHECKING:
    from bot.outbox import Claimed, Outbox
    from tests.conftest import Clock

pytestmark = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)


def words(name: str, address: str) -> Outgoing:
    return Outgoing(name, "sms", address, Words(f"text of {name}"), 0)


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "claim", "send", "settle", "later", "crash", "wait"]), st.integers(0, 2)),
    min_size=5,
    max_size=60,
)


class Post:
    """Three chats, three workers, and what arrived; `doubtful` are tries that nobody heard the end of."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self.outbox = outbox
        self.clock = clock
        self.run = uuid4().hex
        self.put: dict[str, list[str]] = {f"+{self.run}{number}": [] for number in range(3)}
        self.arrived: list[tuple[str, str, str]] = []
        self.held: dict[int, list[tuple[Claimed, bool]]] = {0: [], 1: [], 2: []}

    async def step(self, what: str, number: int) -> None:
        """One thing that happens: to a chat, or by a worker."""
        if what == "put":
            await self._put(number)
        elif what == "claim":
            self.held[number] += [(claimed, False) for claimed in await self.outbox.claim(self.clock(), 2)]
        elif what == "wait":
            await self.outbox.extend(*(claimed for held in self.held.values() for claimed, _ in held))
            self.clock.advance(19 * (number + 1))
        elif what == "crash":
            self.held[number] = []
        elif self.held[number]:
            await self._first(what, number)

    async def _put(self, number: int) -> None:
        address = list(self.put)[number]
        name = f"{address}-{len(self.put[address])}"
        self.put[address].append(name)
        await self.outbox.put(words(name, address))

    async def _first(self, what: str, number: int) -> None:
        claimed, sent = self.held[number][0]
        if what == "send" and not sent:
            self.arrived.append((claimed.out.address, claimed.out.id, claimed.state))
            self.held[number][0] = claimed, True
            return
        if what == "settle" and sent:
            await self.outbox.settle(claimed, "SM")
        elif what == "later" and not sent:
            await self.outbox.later(claimed, self.clock() + 5)
        else:
            return
        del self.held[number][0]

    async def empty(self) -> None:
        """All workers die; a new one delivers what is left."""
        self.held = {0: [], 1: [], 2: []}
        self.clock.advance(self.outbox.lease)
        while claims := await self.outbox.claim(self.clock(), 99):
            for claimed in claims:
                self.arrived.append((claimed.out.address, claimed.out.id, claimed.state))
                await self.outbox.settle(claimed, "SM")

    def firsts(self, address: str) -> list[str]:
        """What arrived at an address, each once, in order."""
        return list(dict.fromkeys(name for where, name, _ in self.arrived if where == address))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_nothing_is_lost_or_silently_doubled(outbox: Outbox, clock: Clock, steps: list[tuple[str, int]]) -> None:
    post = Post(outbox, clock)
    for what, number in steps:
        await post.step(what, number)
    await post.empty()
    for address, put in post.put.items():
        assert post.firsts(address) == put
    seen: set[str] = set()
    for _, name, state in post.arrived:
        assert name not in seen or state == "lapsed", "sent again although nobody could think it was not sent"
        seen.add(name)
    assert (await outbox.counts()).lanes == 0
