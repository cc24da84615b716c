"""Every page of the desk in a real Chromium, wide and on a phone: axe finds nothing, nothing is cut, all are small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, ViewportSize, expect

from bot.desk.exports import Asked, Exports, State
from bot.store import Chat, Commit, Store
from flows.room.outcome import outcome
from flows.session import dump
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, VERSION, all_unknown, consenting, every_gap, good, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, drafted
from tests.bot.desking import Front, Person, desk_front
from tests.bot.grouped import group
from tests.e2e.looking import PAPER, SIZES, nothing_found, uncut
from tests.e2e.test_desk_browser import browsing, es

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft
    from tests.conftest import Clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

CALL, REACHED = consenting({"country": "CO"}, send="no"), consenting(good(), call_how="any_day")
GAPS = consenting(every_gap() | secrets("yes"))
FULL = drafted(1, GAPS)
CLOSED = drafted(2, ALL | {"organisation": "Cooperativa multiactiva de mineros artesanales"}, address="+573001110002")
GONE = drafted(3, consenting({"country": "CO"}, send="no", call_back="no"), address="+573001110003")
MET = replace(drafted(4, ALL, address="+573001110004"), room=outcome(CHECKLIST, group(consenting(good()))))
WORKERS = drafted(5, consenting(good(role="worker") | secrets("yes")), address="+573001110005")
QUIET, TALK = drafted(6, CALL, quiet=True, address="+573001110006"), drafted(7, CALL, address="+573001110007")
WRITTEN_TO = drafted(8, REACHED)
MANY = (*(drafted(n, GAPS, at=1.797e9) for n in range(10, 30)), *(drafted(n, ALL) for n in range(30, 50)))
FAR = tuple(drafted(n, consenting(all_unknown(country="BF"))) for n in range(50, 62))
DAY, TOKEN = 24 * 3600, "x" * 24
LOADED = """() => ["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
  .map(one => one.encodedBodySize + 1000)"""
"""What the page and each of its files weighed on the wire, heads generously taken."""


@dataclass
class Eyes:
    """Somebody who looks at every page, wide and on a phone."""

    front: Front
    page: Page
    sizes: tuple[tuple[int, int], ...] = tuple(SIZES.values())

    async def look(self) -> None:
        for width, height in self.sizes:
            await self.page.set_viewport_size(ViewportSize(width=width, height=height))
            await uncut(self.page)
            await nothing_found(self.page)
        heading = await self.page.get_by_role("heading", level=1).inner_text()
        await expect(self.page).to_have_title(f"{heading} · Batea")
        loaded = await self.page.evaluate(LOADED)
        assert len(loaded) >= 3, "the page and its style sheets"
        assert sum(loaded) < 100_000

    async def open(self, *paths: str, status: int = 200) -> None:
        for path in paths:
            answer = await self.page.goto(self.front.url + path)
            assert answer
            assert answer.status == status, path
            await self.look()

    async def become(self, contact: Contact) -> Person:
        """Somebody signed in, in this browser as well."""
        person = await self.front.signed_in(contact)
        given = {cookie.name: cookie.value or "" for cookie in person.browser.cookies.jar}
        await self.page.context.clear_cookies()
        await self.page.context.add_cookies([{"name": k, "value": v, "url": self.front.url} for k, v in given.items()])
        return person


@pytest.fixture
async def eyes(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Eyes]:
    async with desk_front(database, vault, clock) as front, browsing(front, "wide") as page:
        yield Eyes(front, page)


def at(*drafts: Draft) -> list[str]:
    return [f"/desk/case/{draft.reference}" for draft in drafts]


async def filled(front: Front, database: Database, vault: Vault) -> None:
    before = replace(GONE, answers=ALL, revision=GONE.revision - 1)
    await front.cabinet.keep(FULL, CLOSED, before, GONE, MET, WORKERS, QUIET, TALK, WRITTEN_TO, *MANY, *FAR)
    session = replace(cases.session(REACHED, locale="fr"), reference=WRITTEN_TO.reference, referred=1)
    commit = Commit(chat=Chat("sms", cases.PHONE), version=0, session=dump(session))
    await Store(database, vault, front.clock).commit(commit)


async def test_nobody_is_signed_in_and_nothing_there_yet(eyes: Eyes) -> None:
    elsewhere = await eyes.front.person().link(LEAD.mail)
    await eyes.open("/desk")
    await eyes.open(elsewhere, status=403)
    await eyes.open("/desk/in/over", "/desk/r/earlier", status=410)
    await eyes.become(LEAD)
    await eyes.open("/desk", "/desk/learn")
    await eyes.open(*at(FULL), status=404)


async def test_what_staff_see(eyes: Eyes, database: Database, vault: Vault) -> None:
    await filled(eyes.front, database, vault)
    ana, page = await eyes.become(STAFF), eyes.page
    for draft in (CLOSED, WRITTEN_TO):
        await ana.open(draft)
        await ana.do(draft, "take")
    await ana.do(CLOSED, "note", note="Vuelven a hablar el lunes")
    await ana.do(CLOSED, "close", outcome="works_on_it", note="Va bien")
    await eyes.open("/desk?letter=F", *at(CLOSED, GONE, MET, WORKERS, TALK, WRITTEN_TO))
    await page.get_by_label(es("desk.write.text", language="francés")).fill("á" * 156)
    await page.get_by_role("button", name=es("desk.write.do"), exact=True).click()
    await expect(page.locator(".thread li")).to_have_count(1)
    await page.get_by_role("button", name=es("desk.write.do"), exact=True).click()
    await expect(page.get_by_role("alert")).to_have_text(es("desk.write.empty"))
    await eyes.look()
    made = Exports(database, vault, eyes.front.cabinet.store, {VERSION: CHECKLIST}, eyes.front.clock)
    await eyes.open("/desk/export")
    under_way = State(STAFF.name, Asked(), 9, 3, eyes.front.clock())
    late = replace(under_way, at=under_way.at - DAY)
    for state in (under_way, late, replace(late, pieces=1), replace(late, too_large=True)):
        await made._tell(TOKEN, state)
        await eyes.open(f"/desk/export/{TOKEN}")


async def test_what_leads_and_protection_see(eyes: Eyes, database: Database, vault: Vault) -> None:
    await filled(eyes.front, database, vault)
    await eyes.become(LEAD)
    await eyes.open("/desk?page=2", "/desk/learn", *at(FULL))
    for button in ("desk.do.assign", "desk.do.close", "desk.reveal"):
        await eyes.page.get_by_text(es(button)).first.click()
    await eyes.look()
    eyes.front.clock.advance(10 * DAY)
    await eyes.open("/desk")
    await expect(eyes.page.get_by_role("rowheader")).to_have_count(50)
    await eyes.page.emulate_media(color_scheme="dark")
    await eyes.open("/desk/learn", *at(WRITTEN_TO))
    await eyes.become(GUARD)
    await eyes.open("/desk?late=1", *at(FULL, QUIET))


async def test_what_is_printed(eyes: Eyes, database: Database, vault: Vault) -> None:
    await filled(eyes.front, database, vault)
    await eyes.become(LEAD)
    eyes.sizes = (PAPER,)
    await eyes.page.emulate_media(media="print")
    await eyes.open("/desk?letter=B", "/desk/learn", *at(MET))
    await expect(eyes.page.get_by_role("button")).to_have_count(0)


async def test_nothing_is_cut_in_any_language(eyes: Eyes, database: Database, vault: Vault) -> None:
    await filled(eyes.front, database, vault)
    await eyes.become(LEAD)
    for path in ("/desk?letter=D", "/desk/export", "/desk/learn", *at(MET, FULL)):
        for locale in LOCALES:
            await eyes.page.goto(f"{eyes.front.url}{path.split('?')[0]}?{path.partition('?')[2]}&lang={locale}")
            await expect(eyes.page.locator("html")).to_have_attribute("lang", locale)
            for width in (360, 600, 800, 830, 1280):
                await eyes.page.set_viewport_size({"width": width, "height": 800})
                await uncut(eyes.page)
