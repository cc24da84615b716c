"""Somebody at the desk's pages over HTTP, on a real Redis: who they may be, and a case for them to look at."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import httpx
from starlette.applications import Starlette

from bot.contacts import Contact, Contacts
from bot.desk.pages import Desk, routes
from bot.referral.draft import draft, kept, read_draft
from bot.referral.links import Links, Ticket
from bot.referral.store import ReferralStore
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import CHECKLIST, REFERENCE, TEXTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.store import Page
    from tests.bot.cases import Answers
    from tests.conftest import Clock

URL = "https://batea.example.org"
LEAD = Contact(name="Lead", role="lead", mail="lead@example.org", languages=("es",))
OFFICE = Contact(name="Office", role="staff", mail="office@example.org", languages=("en",))
GUARD = Contact(name="Guard", role="protection", mail="guard@example.org", languages=("es",))
GUARD_EN = Contact(name="Guardian", role="protection", mail="guardian@example.org", languages=("en",))
SPEAKING = {
    "es": ("Lead", "Guard"),
    "en": ("Office", "Guardian"),
    "fr": ("Bureau", "Gardien"),
    "pt": ("Escritório", "Guardião"),
}
OTHERS = tuple(
    contact
    for locale in ("fr", "pt")
    for contact in (
        Contact(name=SPEAKING[locale][0], role="staff", mail=f"staff.{locale}@example.org", languages=(locale,)),
        Contact(name=SPEAKING[locale][1], role="protection", mail=f"care.{locale}@example.org", languages=(locale,)),
    )
)


@dataclass
class Visitor:
    """Somebody with a browser, and the case they look at."""

    desk: Desk
    browser: httpx.AsyncClient
    clock: Clock

    async def keep(self, answers: Answers, *, turn: int = 60, private: bool = True, channel: str = "sms") -> None:
        address = cases.PHONE if channel == "sms" else "987654321"
        found = read_draft(
            draft(cases.session(answers, turn=turn, private=private), channel, address, self.clock(), Pace())
        )
        await self.desk.store.keep(kept(found, CHECKLIST))

    def path(self, page: Page, contact: str, reference: str = REFERENCE) -> str:
        return self.desk.links.url(page, Ticket(reference, contact)).removeprefix(URL)

    async def open(self, page: Page, contact: str, reference: str = REFERENCE) -> httpx.Response:
        return await self.browser.get(self.path(page, contact, reference))

    async def text(self, page: Page, contact: str) -> str:
        """What the page says, without its own record of openings."""
        found = await self.open(page, contact)
        assert found.status_code == 200
        return unescape(found.text)


@asynccontextmanager
async def visiting(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Visitor]:
    """Somebody at a desk that nobody has been to yet."""
    store = ReferralStore(database, vault)
    links = Links(["key"], URL, clock)
    contacts = Contacts((LEAD, OFFICE, GUARD, GUARD_EN, *OTHERS))
    desk = Desk(store, contacts, TEXTS, {cases.VERSION: CHECKLIST}, links, clock)
    app = httpx.ASGITransport(Starlette(routes=routes(desk)))
    async with httpx.AsyncClient(transport=app, base_url=URL) as browser:
        yield Visitor(desk, browser, clock)


def found_in(text: str, words: tuple[str, ...] | list[str]) -> list[str]:
    return [word for word in words if word in text]
