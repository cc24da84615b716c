"""Lists and search: what is found, in which order, how it keeps up, and that no draft is opened for it."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
from msgspec.structs import replace
from redis import Redis
from structlog.testing import capture_logs

from bot.contacts import Contact
from bot.kept.connection import Database
from bot.kept.crypto import Vault
from bot.referral import index as module
from bot.referral import keys
from bot.referral.draft import Draft
from bot.referral.index import OUT_OF_SCOPE, Filters, Index
from bot.referral.store import ReferralStore
from flows.case import Step, move
from tests.bot.cases import ORGANISATION
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, URGENT, Cabinet, drafted
from tests.conftest import Clock

DAY = 86_400
ANY, OF_IT = Filters(), Filters(text=ORGANISATION)


@pytest.fixture
def cabinet(database: Database, vault: Vault, clock: Clock) -> Cabinet:
    return Cabinet(database, vault, clock)


async def closed(cabinet: Cabinet, draft: Draft) -> None:
    held = await cabinet.held(draft.reference)
    assert await cabinet.store.change(held, move(held.case, Step(5.0, "Ana", "close")))


async def found(cabinet: Cabinet, *drafts: Draft, index: Index | None = None, asked: Filters = ANY) -> list[int]:
    """The places in `drafts` of what is found for the lead."""
    at = index or cabinet.index
    await at.refresh()
    references = [draft.reference for draft in drafts]
    return [references.index(head.reference) for head in at.find(asked, LEAD, cabinet.clock())]


async def test_the_most_urgent_first(cabinet: Cabinet, clock: Clock) -> None:
    drafts = [
        drafted(0, ALL | {"country": "BE"}),
        drafted(1, ALL | {"legal_title": "none"}),
        drafted(2, at=clock() + 60),
        drafted(3),
        drafted(4, ALL | {"ppe": "no"}),
        drafted(5, at=clock() - 9 * DAY),
        drafted(6),
    ]
    await cabinet.keep(*drafts)
    await closed(cabinet, drafts[6])
    assert await found(cabinet, *drafts) == [5, 3, 2, 4, 1, 0, 6]


async def test_for_protection_what_is_p_comes_first_of_all(cabinet: Cabinet, clock: Clock) -> None:
    drafts = [drafted(0, at=clock() - 9 * DAY), drafted(1, ALL | URGENT), drafted(2, quiet=True, at=clock() - DAY)]
    await cabinet.keep(*drafts)
    await cabinet.index.refresh()
    seen = cabinet.index.find(Filters(), GUARD, clock())
    assert [(head.reference, head.letter) for head in seen] == [
        (drafts[2].reference, "P"),
        (drafts[1].reference, "P"),
        (drafts[0].reference, "A"),
    ]
    assert cabinet.index.find(Filters(letter="P"), LEAD, clock()) == []
    assert [head.due - seen[0].due for head in seen if head.due and seen[0].due] == [0, DAY, -5 * DAY]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        (Filters(letter="B"), [1]),
        (Filters(letter=OUT_OF_SCOPE), [3]),
        (Filters(state="closed"), [2]),
        (Filters(state="new"), [4, 0, 1, 5, 3]),
        (Filters(country="PE"), [5]),
        (Filters(language="pt"), [5]),
        (Filters(result="close_gaps"), [1]),
        (Filters(holder=""), [4, 0, 1, 5, 3, 2]),
        (Filters(late=True), [4]),
        (Filters(country="CO", state="new", letter="A"), [4, 0]),
        (Filters(text="nadie"), []),
    ],
)
async def test_filters(cabinet: Cabinet, clock: Clock, asked: Filters, places: list[int]) -> None:
    drafts = [
        drafted(0),
        drafted(1, ALL | {"ppe": "no"}),
        drafted(2),
        drafted(3, ALL | {"country": "BE"}),
        drafted(4, at=clock() - 9 * DAY),
        replace(drafted(5, ALL | {"country": "PE", "legal_title": "none"}), locale="pt_BR"),
    ]
    await cabinet.keep(*drafts)
    await closed(cabinet, drafts[2])
    assert await found(cabinet, *drafts, asked=asked) == places


NAMED = [
    drafted(0, ALL | {"name": "José Ñáñez", "organisation": "Coop. El Roble"}),
    drafted(1, ALL | {"name": "Zulma Ñáñez", "organisation": "Asociación El Roble 7"}),
    drafted(2, ALL | {"name": "José", "send": "no"}),
]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("roble", [0, 1]),
        ("EL  ROBLE", [0, 1]),
        ("jose nanez", [0]),
        ("Ñañez, zulma.", [1]),
        ("robl", []),
        ("roble cedro", []),
        ("7", [1]),
        ("Yurimaguas", []),
        ("...", []),
        (NAMED[1].reference, [1]),
        (f" {NAMED[1].reference.lower().replace('-', ' ')}", [1]),
        (NAMED[1].reference.replace("0", "o"), [1]),
    ],
)
async def test_whole_words_of_name_and_organisation_or_a_reference(
    cabinet: Cabinet, text: str, places: list[int]
) -> None:
    await cabinet.keep(*NAMED)
    assert await found(cabinet, *NAMED, asked=Filters(text=text)) == places


async def test_possible_repeats_are_of_the_same_number_or_organisation_and_place(cabinet: Cabinet) -> None:
    drafts = [
        drafted(0, address="+573000000001"),
        drafted(1, ALL | {"organisation": "Otra"}, address="+573000000001"),
        drafted(2, ALL | {"organisation": f" {ORGANISATION.upper()} "}, address="+573000000002"),
        drafted(3, ALL | {"place": "Lejos"}, address="+573000000003"),
        drafted(4, ALL | {"country": "PE"}, address="+573000000001"),
        drafted(5, quiet=True, address="+573000000001"),
    ]
    await cabinet.keep(*drafts)
    await cabinet.index.refresh()

    def same(contact: Contact, number: int) -> set[int]:
        head = cabinet.index.head(drafts[number].reference, contact)
        assert head
        references = [draft.reference for draft in drafts]
        return {references.index(one.reference) for one in cabinet.index.same(head, contact)}

    assert same(LEAD, 0) == {1, 2, 4}
    assert same(STAFF, 0) == {1, 2}
    assert same(LEAD, 3) == set()
    assert same(GUARD, 5) == {0, 1}


async def test_it_keeps_up_with_what_other_processes_do(
    cabinet: Cabinet, database: Database, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_AT_ONCE", 1)
    drafts = [drafted(number) for number in range(80)]  # of 32 tags, some have several
    other = Index(database, vault, cabinet.store)
    await cabinet.keep(*drafts[:40])
    assert set(await found(cabinet, *drafts, index=other)) == set(range(40))
    await cabinet.keep(*drafts[40:], drafted(0, ALL | {"organisation": "Otra"}, revision=61))
    await cabinet.store.erase(drafts[1].reference)
    await closed(cabinet, drafts[2])
    assert sorted(await found(cabinet, *drafts, index=other, asked=OF_IT)) == list(range(2, 80))
    assert await found(cabinet, *drafts, index=other) == await found(cabinet, *drafts)


async def test_what_it_knows_is_not_read_again(cabinet: Cabinet, empty_url: str) -> None:
    await cabinet.keep(drafted())
    await cabinet.index.refresh()
    with Redis.from_url(empty_url) as client:
        client.hset(keys.heads(drafted().reference), drafted().reference, "sealed with another key")
    assert await found(cabinet, drafted()) == [0]


class Counted(ReferralStore):
    """Knows how often an index was filled from it."""

    fills = 0

    async def adopt(self) -> list[str]:
        self.fills += 1
        return await super().adopt()


async def test_many_who_come_first_at_once_read_it_once(cabinet: Cabinet, database: Database, vault: Vault) -> None:
    await cabinet.keep(drafted())
    store = Counted(database, vault)
    index = Index(database, vault, store)
    await asyncio.gather(*(index.refresh() for _ in range(5)))
    assert (store.fills, len(index.find(Filters(), LEAD, 0))) == (1, 1)


async def test_an_older_store_put_back_is_read_anew(cabinet: Cabinet, empty_url: str) -> None:
    await cabinet.keep(*(drafted(number) for number in range(3)))
    await cabinet.index.refresh()
    with Redis.from_url(empty_url) as client:
        for name in client.keys(b"{r*"):
            client.delete(name)
    await cabinet.keep(drafted(7))
    assert await found(cabinet, drafted(7)) == [0]


async def test_a_list_and_a_search_open_no_draft(cabinet: Cabinet, empty_url: str) -> None:
    await cabinet.keep(drafted())
    with Redis.from_url(empty_url) as client:
        for name in client.keys(b"*:case:*"):
            client.hset(name, "draft", "unreadable")
    assert await found(cabinet, drafted(), asked=OF_IT) == [0]


@pytest.mark.parametrize("why", ["key", "release"])
async def test_what_cannot_be_read_hides_nothing_else(why: str, cabinet: Cabinet, empty_url: str, vault: Vault) -> None:
    kept = b"sealed with another key" if why == "key" else vault.seal(msgspec.msgpack.encode({"of": "a newer Batea"}))
    drafts = [drafted(number) for number in range(3)]
    await cabinet.keep(*drafts)
    with Redis.from_url(empty_url) as client:
        client.hset(keys.heads(drafts[0].reference), drafts[0].reference, kept)
        client.hdel(keys.heads(drafts[1].reference), drafts[1].reference)
        client.hset(keys.case(drafts[1].reference), "draft", kept)
    with capture_logs() as logs:
        assert await found(cabinet, *drafts) == [2]
    assert [one["reference"] for one in logs] == [drafts[1].reference, drafts[0].reference]
    assert cabinet.index.unread == {draft.reference for draft in drafts[:2]}
