"""Writing to the person from the page of a case, in a real Chromium: the SMS are counted while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from playwright.async_api import expect

from bot.store import Chat, Commit, Store
from flows.session import dump
from tests.bot import cases
from tests.bot.casework import drafted
from tests.bot.desking import desk_front
from tests.e2e.looking import SIZES
from tests.e2e.test_desk_browser import browsing, es, looked_over, sign_in

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
ANY_DAY = cases.consenting(cases.good(), call_how="any_day")


@pytest.mark.parametrize("size", SIZES)
async def test_the_sms_are_counted_and_the_message_stands_on_the_page(
    database: Database, vault: Vault, clock: Clock, size: str
) -> None:
    draft = drafted(1, ANY_DAY)
    session = replace(cases.session(ANY_DAY, locale="fr"), reference=draft.reference, referred=1)
    chat = Chat("sms", cases.PHONE)
    await Store(database, vault, clock).commit(Commit(chat=chat, version=0, session=dump(session)))
    scripts = size == "wide"
    async with desk_front(database, vault, clock) as front, browsing(front, size, scripts=scripts) as page:
        await front.cabinet.keep(draft)
        await sign_in(front, page, size)
        await page.goto(f"{front.url}/desk/case/{draft.reference}")
        await page.get_by_role("button", name=es("desk.do.take")).click()
        await page.get_by_label(es("desk.write.text", language="francés")).fill("á" * 156)
        await looked_over(page, size)
        if scripts:
            await expect(page.locator("#parts")).to_have_text("2 SMS")
            await page.get_by_label(es("desk.write.ready"), exact=True).select_option("noted")
            await page.get_by_label(es("desk.write.text", language="francés")).fill("x" * 598)
            await expect(page.locator("#parts")).to_have_text(es("desk.write.long"))
            await page.get_by_label(es("desk.write.text", language="francés")).fill("")
            await expect(page.locator("#parts")).to_have_text("1 SMS")
        await page.get_by_role("button", name=es("desk.write.do"), exact=True).click()
        await expect(page.locator(".thread li")).to_have_count(1)
        await looked_over(page, size)
