"""After deleting and the day that is given, nothing of the person is left in Redis: every key is looked at."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from bot.contacts import Contact, Contacts
from bot.conversation import Conversation
from bot.messages import Inbound, Job, Mail, Outgoing, Words
from bot.referral.mail import Post
from bot.referral.store import ReferralStore
from bot.referrals import FORGET, Referrals
from bot.store import Chat, Commit
from flows.events import Text, TimerDue
from flows.phases import CHOICES
from flows.session import ERASED, load
from tests.bot.cases import CHECKLIST, TEXTS
from tests.bot.referring import notices_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.kept.timers import Timers
    from bot.outbox import Outbox
    from bot.store import Store
    from flows.session import Session
    from tests.conftest import Clock

PHONE = "+573001234567"
DAY = 86_400
CALL = ("hola", "1", "1", "1", "1", "1", "5", "persona", "1", "1 a las 6")
LEFT_OF_NOBODY = (b":in:", b":out:", b":ref:", b":funnel", b"pepper", b"sealed_with", b":chat:", b":changes", b":trail")
"""Of a referral its number, and on its trail that it was erased."""
FIELDS = {b"version", b"token"}
REPLIED = {b"digest", b"in_at", b"reply", b"left"}
"""Of the last message that was answered, so that it is taken once: a no."""


class House:
    """The road, the worker's hand on referrals and timers, on one Redis and one clock."""

    def __init__(
        self, database: Database, vault: Vault, store: Store, outbox: Outbox, timers: Timers, clock: Clock
    ) -> None:
        self.store, self.outbox, self.timers, self.clock = store, outbox, timers, clock
        self.cases = ReferralStore(database, vault)
        lead = Contact(name="Lead", role="lead", mail="lead@example.org", languages=("es",))
        versions = {CHECKLIST.version: CHECKLIST}
        post = Post(TEXTS, "https://batea.example.org")
        self.referrals = Referrals(self.cases, outbox, Contacts((lead,)), versions, post, notices_on(self.cases, lead))
        self.road = Conversation(
            store=store,
            texts=TEXTS,
            words=TEXTS.words([CHECKLIST], CHOICES),
            checklists=versions,
            protects=lambda _: False,
            partition=lambda channel, address: vault.partition(vault.chat_key(channel, address)),
            picture=_picture,
            count=lambda _: None,
            clock=clock,
        )
        self.number = 0

    async def say(self, *texts: str) -> list[Outgoing]:
        """Each text a minute after the other, and all that leaves for it."""
        found: list[Outgoing] = []
        for text in texts:
            self.number += 1
            self.clock.advance(60)
            await self.road.handle(Inbound(f"SM{self.number}", "sms", PHONE, Text(text), self.clock.now))
            found += await self.deliver()
        return found

    async def deliver(self) -> list[Outgoing]:
        """What the worker does until nothing is left: messages are sent, jobs done."""
        found: list[Outgoing] = []
        while claimed := await self.outbox.claim(self.clock.now + 1, 50):
            for one in claimed:
                found.append(one.out)
                if isinstance(one.out.body, Job):
                    forgets = one.out.body.name == FORGET
                    await (self.referrals.forget(one.out) if forgets else self.referrals.accept(one.out))
                await self.outbox.settle(one, "SM")
        return found

    async def pass_by(self, seconds: float) -> list[Outgoing]:
        """Time passes, and what is due rings."""
        self.clock.advance(seconds)
        for ringing in await self.timers.claim(self.clock.now, 50):
            await self.road.happened(ringing.chat.channel, ringing.chat.address, TimerDue(ringing.name))
            await self.timers.done(ringing)
        return await self.deliver()

    async def session(self) -> Session | None:
        """Where the chat stands."""
        loaded = await self.store.load(Chat("sms", PHONE))
        return load(loaded.session) if loaded.session else None


async def _picture(_: Session) -> bytes:
    return b"png"


@pytest.fixture
def house(database: Database, vault: Vault, store: Store, outbox: Outbox, timers: Timers, clock: Clock) -> House:
    return House(database, vault, store, outbox, timers, clock)


