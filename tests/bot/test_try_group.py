"""Four phones of a group at `/try/group`, and the wall between them and phones that really travel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from bot.channels.phone import PhoneChannel
from bot.messages import Button, Inbound, Outgoing, Picture, Words
from bot.try_it import visitor
from bot.try_it.phones import Phones
from bot.try_it.try_it import TryIt
from flows.events import Tap, Text
from tests.bot.cases import TEXTS
from tests.bot.conversing import session_of
from tests.bot.rooming import LEADER, OPENING, House
from tests.bot.trying import Browser, Road, at, found, marks

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

PHONE = "+573000000001"
YES = Button("sí", "equal_treatment|3|131")
NAMES = ("leads", "first", "second", "third")


@pytest.fixture
def browser(database: Database, vault: Vault, clock: Clock) -> Browser:
    road = Road()
    return at(TryIt(road, Phones(database, vault), vault, TEXTS, clock=clock), road)


@pytest.fixture
def house(database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock) -> House:
    return House(database, store, vault, outbox, clock)


async def test_a_group_has_four_phones_of_its_own_and_keeps_them(browser: Browser) -> None:
    await browser.open("/try?lang=fr")
    before = browser.me
    html = await browser.open("/try/group")
    assert tuple(marks(html)) == NAMES
    assert len({*browser.me.group, before.sms, before.chat}) == 6
    assert [number.startswith("+226") for number in browser.me.group] == [False, True, True, False]
    given = browser.me.group
    await browser.open()
    await browser.open("/try/group")
    assert browser.me == replace(before, group=given)


async def test_phones_that_nobody_wrote_on_follow_the_language(browser: Browser) -> None:
    await browser.open("/try/group?lang=en")
    await browser.open("/try/group?lang=pt")
    brazilian = browser.me.group
    assert brazilian[1].startswith("+55")
    await browser.post("/try/first/text", text="oi")
    await browser.open("/try/group?lang=es")
    assert (browser.me.group, browser.me.locale) == (brazilian, "es")


async def test_each_phone_writes_as_itself_and_shows_its_own(browser: Browser) -> None:
    before = marks(await browser.open("/try/group?lang=en"))
    for name in NAMES:
        assert (await browser.post(f"/try/{name}/text", text=f"I am {name}")).status_code == 204
    leads, first, second, third = browser.me.group
    assert [(came.channel, came.address, came.event) for came in browser.road.came] == [
        ("try_telegram", leads, Text("I am leads")),
        ("try_sms", first, Text("I am first")),
        ("try_sms", second, Text("I am second")),
        ("try_telegram", third, Text("I am third")),
    ]
    assert browser.road.came[0].language == "en"
    news = await browser.http.get("/try/group/news", params=before)
    assert found(news.text, "words") == [f"I am {name}" for name in NAMES]
    assert 'hx-swap-oob="beforeend:#second-log"' in news.text
    assert found(await browser.open(), "words") == []


async def test_nothing_new_on_four_phones_costs_an_empty_answer(browser: Browser) -> None:
    before = marks(await browser.open("/try/group"))
    assert (await browser.http.get("/try/group/news", params=before)).status_code == 204
    assert (await browser.http.get("/try/group/news", params=before | {"third": "x"})).status_code == 400
    stranger = browser.without_cookies()
    assert (await stranger.http.get("/try/group/news", params=before)).status_code == 286


async def test_a_ballot_is_tapped(browser: Browser) -> None:
    await browser.open("/try/group")
    third = Outgoing("q1", "try_telegram", browser.me.group[3], Words("13?", ((YES,),)), 0)
    await PhoneChannel("try_telegram", browser.try_it.phones.put).send(third)
    assert (await browser.post("/try/third/tap", message="q1", data=YES.data)).status_code == 204
    [came] = browser.road.came
    assert (came.address, came.event) == (browser.me.group[3], Tap("equal_treatment", 3, "131"))


async def test_a_phone_with_keys_has_no_buttons(browser: Browser) -> None:
    await browser.open("/try/group")
    assert (await browser.post("/try/first/tap", message="q1", data=YES.data)).status_code == 422
    assert browser.road.came == []


@pytest.mark.parametrize("path", ["/try/leads/text", "/try/fifth/text", "/try/third/tap"])
async def test_who_was_given_no_such_phone_can_write_on_none(browser: Browser, path: str) -> None:
    await browser.open()
    assert (await browser.post(path, text="hola", message="q", data=YES.data)).status_code == 404
    assert browser.road.came == []


async def test_new_phones_are_empty_and_the_page_that_shows_the_old_ones_reloads(browser: Browser) -> None:
    before = marks(await browser.open("/try/group"))
    await browser.post("/try/first/text", text="hola")
    old = browser.me
    answer = await browser.post("/try/group/new")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/try/group")
    assert not {*browser.me.group} & {*old.group}
    assert (browser.me.sms, browser.me.chat) == (old.sms, old.chat)
    assert found(await browser.open("/try/group"), "words") == []
    news = await browser.http.get("/try/group/news", params=before)
    assert news.headers["HX-Refresh"] == "true"
    refused = await browser.http.post("/try/group/new", headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403


async def test_without_scripts_a_post_leads_back_to_the_phone_of_the_group(browser: Browser) -> None:
    await browser.open("/try/group")
    answer = await browser.http.post("/try/second/text", data={"text": "hola"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/try/group#second")


async def test_the_cookie_of_a_visitor_from_before_there_were_groups_holds(browser: Browser) -> None:
    old = {"sms": "+573001234567", "chat": "1234567890", "language": "es", "locale": "es"}
    cookie = browser.try_it.vault.seal(msgspec.json.encode(old)).decode()
    browser.http.cookies.set(visitor.COOKIE, cookie, domain="try.example.org", path="/try")
    await browser.open("/try/group")
    assert browser.me.sms == old["sms"]
    assert len(browser.me.group) == 4


async def test_a_picture_for_a_phone_of_the_group_is_shown_to_its_visitor_alone(browser: Browser) -> None:
    await browser.open("/try/group")
    picture = Outgoing("p1", "try_telegram", browser.me.group[0], Picture(b"\x89PNG", "caso"), 0)
    await PhoneChannel("try_telegram", browser.try_it.phones.put).send(picture)
    assert (await browser.http.get("/try/picture/p1")).content == b"\x89PNG"
    stranger = browser.without_cookies()
    await stranger.open("/try/group")
    assert (await stranger.http.get("/try/picture/p1")).status_code == 404


@pytest.mark.parametrize(
    ("leads", "joins", "enters"),
    [
        ("try_telegram", "try_sms", True),
        ("try_telegram", "sms", False),
        ("try_telegram", "telegram", False),
        ("sms", "telegram", True),
        ("sms", "try_telegram", False),
        ("sms", "try_sms", False),
    ],
)
async def test_phones_in_a_browser_and_real_ones_share_no_room(
    house: House, store: Store, *, leads: str, joins: str, enters: bool
) -> None:
    for text in OPENING:
        await write(house, leads, LEADER, text)
    room = (await session_of(store, leads, LEADER)).room
    assert room
    await write(house, joins, PHONE, f"UNIR {room.code}")
    assert ((await session_of(store, joins, PHONE)).seat is not None) == enters
    after = (await session_of(store, leads, LEADER)).room
    assert after
    assert len(after.chairs) == enters
    assert len(house.said[PHONE]) == 1


async def write(house: House, channel: str, address: str, text: str) -> None:
    """Somebody writes, and what waits is brought."""
    await house.road.handle(Inbound(f"in{next(house.numbers)}", channel, address, Text(text), house.clock()))
    await house.deliver()
