"""The page of a room in a real Chromium, on a phone: a whole vote by touch, by keys, without scripts."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Error, Page, ViewportSize, async_playwright, expect
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bot.group.door import PACE, WRONG, Group
from bot.group.pages import routes
from bot.kept.rate import Rates
from bot.web import STATIC
from tests.bot.grouping import Visitor, at_a_vote
from tests.bot.rooming import LEADER, House
from tests.e2e.looking import SIZES, complains, nothing_found, uncut
from tests.standins.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

KIND = re.compile(r'data-testid="(vote|women|decide|options|several|people|number|text|result)"')


@asynccontextmanager
async def held_up(visitor: Visitor, *, scripts: bool = True) -> AsyncIterator[Page]:
    """The page on a phone; fails where it complains, or asks another host."""
    house = visitor.house
    complaints: list[str] = []
    group = Group(house.road, house.doors, Rates(house.store._database, {WRONG: PACE}, house.clock), "+57 300 111 2222")
    site = Starlette(routes=[Mount("/static", StaticFiles(directory=STATIC)), *routes(group)])
    async with serving(site) as url, async_playwright() as playwright:
        try:
            found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
            browser = await playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            )
        except Error as error:
            if os.environ.get("BATEA_NEED_BROWSER"):
                raise
            pytest.skip(f"NO BROWSER STARTS, SO NOTHING IS KNOWN OF A ROOM'S PAGE: {error.message.splitlines()[0]}")
        size = ViewportSize(width=SIZES["phone"][0], height=SIZES["phone"][1])
        page = await browser.new_page(viewport=size, has_touch=True, java_script_enabled=scripts)
        pages = f"{url}/group"
        page.on("console", lambda said: complaints.append(said.text) if complains(said, pages) else None)
        page.on("request", lambda asked: None if asked.url.startswith(url) else complaints.append(asked.url))
        await page.goto(url + visitor.path)
        yield page
        await browser.close()
    assert complaints == []


@pytest.fixture
async def visitor(
    database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock
) -> AsyncIterator[Visitor]:
    async with at_a_vote(House(database, store, vault, outbox, clock)) as somebody:
        yield somebody


async def legible(page: Page) -> None:
    """Nothing is cut, axe finds nothing, and one heading tells what the page is about."""
    await uncut(page)
    await nothing_found(page)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)


async def test_a_whole_vote_by_touch(visitor: Visitor) -> None:
    async with held_up(visitor) as page:
        await page.get_by_label("Manos 131").fill("7")
        await visitor.vote(1, 1, 2, 3)
        await expect(page.get_by_test_id("progress")).to_have_text("Han respondido 4 de 6", timeout=10_000)
        await expect(page.get_by_label("Manos 131")).to_have_value("7")
        await legible(page)
        await page.get_by_role("button", name="cerrar y contar").tap()
        await page.get_by_role("button", name="no, solo los demás").tap()
        await page.get_by_label("Manos sí").fill("5")
        await legible(page)
        await page.get_by_role("button", name="Seguir").tap()
        await expect(page.get_by_role("row", name="sí, siempre")).to_contain_text("9")
        await legible(page)
        await page.get_by_label("Nota").fill("hay que hablarlo")
        await page.get_by_role("button", name="no, o no siempre").tap()
        await expect(page.get_by_test_id("at")).to_contain_text("Pregunta 14")
        await page.reload()
        await expect(page.get_by_test_id("at")).to_contain_text("Pregunta 14")
        await visitor.house.write(LEADER, "1")
        await expect(page.get_by_test_id("at")).to_contain_text("Pregunta 15", timeout=10_000)
    room = (await visitor.session()).room
    assert room
    tally = room.tallies["equal_treatment"]
    assert (tally.phones, tally.hands, tally.women) == ((2, 1, 1), (7, 0, 0), (5, 0, 0))
    assert room.notes == {"equal_treatment": "hay que hablarlo"}


async def test_by_keys_alone_and_without_scripts(visitor: Visitor) -> None:
    async with held_up(visitor, scripts=False) as page:
        for figure in ("12", "3", "2"):
            await page.keyboard.press("Tab")
            await page.keyboard.type(figure)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("women")).to_be_visible()
        await page.get_by_role("button", name="saltar", exact=True).press("Enter")
        await expect(page.get_by_role("row", name="sí, siempre")).to_contain_text("12")
        await page.get_by_role("button", name="sí, siempre").press("Enter")
        await expect(page.get_by_test_id("at")).to_contain_text("Pregunta 14")


async def test_a_sheet_is_typed_in(visitor: Visitor) -> None:
    async with held_up(visitor) as page:
        await page.get_by_role("link", name="Pasar la hoja").tap()
        row = page.get_by_test_id("records")
        await row.get_by_text("sí", exact=False).first.tap()
        await row.get_by_text("no visto").tap()
        await legible(page)
        await page.get_by_role("button", name="Guardar la hoja").tap()
        await expect(page.get_by_test_id("notices")).to_have_text("Se guardó 1 respuesta.")
    session = await visitor.session()
    assert session.room
    assert session.room.papers["records"] is False


async def test_every_kind_of_question_and_the_result_can_be_read_on_a_phone_and_on_a_wall(visitor: Visitor) -> None:
    seen: set[str] = set()
    async with held_up(visitor) as page:
        while "result" not in seen:
            await visitor.open()
            [kind, *_] = KIND.findall(visitor.html)
            if kind not in seen:
                await page.reload()
                await legible_everywhere(page)
            seen.add(kind)
            await visitor.press(**({"pick1": "on"} if kind == "several" else {"reply": "1"}))
        await page.goto(f"{page.url[:-12]}{'0' * 12}")
        await expect(page.get_by_role("heading", level=1)).to_have_text("This page is not open")
        await legible_everywhere(page)
    assert seen == {"vote", "decide", "options", "several", "result"}


async def legible_everywhere(page: Page) -> None:
    for width, height in SIZES.values():
        await page.set_viewport_size(ViewportSize(width=width, height=height))
        await legible(page)
