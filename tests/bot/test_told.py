"""From a step at the desk to the miner's phone: over the job and the one road, once, in their language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.messages import GiveUp, Job, Outgoing, Words
from bot.referral.acting import Acting
from bot.referral.told import JOB, Told, telling
from bot.store import Chat, Commit
from flows.case import Case, Step, move
from flows.events import Text
from flows.session import dump
from tests.bot import cases
from tests.bot.casework import STAFF, Cabinet, drafted
from tests.bot.conversing import conversation_on, session_of
from tests.bot.referring import acting_on

if TYPE_CHECKING:
    from bot.conversation import Conversation
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

ANY_DAY = cases.consenting(cases.good(), call_how="any_day")
DRAFT = drafted(1, ANY_DAY)


@pytest.fixture
def road(store: Store, vault: Vault, clock: Clock) -> Conversation:
    return conversation_on(store, vault, clock, Counter())


@pytest.fixture
async def acting(database: Database, vault: Vault, store: Store, outbox: Outbox, clock: Clock) -> Acting:
    """The desk, a case, and its miner's session."""
    cabinet = Cabinet(database, vault, clock)
    await cabinet.keep(DRAFT)
    session = replace(cases.session(ANY_DAY, locale="fr"), reference=DRAFT.reference, referred=1)
    await store.commit(Commit(chat=Chat("sms", cases.PHONE), version=0, session=dump(session)))
    return acting_on(cabinet.store, outbox, clock, STAFF)


async def left(outbox: Outbox, clock: Clock) -> list[Outgoing]:
    found: list[Outgoing] = []
    clock.advance(1)
    for one in await outbox.claim(clock(), 9):
        found.append(one.out)
        await outbox.settle(one, "sent")
    return found


async def test_a_case_that_is_taken_and_closed_is_told_once_each(
    acting: Acting, road: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    clock.now += 12 * 3600
    said = []
    for what in ("take", "contacted", "close"):
        await acting.do(DRAFT.reference, STAFF, what, outcome="not_reached" if what == "close" else None)
        [job] = await left(outbox, clock)
        for _ in range(2):
            await Told(road.handle, clock).bring(job)
        said.append([one.body.text for one in await left(outbox, clock) if isinstance(one.body, Words)])
    assert [len(texts) for texts in said] == [1, 0, 1]
    assert said[0][0] == f"Batea : votre dossier {DRAFT.reference} est suivi par Ana."
    assert "sans succès" in said[2][0]
    progress = (await session_of(store, address=cases.PHONE)).progress
    assert progress
    assert progress.what == "not_reached"


async def test_it_is_no_message_of_the_persons(
    acting: Acting, road: Conversation, store: Store, outbox: Outbox, clock: Clock
) -> None:
    before = await session_of(store, address=cases.PHONE)
    await acting.do(DRAFT.reference, STAFF, "take")
    [job] = await left(outbox, clock)
    await Told(road.handle, clock).bring(job)
    after = await session_of(store, address=cases.PHONE)
    assert replace(after, progress=None) == before
    assert (await store.load(Chat("sms", cases.PHONE))).last_in == ""


async def test_what_is_no_step_is_given_up(road: Conversation, clock: Clock) -> None:
    for body in (Job(JOB, b"{"), Words("x")):
        with pytest.raises(GiveUp):
            await Told(road.handle, clock).bring(Outgoing("x", "sms", cases.PHONE, body, 0))


def test_of_a_talk_in_private_and_of_what_nobody_did_there_is_no_job() -> None:
    new = Case("A", None)
    taken = move(new, Step(1, "Ana", "take"))
    assert telling(DRAFT, new, 0) == ()
    assert telling(replace(DRAFT, quiet=True), taken, 0) == ()
    assert telling(replace(DRAFT, quiet=True), replace(new, late=True), 0) == ()
    assert [Text(one.id).text for one in telling(DRAFT, taken, 0)] == [f"{DRAFT.reference}.told.1.taken".lower()]
