"""The one road on real parts, what a person writes to it, and what leaves."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.conversation import Conversation
from bot.messages import Inbound, Job, Outgoing
from bot.store import Chat
from bot.texts import load_texts
from flows.events import Text
from flows.phases import CHOICES
from flows.session import Session, load
from tests.bot.cases import CHECKLIST

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from bot.house import House
    from bot.kept.crypto import Vault
    from bot.outbox import Claimed, Outbox
    from bot.store import Store
    from tests.conftest import Clock

PHONE = "+573001234567"
TEXTS = load_texts({"phone": "+57 604", "mail": "arm@example.org", "web": "example.org"})


def conversation_on(store: Store, vault: Vault, clock: Clock, counts: Counter[str]) -> Conversation:
    """A road that shows a small picture, and somebody for section 7 in Colombia only."""

    async def picture(_: Session) -> bytes:
        return b"png"

    return Conversation(
        store=store,
        texts=TEXTS,
        words=TEXTS.words([CHECKLIST], CHOICES),
        checklists={CHECKLIST.version: CHECKLIST},
        protects=lambda country: country == "CO",
        partition=lambda channel, address: vault.partition(vault.chat_key(channel, address)),
        picture=picture,
        count=lambda name: counts.update([name]),
        clock=clock,
    )


def sms(number: int, text: str, at: float) -> Inbound:
    return Inbound(f"SM{number}", "sms", PHONE, Text(text), at)


async def session_of(store: Store, channel: str = "sms", address: str = PHONE) -> Session:
    loaded = await store.load(Chat(channel, address))
    assert loaded.session is not None
    return load(loaded.session)


async def sent(outbox: Outbox, clock: Clock) -> Sequence[Outgoing]:
    """Deliver all that waits, in order."""
    found: list[Outgoing] = []
    while True:
        clock.advance(1)
        claimed = await outbox.claim(clock.now, 50)
        if not claimed:
            return found
        for one in claimed:
            found.append(one.out)
            await outbox.settle(one, "SM")


async def heard(outbox: Outbox, now: float) -> list[Outgoing]:
    """Deliver what a person gets to read; jobs stay where they are."""
    found: list[Outgoing] = []
    jobs: list[Claimed] = []
    while claims := await outbox.claim(now, 50):
        jobs += [one for one in claims if isinstance(one.out.body, Job)]
        for one in claims:
            if one not in jobs:
                found.append(one.out)
                await outbox.settle(one, "SM")
    for one in jobs:
        await outbox.release(one, now)
    return found


async def write(parts: House, *texts: str, channel: str = "sms", address: str = PHONE) -> list[Outgoing]:
    """A person writes each text once the reply to the one before has come; what they were sent."""
    found: list[Outgoing] = []
    for number, text in enumerate(texts):
        name, now = f"{address}-{number}-{text}", time.time()
        await parts.conversation.handle(Inbound(name, channel, address, Text(text), now))
        found += await heard(parts.outbox, now + 9)
    return found
