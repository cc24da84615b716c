"""What somebody in a room asks for in private changes nothing that leaves for anybody but who protects.

Two rooms go the same way; in one of them somebody asks to be called in private, in the other the same phone sends as
many other messages. But for references and numbers, all that leaves is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from bot.kept.funnel import counted
from bot.messages import Job, Mail
from bot.referral.draft import Draft, read_draft
from bot.referral.store import ReferralStore
from tests.bot.casework import GUARD as LUZ
from tests.bot.casework import LEAD
from tests.bot.conversing import session_of
from tests.bot.desking import desk_front
from tests.bot.referring import EN, ES, FULL, GUARD, bench_of, leaving
from tests.bot.rooming import OPENING, House, phones

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Claimed, Outbox
    from bot.referrals import Referrals
    from bot.store import Store
    from tests.conftest import Clock

LEADERS = ("+573000000000", "+573000010000")
ASKS = ("PRIVADO", "1 a las 6")
TALKS = {False: ("hola", "hola"), True: ("estado", "estado")}
"""What else is sent, by whether it is the leader who does."""
BEGUN = 1_800_000_000.0
_ELSE = {"name": "Ana", "advice": "2"}
_REFERENCE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b", re.IGNORECASE)


class Whole(House):
    """With the hand for referrals as well. `mails` by address, `drafts` as they came."""

    referrals: Referrals

    def begin(self) -> None:
        self.mails: dict[str, list[str]] = {}
        self.drafts: list[Draft] = []
        self.said.clear()
        self.counts.clear()

    async def _deliver(self, claimed: Claimed, *, twice: bool) -> None:
        body = claimed.out.body
        if isinstance(body, Mail):
            self.mails.setdefault(claimed.out.address, []).append(leaving(body))
        elif isinstance(body, Job) and body.name == "referral":
            self.drafts.append(read_draft(body.payload))
            await self.referrals.accept(claimed.out)
        else:
            await super()._deliver(claimed, twice=twice)
            return
        await self.outbox.settle(claimed, "done")


@dataclass
class Left:
    """All that a room left behind. `said` is by the end of the number, `logs` are the kinds of lines."""

    mails: dict[str, list[str]]
    drafts: list[Draft]
    said: dict[str, list[str]]
    counts: dict[str, int]
    funnel: dict[str, int]
    logs: set[str]
    quiet: list[Draft]


@pytest.fixture
def house(database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock) -> Whole:
    found = Whole(database, store, vault, outbox, clock)
    found.referrals = bench_of(ReferralStore(database, vault), outbox, clock, ES, EN, FULL, GUARD).referrals
    return found


async def met(house: Whole, leader: str, says: tuple[str, ...], *, leads: bool) -> None:
    """A room with two phones, from its opening to its referral; one of them says this between the votes."""
    first, second = phones(leader, 2)
    await house.join(await house.open(leader), first, second)
    ballot = await house.ballot(leader)
    await house.write(first, f"{ballot}1")
    for text, phone, option in zip(says, (first, second), (2, 1), strict=True):
        await house.write(leader if leads else first, text)
        await house.deliver()
        await house.write(phone, f"{ballot}{option}")
        await house.deliver()
    house.clock.now = BEGUN + 600
    while (state := (await session_of(house.store, address=leader)).state) != "done":
        await house.write(leader, _ELSE.get(state, "1"))
        await house.deliver()


async def left(house: Whole, leader: str, says: tuple[str, ...], *, leads: bool) -> Left:
    """The same day for every room, and a clock that shows the same."""
    database = house.doors._database
    house.begin()
    house.clock.now = BEGUN
    before = {(one.step, one.channel): one.conversations for one in await counted(database)}
    with capture_logs() as logs:
        await met(house, leader, says, leads=leads)
    steps = {(one.step, one.channel): one.conversations for one in await counted(database)}
    funnel = {step: number - before.get((step, channel), 0) for (step, channel), number in steps.items()}
    open_ = [one for one in house.drafts if not one.quiet]
    quiet = [one for one in house.drafts if one.quiet]
    told = {phone[-4:]: list(map(plain, said)) for phone, said in house.said.items()}
    mails = {address: list(map(plain, found)) for address, found in house.mails.items()}
    kinds = {str({name: value for name, value in one.items() if name != "chat"}) for one in logs}
    return Left(mails, list(map(bare, open_)), told, dict(house.counts), funnel, kinds, quiet)


def plain(text: str) -> str:
    """Without what differs between any two rooms: references, codes, numbers, and what marks a form."""
    text = re.sub(r"UNIR \w{5}", "UNIR", _REFERENCE.sub("CASO", text))
    text = re.sub(r'name="once" value="\w+"', "", text)
    return re.sub(r"\+?57 ?300 ?00[01]0000", "TEL", text)


def bare(found: Draft) -> Draft:
    return replace(found, reference="", address="")


@pytest.mark.parametrize("leads", [False, True])
async def test_all_that_leaves_is_the_same(
    house: Whole, database: Database, vault: Vault, clock: Clock, *, leads: bool
) -> None:
    asked = await left(house, LEADERS[0], ASKS, leads=leads)
    case = [one.reference for one in house.drafts if not one.quiet]
    alone = next(one for one in house.drafts if one.quiet)
    other = await left(house, LEADERS[1], TALKS[leads], leads=leads)
    cases = [case[-1], house.drafts[-1].reference]
    assert other.quiet == []
    assert (len(asked.quiet), len(asked.mails.pop(GUARD.mail))) == (1, 1)
    assert sorted(asked.mails) == sorted(one.mail for one in (ES, EN, FULL))
    assert asked.mails == other.mails
    assert asked.drafts == other.drafts
    assert asked.drafts[-1].room is not None
    assert (asked.counts, asked.funnel, asked.logs) == (other.counts, other.funnel, other.logs)
    whoever = "0000" if leads else "0001"
    assert asked.said.pop(whoever) != other.said.pop(whoever)
    assert asked.said == other.said
    async with desk_front(database, vault, clock) as front:
        jefa, luz = await front.signed_in(LEAD), await front.signed_in(LUZ)
        pages = [plain(await jefa.get(f"/desk/case/{one}")) for one in cases]
        assert pages[0] == pages[1]
        await jefa.open(alone, 404)
        await luz.open(alone)


@pytest.mark.parametrize(("mine", "offered"), [("Colombia", True), ("1", False)])
async def test_where_the_mine_is_decides_whether_somebody_is_there_to_call(
    house: Whole, mine: str, *, offered: bool
) -> None:
    """The phone is from Peru, and protection is in Colombia only: that is also where the case would go."""
    leader = "+51987654321"
    house.begin()
    for text in (*OPENING, mine, "1", "hablar en privado"):
        await house.write(leader, text)
        await house.deliver()
    assert ((await session_of(house.store, address=leader)).aside is not None) == offered
