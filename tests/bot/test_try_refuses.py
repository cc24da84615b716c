"""What `/try` does not take, and from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis

from bot.try_it import visitor
from bot.try_it.phones import KEEP, MOST, Phones
from bot.try_it.try_it import TryIt
from tests.bot.cases import TEXTS
from tests.bot.trying import URL, Browser, Road, at, marks

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

POSTS = {
    "/try/sms/text": {"text": "hola"},
    "/try/telegram/text": {"text": "hola"},
    "/try/telegram/tap": {"message": "q", "data": "role|1|1"},
    "/try/sms/new": {"country": "PE"},
    "/try/telegram/new": {"language": "en"},
}


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def browser(database: Database, vault: Vault, clock: Clock, road: Road) -> Browser:
    return at(TryIt(road, Phones(database, vault), vault, TEXTS, clock=clock), road)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": f"{URL}.evil.example"}, {"Origin": ""}],
)
async def test_a_post_from_another_page_is_refused(browser: Browser, path: str, headers: dict[str, str]) -> None:
    await browser.open()
    before = browser.me
    assert (await browser.http.post(path, data=POSTS[path], headers=headers)).status_code == 403
    assert browser.road.came == []
    assert browser.me == before
    assert (await browser.try_it.phones.log(before.sms)).revision == 0


@pytest.mark.parametrize(("site", "status"), [("same-origin", 204), ("cross-site", 403), ("none", 403), (None, 403)])
async def test_without_an_origin_the_browser_has_to_say_that_it_is_ours(
    browser: Browser, site: str | None, status: int
) -> None:
    await browser.open()
    del browser.http.headers["Origin"]
    headers = {"HX-Request": "true"} | ({"Sec-Fetch-Site": site} if site else {})
    answer = await browser.http.post("/try/sms/text", data={"text": "hola"}, headers=headers)
    assert answer.status_code == status
    assert len(browser.road.came) == (status == 204)


@pytest.mark.parametrize("path", POSTS)
async def test_who_never_opened_the_page_has_no_phone(browser: Browser, path: str) -> None:
    assert (await browser.post(path, **POSTS[path])).status_code == 403
    assert (await browser.news({})).status_code == 286
    assert browser.road.came == []


async def test_a_cookie_of_somebody_elses_making_is_none(browser: Browser) -> None:
    await browser.open()
    mine = browser.me
    browser.http.cookies.set(visitor.COOKIE, "nonsense", domain="try.example.org", path="/try")
    assert (await browser.post("/try/sms/text", text="hola")).status_code == 403
    await browser.open()
    assert browser.me != mine


@pytest.mark.parametrize("text", ["", "   ", "x" * 1601])
@pytest.mark.parametrize("path", ["/try/sms/text", "/try/telegram/text"])
async def test_nothing_and_too_much_are_no_messages(browser: Browser, path: str, text: str) -> None:
    before = marks(await browser.open())
    assert (await browser.post(path, text=text)).status_code == 422
    assert browser.road.came == []
    assert (await browser.news(before)).status_code == 204


async def test_the_longest_message_is_taken(browser: Browser) -> None:
    await browser.open()
    assert (await browser.post("/try/sms/text", text="ñ" * 1600)).status_code == 204


@pytest.mark.parametrize(
    ("body", "status"), [(b"x" * 20_000, 413), (b"text=%ff", 400), (b"\xff", 400), (b"a&" * 9, 400)]
)
async def test_a_body_that_is_no_small_form_is_refused(browser: Browser, body: bytes, status: int) -> None:
    await browser.open()
    assert (await browser.http.post("/try/sms/text", content=body)).status_code == status


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/try/sms/new", {"country": "XX"}),
        ("/try/sms/new", {}),
        ("/try/telegram/new", {"language": "xx"}),
        ("/try/telegram/tap", {"message": "q", "data": "no button of ours"}),
        ("/try/telegram/tap", {}),
    ],
)
async def test_what_the_page_does_not_offer_is_refused(browser: Browser, path: str, form: dict[str, str]) -> None:
    await browser.open()
    before = browser.me
    assert (await browser.post(path, **form)).status_code == 422
    assert browser.me == before
    assert browser.road.came == []


@pytest.mark.parametrize("mark", ["", "x", "x.", "x.-1", "x.1.5", "x.²"])
async def test_a_mark_that_is_none_is_a_bad_request(browser: Browser, mark: str) -> None:
    good = marks(await browser.open())
    assert (await browser.news(good | {"sms": mark})).status_code == 400


async def test_a_page_that_read_further_than_there_is_starts_again(browser: Browser) -> None:
    good = marks(await browser.open())
    tag = good["telegram"].split(".")[0]
    assert (await browser.news(good | {"telegram": f"{tag}.{10**40}"})).headers["HX-Refresh"] == "true"


async def test_with_redis_away_a_post_is_for_later(browser: Browser, road: Road) -> None:
    await browser.open()
    road.away = True
    answer = await browser.post("/try/sms/text", text="hola")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)


async def test_there_is_no_mailbox_where_none_was_given(browser: Browser) -> None:
    html = await browser.open("/try?lang=es")
    assert 'id="mail"' not in html
    assert "nada sale de esta máquina" not in html
    for path in ("/try/mail/1", "/try/mail/1/html", "/try/mail/1/file/1"):
        assert (await browser.http.get(path)).status_code == 404


both = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)


@both
async def test_a_phone_keeps_the_last_messages_and_counts_all(database: Database, vault: Vault) -> None:
    phones = Phones(database, vault)
    for number in range(MOST + 5):
        await phones.put("+573001234567", {"id": str(number), "kind": "words", "text": "x"})
    log = await phones.log("+573001234567")
    assert [entry.id for entry in log.entries] == [str(number) for number in range(5, MOST + 5)]
    assert (log.revision, log.received, log.sent) == (MOST + 5, MOST + 5, 0)
    assert [entry.id for entry in (await phones.log("+573001234567", MOST + 3)).entries] == [
        str(MOST + 3),
        str(MOST + 4),
    ]


async def test_what_stands_on_a_phone_is_sealed_and_goes(database: Database, vault: Vault, empty_url: str) -> None:
    phones = Phones(database, vault)
    await phones.wrote("+573001234567", "Zulma Quispe", "1")
    async with Redis.from_url(empty_url) as redis:
        names = [name async for name in redis.scan_iter("{try:*")]
        assert len(names) == 2
        stored = str(names) + str(await redis.lrange(next(name for name in names if name.endswith(b":log")), 0, -1))
        assert "3001234567" not in stored
        assert "Zulma" not in stored
        for name in names:
            assert KEEP - 10 < await redis.ttl(name) <= KEEP
