"""The audit trail: in order, over all referrals, and nobody's to change."""

from __future__ import annotations

import inspect

import msgspec
import pytest
from redis import Redis

from bot.kept.connection import Database
from bot.kept.crypto import Vault
from bot.referral import keys
from bot.referral import trail as module
from bot.referral.trail import Entry, Trail
from tests.bot.casework import Cabinet, drafted
from tests.conftest import Clock


@pytest.fixture
def trail(database: Database, vault: Vault) -> Trail:
    return Trail(database, vault)


async def test_of_one_referral_the_first_thing_first(trail: Trail) -> None:
    seen = Entry(5.0, "Ana", "open", "AAAA-AAAA")
    taken = Entry(6.5, "Luz", "take", "AAAA-AAAA")
    for entry in (taken, seen, Entry(6.0, "Ana", "open", "BBBB-BBBB")):
        await trail.add(entry)
    assert await trail.of("AAAA-AAAA") == (seen, taken)


async def test_the_same_done_twice_is_written_twice(trail: Trail) -> None:
    seen = Entry(5.0, "Ana", "open", "AAAA-AAAA")
    for _ in range(2):
        await trail.add(seen)
    assert await trail.of("AAAA-AAAA") == (seen, seen)


@pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
async def test_the_latest_of_all_the_last_first(trail: Trail) -> None:
    entries = [Entry(float(at), "Ana", "open", f"AAAA-{at:04}") for at in range(1, 61)]
    for entry in entries:
        await trail.add(entry)
    assert await trail.latest(25) == tuple(entries[:-26:-1])
    assert await trail.latest(500) == tuple(entries[::-1])


async def test_what_concerns_no_single_referral_keeps_its_note(trail: Trail) -> None:
    export = Entry(5.0, "Ana", "export", "", "state=new")
    await trail.add(export)
    assert await trail.of("") == await trail.latest(5) == (export,)


async def test_the_oldest_drop_out_of_the_latest_and_stay_on_their_own_trail(
    trail: Trail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LATEST", 3)
    entries = tuple(Entry(float(at), "Ana", "open", "AAAA-AAAA") for at in range(5))
    for entry in entries:
        await trail.add(entry)
    assert await trail.latest(9) == entries[:1:-1]
    assert await trail.of("AAAA-AAAA") == entries


async def test_of_an_erased_referral_only_that_is_left(database: Database, vault: Vault, clock: Clock) -> None:
    cabinet = Cabinet(database, vault, clock)
    draft = drafted()
    await cabinet.keep(draft)
    await cabinet.trail.add(Entry(5.0, "Ana", "note", draft.reference, "habla de Zulma"))
    await cabinet.store.erase(draft.reference)
    left = (Entry(clock(), "", "erased", draft.reference),)
    assert await cabinet.trail.of(draft.reference) == await cabinet.trail.latest(9) == left


@pytest.mark.parametrize("why", ["key", "release"])
async def test_what_cannot_be_read_hides_nothing_else(why: str, trail: Trail, vault: Vault, empty_url: str) -> None:
    kept = b"sealed with another key" if why == "key" else vault.seal(msgspec.msgpack.encode({"of": "a newer Batea"}))
    entries = tuple(Entry(at, "Ana", "open", "AAAA-AAAA") for at in (5.0, 6.0))
    for entry, token in zip(entries, "ab", strict=True):
        await trail.add(entry, token=token)
    with Redis.from_url(empty_url) as client:
        client.hset(keys.trail("AAAA-AAAA"), "b", kept)
    assert await trail.of("AAAA-AAAA") == await trail.latest(9) == entries[:1]


def test_nothing_changes_or_takes_away_an_entry() -> None:
    public = {name for name, _ in inspect.getmembers(Trail, inspect.isfunction) if not name.startswith("_")}
    assert public == {"add", "of", "latest"}
