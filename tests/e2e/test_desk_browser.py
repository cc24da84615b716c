"""The desk in a real Chromium, wide and on a phone: signed in by mail, a case found, taken, called, closed; by keys."""

from __future__ import annotations

import os
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Error, Page, ViewportSize, async_playwright, expect

from tests.bot import cases
from tests.bot.cases import TEXTS
from tests.bot.casework import STAFF, drafted
from tests.bot.desking import desk_front
from tests.e2e.looking import SIZES, complains, nothing_found, uncut

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.bot.desking import Front
    from tests.conftest import Clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def es(key: str, **params: str) -> str:
    return TEXTS.get("es", key, **params)  # type: ignore[arg-type] # parameters of a text, and no count


@asynccontextmanager
async def browsing(front: Front, size: str, *, scripts: bool = True) -> AsyncIterator[Page]:
    """A page of a fresh browser; fails where one complained or asked another host."""
    width, height = SIZES[size]
    complaints: list[str] = []
    async with async_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        try:
            chromium = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        except Error as error:
            if os.environ.get("BATEA_NEED_BROWSER"):
                raise
            pytest.skip(f"NO BROWSER STARTS: {error.message.splitlines()[0]}")
        viewport = ViewportSize(width=width, height=height)
        context = await chromium.new_context(viewport=viewport, locale="es-CO", java_script_enabled=scripts)
        page = await context.new_page()
        pages = f"{front.url}/desk"
        page.on("console", lambda said: complaints.append(said.text) if complains(said, pages) else None)
        page.on("request", lambda asked: None if asked.url.startswith(front.url) else complaints.append(asked.url))
        yield page
        await chromium.close()
    assert complaints == []


async def looked_over(page: Page, size: str) -> None:
    """Nothing is cut, and axe finds nothing. On the phone there are no scripts here; `test_desk_pages` has it with."""
    await uncut(page)
    if size == "wide":
        await nothing_found(page)


async def sign_in(front: Front, page: Page, size: str) -> None:
    await page.goto(f"{front.url}/desk")
    await looked_over(page, size)
    await page.get_by_label(es("desk.in.mail")).fill(STAFF.mail)
    await page.get_by_role("button", name=es("desk.in.send")).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(es("desk.in.sent.title"))
    await looked_over(page, size)
    await page.goto(front.url + await front.link(STAFF.mail))
    await looked_over(page, size)
    await page.get_by_role("button", name=es("desk.in.press")).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(es("desk.list"))


@pytest.mark.parametrize("size", SIZES)
async def test_signed_in_found_taken_called_and_closed(
    database: Database, vault: Vault, clock: Clock, size: str
) -> None:
    draft = drafted(1)
    async with desk_front(database, vault, clock) as front, browsing(front, size, scripts=size == "wide") as page:
        await front.cabinet.keep(draft, drafted(2, cases.every_gap(**cases.consenting({})), address="+573001110002"))
        await sign_in(front, page, size)
        await page.get_by_text(es("desk.filters"), exact=True).click()
        await page.get_by_label(es("desk.label.letter")).select_option("A")
        await page.get_by_role("button", name=es("desk.filters.go")).click()
        await expect(page.get_by_role("rowheader")).to_have_count(1)
        await looked_over(page, size)
        await page.get_by_role("link", name=es("desk.filters.none")).click()
        await expect(page.get_by_role("rowheader")).to_have_count(2)
        await page.get_by_role("searchbox").fill("xeriquarzo zulma")
        await page.get_by_role("button", name=es("desk.search.go")).click()
        await page.get_by_role("rowheader").get_by_role("link", name=draft.reference).first.click()
        await looked_over(page, size)
        await page.get_by_role("button", name=es("desk.do.take")).click()
        await expect(page.get_by_text(es("desk.held", who="Ana"))).to_be_visible()
        await page.get_by_role("button", name=es("desk.reveal")).click()
        await expect(page.get_by_role("link", name="+57 300 9998877")).to_be_visible()
        await expect(page.get_by_role("button", name=es("desk.reveal"))).to_have_count(0)
        await page.get_by_role("button", name=es("desk.do.contacted")).click()
        await page.get_by_text(es("desk.do.close")).first.click()
        await page.get_by_label(es("desk.outcome.works_on_it")).check()
        await looked_over(page, size)
        await page.get_by_role("button", name=es("desk.do.close")).click()
        await expect(page.get_by_text(es("desk.next.closed"))).to_be_visible()
        await looked_over(page, size)
        assert (await front.cabinet.held(draft.reference)).case.outcome == "works_on_it"


async def test_a_case_is_reached_and_taken_by_keys_alone(database: Database, vault: Vault, clock: Clock) -> None:
    draft = drafted(1)
    async with desk_front(database, vault, clock) as front, browsing(front, "wide") as page:
        await front.cabinet.keep(draft)
        await page.goto(f"{front.url}/desk")
        await expect(page.get_by_label(es("desk.in.mail"))).to_be_focused()
        await page.keyboard.type(STAFF.mail)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(es("desk.in.sent.title"))
        await page.goto(front.url + await front.link(STAFF.mail))
        await expect(page.get_by_role("button", name=es("desk.in.press"))).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(es("desk.list"))
        await tab_to(page, draft.reference)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=2).first).to_have_text(es("desk.next"))
        await tab_to(page, es("desk.do.take"))
        await page.keyboard.press("Enter")
        await expect(page.get_by_text(es("desk.held", who="Ana"))).to_be_visible()


async def tab_to(page: Page, text: str) -> None:
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.textContent") == text:
            return
    raise AssertionError(text)
