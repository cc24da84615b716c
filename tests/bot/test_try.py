from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers
import pytest

from bot.messages import Ack, Button, Edit, Picture, Words
from bot.try_it import pages
from bot.try_it.numbers import COUNTRIES, made_up
from bot.try_it.phones import Phones
from bot.try_it.try_it import TryIt
from flows.events import Tap, Text
from tests.bot.cases import TEXTS
from tests.bot.trying import Browser, Road, at, found, marks

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

YES = Button("sí", "registered|3|1")
NO = Button("no", "registered|3|2")


@pytest.fixture
def road() -> Road:
    return Road()


@pytest.fixture
def browser(database: Database, vault: Vault, clock: Clock, road: Road) -> Browser:
    return at(TryIt(road, Phones(database, vault), vault, TEXTS, clock=clock), road)


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        ("es-PE,es", "Pruebe Batea"),
        ("en-GB,en;q=0.9", "Try Batea"),
        ("qu, en;q=0.5, es;q=0.8", "Pruebe"),
        ("", "Pruebe"),
    ],
)
async def test_the_page_speaks_as_the_browser_prefers(browser: Browser, accepted: str, words: str) -> None:
    assert words in await browser.open(**{"Accept-Language": accepted})


async def test_a_chosen_language_is_remembered(browser: Browser) -> None:
    assert '<html lang="en">' in await browser.open("/try?lang=en")
    assert '<html lang="en">' in await browser.open(**{"Accept-Language": "es"})
    assert '<html lang="es">' in await browser.open("/try?lang=es")
    assert '<html lang="es">' in await browser.open("/try?lang=xx")


def test_every_text_of_the_templates_is_in_every_catalog() -> None:
    used = {
        key
        for path in pages.TEMPLATES.glob("*.html")
        for key in re.findall(r"""["'](try\.[\w.]+)["']""", path.read_text())
    }
    assert len(used) > 40
    assert [(locale, key) for locale in TEXTS.translations for key in used if not TEXTS.has(locale, key)] == []
    unused = {key for key in TEXTS.keys["es"] if key.startswith("try.")} - used
    assert unused == set()


async def test_the_page_holds_no_script_or_style_of_its_own_and_nothing_from_elsewhere(browser: Browser) -> None:
    html = await browser.open()
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", html) == []
    assert [link for link in re.findall(r'(?:src|href|action|hx-\w+)="([^"]*)"', html) if "//" in link] == []
    answer = await browser.http.get("/try")
    assert "script-src 'self'; style-src 'self'" in answer.headers["Content-Security-Policy"]
    for path in re.findall(r'(?:src|href)="(/static/[^"]*)"', html):
        assert (await browser.http.get(path)).status_code == 200


async def test_the_cookie_is_for_this_page_alone(browser: Browser) -> None:
    cookie = (await browser.http.get("/try")).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/try"} <= set(cookie.split("; "))
    assert browser.me.sms not in cookie


async def test_a_text_travels_the_road_and_stands_on_the_phone(browser: Browser, road: Road) -> None:
    before = marks(await browser.open())
    answer = await browser.post("/try/sms/text", text=" mil quinientos ")
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (204, "news")
    [came] = road.came
    assert (came.channel, came.address, came.event) == ("try_sms", browser.me.sms, Text("mil quinientos"))
    assert came.received == browser.try_it.clock()
    news = (await browser.news(before)).text
    assert found(news, "words") == ["mil quinientos"]
    assert 'data-testid="sms-mine"' in news
    assert found(await browser.open(), "words") == ["mil quinientos"]


async def test_equal_texts_are_two_messages(browser: Browser, road: Road) -> None:
    await browser.open()
    for _ in range(2):
        await browser.post("/try/sms/text", text="1")
    assert len({inbound.id for inbound in road.came}) == 2


async def test_each_sms_shows_its_size_and_the_phone_what_it_cost(browser: Browser) -> None:
    before = marks(await browser.open("/try?lang=es"))
    await browser.post("/try/sms/text", text="¿cuánto?")
    await browser.answer("try_sms", Words("a" * 161), "long")
    await browser.answer("try_sms", Words("x"), "short")
    news = (await browser.news(before)).text
    assert found(news, "units") == ["8 caracteres", "161 caracteres", "1 carácter"]
    assert found(news, "parts") == ["1 SMS", "2 SMS", "1 SMS"]
    assert len(found(news, "ucs2")) == 1
    assert (found(news, "sms-sent"), found(news, "sms-received")) == (["1"], ["3"])


async def test_no_news_cost_an_empty_answer_and_come_once(browser: Browser) -> None:
    first = marks(await browser.open())
    idle = await browser.news(first)
    assert (idle.status_code, idle.content) == (204, b"")
    await browser.answer("try_sms", Words("one"), "1")
    news = (await browser.news(first)).text
    await browser.answer("try_telegram", Words("two"), "2")
    assert found(news, "words") == ["one"]
    news = (await browser.news(first | marks(news))).text
    assert found(news, "words") == ["two"]
    assert "sms" not in marks(news)


async def test_what_people_write_is_shown_as_written(browser: Browser) -> None:
    await browser.open()
    await browser.post("/try/sms/text", text="<script>alert(1)</script>")
    html = await browser.open()
    assert "<script>alert" not in html
    assert found(html, "words") == ["<script>alert(1)</script>"]


