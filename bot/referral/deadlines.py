"""Cases that nobody took by the promised day: the leads are told, and the person that they still wait. Once each."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from msgspec.structs import replace

from bot.kept.connection import Away
from bot.kept.crypto import WrongKey
from bot.referral.apart import apart
from bot.referral.index import Filters
from bot.referral.told import telling
from bot.referral.trail import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.contacts import Contact, Contacts
    from bot.kept.leases import Lease
    from bot.messages import Outgoing
    from bot.outbox import Outbox
    from bot.referral.announced import Announcer
    from bot.referral.draft import Draft
    from bot.referral.index import Index
    from bot.referral.mail import Post
    from bot.referral.notices import Notices
    from bot.referral.store import Held, ReferralStore

EVERY = 60.0
"""Seconds between two looks."""
LEASE = 3 * EVERY
_WAITING = Filters(state="new", late=True)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Deadlines:
    """Looks for what is late. `clock` gives epoch seconds."""

    store: ReferralStore
    index: Index
    outbox: Outbox
    contacts: Contacts
    post: Post
    notices: Notices
    announcer: Announcer
    clock: Callable[[], float]
    _done: dict[str, float] = field(default_factory=dict)

    async def once(self) -> int:
        """How many cases were found late for the first time; what a crash left untold is told. Raises `Away`."""
        await self.announcer.catch_up()
        await self.index.refresh()
        late = dict(self._late())
        told = [await apart(reference, self._told(reference, due)) for reference, due in late.items()]
        return sum(filter(None, told))

    def _late(self) -> Iterator[tuple[str, float]]:
        """Open cases that are overdue, and since when: those of the talks in private as well."""
        for contact in self.contacts.everybody:
            for head in self.index.find(_WAITING, contact, self.clock()):
                if head.due is not None and head.quiet == (contact.role == "protection"):
                    yield head.reference, head.due

    async def _told(self, reference: str, due: float) -> bool:
        """Tell of one case, unless that was done: all of it first, then the mark, so that nothing is lost."""
        if self._done.get(reference) == due:
            return False
        held = await self.store.held(reference)
        if held is None or held.case.state != "new" or held.case.late:
            self._done[reference] = due
            return False
        now = self.clock()
        case = replace(held.case, late=True)
        await self.outbox.put(*await self._news(held), *telling(held.draft, case, now))
        return await self.store.change(held, case, Entry(now, "", "late", reference)) is not None

    async def _news(self, held: Held) -> list[Outgoing]:
        to = self._responsible(held.draft)
        mails = [self.post.tells("late", held.draft, contact, self.clock()) for contact in to]
        return [*mails, *await self.notices.about(held, to, "late")]

    def _responsible(self, draft: Draft) -> tuple[Contact, ...]:
        """The leads of the country, else the first lead; of a talk in private those who protect."""
        if draft.quiet:
            return self.contacts.protection_for(draft.country)
        leads = tuple(contact for contact in self.contacts.everybody if contact.role == "lead")
        return tuple(contact for contact in leads if contact.covers(draft.country)) or leads[:1]


async def keep_looking(deadlines: Deadlines, lease: Lease) -> None:
    """Look now and every `EVERY` seconds, whichever worker holds the lease. Runs until cancelled."""
    while True:
        try:
            found = await deadlines.once() if await lease.take() else 0
        except (Away, WrongKey) as error:
            log.warning("deadlines not looked at", error=type(error).__name__)
        else:
            if found:
                log.info("late", cases=found)
        await asyncio.sleep(EVERY)
