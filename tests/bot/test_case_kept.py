"""A case is kept beside its draft: made with it, changed by version, erased with it."""

from __future__ import annotations

import asyncio

import pytest
from redis import Redis

from bot.kept.connection import Database
from bot.kept.crypto import Vault
from bot.referral import keys
from bot.referral.store import Before, Held, ReferralStore
from bot.referral.trail import Entry
from flows.case import Step, move
from tests.bot.cases import PERSONAL, good
from tests.bot.casework import ALL, LEAD, RULES, Cabinet, drafted
from tests.bot.referring import found_in
from tests.conftest import Clock

DRAFT = drafted()
REFERENCE = DRAFT.reference


@pytest.fixture
def cabinet(database: Database, vault: Vault, clock: Clock) -> Cabinet:
    return Cabinet(database, vault, clock)


async def take(cabinet: Cabinet, who: str = "Ana") -> Held | None:
    held = await cabinet.held(REFERENCE)
    entry = Entry(cabinet.clock(), who, "take", REFERENCE, "note")
    return await cabinet.store.change(held, move(held.case, Step(5.0, who, "take")), entry)


@pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
async def test_from_the_first_draft_to_its_erasure_on_either_kind_of_store(cabinet: Cabinet) -> None:
    assert await cabinet.store.held(REFERENCE) is None
    assert await cabinet.store.keep(DRAFT) == Before(0, 0)
    held = await cabinet.held(REFERENCE)
    assert (held.draft, held.case.state, held.case.letter) == (DRAFT, "new", "A")
    assert await take(cabinet)
    assert (await cabinet.held(REFERENCE)).case.holder == "Ana"
    await cabinet.index.refresh()
    assert cabinet.index.head(REFERENCE, LEAD)
    assert [entry.reference for entry in await cabinet.trail.latest(5)] == [REFERENCE]
    await cabinet.store.erase(REFERENCE)
    assert await cabinet.store.held(REFERENCE) is None
    await cabinet.index.refresh()
    assert cabinet.index.head(REFERENCE, LEAD) is None


async def test_of_two_who_change_it_at_once_one_is_too_late(cabinet: Cabinet) -> None:
    await cabinet.keep(DRAFT)
    held = await cabinet.held(REFERENCE)
    moved = [move(held.case, Step(5.0, who, "take")) for who in ("Ana", "Luz")]
    changed = await asyncio.gather(*(cabinet.store.change(held, case) for case in moved))
    assert sorted(one is None for one in changed) == [False, True]


async def test_a_change_that_came_too_late_leaves_no_entry(cabinet: Cabinet) -> None:
    await cabinet.keep(DRAFT)
    held = await cabinet.held(REFERENCE)
    assert await take(cabinet)
    entry = Entry(1.0, "Luz", "take", REFERENCE)
    assert not await cabinet.store.change(held, held.case, entry)
    assert [one.who for one in await cabinet.trail.of(REFERENCE)] == ["Ana"]


class Overtaken(ReferralStore):
    """Between whose reading and writing somebody takes the case, once."""

    def __init__(self, cabinet: Cabinet) -> None:
        super().__init__(cabinet.store._database, cabinet.store._vault, RULES)
        self._cabinet, self._taken = cabinet, False

    async def held(self, reference: str) -> Held | None:
        found = await super().held(reference)
        self._taken = self._taken or bool(await take(self._cabinet))
        return found


async def test_a_draft_and_a_change_at_once_lose_neither(cabinet: Cabinet) -> None:
    await cabinet.keep(DRAFT)
    await Overtaken(cabinet).keep(drafted(answers=ALL | {"ppe": "no"}, revision=61))
    held = await cabinet.held(REFERENCE)
    assert (held.draft.revision, held.case.letter, held.case.holder) == (61, "B", "Ana")


async def test_many_drafts_at_once_leave_the_last(cabinet: Cabinet) -> None:
    drafts = [drafted(revision=revision) for revision in range(1, 9)]
    await asyncio.gather(*map(cabinet.store.keep, drafts))
    assert (await cabinet.held(REFERENCE)).draft == drafts[-1]


