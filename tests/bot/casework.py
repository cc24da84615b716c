"""Referrals with their cases on a real Redis, of whatever kind and wherever from, for the tests of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.contacts import Contact
from bot.referral.draft import draft, kept, read_draft
from bot.referral.index import Index
from bot.referral.standing import Rules
from bot.referral.store import ReferralStore
from bot.referral.trail import Trail
from flows.pace import Pace
from flows.reference import make
from tests.bot import cases
from tests.bot.cases import CHECKLIST, VERSION, Answers, consenting, good, secrets

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft
    from bot.referral.store import Held
    from tests.conftest import Clock

WITHIN = {"P": 2, "A": 5, "B": 10}
RULES = Rules({VERSION: CHECKLIST}, WITHIN)
ALL = consenting(good() | secrets("no"))
"""Everything agreed to, nothing urgent in it."""
URGENT: Answers = {"children": "yes"}
STAFF = Contact(name="Ana", role="staff", mail="ana@example.org", languages=("es",), countries=("CO",))
SECOND = Contact(name="Eva", role="staff", mail="eva@example.org", languages=("es",))
LEAD = Contact(name="Jefa", role="lead", mail="jefa@example.org", languages=("es",), countries=("PE",))
GUARD = Contact(name="Luz", role="protection", mail="luz@example.org", languages=("es",), countries=("CO",))


def drafted(  # everything about a referral that a test may want otherwise
    number: int = 0,
    answers: Answers | None = None,
    *,
    revision: int = 60,
    address: str = cases.PHONE,
    quiet: bool = False,
    private: bool = True,
    at: float = 1_800_000_000.0,
) -> Draft:
    """The draft of referral `number`, agreed to at `at` (epoch seconds)."""
    session = cases.session(ALL if answers is None else answers, turn=revision, private=private)
    session = replace(session, reference=make(number % 32, number))
    return kept(read_draft(draft(session, "sms", address, at, Pace(), quiet=quiet)), CHECKLIST)


class Cabinet:
    """The store, the trail and an index, and short ways to use them."""

    def __init__(self, database: Database, vault: Vault, clock: Clock) -> None:
        self.store = ReferralStore(database, vault, RULES, clock)
        self.trail = Trail(database, vault)
        self.index = Index(database, vault, self.store)
        self.clock = clock

    async def keep(self, *drafts: Draft) -> None:
        for found in drafts:
            await self.store.keep(found)

    async def held(self, reference: str) -> Held:
        found = await self.store.held(reference)
        assert found
        return found
