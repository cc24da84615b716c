"""The same text once more, and texts that come late: what answers a question, and what was written before it."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.messages import Words
from tests.bot.conversing import conversation_on, sent, session_of, sms

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.kept.crypto import Vault
    from bot.messages import Inbound
    from bot.outbox import Claimed, Outbox
    from bot.store import Store
    from tests.conftest import Clock


@pytest.fixture
def conversation(store: Store, vault: Vault, clock: Clock) -> Conversation:
    return conversation_on(store, vault, clock, Counter())


@pytest.fixture
async def asked(conversation: Conversation, outbox: Outbox, clock: Clock) -> Conversation:
    """Somebody who was asked for consent, has said 1 to that, and waits for the reply: the role is asked next."""
    for number, text in enumerate(("hola", "1")):
        await conversation.handle(sms(number, text, clock.now))
        await sent(outbox, clock)
    await conversation.handle(sms(2, "1", clock.now))
    clock.advance(1)
    [how] = await outbox.claim(clock.now, 9)
    await outbox.settle(how, "SM")
    return conversation


async def reply(outbox: Outbox, clock: Clock) -> Claimed:
    [claimed] = await outbox.claim(clock.now, 9)
    return claimed


async def texts(outbox: Outbox, clock: Clock) -> list[str]:
    return [out.body.text for out in await sent(outbox, clock) if isinstance(out.body, Words)]


@pytest.mark.parametrize("after", [5, 3600])
async def test_while_the_provider_is_slow_an_equal_text_is_the_same_answer(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock, after: float
) -> None:
    for number in range(3, 6):
        await outbox.later(await reply(outbox, clock), clock.now + after)
        await asked.handle(sms(number, "1", clock.now))
        clock.advance(after)
        await asked.handle(sms(number + 10, "1", clock.now))
        assert (await session_of(store)).state == "role"
    assert len(await texts(outbox, clock)) == 1
    await asked.handle(sms(20, "1", clock.now))
    assert (await session_of(store)).state == "country"


@pytest.mark.parametrize(("left", "state"), [(1, "role"), (-1, "country")])
async def test_a_text_while_our_reply_is_being_sent_waits_for_how_that_ends(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock, left: float, state: str
) -> None:
    """Written before it left, it is the same answer; after that, one to the next question."""
    claimed = await reply(outbox, clock)
    waiting = asyncio.create_task(asked.handle(sms(3, "1", clock.now)))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await outbox.settle(claimed, "SM", clock.now + left)
    await waiting
    assert (await session_of(store)).state == state


async def test_a_text_while_our_reply_is_being_sent_for_long_answers_nothing_and_is_not_lost(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    """Whoever was sending it may have been killed, and the person may have read it."""
    claimed = await reply(outbox, clock)
    assert isinstance(claimed.out.body, Words)
    await asked.handle(sms(3, "1", clock.now))
    await outbox.settle(claimed, "SM")
    assert (await session_of(store)).state == "role"
    clock.advance(1)
    assert await texts(outbox, clock) == [claimed.out.body.text]
    await asked.handle(sms(4, "1", clock.now))
    assert (await session_of(store)).state == "country"


async def test_a_report_of_the_provider_tells_no_more_than_that_it_left_since_the_claim(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    claimed = await reply(outbox, clock)
    clock.advance(1)
    await outbox.settle_by_id(claimed.out.id)
    await asked.handle(sms(3, "1", clock.now - 0.5))
    assert (await session_of(store)).state == "country"


async def test_after_a_reply_that_was_dropped_the_question_is_put_again(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    claimed = await reply(outbox, clock)
    assert isinstance(claimed.out.body, Words)
    await outbox.drop(claimed, "refused")
    clock.advance(100)
    await asked.handle(sms(3, "1", clock.now))
    assert (await session_of(store)).state == "role"
    assert await texts(outbox, clock) == [claimed.out.body.text]
    await asked.handle(sms(4, "1", clock.now))
    assert (await session_of(store)).state == "country"


async def test_after_a_reply_that_was_dropped_other_words_count(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await outbox.drop(await reply(outbox, clock), "refused")
    await asked.handle(sms(3, "2", clock.now))
    assert (await session_of(store)).state == "country"


async def test_a_reply_that_may_have_arrived_has_arrived(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await outbox.later(await reply(outbox, clock), clock.now + 60, unknown=True)
    await asked.handle(sms(3, "1", clock.now))
    assert (await session_of(store)).state == "country"


async def test_what_was_deleted_is_deleted_once_more(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await asked.handle(sms(3, "borrar", clock.now))
    clock.advance(1)
    await outbox.drop(await reply(outbox, clock), "refused")
    await asked.handle(sms(4, "borrar", clock.now))
    assert (await session_of(store)).state == "erased"
    assert len(await texts(outbox, clock)) == 1


def missed(number: int, text: str, at: float) -> Inbound:
    return replace(sms(number, text, at), missed=True)


async def test_a_missed_message_answers_nothing_that_was_asked_after_it(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    lost = missed(3, "2", clock.now)
    await sent(outbox, clock)
    clock.advance(2)
    await asked.handle(sms(4, "1", clock.now))
    await sent(outbox, clock)
    before = await session_of(store)
    for _ in range(2):
        await asked.handle(lost)
    assert await session_of(store) == before
    assert before.state == "country"
    assert await texts(outbox, clock) == []


async def test_what_only_seems_older_counts(asked: Conversation, store: Store, outbox: Outbox, clock: Clock) -> None:
    """By the hook in whatever order; from the list within a second, which is all that its times tell."""
    await sent(outbox, clock)
    await asked.handle(sms(4, "1", clock.now))
    await asked.handle(sms(5, "1 ", clock.now - 5))
    assert (await session_of(store)).state == "country"
    await sent(outbox, clock)
    await asked.handle(sms(6, "colombia", clock.now - 5))
    assert (await session_of(store)).state == "metals"
    await sent(outbox, clock)
    await asked.handle(missed(7, "1", clock.now - 1))
    assert (await session_of(store)).state == "organised"


@pytest.mark.parametrize(("text", "state"), [("borrar", "erased"), ("privado", "call_how")])
async def test_some_words_are_done_however_late(
    asked: Conversation, store: Store, outbox: Outbox, clock: Clock, text: str, state: str
) -> None:
    lost = missed(3, text, clock.now)
    await sent(outbox, clock)
    clock.advance(20)
    await asked.handle(sms(4, "1", clock.now))
    await asked.handle(lost)
    assert (await session_of(store)).state == state


async def test_opting_out_is_done_however_late(asked: Conversation, store: Store, clock: Clock) -> None:
    await asked.handle(sms(4, "2", clock.now))
    await asked.handle(missed(3, "alto", clock.now - 60))
    assert (await session_of(store)).opted_out


async def test_what_is_late_does_not_begin_anew_what_was_deleted(
    asked: Conversation, store: Store, clock: Clock
) -> None:
    await asked.handle(sms(4, "borrar", clock.now))
    await asked.handle(missed(3, "hola", clock.now - 60))
    assert (await session_of(store)).state == "erased"
