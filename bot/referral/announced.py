"""What follows from a step at the desk: the miner hears of it, and the colleague whom a case is given to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.messages import renamed
from bot.referral.told import telling

if TYPE_CHECKING:
    from bot.contacts import Contacts
    from bot.messages import Outgoing
    from bot.outbox import Outbox
    from bot.referral.mail import Post
    from bot.referral.notices import Notices
    from bot.referral.store import Held, ReferralStore


@dataclass(frozen=True)
class Announcer:
    """Tells of a case's last step, once; a step that a crash left untold is found in the store."""

    store: ReferralStore
    outbox: Outbox
    contacts: Contacts
    post: Post
    notices: Notices

    async def announce(self, held: Held) -> None:
        """Put everything that tells of the step, then forget that it is untold. Raises `Away`."""
        step = held.case.history[-1]
        await self.outbox.put(*telling(held.draft, held.case, step.at), *await self._given(held))
        await self.store.told(held)

    async def catch_up(self) -> None:
        """Tell of what was left untold. Raises `Away`."""
        for reference in await self.store.untold():
            held = await self.store.held(reference)
            if held is not None and held.case.history:
                await self.announce(held)

    async def _given(self, held: Held) -> list[Outgoing]:
        step, contact = held.case.history[-1], self.contacts.named(held.case.holder)
        if step.move != "assign" or contact is None or contact.name == step.who:
            return []
        outs = [
            self.post.tells("given", held.draft, contact, self.notices.lines(held, contact), step.at),
            *await self.notices.about(held, (contact,), "given"),
        ]
        return [renamed(out, f"{out.id}.{len(held.case.history)}") for out in outs]
