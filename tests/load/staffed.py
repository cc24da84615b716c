"""A desk full of referrals of all kinds, staff at work on them, and somebody in a browser."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from random import Random
from typing import TYPE_CHECKING

import httpx
from msgspec.structs import replace
from starlette.applications import Starlette

from bot.desk import visit
from bot.desk.routes import routes
from bot.desk.sign_ins import Session, SignIns
from bot.desk.talking import Talking
from bot.desk.visit import SESSION, Office
from bot.outbox import Outbox
from bot.referral.index import Filters, Index
from bot.referral.store import ReferralStore
from bot.referral.trail import Trail
from bot.store import Store
from flows.case import Step, move
from flows.reference import make
from tests.bot.cases import CHECKLIST, TEXTS, VERSION, all_unknown, consenting, every_gap, good, secrets
from tests.bot.casework import RULES, drafted
from tests.bot.referring import acting_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.contacts import Contact, Contacts
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft

URL = "https://batea.example.org"
AT_ONCE = 200
DAY = 86_400
FIRST = "Rosa Juan Zulma Luis Carmen Pedro Elena Marta José Ana Willy Nelly Óscar Inés Raúl Delia"
LAST = "Condori Mamani Quispe Ñáñez Flores Rojas Ouédraogo Silva Huamán Ticona Pérez Restrepo"
GROUPS = "Cooperativa Asociación Empresa Central Unión Comité"
OF = "Esperanza Roble Porvenir Aurora Dorada Progreso Victoria Unida Nueva Cumbre Río Blanco Sol Libertad"
PLACES = "Puno Yurimaguas Segovia Marmato Íquira Ananea Secocha Relave Tipuani Guanay"
ANSWERS = [
    consenting(answers | secrets(code), **wish)
    for answers in (good(), every_gap(), all_unknown(), good(legal_title="none"))
    for code in ("no", "yes")
    for wish in ({}, {"send_private": "no"}, {"call_back": "no"}, {"send": "no"})
]


class Desk:
    """The desk over its own application. What is drawn at random is the same each time."""

    def __init__(self, database: Database, vault: Vault, contacts: Contacts) -> None:
        self._drawn = Random(6)  # noqa: S311 - answers and names
        self.store = ReferralStore(database, vault, RULES)
        self.index = Index(database, vault, self.store)
        self._sign_ins = SignIns(database, vault)
        outbox = Outbox(database, vault, time.time)
        self.office = Office(
            desk=visit.Desk(self.store, contacts, TEXTS, {VERSION: CHECKLIST}, time.time),
            sign_ins=self._sign_ins,
            index=self.index,
            trail=Trail(database, vault),
            acting=acting_on(self.store, outbox, time.time, *contacts.everybody),
            box=outbox,
            vault=vault,
            talking=Talking(
                Store(database, vault, time.time),
                outbox,
                Trail(database, vault),
                TEXTS,
                {VERSION: CHECKLIST},
                time.time,
            ),
            url=URL,
        )
        self._references: list[str] = []

    async def load(self, many: int) -> None:
        """Keep so many; every third has been closed."""
        for begin in range(0, many, AT_ONCE):
            await asyncio.gather(*(self._one(number) for number in range(begin, min(begin + AT_ONCE, many))))

    async def work(self) -> None:
        """What happens elsewhere between two requests: somebody takes a case, a draft comes."""
        held = await self.store.held(self._drawn.choice(self._references))
        assert held
        if held.case.state == "new":
            await self.store.change(held, move(held.case, Step(time.time(), "Eva", "take")))
        await self.store.keep(replace(held.draft, revision=held.draft.revision + 1, updated=time.time()))

    def drawn(self, contact: Contact) -> str:
        """The reference of a case that the contact may see."""
        return self._drawn.choice(self.index.find(Filters(), contact, time.time())).reference

    @asynccontextmanager
    async def browser(self, contact: Contact) -> AsyncIterator[Callable[[str], Awaitable[float]]]:
        """Gets a page for somebody who is signed in; returns the seconds it took."""
        cookies = {SESSION: await self._sign_ins.sign_in(Session(contact.name, contact.mail))}
        app = httpx.ASGITransport(Starlette(routes=routes(self.office)))
        async with httpx.AsyncClient(transport=app, base_url=URL, cookies=cookies) as client:

            async def get(path: str) -> float:
                began = time.perf_counter()
                found = await client.get(path)
                assert found.status_code == 200, path
                return time.perf_counter() - began

            yield get

    async def _one(self, number: int) -> None:
        draft = self._draft(number)
        self._references.append(draft.reference)
        await self.store.keep(draft)
        held = await self.store.held(draft.reference) if number % 3 == 0 else None
        if held and held.case.open:
            await self.store.change(held, move(held.case, Step(draft.updated + DAY, "Ana", "close"), outcome="applies"))

    def _draft(self, number: int) -> Draft:
        def draw(words: str) -> str:
            return self._drawn.choice(words.split())

        said = {
            "country": draw("CO PE PE BO BF BR"),
            "name": f"{draw(FIRST)} {draw(LAST)} {draw(LAST)}",
            "organisation": f"{draw(GROUPS)} {draw(OF)} {draw(OF)} {number % 997}",
            "place": draw(PLACES),
        }
        at = time.time() - self._drawn.random() * 60 * DAY
        address = f"+51{900_000_000 + self._drawn.randrange(90_000)}"
        draft = drafted(number, self._drawn.choice(ANSWERS) | said, address=address, quiet=number % 50 == 0, at=at)
        return replace(draft, reference=make(number % 32, number // 32), locale=draw("es_PE es fr pt_BR"))
