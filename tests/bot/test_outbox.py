"""What has to be delivered leaves in order and is handed to one worker at a time: on one server and on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet, MultiFernet
from structlog.testing import capture_logs

from bot.kept.crypto import Vault, make_key
from bot.messages import Button, Job, Mail, Outgoing, Words
from bot.outbox import Outbox
from bot.store import Chat, Commit

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.outbox import Claimed
    from bot.store import Store
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


async def test_messages_with_buttons_are_known_by_the_providers_id(outbox: Outbox, store: Store, clock: Clock) -> None:
    chat = Chat("telegram", "77")
    await store.commit(Commit(chat=chat, version=0, session=b"s"))
    tappable = Words("?", ((Button("a", "b|1|1"),),))
    for number, body in enumerate((tappable, Words("told"), tappable, Words("told")), 1):
        await outbox.put(Outgoing(f"m{number}", "telegram", "77", body, 0))
        await outbox.settle(await one(outbox, clock), f"id{number}")
    assert (await store.load(chat)).shown == ("id1", "id3")


async def test_which_messages_still_have_buttons_is_committed(outbox: Outbox, store: Store, clock: Clock) -> None:
    chat, tappable = Chat("telegram", "77"), Words("?", ((Button("a", "b|1|1"),),))
    await store.commit(Commit(chat=chat, version=0, session=b"s"))
    for name in ("id1", "id2"):
        await outbox.put(Outgoing(name, "telegram", "77", tappable, 0))
        await outbox.settle(await one(outbox, clock), name)
    turn = Commit(chat=chat, version=1, session=b"s", was_shown=("id1",), shown=())
    assert await store.commit(turn) == "done"
    assert (await store.load(chat)).shown == ("id2",)
    await store.commit(Commit(chat=chat, version=2, session=b"s", was_shown=("id1",), shown=()))
    await store.commit(Commit(chat=chat, version=3, session=b"s", was_shown=("id2",), shown=("id2",)))
    assert (await store.load(chat)).shown == ("id2",)
    await store.commit(Commit(chat=chat, version=4, session=None, was_shown=("id2",), shown=()))
    assert (await store.load(chat)).shown == ()


async def test_of_a_chat_that_is_not_kept_nothing_is_known(outbox: Outbox, store: Store, clock: Clock) -> None:
    await outbox.put(Outgoing("m", "telegram", "77", Words("?", ((Button("a", "b|1|1"),),)), 0))
    await outbox.settle(await one(outbox, clock), "id1")
    loaded = await store.load(Chat("telegram", "77"))
    assert (loaded.shown, loaded.version) == ((), 0)


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


async def test_what_was_given_up_is_counted_by_channel(outbox: Outbox, clock: Clock) -> None:
    for name in ("a", "b"):
        await outbox.put(words(name))
        await outbox.drop(await one(outbox, clock), "test")
    assert (await outbox.counts()).dropped == {"sms": 2}


async def test_the_log_names_what_a_provider_made_up_and_no_case(outbox: Outbox, clock: Clock) -> None:
    mail = Outgoing("m", "mail", "a@example.org", Mail("7k3m2qxd.p.1", "s", "t", "h", "es"), 0)
    told = []
    for out in (mail, words("a")):
        await outbox.put(out)
        with capture_logs() as logs:
            await outbox.settle(await one(outbox, clock), "<7k3m2qxd.p.1@batea.example>")
        told.append(logs[0]["provider_id"])
    assert told == [None, "<7k3m2qxd.p.1@batea.example>"]


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
