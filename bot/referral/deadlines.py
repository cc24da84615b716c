"""Cases that nobody took by the promised day: the leads are told, and the person that they still wait. Once each."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

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
class Late:
    """A case that is overdue since `due` (epoch seconds); `guarded`: what is private in it is, for protection."""

    reference: str
    due: float
    guarded: bool


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
    _done: set[Late] = field(default_factory=set)

    async def once(self) -> int:
        """How many cases were found late for the first time; what a crash left untold is told. Raises `Away`."""
        await self.announcer.catch_up()
        await self.index.refresh()
        told = [await apart(one.reference, self._told(one)) for one in set(self._late())]
        return sum(filter(None, told))

    def _late(self) -> Iterator[Late]:
        """What is overdue: cases that nobody took, and what is private in them that nobody talked of."""
        for contact in self.contacts.everybody:
            for head in self.index.find(_WAITING, contact, self.clock()):
                guarded = contact.role == "protection" and not head.quiet
                if head.due is not None and (head.urgent or not guarded):
                    yield Late(head.reference, head.due, guarded)

    async def _told(self, late: Late) -> bool:
        """Tell of it, unless that was done: all of it first, then the mark, so that nothing is lost."""
        if late in self._done:
            return False
        held = await self.store.held(late.reference)
        tell = self._overdue if late.guarded else self._untaken
        if held is not None and await tell(held):
            return True
        self._done.add(late)
        return False

    async def _untaken(self, held: Held) -> bool:
        """To the leads, else the first lead, of a talk in private to protection; and to the person."""
        if held.case.state != "new" or held.case.late:
            return False
        now, draft = self.clock(), held.draft
        to = self._guards(draft) if draft.quiet else self._leads(draft)
        case = replace(held.case, late=True)
        await self.outbox.put(*await self._news("late", held, to), *telling(draft, case, now))
        return await self.store.change(held, case, Entry(now, "", "late", draft.reference)) is not None

    async def _overdue(self, held: Held) -> bool:
        """To protection alone: staff and the person know of no such day."""
        standing, now = held.standing, self.clock()
        if not standing.urgent or standing.guarded or standing.urgent_late:
            return False
        await self.outbox.put(*await self._news("overdue", held, self._guards(held.draft)))
        marked = replace(held, standing=replace(standing, urgent_late=True))
        entry = Entry(now, "", "private.late", held.draft.reference)
        return await self.store.change(marked, held.case, entry) is not None

    async def _news(self, news: Literal["late", "overdue"], held: Held, to: tuple[Contact, ...]) -> list[Outgoing]:
        mails = [self.post.tells(news, held.draft, one, self.notices.lines(held, one), self.clock()) for one in to]
        return [*mails, *await self.notices.about(held, to, news)]

    def _guards(self, draft: Draft) -> tuple[Contact, ...]:
        return self.contacts.protection_for(draft.country)

    def _leads(self, draft: Draft) -> tuple[Contact, ...]:
        leads = tuple(contact for contact in self.contacts.everybody if contact.role == "lead")
        return tuple(contact for contact in leads if contact.covers(draft.country)) or leads[:1]


async def keep_looking(deadlines: Deadlines, lease: Lease) -> None:
    """Look now and every `EVERY` seconds, whichever worker holds the lease; given back at the end. Until cancelled."""
    try:
        while True:
            await _look(deadlines, lease)
            await asyncio.sleep(EVERY)
    finally:
        with suppress(Away):
            await lease.let_go()


async def _look(deadlines: Deadlines, lease: Lease) -> None:
    try:
        found = await deadlines.once() if await lease.take() else 0
    except (Away, WrongKey) as error:
        log.warning("deadlines not looked at", error=type(error).__name__)
    else:
        if found:
            log.info("late", cases=found)
