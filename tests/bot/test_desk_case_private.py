from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.cases import TEXTS, consenting, good, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, URGENT, drafted
from tests.bot.desking import Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

QUIET = consenting({"country": "CO"}, send="no")
SECRET = consenting(good() | secrets("yes"))


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


def es(key: str) -> str:
    return TEXTS.get("es", key)


async def test_protection_sees_its_own_part_of_a_case_and_no_more(front: Front) -> None:
    draft = drafted(1, SECRET)
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(GUARD)).open(draft)
    said = [es("children.ask"), es("children.yes"), es("children.gap"), es("desk.protection.care"), cases.NAME]
    said += [es("desk.letter.P"), es("desk.letter.P")]
    assert [one for one in said if one not in page] == []
    assert es("records.ask") not in page
    assert es("desk.do.take") not in page


@pytest.mark.parametrize("contact", [STAFF, LEAD], ids=lambda one: one.role)
async def test_staff_and_leads_see_nothing_private_nor_that_there_is_any(front: Front, contact: Contact) -> None:
    pages = set()
    luz, somebody = await front.signed_in(GUARD), await front.signed_in(contact)
    for number, wish in enumerate(("yes", "no"), 1):
        draft = drafted(number, SECRET | {"send_private": wish})
        await front.cabinet.keep(draft)
        if wish == "yes":
            await luz.open(draft)
            await luz.do(draft, "number", 200)
        page = await somebody.open(draft)
        assert [word for word in cases.sensitive_words("es") if word in page] == []
        pages.add(page.replace(draft.reference, ""))
        await front.cabinet.store.erase(draft.reference)
    assert len(pages) == 1


async def test_without_consent_protection_sees_no_case(front: Front) -> None:
    draft = drafted(1, SECRET | {"send_private": "no"})
    await front.cabinet.keep(draft)
    await (await front.signed_in(GUARD)).open(draft, 404)


async def test_each_look_of_protection_is_on_record_for_protection_alone(front: Front) -> None:
    draft = drafted(1, ALL | URGENT)
    await front.cabinet.keep(draft)
    luz = await front.signed_in(GUARD)
    await luz.open(draft)
    await luz.do(draft, "number", 200)
    done = sorted((entry.who, entry.what) for entry in await front.cabinet.trail.of(draft.reference))
    assert done == [("Luz", "private"), ("Luz", "private.number")]
    assert es("desk.did.private") in await luz.open(draft)
    page = await (await front.signed_in(STAFF)).open(draft)
    assert "Luz" not in page
    assert es("desk.did.private") not in page


async def test_a_quiet_call_is_taken_called_and_closed_by_protection_alone(front: Front) -> None:
    draft = drafted(1, QUIET, quiet=True)
    await front.cabinet.keep(draft)
    luz = await front.signed_in(GUARD)
    page = await luz.open(draft)
    assert es("desk.quiet") in page
    assert es("desk.next.take") in page
    assert TEXTS.get("es", "desk.held", who="Luz") in await luz.do(draft, "take")
    await luz.do(draft, "contacted")
    assert es("desk.next.closed") in await luz.do(draft, "close", outcome="elsewhere")
    for contact in (STAFF, LEAD):
        await (await front.signed_in(contact)).open(draft, 404)
