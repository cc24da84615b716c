"""Referrals in Redis, sealed: draft and case kept together, changed by version. What a referral is, is in `draft`.

Where its case stands is for `standing` and `flows.case`, lists are made from `heads`.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.kept.connection import Call, script
from bot.kept.crypto import WrongKey
from bot.referral import keys
from bot.referral.draft import Draft
from bot.referral.heads import Head, head_of
from bot.referral.standing import Rules, Standing
from bot.referral.trail import Entry, sealed
from flows.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

_NO_RULES = Rules()

log = structlog.get_logger(__name__)


class Before(msgspec.Struct, frozen=True):
    """What was there when a draft came: the revision that was kept, and the last whose mails are out; 0 for none."""

    kept: int
    mailed: int


class Held(msgspec.Struct, frozen=True):
    """A referral and where it stands. `version` moves with every change, 0 for one kept before there were cases."""

    draft: Draft
    standing: Standing
    version: int

    @property
    def case(self) -> Case:
        """What staff may see of where it stands."""
        return self.standing.case


class ReferralStore:
    """Every method raises `connection.Away` where Redis is out of reach.

    Where nothing opens what is kept it is `crypto.WrongKey`, where another Batea wrote it `msgspec.DecodeError`.
    """

    def __init__(
        self, database: Database, vault: Vault, rules: Rules = _NO_RULES, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._vault = vault
        self._rules = rules
        self._clock = clock

    async def keep(self, draft: Draft) -> Before:
        """Keep the draft and its case, unless this or a later revision is kept; says what was there before."""
        while True:
            held = await self.held(draft.reference)
            standing = self._rules.revised(held.standing, held.draft, draft) if held else self._rules.begun(draft)
            # Staff read when the case came last, and nothing came for them.
            found = msgspec.structs.replace(draft, updated=held.draft.updated) if held and standing.hushed else draft
            names = [*_case_keys(draft.reference), keys.cases(draft.reference)]
            given = {"revision": draft.revision, "created": draft.created, "draft": self._seal(found)}
            given |= self._written(found, standing, held.version if held else 0)
            kept = await self._database.run(Call(script("case_changed", "case_keep"), names, given))
            if kept is not None:
                return Before(*kept)

    async def mailed(self, draft: Draft) -> None:
        """The mails of this revision are in the outbox."""
        given: dict[str, object] = {"revision": draft.revision}
        await self._database.run(Call(script("case_mailed"), [keys.case(draft.reference)], given))

    async def load(self, reference: str) -> Draft | None:
        """The latest revision."""
        held = await self._database.run(Call(script("case_load"), [keys.case(reference)]))
        return msgspec.msgpack.decode(self._vault.open(held), type=Draft) if held else None

    async def held(self, reference: str) -> Held | None:
        """The latest revision with its case; for one that was kept before there were cases, as if it came now."""
        [found, case, version] = await self._database.run(Call(script("case_held"), [keys.case(reference)]))
        if found is None:
            return None
        draft = msgspec.msgpack.decode(self._vault.open(found), type=Draft)
        standing = self._standing(case) if case else self._rules.begun(draft)
        return Held(draft, standing, int(version or 0))

    async def change(self, held: Held, case: Case, entry: Entry | None = None, *, untold: bool = False) -> Held | None:
        """Put the case in the place of the one that was held, and `entry` on its trail: both, or nothing.

        Returns it as it then is; None where somebody was quicker, or it is erased: hold it again. `untold`: somebody is
        to hear of it, and it is among the `untold` until `told`.
        """
        draft, standing = held.draft, msgspec.structs.replace(held.standing, case=case)
        given = self._written(draft, standing, held.version)
        given |= {"entry": sealed(self._vault, entry) if entry else None, "untold": untold}
        changing = script("case_changed", "trail_write", "case_change")
        names = [*_case_keys(draft.reference), *_trail_keys(draft.reference), keys.untold(draft.reference)]
        version = int(await self._database.run(Call(changing, names, given)))
        return Held(draft, standing, version) if version else None

    async def told(self, held: Held) -> None:
        """What followed from the step that made this of it is on its way."""
        given: dict[str, object] = {"reference": held.draft.reference, "version": held.version}
        await self._database.run(Call(script("case_told"), [keys.untold(held.draft.reference)], given))

    async def untold(self) -> list[str]:
        """The references of cases whose last step was not told of yet."""
        calls = [Call(script("case_untold"), [keys.untold_of(tag)]) for tag in keys.every_tag()]
        return [found.decode() for those in await self._database.run_all(calls) for found in those]

    async def adopt(self) -> list[str]:
        """Give those a case that were kept before there were cases; returns the references that can't be read here."""
        unread = []
        calls = [Call(script("case_bare"), [keys.cases_of(tag), keys.heads_of(tag)]) for tag in keys.every_tag()]
        for found in await self._database.run_all(calls):
            unread += [name for name in map(bytes.decode, found) if not await self._adopt(name)]
        return unread

    async def erase(self, reference: str) -> None:
        """Forget the referral, its case, and what was done with it; only that it was erased stays on the trail."""
        names = [*_case_keys(reference), *_trail_keys(reference), keys.opened(reference), keys.cases(reference)]
        names.append(keys.untold(reference))
        entry = sealed(self._vault, Entry(self._clock(), "", "erased", reference))
        given: dict[str, object] = {"reference": reference, "entry": entry}
        await self._database.run(Call(script("case_changed", "trail_write", "case_erase"), names, given))

    async def _adopt(self, reference: str) -> bool:
        try:
            held = await self.held(reference)
        except (WrongKey, msgspec.DecodeError) as error:
            log.error("unreadable referral", reference=reference, why=str(error))  # noqa: TRY400 - said in full
            return False
        if held:
            await self.change(held, held.case)
        return True

    def _written(self, draft: Draft, standing: Standing, version: int) -> dict[str, object]:
        """A case as the scripts take it; the token lets them run twice."""
        head: Head = head_of(draft, standing, self._rules.result(draft), self._vault, self._rules.gaps(draft))
        return {
            "reference": draft.reference,
            "version": version,
            "token": secrets.token_hex(8),
            "case": self._seal(standing),
            "head": self._seal(head),
        }

    def _standing(self, found: bytes) -> Standing:
        return msgspec.msgpack.decode(self._vault.open(found), type=Standing)

    def _seal(self, what: msgspec.Struct) -> str:
        return self._vault.seal(msgspec.msgpack.encode(what)).decode()


def _case_keys(reference: str) -> list[str]:
    return [keys.case(reference), keys.heads(reference), keys.changes(reference)]


def _trail_keys(reference: str) -> list[str]:
    return [keys.trail(reference), keys.latest(reference)]