async def test_an_older_draft_changes_nothing(cabinet: Cabinet) -> None:
    await cabinet.keep(DRAFT)
    await take(cabinet)
    held = await cabinet.held(REFERENCE)
    assert await cabinet.store.keep(drafted(answers=good(), revision=60)) == Before(60, 0)
    assert await cabinet.held(REFERENCE) == held


async def test_a_referral_erased_meanwhile_does_not_come_back(cabinet: Cabinet, empty_url: str) -> None:
    await cabinet.keep(DRAFT)
    held = await cabinet.held(REFERENCE)
    await cabinet.store.erase(REFERENCE)
    assert not await cabinet.store.change(held, held.case)
    await cabinet.trail.add(Entry(9.0, "Ana", "note", REFERENCE, "habla de Zulma"))
    with Redis.from_url(empty_url) as client:
        left = {name.decode().partition(":")[2] for name in client.keys(b"{r*")}
    assert left == {"changes", "trail", f"trail:{REFERENCE}"}
    told = [(entry.who, entry.what, entry.note) for entry in await cabinet.trail.of(REFERENCE)]
    assert sorted(told) == [("", "erased", ""), ("Ana", "note", "")]


async def test_kept_again_after_its_erasure_old_hands_are_too_late(cabinet: Cabinet) -> None:
    await cabinet.keep(DRAFT)
    held = await cabinet.held(REFERENCE)
    await cabinet.store.erase(REFERENCE)
    await cabinet.keep(DRAFT)
    assert not await cabinet.store.change(held, held.case)


async def test_erasing_what_is_not_there_leaves_nothing(cabinet: Cabinet) -> None:
    await cabinet.store.erase(REFERENCE)
    assert await cabinet.trail.of(REFERENCE) == ()


async def test_a_draft_from_before_there_were_cases_gets_one(cabinet: Cabinet, empty_url: str) -> None:
    await cabinet.keep(DRAFT)
    with Redis.from_url(empty_url) as client:
        client.hdel(keys.case(REFERENCE), "case", "version", "token")
        client.delete(keys.heads(REFERENCE), keys.changes(REFERENCE))
    held = await cabinet.held(REFERENCE)
    assert (held.version, held.case.letter, held.standing.came) == (0, "A", DRAFT.updated)
    await cabinet.index.refresh()
    assert cabinet.index.head(REFERENCE, LEAD)
    assert await take(cabinet)
    await cabinet.keep(drafted(revision=61))
    assert (await cabinet.held(REFERENCE)).case.holder == "Ana"


async def test_a_draft_without_case_that_is_erased_meanwhile_does_not_come_back(
    cabinet: Cabinet, empty_url: str
) -> None:
    await cabinet.keep(DRAFT)
    with Redis.from_url(empty_url) as client:
        client.hdel(keys.case(REFERENCE), "case", "version", "token")
    held = await cabinet.held(REFERENCE)
    await cabinet.store.erase(REFERENCE)
    assert not await cabinet.store.change(held, held.case)


async def test_nothing_of_a_person_lies_in_the_open(cabinet: Cabinet, empty_url: str) -> None:
    await cabinet.keep(DRAFT)
    await take(cabinet)
    with Redis.from_url(empty_url) as client:
        names = client.keys(b"{r*")
        found = [client.hgetall(name) for name in names if client.type(name) == b"hash"]
        found += [client.zrange(name, 0, -1) for name in names if client.type(name) == b"zset"]
    assert len(found) == len(names)
    assert found_in(f"{names} {found}", [*PERSONAL, "zulma", "xeriquarzo", "Ana"]) == []


async def test_what_is_kept_opens_for_another_store(cabinet: Cabinet, database: Database, vault: Vault) -> None:
    await cabinet.keep(DRAFT)
    assert await ReferralStore(database, vault).held(REFERENCE) == await cabinet.held(REFERENCE)
