"""A move of a case by somebody at the desk: allowed, made and written down in one step, then told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.referral.rights import Forbidden, may
from bot.referral.trail import Entry
from flows.case import Step, move

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.contacts import Contact, Contacts
    from bot.referral.announced import Announcer
    from bot.referral.store import Held, ReferralStore
    from flows.case import Move, Outcome

__all__ = ["Acting", "Forbidden"]

GUARDED = "private.contacted"
"""On the trail: protection talked with the person. What begins with "private" is not for staff."""


class Acting:
    """Moves cases for contacts. `clock` gives epoch seconds."""

    def __init__(
        self, store: ReferralStore, announcer: Announcer, contacts: Contacts, clock: Callable[[], float]
    ) -> None:
        self._store = store
        self._announcer = announcer
        self._contacts = contacts
        self._clock = clock

    async def do(  # noqa: PLR0913 - all that a step may say
        self,
        reference: str,
        contact: Contact,
        what: Move,
        *,
        note: str = "",
        outcome: Outcome | None = None,
        holder: str = "",
    ) -> Held:
        """Make the step; returns the referral after it. `holder` is the contact it is assigned to.

        Raises `Forbidden`, or `flows.case.Impossible` where the case is no longer where this can be done. Of two who
        take it at once, one gets that.
        """
        while True:
            held = await self._allowed(reference, contact, what, holder)
            step = Step(self._clock(), contact.name, what, note)
            case = move(held.case, step, holder=holder, outcome=outcome)
            done = f"{what}.{outcome}" if outcome else what
            entry = Entry(step.at, contact.name, done, reference, ": ".join(filter(None, (holder, note))))
            if changed := await self._store.change(held, case, entry, untold=True):
                await self._announcer.announce(changed)
                return changed

    async def guard(self, reference: str, contact: Contact, note: str) -> None:
        """Note that the contact talked with the person of what was shared in private. Raises `Forbidden`."""
        while True:
            held = await self._held(reference)
            if not may(contact, "guard", held.draft):
                raise Forbidden
            now = self._clock()
            talked = replace(held, standing=replace(held.standing, guarded=now))
            if await self._store.change(talked, held.case, Entry(now, contact.name, GUARDED, reference, note)):
                return

    async def _allowed(self, reference: str, contact: Contact, what: Move, holder: str) -> Held:
        held = await self._held(reference)
        if not may(contact, what, held.draft):
            raise Forbidden
        given = self._contacts.named(holder)
        if what == "assign" and (given is None or not may(given, "take", held.draft)):
            raise Forbidden
        return held

    async def _held(self, reference: str) -> Held:
        held = await self._store.held(reference)
        if held is None:
            raise Forbidden
        return held