def left(url: str, fields: set[bytes] = FIELDS) -> list[bytes]:
    """Every key that holds something of somebody; marks are keyed hashes, a bare version says nothing."""
    with Redis.from_url(url) as client:
        names: Sequence[bytes] = client.keys()
        told = [name for name in names if not any(mark in name for mark in LEFT_OF_NOBODY)]
        records = [name for name in names if b":chat:" in name]
        return told + [name for name in records if not fields.issuperset(client.hkeys(name))]


async def test_nothing_is_left_after_the_day(house: House, empty_url: str) -> None:
    await house.say(*CALL)
    session = await house.session()
    assert session
    assert session.reference
    assert await house.cases.load(session.reference)
    await house.say("borrar")
    assert left(empty_url) != []
    await house.pass_by(DAY)
    assert await house.session() is None
    assert await house.cases.load(session.reference) is None
    assert left(empty_url) == []


async def test_two_referrals_and_what_was_set_aside_go_too(house: House, empty_url: str) -> None:
    await house.store.commit(Commit(chat=Chat("sms", PHONE), version=0, session=b"Ana, Coop"))
    await house.say(*CALL, "empezar de nuevo", "1", "1", "1", "5", "persona", "1", "2")
    await house.say("otra organización", "2", "La Paloma", "1", "1", "borrar")
    await house.pass_by(DAY)
    assert left(empty_url) == []


async def test_only_what_was_deleted_is_erased(house: House) -> None:
    await house.say(*CALL)
    first = await house.session()
    await house.say("borrar", *CALL)
    second = await house.session()
    assert first
    assert second
    assert (first.reference, second.reference) != (None, None)
    await house.pass_by(DAY)
    kept = await house.session()
    assert first.reference
    assert second.reference
    assert await house.cases.load(first.reference) is None
    assert await house.cases.load(second.reference)
    assert kept
    assert (kept.hidden, kept.reference) == (None, second.reference)


async def test_deleting_twice_keeps_each_for_its_own_day(house: House, empty_url: str) -> None:
    await house.say(*CALL, "borrar")
    await house.pass_by(DAY / 2)
    await house.say(*CALL, "borrar")
    await house.pass_by(DAY / 2)
    session = await house.session()
    assert session
    assert session.hidden
    assert session.hidden.hidden is None
    await house.pass_by(DAY / 2)
    assert await house.session() is None
    assert left(empty_url) == []


async def test_who_takes_the_consent_back_leaves_nothing(house: House, empty_url: str) -> None:
    await house.say(*CALL, *["00"] * 8, "2")
    assert await house.session() is None
    assert left(empty_url, FIELDS | REPLIED) == []


async def test_deleted_in_silence_after_an_opt_out(house: House, empty_url: str) -> None:
    await house.say(*CALL, "alto")
    assert [out for out in await house.say("borrar") if isinstance(out.body, Words)] == []
    await house.pass_by(DAY)
    assert left(empty_url) == []


async def test_arm_is_told_that_the_consent_is_taken_back(house: House) -> None:
    await house.say(*CALL, "borrar")
    mails = [out.body for out in await house.pass_by(DAY) if isinstance(out.body, Mail)]
    assert [TEXTS.get("es", "mail.subject.withdrawn", reference="")[:20] in mail.subject for mail in mails] == [True]


WORDED: tuple[str, ...] = (
    "1",
    "1",
    "1",
    "2",
    "2",
    "3",
    "hola",
    "borrar",
    "recuperar",
    "empezar de nuevo",
    "persona",
    "1 a las 6",
    "0",
)
WORDED += ("otra organización", "La Paloma", "Coop dos", "alto", "basta por hoy", "saltar", "cambiar 5", "clave 2580")


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_was_done_before(house: House, empty_url: str, seed: int) -> None:
    drawn = Random(seed)  # noqa: S311 -- a walk
    await house.say(*CALL)
    for _ in range(60):
        await house.say(drawn.choice(WORDED))
        await house.pass_by(drawn.choice((0, 0, 0, 1800, DAY / 3, 8 * DAY)))
    await house.say("hola", "99", "borrar")
    session = await house.session()
    assert session
    assert session.state == ERASED
    await house.pass_by(DAY)
    assert await house.session() is None
    assert left(empty_url) == []
