from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.cases import LOCALES, TEXTS, consenting, good, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, URGENT, drafted
from tests.bot.desking import Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.bot.cases import Answers
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
    said = [es(f"{name}.ask") for name in cases.SENSITIVE]
    said += [es("children.yes"), es("children.gap"), es("protected_area.arm"), es("desk.protection.care"), cases.NAME]
    said += [es("desk.result.close_gaps"), es("desk.result.apply_now"), "Colombia", "español", es("desk.channel.sms")]
    said += [es("desk.letter.P"), es("report.caution")]
    assert [one for one in said if one not in page] == []
    assert es("records.ask") not in page
    assert es("desk.do.take") not in page


@pytest.mark.parametrize("answers", [SECRET, QUIET])
async def test_protection_is_always_told_to_say_only_batea(front: Front, answers: Answers) -> None:
    draft = drafted(1, answers | {"call_how": "any_day"}, quiet=answers is QUIET)
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(GUARD)).open(draft)
    assert es("reach.only_batea") in page
    assert es("reach.any_day") not in page


@pytest.mark.parametrize("contact", [STAFF, LEAD], ids=lambda one: one.role)
async def test_staff_and_leads_see_nothing_private_nor_that_there_is_any(front: Front, contact: Contact) -> None:
    pages = set()
    luz, somebody = await front.signed_in(GUARD), await front.signed_in(contact)
    asked: list[Answers] = [SECRET, SECRET | {"send_private": "no"}, ALL, consenting(good()) | {"send_private": "no"}]
    for number, answers in enumerate(asked, 1):
        draft = drafted(number, answers)
        await front.cabinet.keep(draft)
        if answers is SECRET:
            await luz.open(draft)
            await luz.do(draft, "number", 200)
        page = await somebody.open(draft)
        assert [word for word in cases.sensitive_words("es") if word in page] == []
        pages.add(page.replace(draft.reference, ""))
        await front.cabinet.store.erase(draft.reference)
    assert len(pages) == 1


@pytest.mark.parametrize("wish", [{"send_private": "no"}, {"send": "no"}, {"send": "no", "call_back": "no"}])
async def test_without_consent_or_once_it_is_taken_back_protection_sees_no_case(front: Front, wish: Answers) -> None:
    luz = await front.signed_in(GUARD)
    await front.cabinet.keep(drafted(1, SECRET | wish), drafted(2, SECRET, revision=60))
    await luz.open(drafted(1), 404)
    await luz.open(drafted(2))
    await front.cabinet.keep(drafted(2, SECRET | wish, revision=61))
    text = await luz.open(drafted(2), 404)
    assert not any(word in text for word in (*cases.PERSONAL, *cases.sensitive_words("es")))


async def test_a_wish_to_talk_about_security_is_not_shown_as_a_statement(front: Front) -> None:
    draft = drafted(1, consenting(good() | secrets("no") | {"security_talk": "yes"}))
    await front.cabinet.keep(draft)
    text = await (await front.signed_in(GUARD)).open(draft)
    assert es("desk.security_talk.yes") in text
    assert es("security_talk.yes") not in text
    assert es("desk.result.close_gaps") not in text


@pytest.mark.parametrize("wish", [{"call_back": "no"}, {"call_how": "not_safe"}])
async def test_protection_gets_no_number_that_must_not_ring(front: Front, wish: Answers) -> None:
    draft = drafted(1, SECRET | wish)
    await front.cabinet.keep(draft)
    luz = await front.signed_in(GUARD)
    text = await luz.open(draft)
    assert cases.NAME in text
    assert not any(one in text for one in ("tel:", cases.NOTE, es("desk.reveal")))
    await luz.do(draft, "number", 404)


async def test_protection_is_warned_not_to_contact_the_organisation_of_a_worker(front: Front) -> None:
    draft = drafted(1, consenting(good(role="worker") | secrets("yes")))
    await front.cabinet.keep(draft)
    assert es("report.arm.no_contact") in await (await front.signed_in(GUARD)).open(draft)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("answers", [cases.every_gap(), cases.all_unknown(), {"role": "leader", "country": "CO"}])
async def test_whatever_was_answered_protection_has_a_page(front: Front, answers: Answers, locale: str) -> None:
    draft = drafted(1, consenting(answers))
    await front.cabinet.keep(draft)
    text = await (await front.signed_in(GUARD)).get(f"/desk/case/{draft.reference}?lang={locale}")
    assert TEXTS.get(locale, "desk.not_answered") in text
    assert TEXTS.get(locale, "desk.protection.care") in text


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
