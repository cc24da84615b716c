"""What one chat tells another arrives once and in order, whatever is done twice, and wherever the chats lie."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.kept.connection import Away
from bot.kept.doors import Doors
from bot.messages import Busy, GiveUp, Inbound, Job, Later, Outgoing
from bot.posts import HELD_UP, Posts
from bot.store import Chat
from flows.events import FromRoom, Phone, Post, ToRoom
from tests.bot.rooming import LEADER, House, phones

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

both = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
PHONE = "+573000000001"
ANA, BETO = Phone("sms", PHONE), Phone("sms", "+573000000002")


class Road:
    """Takes what is brought; `faults` are raised for an address, one a try."""

    def __init__(self) -> None:
        self.taken: list[Inbound] = []
        self.faults: dict[str, list[BaseException]] = {}

    async def handle(self, inbound: Inbound) -> None:
        if faults := self.faults.get(inbound.address):
            raise faults.pop()
        self.taken.append(inbound)

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(one.address, one.event.what) for one in self.taken if isinstance(one.event, FromRoom | ToRoom)]


@pytest.fixture
def house(database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock) -> House:
    return House(database, store, vault, outbox, clock)


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def posts(road: Road, database: Database, vault: Vault, clock: Clock) -> Posts:
    return Posts(road.handle, Doors(database, vault), vault, clock)


def job(clock: Clock, *posted: Post) -> Outgoing:
    return Outgoing("job", "sms", LEADER, Job("post", msgspec.msgpack.encode(posted)), clock.now)


def told(to: Phone, what: str) -> Post:
    return Post(to, FromRoom("room", what))


@both
async def test_everybody_who_votes_at_once_is_counted(house: House) -> None:
    leaders = ["+573000000000", "+573000010000", "+573000020000"]
    codes = [await house.open(leader) for leader in leaders]
    for leader, code in zip(leaders, codes, strict=True):
        await house.join(code, *phones(leader, 10))
    house.counts.clear()
    question = await house.ballot(leaders[0])
    votes = [(phone, f"{question}{n % 3 + 1}") for leader in leaders for n, phone in enumerate(phones(leader, 10))]
    await asyncio.gather(*(house.write(*vote) for vote in votes))
    await house.deliver(twice=True)
    assert house.counts == {"turns": 30, "posted": 30}
    assert [await house.close(leader) for leader in leaders] == [(4, 3, 3)] * 3


async def test_thirty_on_one_chat_lose_no_vote_to_each_other(house: House) -> None:
    """Eight workers do not know of each other: only the version check keeps them apart."""
    hands = [house.hand() for _ in range(8)]
    await house.join(await house.open(), *phones(LEADER, 30))
    question = await house.ballot()
    await asyncio.gather(*(house.write(phone, f"{question}1") for phone in phones(LEADER, 30)))
    house.clock.advance(1)
    claimed = await house.outbox.claim(house.clock(), 50)
    await asyncio.gather(*(hands[at % 8].bring(one.out) for at, one in enumerate(claimed)))
    assert await house.close() == (30, 0, 0)


async def test_a_job_that_is_done_twice_tells_everything_once(house: House) -> None:
    code = await house.open()
    await house.write(PHONE, f"UNIR {code}")
    await house.deliver(twice=True)
    assert sum("grupo" in said for said in house.said[PHONE]) == len(house.said[PHONE]) == 1
    before = await house.turns()
    await house.write(PHONE, f"{await house.ballot()}1")
    await house.deliver(twice=True)
    assert await house.turns() == before + 1


async def test_of_several_votes_the_last_one_counts(house: House) -> None:
    await house.join(await house.open(), PHONE)
    for option in (1, 3, 2):
        await house.write(PHONE, f"{await house.ballot()}{option}")
    await house.deliver()
    assert await house.close() == (0, 1, 0)


async def test_a_wrong_code_is_answered_to_the_phone_alone(house: House) -> None:
    code = await house.open()
    house.said.clear()
    await house.join(code[0] + "ZZZZ", PHONE)
    assert list(house.said) == [PHONE]
    assert (await house.room()).chairs == ()


async def test_a_room_that_was_erased_says_so(house: House, store: Store) -> None:
    await house.join(await house.open(), PHONE)
    question = await house.ballot()
    await store.erase(Chat("sms", LEADER))
    house.said.clear()
    await house.write(PHONE, f"{question}1")
    await house.deliver()
    assert list(house.said) == [PHONE]
    assert (await store.load(Chat("sms", LEADER))).session is None


async def test_a_post_is_no_answer_of_the_person(house: House, store: Store, clock: Clock) -> None:
    """A text that was sent once more is still known as such, though the room told the phone something meanwhile."""
    chat = Chat("sms", PHONE)
    for _ in range(2):
        await house.write(PHONE, "hola")
        await house.posts.bring(job(clock, told(ANA, "wrong")))
    await house.deliver()
    loaded = await store.load(chat)
    assert (house.counts["started"], house.counts["turns"], house.counts["posted"]) == (1, 2, 1)
    assert len(house.said[PHONE]) == 2
    assert loaded.last_in
    assert loaded.reply_left_at


async def test_a_phone_has_the_same_mark_whoever_leads(road: Road, posts: Posts, clock: Clock, house: House) -> None:
    code = await house.open()
    votes = [ToRoom("room", "vote", phone, item="ppe", reply="1") for phone in (ANA, BETO)]
    joins = Post(code, ToRoom(code, "join", ANA))
    await posts.bring(job(clock, joins, Post(Phone("sms", LEADER), votes[0]), Post(Phone("telegram", "7"), votes[0])))
    await posts.bring(job(clock, Post(Phone("sms", LEADER), votes[1])))
    first, *same, other = [one.event.mark for one in road.taken if isinstance(one.event, ToRoom)]
    assert [first, first] == same
    assert other not in {first, ""}
    assert PHONE not in first


async def test_a_chat_that_is_busy_keeps_its_order_and_holds_up_no_other(
    road: Road, posts: Posts, clock: Clock
) -> None:
    out = job(clock, told(ANA, "asked"), told(BETO, "asked"), told(ANA, "closed"))
    road.faults[PHONE] = [Busy()]
    with pytest.raises(Later):
        await posts.bring(out)
    assert road.told == [(BETO.address, "asked")]
    await posts.bring(out)
    assert road.told[1:] == [(PHONE, "asked"), (BETO.address, "asked"), (PHONE, "closed")]
    ids = {one.address: one.id for one in road.taken if isinstance(one.event, FromRoom) and one.event.what == "asked"}
    assert ids == {PHONE: "post:job:0", BETO.address: "post:job:1"}


async def test_what_can_never_be_taken_holds_up_a_room_for_minutes_only(road: Road, posts: Posts, clock: Clock) -> None:
    out = job(clock, told(ANA, "asked"), told(BETO, "asked"))
    road.faults[PHONE] = [KeyError("a bug"), KeyError("a bug")]
    with pytest.raises(KeyError):
        await posts.bring(out)
    clock.advance(HELD_UP)
    await posts.bring(out)
    assert road.told == [(BETO.address, "asked")] * 2


async def test_while_redis_is_away_nothing_is_left_out(road: Road, posts: Posts, clock: Clock) -> None:
    road.faults[PHONE] = [Away()]
    clock.advance(HELD_UP)
    with pytest.raises(Away):
        await posts.bring(job(clock, told(ANA, "asked"), told(BETO, "asked")))
    assert road.told == []


async def test_what_is_no_list_of_posts_is_given_up(posts: Posts) -> None:
    with pytest.raises(GiveUp):
        await posts.bring(Outgoing("job", "sms", LEADER, Job("post", b"{}"), 0))
