"""The page of a case in every language, its paper, and whoever spoke."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from bot.desk.case_view import masked
from flows.room.outcome import outcome
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS, consenting, good, secrets
from tests.bot.casework import ALL, GUARD, STAFF, URGENT, drafted
from tests.bot.desking import Front, desk_front
from tests.bot.grouped import NOTE, group

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.bot.cases import Answers
    from tests.conftest import Clock


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


def es(key: str, **params: object) -> str:
    return TEXTS.get("es", key, **params)  # type: ignore[arg-type] # parameters of a text, and no count


def absent(page: str, *said: str) -> list[str]:
    return [one for one in said if one not in page]


async def test_staff_are_told_not_to_contact_a_workers_organisation(front: Front) -> None:
    draft = drafted(1, consenting(good(role="worker") | secrets("no")))
    await front.cabinet.keep(draft)
    assert es("report.arm.no_contact") in await (await front.signed_in(STAFF)).open(draft)


async def test_the_summary_is_printed_as_a_pdf_and_that_is_on_record(front: Front) -> None:
    draft, talk = drafted(1, ALL | URGENT), drafted(2, ALL | {"send": "no"})
    await front.cabinet.keep(draft, talk)
    ana = await front.signed_in(STAFF)
    paper = await ana.browser.get(f"/desk/case/{draft.reference}/summary.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert draft.reference in text
    assert [entry.what for entry in await front.cabinet.trail.of(draft.reference)] == ["paper"]
    await ana.get(f"/desk/case/{talk.reference}/summary.pdf", 404)


async def test_the_summary_is_printed_in_the_readers_language_and_in_the_persons(front: Front) -> None:
    draft = replace(drafted(1, ALL), locale="fr")
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    page = await ana.open(draft)
    for locale in ("es", "fr"):
        [link] = re.findall(rf'href="([^"]*summary.pdf[^"]*)" hreflang="{locale}"', page)
        paper = PdfReader(io.BytesIO((await ana.browser.get(link)).content))
        text = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
        assert TEXTS.get(locale, "report.caution")[:40] in text


@pytest.mark.parametrize("contact", [STAFF, GUARD])
async def test_of_questions_that_this_release_does_not_have_the_page_shows_the_rest(
    front: Front, contact: Contact
) -> None:
    draft = replace(drafted(1, ALL), version="2031-01")
    await front.cabinet.keep(draft)
    person = await front.signed_in(contact)
    assert "+57 ••• •••••77" in await person.open(draft)
    await person.get(f"/desk/case/{draft.reference}/summary.pdf", 404)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("answers", [cases.every_gap(), cases.all_unknown(), {"role": "leader"}, {}])
async def test_whatever_was_answered_there_is_a_small_page(front: Front, answers: Answers, locale: str) -> None:
    draft = drafted(1, consenting(answers | {"country": "CO"}))
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(STAFF)).get(f"/desk/case/{draft.reference}?lang={locale}")
    assert f'<html lang="{locale}"' in page
    assert len(page.encode()) < 60_000


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+57 300 9998877", "+57 ••• •••••77"), ("987654321", "•••••••21"), ("+591 7", "+591 7"), ("", "")],
)
def test_of_a_masked_number_the_country_and_the_end_are_left(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("locale", "between", "quoted"),
    [("es", ":", f"«{cases.NOTE}»"), ("fr", "\xa0:", f"«\xa0{cases.NOTE}\xa0»"), ("en", ":", f"“{cases.NOTE}”")],
)
async def test_colons_and_quotation_marks_are_those_of_the_language(
    front: Front, locale: str, between: str, quoted: str
) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(STAFF)).get(f"/desk/case/{draft.reference}?lang={locale}")
    name, words = (TEXTS.get(locale, key) for key in ("legal_title.short", "desk.paper.said"))
    assert f"{name[:1].upper()}{name[1:]}{between} <strong>{words}" in page
    assert f"<dd>{quoted}</dd>" in page


async def test_of_a_group_it_is_told_how_far_it_agreed_and_which_papers_were_seen(front: Front) -> None:
    found = outcome(CHECKLIST, group(consenting(good())))
    draft = replace(drafted(1), room=found)
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(STAFF)).open(draft)
    said = [es("desk.how.group"), es("report.role.group"), es("report.group"), NOTE, es("desk.paper.seen")]
    said += [es("report.group.discuss")]
    assert absent(page, *said) == []


async def test_what_was_typed_is_shown_as_text(front: Front) -> None:
    draft = drafted(1, ALL | {"name": "<script>alert(1)</script>", "call_note": '"><img src=x>'})
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    await ana.open(draft)
    await ana.do(draft, "note", note="<b>negrita</b>")
    assert not any(tag in ana.page for tag in ("<script", "<img", "<b>negrita"))
    assert "&lt;script&gt;" in ana.page
