"""What a referral keeps: sealed, and no more than was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace
from redis import Redis

from bot.referral.draft import draft, read_draft
from bot.referral.store import ReferralStore
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import REFERENCE, consenting, good
from tests.bot.referring import EN, ES, FULL, GUARD, Bench, bench_of, found_in

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.bot.cases import Answers
    from tests.conftest import Clock


@pytest.fixture
def referral_store(database: Database, vault: Vault) -> ReferralStore:
    return ReferralStore(database, vault)


@pytest.fixture
def bench(referral_store: ReferralStore, outbox: Outbox, clock: Clock) -> Bench:
    return bench_of(referral_store, outbox, clock, ES, EN, FULL, GUARD)


@pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
async def test_what_is_kept_is_sealed_and_survives_on_either_kind_of_store(bench: Bench, database: Database) -> None:
    await bench.accept(consenting(good() | cases.secrets("yes")))
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert kept.answers["name"] == cases.NAME
    assert kept.answers["children"] == "yes"
    other = ReferralStore(database, bench.store._vault)
    assert await other.load(REFERENCE) == kept
    assert len(await bench.mails()) == 4


async def test_the_store_holds_no_name_in_the_open(bench: Bench, empty_url: str) -> None:
    await bench.accept(consenting(good() | cases.secrets("yes")))
    with Redis.from_url(empty_url) as client:
        names = client.keys()
        hashes = [client.hgetall(name) for name in names if client.type(name) == b"hash"]
    [case] = [found for found in hashes if b"draft" in found]
    assert len(case[b"draft"]) > 1000
    assert found_in(str(hashes) + str(names), list(cases.PERSONAL)) == []


def test_a_draft_holds_no_more_than_was_agreed_to() -> None:
    told = cases.session(consenting(good() | cases.secrets("yes"), send="no", call_back="no"))
    assert set(read_draft(draft(told, "sms", cases.PHONE, 5.0, Pace())).answers) == {"country"}
    whole = read_draft(draft(cases.session(consenting(good())), "sms", cases.PHONE, 5.0, Pace()))
    assert (whole.reference, whole.revision, whole.updated) == (REFERENCE, 60, 5.0)
    assert whole.answers["gold_month"] == good()["gold_month"]


@pytest.mark.parametrize(
    ("answers", "country"),
    [
        ({"call_back": "yes"}, "BF"),
        ({"call_back": "yes", "country": "CO"}, "CO"),
        ({"call_back": "yes", "send": "yes"}, None),
    ],
)
def test_who_asks_for_a_call_before_anything_was_asked_is_where_their_number_is_from(
    answers: Answers, country: str | None
) -> None:
    session = replace(cases.session(answers), country_guess="BF")
    found = read_draft(draft(session, "sms", "+22670123456", 5.0, Pace()))
    assert found.answers.get("country") == country


def test_a_session_without_a_reference_has_no_draft() -> None:
    with pytest.raises(ValueError, match="reference"):
        draft(msgspec.structs.replace(cases.session({}), reference=None), "sms", cases.PHONE, 0, Pace())
