"""A timer rings once, for whoever it belongs to, unless it was set again: on one server and on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kept.timers import LEASE
from bot.store import Chat, Commit
from flows.model import Timer

if TYPE_CHECKING:
    from bot.kept.timers import Timers
    from bot.store import Store
    from tests.conftest import Clock

pytestmark = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
ADDRESS = "+573001234567"


async def test_a_due_timer_rings_once(store: Store, timers: Timers, clock: Clock) -> None:
    chat = Chat("sms", ADDRESS)
    await store.commit(Commit(chat=chat, version=0, session=b"", timers=(Timer("remind", clock() + 60.25),)))
    assert await timers.claim(clock(), 9) == []
    clock.advance(61)
    [ringing] = await timers.claim(clock(), 9)
    assert (ringing.chat, ringing.name, ringing.due) == (chat, "remind", clock.now - 0.75)
    assert await timers.claim(clock(), 9) == []
    await timers.done(ringing)
    clock.advance(LEASE)
    assert await timers.claim(clock(), 9) == []
    assert await timers.count() == 0


async def test_a_timer_comes_back_from_who_was_killed(store: Store, timers: Timers, clock: Clock) -> None:
    await store.commit(Commit(chat=Chat("sms", ADDRESS), version=0, session=b"", timers=(Timer("a", clock()),)))
    [first] = await timers.claim(clock(), 9)
    clock.advance(LEASE)
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
