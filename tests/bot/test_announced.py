"""A step at the desk is told of, once, also after the process died; a colleague hears of a case that is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kept.connection import Away
from bot.messages import Job, Mail, Outgoing
from bot.outbox import Outbox
from bot.referral.acting import Acting
from tests.bot.cases import TEXTS, consenting, good
from tests.bot.casework import LEAD, SECOND, STAFF, Cabinet, drafted
from tests.bot.referring import acting_on, announcer_on, found_in

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

DRAFT = drafted(1, consenting(good()))
REFERENCE = DRAFT.reference
EVERYBODY = (STAFF, SECOND, LEAD)


class Gone(Outbox):
    """Out of reach."""

    async def put(self, *outs: Outgoing) -> None:
        raise Away(len(outs))


@pytest.fixture
async def cabinet(database: Database, vault: Vault, clock: Clock) -> Cabinet:
    found = Cabinet(database, vault, clock)
    await found.keep(DRAFT)
    return found


@pytest.fixture
def acting(cabinet: Cabinet, outbox: Outbox, clock: Clock) -> Acting:
    return acting_on(cabinet.store, outbox, clock, *EVERYBODY)


async def left(outbox: Outbox, clock: Clock) -> list[Outgoing]:
    found: list[Outgoing] = []
    while claimed := await outbox.claim(clock() + 1, 99):
        for one in claimed:
            found.append(one.out)
            await outbox.settle(one, "sent")
    return found


async def test_what_a_crash_left_untold_is_told_later_and_once(
    cabinet: Cabinet, database: Database, vault: Vault, outbox: Outbox, clock: Clock
) -> None:
    with pytest.raises(Away):
        await acting_on(cabinet.store, Gone(database, vault, clock), clock, *EVERYBODY).do(REFERENCE, STAFF, "take")
    assert (await cabinet.held(REFERENCE)).case.holder == STAFF.name
    announcer = announcer_on(cabinet.store, outbox, *EVERYBODY)
    for _ in range(2):
        await announcer.catch_up()
    assert [type(one.body) for one in await left(outbox, clock)] == [Job]
    assert await cabinet.store.untold() == []


async def test_nothing_is_left_to_tell_where_nothing_went_wrong(acting: Acting, cabinet: Cabinet) -> None:
    await acting.do(REFERENCE, STAFF, "take")
    assert await cabinet.store.untold() == []


async def test_an_older_step_does_not_tick_off_a_newer_one(cabinet: Cabinet, acting: Acting) -> None:
    first = await acting.do(REFERENCE, STAFF, "take")
    assert await cabinet.store.change(first, first.case, untold=True)
    await cabinet.store.told(first)
    assert await cabinet.store.untold() == [REFERENCE]
    await cabinet.store.erase(REFERENCE)
    assert await cabinet.store.untold() == []


async def test_a_colleague_hears_of_each_case_that_is_given_to_them(
    acting: Acting, outbox: Outbox, clock: Clock
) -> None:
    for holder in (SECOND, STAFF, SECOND):
        await acting.do(REFERENCE, LEAD, "assign", holder=holder.name)
    found = await left(outbox, clock)
    mails = [one.body for one in found if isinstance(one.body, Mail)]
    assert sorted(one.address for one in found if one.body in mails) == [STAFF.mail, SECOND.mail, SECOND.mail]
    for mail in mails:
        assert mail.subject == TEXTS.get(mail.locale, "mail.subject.given", reference=REFERENCE)
        assert found_in(mail.text + mail.html, ["Rosa", "300"]) == []


async def test_who_gives_a_case_to_themselves_hears_nothing(acting: Acting, outbox: Outbox, clock: Clock) -> None:
    await acting.do(REFERENCE, LEAD, "assign", holder=LEAD.name)
    assert [one.body for one in await left(outbox, clock) if not isinstance(one.body, Job)] == []


async def test_the_trail_says_to_whom_it_was_given(acting: Acting, cabinet: Cabinet) -> None:
    await acting.do(REFERENCE, LEAD, "assign", holder=SECOND.name, note="knows Puno")
    [entry] = await cabinet.trail.of(REFERENCE)
    assert entry.note == f"{SECOND.name}: knows Puno"
