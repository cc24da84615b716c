"""Figures and exports of the desk in a real Chromium, wide and on a phone without scripts: seen, chosen, downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.async_api import expect

from bot.kept.parts import Parts
from bot.messages import Outgoing, Words
from tests.bot.cases import consenting, every_gap, good, secrets
from tests.bot.casework import drafted
from tests.bot.desking import desk_front
from tests.e2e.looking import SIZES
from tests.e2e.test_desk_browser import browsing, es, looked_over, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.bot.desking import Front
    from tests.conftest import Clock

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


async def filled(front: Front, database: Database) -> None:
    bad, well = consenting(every_gap() | secrets("yes")), consenting(good() | secrets("no"))
    await front.cabinet.keep(*(drafted(number, bad, address=f"+5730011100{number:02}") for number in range(23)))
    await front.cabinet.keep(*(drafted(number, well, address=f"+5730011200{number:02}") for number in range(30, 41)))
    for number in range(9):
        await Parts(database, front.clock).sent(Outgoing("1", "sms", f"+57300111220{number}", Words("a" * 400), 0))


@pytest.mark.parametrize("size", SIZES)
async def test_figures_are_seen_and_cases_downloaded(
    database: Database, vault: Vault, clock: Clock, tmp_path: Path, size: str
) -> None:
    async with desk_front(database, vault, clock) as front, browsing(front, size, scripts=size == "wide") as page:
        await filled(front, database)
        await sign_in(front, page, size)
        await page.get_by_role("link", name=es("learn.title")).click()
        await expect(page.get_by_role("img", name=es("learn.gaps"))).to_be_visible()
        await expect(page.get_by_role("region", name=es("learn.gaps")).get_by_role("rowheader").first).to_be_visible()
        await looked_over(page, size)
        await page.goto(f"{front.url}/desk?letter=B")
        await page.get_by_role("link", name=es("export.title")).click()
        await looked_over(page, size)
        await page.get_by_label(es("export.per.answer")).check()
        async with page.expect_download() as waiting:
            await page.get_by_role("button", name=es("export.go")).click()
        download = await waiting.value
        await download.save_as(tmp_path / download.suggested_filename)
        sheet = load_workbook(tmp_path / "batea-answers.xlsx").active
        assert sheet.cell(1, 1).value == es("export.column.reference")
        assert len({row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}) == 23
