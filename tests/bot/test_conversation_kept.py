"""The one road, over a real Redis: what is kept of a person, passed on and erased, as they wish."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

import pytest
from msgspec.structs import replace

from bot.conversation import Conversation
from bot.messages import Job
from bot.store import Chat, Commit
from flows.events import OptedOut, TimerDue
from flows.session import dump, load
from tests.bot.conversing import PHONE, conversation_on, heard, sent, session_of, sms

if TYPE_CHECKING:
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock


@pytest.fixture
def conversation(store: Store, vault: Vault, clock: Clock) -> Conversation:
    return conversation_on(store, vault, clock, Counter())


class Walk(Protocol):
    async def __call__(self, *texts: str, start: int = 0) -> None:
        """A person writes each text once the reply to the one before has come."""


@pytest.fixture
def walk(conversation: Conversation, outbox: Outbox, clock: Clock) -> Walk:
    async def said(*texts: str, start: int = 0) -> None:
        for number, text in enumerate(texts, start):
            clock.advance(10)
            await conversation.handle(sms(number, text, clock.now))
            await heard(outbox, clock.now + 1)

    return said


async def test_what_was_deleted_and_sent_leaves_an_order_to_erase_it(
    walk: Walk, conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await walk("hola", "1", "1", "1", "1", "1", "5", "persona", "1", "1", "borrar")
    assert (await session_of(store)).state == "erased"
    await sent(outbox, clock)
    loaded = await store.load(Chat("sms", PHONE))
    aside = Commit(chat=Chat("sms", PHONE), version=loaded.version, session=loaded.session, broken=b"unreadable")
    await store.commit(aside)
    await conversation.happened("sms", PHONE, TimerDue("erase"))
    assert (await store.load(Chat("sms", PHONE))).session is None
    jobs = [out.body for out in await sent(outbox, clock) if isinstance(out.body, Job)]
    assert [job.name for job in jobs] == ["forget"]


async def test_what_comes_back_keeps_its_reference(walk: Walk, store: Store) -> None:
    await walk("hola", "1", "1", "1", "1", "1", "5", "persona", "1", "1")
    reference = (await session_of(store)).reference
    await walk("borrar", "recuperar", "empezar de nuevo", "recuperar", start=20)
    assert (await session_of(store)).reference == reference is not None


async def test_nothing_is_kept_of_somebody_who_does_not_consent(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    for number, text in enumerate(("hola", "1", "2")):
        await conversation.handle(sms(number, text, clock.now))
        await sent(outbox, clock)
    assert (await store.load(Chat("sms", PHONE))).session is None


async def test_an_opt_out_seen_at_delivery_ends_the_messages(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await conversation.happened("sms", PHONE, OptedOut(tell=False))
    assert await sent(outbox, clock) == []
    await conversation.handle(sms(1, "1", clock.now))
    assert await sent(outbox, clock) == []
    assert (await session_of(store)).opted_out


async def test_the_referral_leaves_by_itself_if_the_person_stops(
    conversation: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    await conversation.handle(sms(0, "hola", clock.now))
    await sent(outbox, clock)
    loaded = await store.load(Chat("sms", PHONE))
    assert loaded.session is not None
    here = replace(load(loaded.session), state="send", answers={"consent": "yes", "role": "worker", "country": "CO"})
    await store.commit(Commit(chat=Chat("sms", PHONE), version=loaded.version, session=dump(here)))
    await conversation.handle(sms(1, "1", clock.now))
    assert not any(isinstance(out.body, Job) for out in await sent(outbox, clock))
    await conversation.happened("sms", PHONE, TimerDue("refer"))
    jobs = [out.body.name for out in await sent(outbox, clock) if isinstance(out.body, Job)]
    assert jobs == ["referral"]
