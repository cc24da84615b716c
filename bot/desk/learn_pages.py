"""The page to learn from, and its figures as CSV: staff of the referrals of their countries, leads of all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from bot.desk import learning
from bot.desk.lessons import Telling
from bot.desk.spread import MIME, spread
from bot.desk.view import HEADERS
from bot.desk.visit import PATH, signed_in
from bot.kept.funnel import reached, stopped
from bot.kept.parts import Parts
from bot.referral.index import Filters
from bot.referral.rights import may
from bot.referral.trail import Entry
from flows.funnel import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.contacts import Contact
    from bot.desk.learning import Table
    from bot.desk.visit import Office, Visit
    from bot.kept.connection import Database
    from bot.kept.parts import Sent
    from bot.referral.heads import Head
    from flows.model import Checklist

_FILE = "batea-figures.csv"


def routes(office: Office, database: Database) -> list[Route]:
    """`/desk/learn` and `/desk/learn.csv`."""
    pages = _Pages(database)
    return [
        Route(f"{PATH}/learn", signed_in(office, pages.page), methods=["GET"]),
        Route(f"{PATH}/learn.csv", signed_in(office, pages.file), methods=["GET"]),
    ]


@dataclass(frozen=True)
class Kept:
    """What is counted anyway: conversations by step and by the question they wait at, parts of SMS."""

    reached: Mapping[str, int]
    stopped: Mapping[str, int]
    sent: Sequence[Sent]


@dataclass(frozen=True)
class _Pages:
    database: Database

    async def page(self, visit: Visit) -> Response:
        """Pictures, with the tables beside them."""
        if visit.contact.role == "protection":
            return visit.draw("none.html", {}, 404)
        telling = Telling(visit.office.desk.texts, visit.locale)
        await _write(visit, "learn")
        lessons = [telling.lesson(table) for table in await self._tables(visit)]
        return visit.draw("learn.html", {"lessons": lessons, "everywhere": everywhere(visit.contact)})

    async def file(self, visit: Visit) -> Response:
        """The same figures, one a row. It is written on the trail as an export."""
        if visit.contact.role == "protection":
            return visit.draw("none.html", {}, 404)
        tables = await self._tables(visit)
        await _write(visit, "export", "figures")
        telling = Telling(visit.office.desk.texts, visit.locale)
        disposition = f'attachment; filename="{_FILE}"'
        headers = {**HEADERS, "Content-Type": MIME["csv"], "Content-Disposition": disposition}
        return Response(as_csv(telling, tables), headers=headers)

    async def _tables(self, visit: Visit) -> list[Table]:
        office, contact = visit.office, visit.contact
        now = office.desk.clock()
        await office.index.refresh()
        sent = await Parts(self.database, office.desk.clock).counted()
        kept = Kept(await reached(self.database), await stopped(self.database), sent)
        found = office.index.find(Filters(), contact, now)
        newest = office.desk.checklists[max(office.desk.checklists)]
        return await asyncio.to_thread(lambda: list(tables(contact, found, kept, newest, now)))


async def _write(visit: Visit, what: str, note: str = "") -> None:
    await visit.office.trail.add(Entry(visit.office.desk.clock(), visit.contact.name, what, "", note))


def everywhere(contact: Contact) -> bool:
    """Whether they see every country: what has none is for them alone."""
    return contact.role == "lead" or contact.covers(None)


def tables(contact: Contact, found: Sequence[Head], kept: Kept, checklist: Checklist, now: float) -> Iterator[Table]:
    """All figures that the contact may learn from. `now` is in epoch seconds."""
    heads = [head for head in found if may(contact, "learn", head)]
    if everywhere(contact):
        yield learning.steps(names(checklist), kept.reached)
        yield learning.stops(_questions(checklist), kept.stopped)
    yield learning.by_country(heads)
    yield learning.by_month(heads, now)
    yield learning.gaps(heads)
    yield learning.waits(heads)
    sent = [one for one in kept.sent if everywhere(contact) or contact.covers(one.country)]
    yield learning.parts_by("parts_months", lambda one: one.month, sent)
    yield learning.parts_by("parts_countries", lambda one: one.country, sent)


def as_csv(telling: Telling, found: Sequence[Table]) -> bytes:
    """The figures as a CSV file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / _FILE
        file = spread("csv", path, telling.headings(), telling.locale)
        for row in telling.rows(found):
            file.add(row)
        file.close()
        return path.read_bytes()


def _questions(checklist: Checklist) -> list[str]:
    """Every question in its order; section 7 as one."""
    return list(dict.fromkeys(item.section if item.sensitive else item.id for item in checklist.items.values()))
