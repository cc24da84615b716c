"""What somebody does at the desk: allowed, made, written down, and the miner told, once."""

from __future__ import annotations

import asyncio

import pytest

from bot.contacts import Contact
from bot.kept.connection import Database
from bot.kept.crypto import Vault
from bot.messages import Job, Outgoing
from bot.outbox import Outbox
from bot.referral.acting import Acting, Forbidden
from bot.referral.told import JOB
from bot.referral.trail import Entry
from flows.case import Impossible, Move
from tests.bot.casework import ALL, GUARD, LEAD, SECOND, STAFF, Cabinet, drafted
from tests.bot.referring import acting_on
from tests.conftest import Clock

FAR = Contact(name="Lima", role="staff", mail="lima@example.org", languages=("es",), countries=("PE",))
DRAFT, QUIET = drafted(1), drafted(2, quiet=True)
REFERENCE = DRAFT.reference


@pytest.fixture
async def cabinet(database: Database, vault: Vault, clock: Clock) -> Cabinet:
    found = Cabinet(database, vault, clock)
    await found.keep(DRAFT, QUIET)
    return found


@pytest.fixture
def acting(cabinet: Cabinet, outbox: Outbox, clock: Clock) -> Acting:
    return acting_on(cabinet.store, outbox, clock, STAFF, SECOND, FAR, LEAD, GUARD)


async def told(outbox: Outbox, clock: Clock) -> list[Outgoing]:
    found: list[Outgoing] = []
    while claimed := await outbox.claim(clock(), 9):
        found += [one.out for one in claimed]
        for one in claimed:
            await outbox.settle(one, "")
    return found


async def test_a_whole_case_step_by_step(acting: Acting, cabinet: Cabinet, clock: Clock) -> None:
    steps: list[tuple[Contact, Move]] = [
        (STAFF, "take"),
        (SECOND, "contacted"),
        (LEAD, "assign"),
        (SECOND, "close"),
        (STAFF, "reopen"),
    ]
    holders = []
    for contact, what in steps:
        clock.advance(60)
        held = await acting.do(
            REFERENCE,
            contact,
            what,
            note=f"nota {what}",
            outcome="applies" if what == "close" else None,
            holder="Eva" if what == "assign" else "",
        )
        holders.append((held.case.state, held.case.holder, held.case.outcome))
    assert holders == [
        ("taken", "Ana", None),
        ("contact", "Ana", None),
        ("taken", "Eva", None),
        ("closed", "", "applies"),
        ("taken", "Ana", None),
    ]
    assert await cabinet.held(REFERENCE) == held
    trail = await cabinet.trail.of(REFERENCE)
    assert trail[0] == Entry(clock() - 240, "Ana", "take", REFERENCE, "nota take")
    done = [(contact.name, "close.applies" if what == "close" else what) for contact, what in steps]
    assert [(one.who, one.what) for one in trail] == done


async def test_two_take_it_at_once_and_one_is_told_so(acting: Acting, cabinet: Cabinet) -> None:
    both = [acting.do(REFERENCE, contact, "take") for contact in (STAFF, SECOND)]
    ended = await asyncio.gather(*both, return_exceptions=True)
    [late] = [one for one in ended if isinstance(one, BaseException)]
    assert isinstance(late, Impossible)
    held = await cabinet.held(REFERENCE)
    assert [step.who for step in held.case.history] == [held.case.holder]
    assert len(await cabinet.trail.of(REFERENCE)) == 1


async def test_many_at_once_all_leave_their_step(acting: Acting, cabinet: Cabinet) -> None:
    await acting.do(REFERENCE, STAFF, "take")
    await asyncio.gather(*(acting.do(REFERENCE, STAFF, "contacted", note=str(number)) for number in range(8)))
    held = await cabinet.held(REFERENCE)
    assert {step.note for step in held.case.history[1:]} == set(map(str, range(8)))


@pytest.mark.parametrize(
    ("reference", "contact", "what", "holder"),
    [
        (REFERENCE, FAR, "take", ""),
        (REFERENCE, GUARD, "take", ""),
        (REFERENCE, STAFF, "assign", "Eva"),
        (REFERENCE, LEAD, "assign", "Lima"),
        (REFERENCE, LEAD, "assign", "Luz"),
        (REFERENCE, LEAD, "assign", "Nadie"),
        (REFERENCE, LEAD, "withdraw", ""),
        (REFERENCE, LEAD, "renew", ""),
        (QUIET.reference, STAFF, "take", ""),
        (QUIET.reference, LEAD, "assign", "Eva"),
        ("0000-0000", LEAD, "take", ""),
    ],
)
async def test_what_is_not_theirs_leaves_no_trace(
    acting: Acting, cabinet: Cabinet, reference: str, contact: Contact, what: Move, holder: str
) -> None:
    with pytest.raises(Forbidden):
        await acting.do(reference, contact, what, holder=holder)
    assert await cabinet.trail.latest(9) == ()


async def test_the_miner_is_told_once_on_their_own_lane(acting: Acting, outbox: Outbox, clock: Clock) -> None:
    await acting.do(REFERENCE, STAFF, "take")
    [out] = await told(outbox, clock)
    assert (out.channel, out.address) == (DRAFT.channel, DRAFT.address)
    assert isinstance(out.body, Job)
    assert out.body.name == JOB


async def test_of_a_talk_in_private_nobody_is_told(acting: Acting, outbox: Outbox, clock: Clock) -> None:
    held = await acting.do(QUIET.reference, GUARD, "take")
    assert held.case.holder == "Luz"
    assert await told(outbox, clock) == []


async def test_with_the_consent_gone_there_is_nothing_to_do(acting: Acting, cabinet: Cabinet) -> None:
    await acting.do(REFERENCE, STAFF, "take")
    await cabinet.keep(drafted(1, ALL | {"send": "no", "call_back": "no"}, revision=61))
    moves: tuple[Move, ...] = ("contacted", "close", "take")
    for what in moves:
        with pytest.raises(Forbidden):
            await acting.do(REFERENCE, STAFF, what)
