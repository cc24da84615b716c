"""A call in private that nobody can be told of yet stays with us until somebody is there who protects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.messages import Job, Outgoing
from bot.referral.draft import draft
from bot.referral.store import ReferralStore
from bot.referrals import JOB
from flows.pace import Pace
from tests.bot import bench as benches
from tests.bot import cases
from tests.bot.cases import consenting
from tests.bot.referring import ES, GUARD, bench_of

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock


@pytest.fixture
def bench(database: Database, vault: Vault, clock: Clock) -> benches.Bench:
    return benches.Bench(database, vault, clock)


def quiet(bench: benches.Bench) -> Outgoing:
    session = cases.session(consenting({"country": "CO"}, send="no"))
    payload = draft(session, "sms", cases.PHONE, bench.clock.now, Pace(), quiet=True)
    return Outgoing("job", "sms", cases.PHONE, Job(JOB, payload), bench.clock.now)


async def waiting(bench: benches.Bench, hours: int) -> None:
    """A worker looks at it again and again, as long as that."""
    looks: list[float] = []
    accept = bench.jobs[JOB]

    async def accepted(out: Outgoing) -> None:
        looks.append(bench.clock.now)
        await accept(out)

    bench.jobs[JOB] = accepted
    async with bench.working():
        while len(looks) <= hours:
            seen = len(looks)
            await benches.until(lambda: later(bench))
            bench.clock.advance(3600)
            await benches.settled(lambda: len(looks) > seen)  # noqa: B023 - asked before the next round
        await benches.until(lambda: later(bench))


async def later(bench: benches.Bench) -> bool:
    first = (await bench.outbox.counts()).first_due
    return first is not None and 0 < first - bench.clock.now <= 600


async def test_it_waits_for_more_than_a_day_and_then_somebody_is_told(
    bench: benches.Bench, database: Database, vault: Vault, clock: Clock
) -> None:
    store = ReferralStore(database, vault)
    bench.jobs[JOB] = bench_of(store, bench.outbox, clock, ES).referrals.accept
    await bench.outbox.put(quiet(bench))
    await waiting(bench, hours=30)
    after = bench_of(store, bench.outbox, clock, ES, GUARD)
    clock.advance(600)
    [claimed] = await bench.outbox.claim(clock.now, 9)
    await after.referrals.accept(claimed.out)
    await bench.outbox.settle(claimed, "")
    assert set(await after.mails()) == {GUARD.mail}
