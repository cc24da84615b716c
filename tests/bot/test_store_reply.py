"""When the reply to what came in last left: on one server and on a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.test_store import CHAT, both, job, turn, words

if TYPE_CHECKING:
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock


@both
async def test_a_reply_left_with_its_last_words(store: Store, outbox: Outbox, clock: Clock) -> None:
    await store.commit(turn(0, inbound_id="1", out=(words("a"),)))
    await store.commit(turn(1, inbound_id="2", out=(words("b"), words("c"))))
    await outbox.claim(clock(), 1)
    assert (await store.load(CHAT)).reply_left_at is None
    await outbox.settle_by_id("a")
    [b] = await outbox.claim(clock(), 1)
    await outbox.settle(b, "")
    [c] = await outbox.claim(clock(), 1)
    assert c.out.id == "c"
    assert (await store.load(CHAT)).reply_left_at is None
    clock.advance(3)
    await outbox.settle(c, "")
    assert (await store.load(CHAT)).reply_left_at == clock.now
    await store.commit(turn(2, inbound_id="3", digest="new"))
    assert (await store.load(CHAT)).reply_left_at == clock.now
    await store.commit(turn(3, inbound_id="4", digest="newer", out=(words("d"),)))
    loaded = await store.load(CHAT)
    assert (loaded.reply_left_at, loaded.reply_waits, loaded.last_in) == (None, True, "newer")


@both
async def test_a_reply_that_may_have_left_has_left(store: Store, outbox: Outbox, clock: Clock) -> None:
    await store.commit(turn(0, inbound_id="1", out=(words("a"), job("j"))))
    claims = {claimed.out.id: claimed for claimed in await outbox.claim(clock(), 9)}
    await outbox.settle(claims["j"], "")
    await outbox.later(claims["a"], clock())
    assert (await store.load(CHAT)).reply_left_at is None
    [a] = await outbox.claim(clock(), 9)
    await outbox.later(a, clock(), unknown=True)
    assert (await store.load(CHAT)).reply_left_at == clock.now


@both
async def test_a_reply_that_was_dropped_never_left_unless_more_was_said(
    store: Store, outbox: Outbox, clock: Clock
) -> None:
    await store.commit(turn(0, inbound_id="1", out=(words("a"),)))
    await store.commit(turn(1, out=(words("b"),)))
    [a] = await outbox.claim(clock(), 9)
    await outbox.drop(a, "refused")
    loaded = await store.load(CHAT)
    assert (loaded.reply_left_at, loaded.reply_waits) == (None, False)
    [b] = await outbox.claim(clock(), 9)
    await outbox.settle(b, "")
    assert (await store.load(CHAT)).reply_left_at == clock.now


@both
async def test_what_came_last_is_known_however_late_something_older_is(store: Store, clock: Clock) -> None:
    await store.commit(turn(0, inbound_id="1", received=clock.now))
    await store.commit(turn(1, inbound_id="2", received=clock.now - 9))
    await store.commit(turn(2, received=clock.now + 9))
    assert (await store.load(CHAT)).came_at == clock.now
