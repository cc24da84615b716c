"""Referrals in Redis, sealed: keep, load, and who opened them. What a referral is, is in `draft`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from bot.kept.connection import Call, script
from bot.referral import keys
from bot.referral.draft import Draft

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

Page = Literal["staff", "protection"]


class Opening(msgspec.Struct, frozen=True):
    """One opening of a page: when (epoch seconds), through whose link, which page."""

    at: float
    contact: str
    page: Page


class Before(msgspec.Struct, frozen=True):
    """What was there when a draft came: the revision that was kept, and the last whose mails are out; 0 for none."""

    kept: int
    mailed: int


class ReferralStore:
    """Every method raises `connection.Away` where Redis is out of reach."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def keep(self, draft: Draft) -> Before:
        """Keep the draft, unless this or a later revision is kept; says what was there before."""
        given: dict[str, object] = {
            "revision": draft.revision,
            "reference": draft.reference,
            "created": draft.created,
            "draft": self._seal(draft),
        }
        names = [keys.case(draft.reference), keys.cases(draft.reference)]
        revision, mailed = await self._database.run(Call(script("case_keep"), names, given))
        return Before(revision, mailed)

    async def mailed(self, draft: Draft) -> None:
        """The mails of this revision are in the outbox."""
        given: dict[str, object] = {"revision": draft.revision}
        await self._database.run(Call(script("case_mailed"), [keys.case(draft.reference)], given))

    async def load(self, reference: str) -> Draft | None:
        """The latest revision. Raises `crypto.WrongKey` where it can't be opened."""
        sealed = await self._database.run(Call(script("case_load"), [keys.case(reference)]))
        return msgspec.msgpack.decode(self._vault.open(sealed), type=Draft) if sealed else None

    async def opened(self, reference: str, opening: Opening) -> tuple[Opening, ...]:
        """Record an opening; returns all there were, the first one first."""
        given: dict[str, object] = {"opening": self._seal(opening)}
        found = await self._database.run(Call(script("case_open"), [keys.opened(reference)], given))
        return tuple(msgspec.msgpack.decode(self._vault.open(sealed), type=Opening) for sealed in found)

    async def erase(self, reference: str) -> None:
        """Forget the referral and who opened its pages."""
        names = [keys.case(reference), keys.opened(reference), keys.cases(reference)]
        await self._database.run(Call(script("case_erase"), names, {"reference": reference}))

    def _seal(self, what: msgspec.Struct) -> str:
        return self._vault.seal(msgspec.msgpack.encode(what)).decode()
