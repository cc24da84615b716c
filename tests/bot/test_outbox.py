"""What has to be delivered leaves in order, is handed to one at a time, and is never lost: on one server and a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet, MultiFernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.crypto import Vault, make_key
from bot.messages import Job, Outgoing, Words
from bot.outbox import Outbox
from bot.store import Chat, Commit, Store
from bot.timers import Timers
from flows.model import Timer

if TYPE_CHECKING:
    from bot.connection import Database
    from bot.outbox import Claimed
    from tests.conftest import Clock

pytestmark = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
ADDRESS = "+573001234567"


def words(name: str, address: str = ADDRESS) -> Outgoing:
    return Outgoing(name, "sms", address, Words(f"text of {name}"), 0)


async def claimed_ids(outbox: Outbox, clock: Clock) -> list[str]:
    return [claimed.out.id for claimed in await outbox.claim(clock(), 99)]


async def one(outbox: Outbox, clock: Clock) -> Claimed:
    [claimed] = await outbox.claim(clock(), 99)
    return claimed


async def test_a_message_comes_back_as_it_was_put(outbox: Outbox, clock: Clock) -> None:
    out = Outgoing("j", "sms", ADDRESS, Job("refer", b"\x00\xff"), 12.5)
    await outbox.put(out)
    assert (await one(outbox, clock)).out == out


async def test_only_the_head_of_a_chat_is_handed_out(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"), words("c"))
    left = []
    for _ in range(3):
        claimed = await one(outbox, clock)
        await outbox.put(words(f"after {claimed.out.id}"))
        assert await outbox.claim(clock(), 99) == []
        left.append(claimed.out.id)
        await outbox.settle(claimed, "SM1")
    assert left == ["a", "b", "c"]
    assert await claimed_ids(outbox, clock) == ["after a"]


async def test_chats_do_not_wait_for_each_other(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(*(words(f"m{number}", f"+57{number}") for number in range(40)))
    assert len(await outbox.claim(clock(), 15)) == 15
    assert len(await outbox.claim(clock(), 99)) == 25


async def test_the_longest_waiting_goes_first(outbox: Outbox, clock: Clock) -> None:
    for number in range(10):
        await outbox.put(words(f"m{number}", f"+57{number}"))
        clock.advance(1)
    assert [claimed.out.id for claimed in await outbox.claim(clock(), 4)] == ["m0", "m1", "m2", "m3"]


async def test_a_killed_claimer_loses_its_lease(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"))
    first = await one(outbox, clock)
    clock.advance(outbox.lease - 1)
    assert await outbox.claim(clock(), 99) == []
    clock.advance(1)
    second = await one(outbox, clock)
    assert (first.state, first.attempts) == ("ready", 1)
    assert (second.state, second.attempts, second.first_sent) == ("lapsed", 2, first.first_sent)


async def test_who_lost_the_lease_can_only_say_that_it_was_sent(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"))
    slow = await one(outbox, clock)
    clock.advance(outbox.lease)
    await outbox.claim(clock(), 99)
    await outbox.later(slow, clock())
    await outbox.release(slow, clock())
    await outbox.drop(slow, "test")
    await outbox.stop(slow)
    await outbox.extend(slow)
    assert await outbox.claim(clock(), 99) == []
    await outbox.settle(slow, "SM1")
    assert await claimed_ids(outbox, clock) == ["b"]


async def test_a_lease_can_be_held(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"))
    claimed = await one(outbox, clock)
    clock.advance(outbox.lease - 1)
    await outbox.extend(claimed)
    clock.advance(outbox.lease - 1)
    assert await outbox.claim(clock(), 99) == []


async def test_an_id_is_put_once_even_after_it_left(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("a"))
    await outbox.settle(await one(outbox, clock), "SM1")
    await outbox.put(words("a"))
    assert await outbox.claim(clock(), 99) == []


async def test_later_comes_later_and_counts(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"))
    await outbox.later(await one(outbox, clock), clock() + 30)
    clock.advance(29)
    assert await outbox.claim(clock(), 99) == []
    clock.advance(1)
    again = await one(outbox, clock)
    assert (again.out.id, again.attempts, again.state, again.unknowns) == ("a", 2, "ready", 0)


async def test_what_is_unknown_says_so(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"))
    await outbox.later(await one(outbox, clock), clock(), unknown=True)
    again = await one(outbox, clock)
    assert (again.state, again.unknowns) == ("unknown", 1)
    await outbox.release(again, clock(), slot=clock() + 7)
    same = await one(outbox, clock)
    assert (same.state, same.unknowns, same.attempts, same.slot) == ("unknown", 1, again.attempts, clock() + 7)


async def test_the_next_message_starts_with_a_clean_slate(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"))
    await outbox.later(await one(outbox, clock), clock(), unknown=True)
    await outbox.release(await one(outbox, clock), clock(), slot=clock() + 7)
    await outbox.drop(await one(outbox, clock), "test")
    clock.advance(5)
    b = await one(outbox, clock)
    assert (b.out.id, b.state, b.attempts, b.unknowns, b.slot) == ("b", "ready", 1, 0, None)
    assert b.first_sent == clock.now


async def test_the_provider_may_say_that_it_has_it(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"))
    await outbox.later(await one(outbox, clock), clock() + 60, unknown=True)
    assert await outbox.settle_by_id("a")
    assert not await outbox.settle_by_id("a")
    assert not await outbox.settle_by_id("never put")
    assert await claimed_ids(outbox, clock) == ["b"]


async def test_a_callback_may_come_before_the_answer(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"))
    sending = await one(outbox, clock)
    assert await outbox.settle_by_id("a")
    next_one = await one(outbox, clock)
    await outbox.settle(sending, "SM1")
    await outbox.later(sending, clock(), unknown=True)
    assert await outbox.claim(clock(), 99) == []
    await outbox.settle(next_one, "SM2")
    assert (await outbox.counts()).lanes == 0


async def test_stop_drops_all_that_waits_for_the_person(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(words("a"), words("b"), words("other", "+1"), Outgoing("j", "sms", ADDRESS, Job("x", b""), 0))
    mine = next(claimed for claimed in await outbox.claim(clock(), 99) if claimed.out.id == "a")
    await outbox.stop(mine)
    assert [out.id for out in await outbox.pending(Chat("sms", ADDRESS))] == ["j"]
    assert [out.id for out in await outbox.pending(Chat("sms", "+1"))] == ["other"]


async def test_a_job_keeps_nobody_waiting(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(Outgoing("j", "sms", ADDRESS, Job("x", b""), 0), words("a"))
    assert sorted(await claimed_ids(outbox, clock)) == ["a", "j"]


async def test_what_waits_is_counted(outbox: Outbox, clock: Clock) -> None:
    assert (await outbox.counts()).first_due is None
    await outbox.put(words("a"), words("b"))
    clock.advance(10)
    await outbox.put(words("c", "+1"))
    counts = await outbox.counts()
    assert (counts.lanes, counts.first_due) == (2, clock.now - 10)


async def test_what_can_not_be_opened_is_kept(outbox: Outbox, database: Database, clock: Clock) -> None:
    await outbox.put(words("a"), words("b", "+1"))
    claims = {claimed.out.id: claimed for claimed in await outbox.claim(clock(), 99)}
    await outbox.settle(claims["b"], "")
    clock.advance(outbox.lease)
    others = Vault(MultiFernet([Fernet(make_key())]), b"")
    assert await Outbox(database, others, clock).claim(clock(), 99) == []
    assert (await outbox.counts()).lanes == 1
    clock.advance(3600)
    assert (await one(outbox, clock)).state == "lapsed"


async def test_a_due_timer_rings_once(store: Store, timers: Timers, clock: Clock) -> None:
    chat = Chat("sms", ADDRESS)
    await store.commit(Commit(chat=chat, version=0, session=b"", timers=(Timer("remind", clock() + 60.25),)))
    assert await timers.claim(clock(), 9) == []
    clock.advance(61)
    [ringing] = await timers.claim(clock(), 9)
    assert (ringing.chat, ringing.name, ringing.due) == (chat, "remind", clock.now - 0.75)
    assert await timers.claim(clock(), 9) == []
    await timers.done(ringing)
    clock.advance(timers.lease)
    assert await timers.claim(clock(), 9) == []
    assert await timers.count() == 0


async def test_a_timer_comes_back_from_who_was_killed(store: Store, timers: Timers, clock: Clock) -> None:
    await store.commit(Commit(chat=Chat("sms", ADDRESS), version=0, session=b"", timers=(Timer("a", clock()),)))
    [first] = await timers.claim(clock(), 9)
    clock.advance(timers.lease)
    [second] = await timers.claim(clock(), 9)
    assert (second.name, second.due) == ("a", first.due)
    await timers.later(second, clock() + 5)
    clock.advance(5)
    assert len(await timers.claim(clock(), 9)) == 1


async def test_a_timer_set_again_meanwhile_stays(store: Store, timers: Timers, clock: Clock) -> None:
    chat = Chat("sms", ADDRESS)
    await store.commit(Commit(chat=chat, version=0, session=b"", timers=(Timer("a", clock()),)))
    [ringing] = await timers.claim(clock(), 9)
    await store.commit(Commit(chat=chat, version=1, session=b"", timers=(Timer("a", clock() + 10),)))
    await timers.done(ringing)
    await timers.later(ringing, clock())
    assert await timers.claim(clock(), 9) == []
    clock.advance(10)
    assert [ringing.due for ringing in await timers.claim(clock(), 9)] == [clock.now]


async def test_a_timer_taken_back_never_rings(store: Store, timers: Timers, clock: Clock) -> None:
    chat = Chat("sms", ADDRESS)
    both = (Timer("a", clock()), Timer("b", clock()))
    await store.commit(Commit(chat=chat, version=0, session=b"", timers=both))
    await store.commit(Commit(chat=chat, version=1, session=b"", timers=(Timer("a", None),)))
    assert [ringing.name for ringing in await timers.claim(clock(), 9)] == ["b"]


async def test_the_oldest_timers_ring_first(store: Store, timers: Timers, clock: Clock) -> None:
    for number in range(8):
        chat = Chat("sms", f"+57{number}")
        await store.commit(Commit(chat=chat, version=0, session=b"", timers=(Timer("a", clock() - number),)))
    assert [ringing.chat.address for ringing in await timers.claim(clock(), 2)] == ["+577", "+576"]


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