@pytest.mark.parametrize(
    ("written", "event"), [("/menu", Text("menu")), ("/start", Text("/start")), ("12,5 gramos", Text("12,5 gramos"))]
)
async def test_telegram_reads_commands_as_telegram_does(
    browser: Browser, road: Road, written: str, event: Text
) -> None:
    await browser.open("/try?lang=en")
    await browser.post("/try/telegram/text", text=written)
    [came] = road.came
    assert (came.channel, came.address, came.event) == ("try_telegram", browser.me.chat, event)
    assert came.language == "en"


async def test_a_tap_carries_what_it_stood_under(browser: Browser, road: Road) -> None:
    before = marks(await browser.open())
    await browser.answer("try_telegram", Words("¿Registro?", ((YES, NO),)), "q1")
    assert found((await browser.news(before)).text, "button") == ["sí", "no"]
    answer = await browser.post("/try/telegram/tap", message="q1", data=NO.data)
    assert answer.status_code == 204
    [came] = road.came
    assert (came.event, came.channel) == (Tap("registered", 3, "2"), "try_telegram")
    assert came.tapped
    assert (came.tapped.message, came.tapped.text, came.tapped.query) == ("q1", "¿Registro?", came.id)


async def test_an_edit_takes_the_place_of_its_message(browser: Browser) -> None:
    start = marks(await browser.open())
    await browser.answer("try_telegram", Words("¿Registro?", ((YES,), (NO,))), "q1")
    shown = start | marks((await browser.news(start)).text)
    await browser.answer("try_telegram", Edit("q1", "¿Registro?\n✔ sí"), "e1")
    news = (await browser.news(shown)).text
    assert re.search(r'<div id="m-q1"[^>]* hx-swap-oob="true">', news)
    for html in (news, (await browser.news(start)).text, await browser.open()):
        assert found(html, "words") == ["¿Registro?\n✔ sí"]
        assert found(html, "button") == []
    await browser.answer("try_telegram", Edit("q1", "otra vez", ((YES,),)), "e2")
    assert found(await browser.open(), "button") == ["sí"]


async def test_a_passing_word_passes_and_an_empty_one_is_none(browser: Browser) -> None:
    before = marks(await browser.open())
    await browser.answer("try_telegram", Ack("query"), "a1")
    assert (await browser.news(before)).status_code == 204
    await browser.answer("try_telegram", Ack("query", "ya pasó"), "a2")
    assert "<p>ya pasó</p>" in (await browser.news(before)).text
    assert "ya pasó" not in await browser.open()


async def test_a_picture_is_for_its_own_phone_only(browser: Browser) -> None:
    await browser.open()
    await browser.answer("try_telegram", Picture(b"\x89PNG", "Su resumen"), "p1")
    html = await browser.open()
    assert 'src="/try/picture/p1"' in html
    assert found(html, "words") == ["Su resumen"]
    answer = await browser.http.get("/try/picture/p1")
    assert (answer.content, answer.headers["Content-Type"]) == (b"\x89PNG", "image/png")
    stranger = browser.without_cookies()
    assert (await stranger.http.get("/try/picture/p1")).status_code == 403
    await stranger.open()
    assert (await stranger.http.get("/try/picture/p1")).status_code == 404


async def test_a_new_phone_has_a_number_of_the_country_and_an_empty_screen(browser: Browser, road: Road) -> None:
    old = marks(await browser.open())
    await browser.post("/try/sms/text", text="hola")
    chat = browser.me.chat
    answer = await browser.post("/try/sms/new", country="BF")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/try#sms")
    assert (browser.me.sms[:4], browser.me.chat) == ("+226", chat)
    assert found(await browser.open(), "words") == []
    assert (await browser.news(old)).headers["HX-Refresh"] == "true"
    await browser.post("/try/sms/text", text="hola")
    assert [inbound.address for inbound in road.came][1] == browser.me.sms != road.came[0].address


async def test_a_new_telegram_phone_speaks_the_chosen_language(browser: Browser, road: Road) -> None:
    await browser.open("/try?lang=es")
    old = browser.me
    answer = await browser.post("/try/telegram/new", language="en")
    assert answer.headers["Location"] == "/try#telegram"
    assert browser.me.chat != old.chat
    assert browser.me.sms == old.sms
    await browser.post("/try/telegram/text", text="/start")
    assert road.came[0].language == "en"
    assert '<html lang="es">' in await browser.open()


async def test_the_first_phone_is_of_the_country_that_the_browser_names(browser: Browser) -> None:
    await browser.open(**{"Accept-Language": "es-PE,es;q=0.8"})
    assert browser.me.sms.startswith("+51")
    stranger = browser.without_cookies()
    await stranger.open(**{"Accept-Language": "en-US"})
    assert stranger.me.sms.startswith("+233")


@pytest.mark.parametrize("country", COUNTRIES)
def test_made_up_numbers_look_real_and_differ(country: str) -> None:
    numbers = {made_up(country) for _ in range(8)}
    assert len(numbers) > 1
    for number in map(phonenumbers.parse, numbers):
        assert phonenumbers.is_valid_number(number)
        assert phonenumbers.region_code_for_number(number) == country


async def test_without_scripts_a_post_leads_back_to_the_phone(browser: Browser) -> None:
    await browser.open()
    answer = await browser.http.post("/try/telegram/text", data={"text": "hola"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/try#telegram")
