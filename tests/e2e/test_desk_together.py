"""Several people at the desk in a real Chromium, wide and on a phone: at once, and each with what is theirs."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.async_api import expect
from pypdf import PdfReader

from bot.desk import export_pages
from tests.bot import cases
from tests.bot.cases import consenting, good
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, URGENT, drafted
from tests.bot.desking import BEN, desk_front
from tests.e2e.looking import SIZES, nothing_found, uncut
from tests.e2e.test_desk_browser import browsing, es

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft
    from tests.bot.desking import Front
    from tests.conftest import Clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120), pytest.mark.parametrize("size", SIZES)]
DRAFT = drafted(1, ALL | URGENT)
AGAIN = drafted(2, ALL)


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        await found.cabinet.keep(DRAFT, AGAIN)
        yield found


async def become(front: Front, page: Page, contact: Contact, draft: Draft = DRAFT) -> None:
    """Signed in, in this browser, with the page of a case open."""
    person = await front.signed_in(contact)
    given = {cookie.name: cookie.value or "" for cookie in person.browser.cookies.jar}
    await page.context.clear_cookies()
    await page.context.add_cookies([{"name": k, "value": v, "url": front.url} for k, v in given.items()])
    await page.goto(f"{front.url}/desk/case/{draft.reference}")


async def looked_over(page: Page) -> None:
    await uncut(page)
    await nothing_found(page)


async def test_two_take_a_case_at_once_and_one_is_told_so(front: Front, size: str) -> None:
    async with browsing(front, size) as ana, browsing(front, size) as ben:
        await become(front, ana, STAFF)
        await become(front, ben, BEN)
        await ana.get_by_role("button", name=es("desk.do.take")).click()
        await expect(ana.get_by_text(es("desk.held", who="Ana"))).to_be_visible()
        await ben.locator("form[action$='/take'] button").click()
        await expect(ben.get_by_role("alert")).to_contain_text("Ana")
        await looked_over(ben)
        assert (await front.cabinet.held(DRAFT.reference)).case.holder == "Ana"


async def test_a_lead_gives_a_case_writes_a_note_and_sees_what_may_be_the_same(front: Front, size: str) -> None:
    async with browsing(front, size) as page:
        await become(front, page, LEAD)
        await expect(page.get_by_role("link", name=AGAIN.reference)).to_be_visible()
        await page.get_by_text(es("desk.do.assign"), exact=True).first.click()
        await page.get_by_label(es("desk.assign.to")).select_option("Ben")
        await looked_over(page)
        await page.locator("form[action$='/assign'] button").click()
        await expect(page.get_by_role("status")).to_contain_text("Ben")
        await page.get_by_label(es("desk.note")).fill("Hablar primero con la secretaria")
        await page.get_by_role("button", name=es("desk.do.note")).click()
        await expect(page.locator(".written")).to_contain_text("Hablar primero con la secretaria")
        await looked_over(page)


async def test_protection_sees_its_part_and_notes_the_talk_and_staff_see_nothing(front: Front, size: str) -> None:
    async with browsing(front, size) as page:
        await become(front, page, GUARD)
        await expect(page.get_by_role("heading", name=es("desk.protection"))).to_be_visible()
        await expect(page.get_by_text(es("children.yes")).first).to_be_visible()
        await page.get_by_label(es("desk.note.more")).fill("Habla con la escuela")
        await looked_over(page)
        await page.get_by_role("button", name=es("desk.do.contacted")).click()
        await expect(page.get_by_text(es("desk.next.guarded"))).to_be_visible()
        await expect(page.get_by_text("Habla con la escuela")).to_be_visible()
        await become(front, page, STAFF)
        for hidden in (es("children.yes"), "Habla con la escuela", es("desk.did.private.contacted")):
            await expect(page.get_by_text(hidden)).to_have_count(0)


async def test_papers_and_tables_are_taken_out(front: Front, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_pages, "WAIT", 0.0)
    async with browsing(front, size) as page:
        await become(front, page, STAFF)
        link = await page.locator("a[href*='summary.pdf']").first.get_attribute("href")
        paper = await page.request.get(f"{front.url}{link}")
        assert DRAFT.reference in PdfReader(io.BytesIO(await paper.body())).pages[0].extract_text()
        await page.goto(f"{front.url}/desk/learn")
        async with page.expect_download() as figures:
            await page.get_by_role("link", name=es("learn.csv")).click()
        assert (await figures.value).suggested_filename.endswith(".csv")
        await front.cabinet.keep(*(drafted(n, consenting(good())) for n in range(10, 300)))
        await page.goto(f"{front.url}/desk/export")
        await looked_over(page)
        await page.get_by_role("button", name=es("export.go")).click()
        await page.wait_for_url("**/desk/export/*")
        async with page.expect_download() as table:
            await page.locator("a.button").click()
        file = Path(await (await table.value).path())
        book = load_workbook(io.BytesIO(await asyncio.to_thread(file.read_bytes)))
        told = [" ".join(map(str, row)) for row in book.active.iter_rows(values_only=True)]
        assert len(told) == 293
        assert not [word for word in cases.PERSONAL if word in " ".join(told)]
