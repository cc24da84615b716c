"""What the page of a case tells of the answers: to staff all but gold figures and private matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.desk.case_view import masked
from tests.bot import cases
from tests.bot.cases import CHECKLIST, TEXTS, consenting, good, secrets
from tests.bot.casework import LEAD, STAFF, drafted
from tests.bot.desking import BEN, Front, desk_front
from tests.bot.referring import found_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.bot.cases import Answers
    from tests.conftest import Clock

SECRET = consenting(good() | secrets("yes"))


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


async def opened(front: Front, contact: Contact, answers: Answers) -> str:
    """The page of a case with these answers."""
    draft = drafted(1, answers)
    await front.cabinet.keep(draft)
    return await (await front.signed_in(contact)).open(draft)


async def test_every_question_that_was_asked_stands_on_the_page_with_its_answer(front: Front) -> None:
    answers = consenting(good())
    text = await opened(front, BEN, answers)
    for item in CHECKLIST.items.values():
        if item.sensitive or item.gold or item.when:
            continue
        assert TEXTS.get("en", f"{item.id}.ask") in text or TEXTS.get("en", f"{item.id}.ask.river") in text
        if item.kind == "one":
            assert TEXTS.get("en", f"{item.id}.{answers[item.id]}") in text


@pytest.mark.parametrize(("contact", "locale"), [(STAFF, "es"), (LEAD, "es"), (BEN, "en")])
async def test_staff_see_no_gold_figure_and_nothing_private(front: Front, contact: Contact, locale: str) -> None:
    text = await opened(front, contact, consenting(good(gold_month=cases.GOLD, scale="right") | secrets("yes")))
    assert found_in(text, list(cases.FIGURES)) == []
    assert found_in(text, cases.sensitive_words(locale)) == []
    assert TEXTS.get(locale, "report.gold.above") in text


async def test_not_even_the_band_of_gold_that_was_chosen_is_shown(front: Front) -> None:
    text = await opened(front, STAFF, consenting(good(gold_month="unknown", gold_band="over_5", scale="right")))
    assert TEXTS.get("es", "gold_band.over_5") not in text
    assert TEXTS.get("es", "report.gold.above") in text


async def test_a_request_to_talk_shows_how_to_call_and_no_answer(front: Front) -> None:
    text = await opened(front, STAFF, consenting(good(), send="no"))
    assert found_in(text, [TEXTS.get("es", "desk.talk"), TEXTS.get("es", "desk.reveal"), cases.NOTE])
    assert found_in(text, [cases.NAME, cases.ORGANISATION, cases.PLACE, TEXTS.get("es", "records.ask")]) == []


async def test_a_person_on_telegram_has_no_number_to_dial(front: Front) -> None:
    draft = replace(drafted(1, consenting(good())), channel="telegram", address="987654321")
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    assert TEXTS.get("es", "desk.telegram", address=masked("987654321")) in await ana.open(draft)
    text = await ana.do(draft, "number", 200)
    assert TEXTS.get("es", "desk.telegram", address="987654321") in text
    assert "tel:" not in text


@pytest.mark.parametrize(
    ("channel", "address", "note"),
    [("telegram", "987654321", "+573105556677"), ("sms", cases.PHONE, "a las 6, al 310 555 6677")],
)
async def test_a_number_given_for_the_call_is_masked_until_it_is_asked_for(
    front: Front, channel: str, address: str, note: str
) -> None:
    draft = replace(drafted(1, consenting(good(), call_note=note)), channel=channel, address=address)
    same = drafted(2, consenting(good()), address="+573105556677")
    await front.cabinet.keep(draft, same)
    ana = await front.signed_in(STAFF)
    page = await ana.open(draft)
    assert found_in(page, ["5556677", "555 6677", address]) == []
    assert found_in(page, [masked("+57 310 5556677"), same.reference]) != []
    assert 'href="tel:+573105556677"' in await ana.do(draft, "number", 200)
    assert {entry.what for entry in await front.cabinet.trail.of(draft.reference)} == {"open", "number"}


async def test_a_consent_that_was_taken_back_empties_the_page(front: Front) -> None:
    assert cases.NAME in await opened(front, STAFF, SECRET)
    later = drafted(1, SECRET | {"send": "no", "call_back": "no"}, revision=61)
    await front.cabinet.keep(later)
    text = await front.people[0].open(later)
    assert TEXTS.get("es", "desk.withdrawn") in text
    assert found_in(text, [*cases.PERSONAL, TEXTS.get("es", "report.caution")]) == []
