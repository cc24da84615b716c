"""The desk served on loopback over a real Redis, and people with browsers who sign in to it and press its buttons."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.contacts import Contact, Contacts
from bot.desk import export_pages, learn_pages
from bot.desk.exports import Exports
from bot.desk.routes import routes
from bot.desk.sign_ins import SignIns
from bot.desk.talking import Talking
from bot.desk.visit import Desk, Office
from bot.messages import Mail
from bot.outbox import Outbox
from bot.store import Store
from bot.web import STATIC
from tests.bot.cases import CHECKLIST, TEXTS, VERSION
from tests.bot.casework import GUARD, LEAD, STAFF, Cabinet
from tests.bot.referring import acting_on
from tests.standins.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft
    from tests.conftest import Clock

BEN = Contact(name="Ben", role="staff", mail="ben@example.org", languages=("en",))
AFAR = Contact(name="Luís", role="staff", mail="luis@example.org", languages=("pt",), countries=("BR",))
CONTACTS = Contacts((LEAD, STAFF, BEN, AFAR, GUARD))
FORM = re.compile(r'name="form" value="(\w+)"')
TOKEN = re.compile(r'(name="(?:form|once)" value=)"\w+"')
"""What is chance in a page: it may hold any figures."""
MOVES = re.compile(r'name="moves" value="(\d+)"')


@dataclass
class Person:
    """Somebody with a browser of their own; `page` is what it shows, `location` where it was sent last."""

    front: Front
    browser: httpx.AsyncClient
    page: str = ""
    location: str = ""

    async def get(self, path: str, status: int = 200) -> str:
        """Open a page of the desk; what it says."""
        return self._shown(await self.browser.get(path), status)

    async def post(self, path: str, status: int = 303, **fields: str) -> str:
        """Press a button of the page that is shown; the page it leads to."""
        found = FORM.search(self.page)
        moves = MOVES.search(self.page)
        given = {"form": found[1] if found else "", **({"moves": moves[1]} if moves else {}), **fields}
        origin = {"Origin": self.front.url}
        return self._shown(await self.browser.post(path, data=given, headers=origin), status)

    async def link(self, mail: str, to: str = "") -> str:
        """Ask for a link, and read it in the mail."""
        await self.get("/desk")
        await self.post("/desk/in", 200, mail=mail, **({"to": to} if to else {}))
        return await self.front.link(mail)

    async def sign_in(self, contact: Contact) -> Person:
        """Ask for a link, open it, press its button."""
        link = await self.link(contact.mail)
        await self.get(link)
        await self.post(link)
        await self.get("/desk")
        return self

    async def open(self, draft: Draft, status: int = 200) -> str:
        """Open the page of a case."""
        return await self.get(f"/desk/case/{draft.reference}", status)

    async def do(self, draft: Draft, what: str, status: int = 303, **fields: str) -> str:
        """Press a button on the page of a case, which is shown; then see the page as it is."""
        said = await self.post(f"/desk/case/{draft.reference}/{what}", status, **fields)
        return await self.open(draft) if status == httpx.codes.SEE_OTHER else said

    def _shown(self, answer: httpx.Response, status: int) -> str:
        assert answer.status_code == status, answer.text
        self.page = answer.text
        self.location = answer.headers.get("Location", self.location)
        return TOKEN.sub(r'\1""', unescape(answer.text))


@dataclass
class Front:
    """The desk at a URL, what it is made of, and the mails that left."""

    url: str
    cabinet: Cabinet
    outbox: Outbox
    clock: Clock
    people: list[Person] = field(default_factory=list)

    def person(self) -> Person:
        """Somebody who has not been here before."""
        self.people.append(Person(self, httpx.AsyncClient(base_url=self.url)))
        return self.people[-1]

    async def signed_in(self, contact: Contact) -> Person:
        """Somebody who is signed in."""
        return await self.person().sign_in(contact)

    async def mails(self) -> dict[str, Mail]:
        """What is due, by address, as if it had been delivered."""
        found: dict[str, Mail] = {}
        while claimed := await self.outbox.claim(self.clock(), 99):
            for one in claimed:
                if isinstance(one.out.body, Mail):
                    found[one.out.address] = one.out.body
                await self.outbox.settle(one, "sent")
        return found

    async def link(self, mail: str) -> str:
        """The path of the link to sign in that this address gets; its mail is written after the page was answered."""
        async with asyncio.timeout(20):
            while not (sent := (await self.mails()).get(mail)):  # noqa: ASYNC110 - what is waited for is a mail in Redis
                await asyncio.sleep(0.01)
        [path] = re.findall(rf"{self.url}(/desk/in/\S+)", sent.text)
        return str(path)


@asynccontextmanager
async def desk_front(
    database: Database, vault: Vault, clock: Clock, contacts: Contacts = CONTACTS, *, https: bool = False
) -> AsyncIterator[Front]:
    """The desk, served; `https`: as if there were something in front of it that encrypts."""
    cabinet, outbox = Cabinet(database, vault, clock), Outbox(database, vault, clock)
    app = Starlette()
    async with serving(app) as url:
        desk = Desk(cabinet.store, contacts, TEXTS, {VERSION: CHECKLIST}, clock)
        acting = acting_on(cabinet.store, outbox, clock, *contacts.everybody)
        chats = Store(database, vault, clock)
        talking = Talking(chats, outbox, cabinet.trail, TEXTS, {VERSION: CHECKLIST}, clock)
        given = (desk, SignIns(database, vault), cabinet.index, cabinet.trail, acting, outbox, vault, talking)
        office = Office(*given, url.replace("http:", "https:") if https else url)
        exports = Exports(database, vault, cabinet.store, {VERSION: CHECKLIST}, clock)
        app.router.routes += [*export_pages.routes(office, exports), *learn_pages.routes(office, database)]
        app.router.routes += [*routes(office), Mount("/static", StaticFiles(directory=STATIC))]
        front = Front(url, cabinet, outbox, clock)
        yield front
        for person in front.people:
            await person.browser.aclose()
