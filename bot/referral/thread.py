"""What ARM's staff and a person write to each other, on its way: two jobs of the worker's.

Both sides stand on the case's trail, which is sealed and goes with it; what a contact is told of it holds no word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from bot.messages import GiveUp, Inbound, Job, Outgoing, renamed
from bot.referral.rights import may
from bot.referral.trail import Entry
from flows.events import HandedBack, Heard, StaffWrote

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.contacts import Contact, Contacts
    from bot.outbox import Outbox
    from bot.referral.mail import Post
    from bot.referral.notices import Notices
    from bot.referral.store import Held, ReferralStore
    from bot.referral.trail import Trail

SAYS, HEARD = "says", "heard"
"""The names of the jobs: to the person, and from the person."""
THREAD = ("wrote", "news", "heard", "other", "rang", "unsent", "back")
"""What of a trail is the thread: that there is news is all that was said, `unsent` is what Batea could not say."""
_QUARTER = 900


def says(name: str, to: tuple[str, str], event: StaffWrote | HandedBack, now: float) -> Outgoing:
    """The job that brings it to the person; the same name twice is one."""
    return Outgoing(name, *to, Job(SAYS, msgspec.json.encode(event)), now)


class Says:
    """The worker's hand for jobs named `SAYS`. `handle` is the road."""

    def __init__(self, handle: Callable[[Inbound], Awaitable[None]], clock: Callable[[], float]) -> None:
        self._handle = handle
        self._clock = clock

    async def bring(self, out: Outgoing) -> None:
        """Take it to the person's chat; again, nothing is doubled. Raises `GiveUp` where the job holds nothing."""
        event: StaffWrote | HandedBack = _read(out, StaffWrote | HandedBack)
        await self._handle(Inbound(f"{SAYS}:{out.id}", out.channel, out.address, event, self._clock()))


@dataclass(frozen=True)
class Hearing:
    """The worker's hand for jobs named `HEARD`: it goes on the trail, and whoever has the case is told that it did."""

    store: ReferralStore
    trail: Trail
    outbox: Outbox
    contacts: Contacts
    post: Post
    notices: Notices

    async def bring(self, out: Outgoing) -> None:
        """Write it down; again, nothing is doubled. Raises `GiveUp` where the job holds nothing."""
        event: Heard = _read(out, Heard)
        held = await self.store.held(event.reference)
        if held is None:
            return
        await self.trail.add(Entry(out.created, "", event.what, event.reference, event.text), token=out.id)
        contact = self._whose(held, event)
        if contact and event.what != "unsent":
            await self.outbox.put(*await self._news(held, contact, event.since, out.created))

    def _whose(self, held: Held, event: Heard) -> Contact | None:
        """Who has the case, else who wrote."""
        found = (self.contacts.named(name) for name in (held.case.holder, event.who) if name)
        return next((one for one in found if one and may(one, "open", held.draft)), None)

    async def _news(self, held: Held, contact: Contact, since: float, at: float) -> list[Outgoing]:
        """Once after each message of staff, and then once in a quarter of an hour."""
        outs = [
            self.post.tells("answered", held.draft, contact, self.notices.lines(held, contact), at),
            *await self.notices.about(held, (contact,), "answered"),
        ]
        return [renamed(one, f"{one.id}.{since:.0f}.{at // _QUARTER:.0f}") for one in outs]


def _read(out: Outgoing, what: Any) -> Any:  # noqa: ANN401 - as msgspec takes and gives it
    payload = out.body.payload if isinstance(out.body, Job) else b""
    try:
        return msgspec.json.decode(payload, type=what)
    except msgspec.DecodeError as error:
        message = f"nothing said: {type(error).__name__}"
        raise GiveUp(message) from error
