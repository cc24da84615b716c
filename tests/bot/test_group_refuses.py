from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from bot.group import drawn
from tests.bot.conversing import TEXTS
from tests.bot.grouping import VOTERS, Visitor, at_a_vote
from tests.bot.rooming import LEADER, House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock


@pytest.fixture
async def visitor(
    database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock
) -> AsyncIterator[Visitor]:
    async with at_a_vote(House(database, store, vault, outbox, clock)) as somebody:
        yield somebody


async def test_nobodys_number_is_on_the_page(visitor: Visitor) -> None:
    await visitor.vote(1, 2, 3)
    await visitor.open()
    assert [phone for phone in (LEADER, *VOTERS) if phone.lstrip("+") in visitor.html] == []
    assert "termina en 00" in visitor.html


async def test_a_code_that_leads_nowhere_tells_how_to_get_a_link(visitor: Visitor) -> None:
    wrong = await visitor.http.get("/group/AAAAAAAAAAAA", headers={"Accept-Language": "fr"})
    assert wrong.status_code == 404
    assert TEXTS.get("fr", "group.gone.title") in unescape(wrong.text)
    for code in ((await visitor.house.room()).code, "%20", "../desk"):
        assert (await visitor.http.get(f"/group/{code}")).status_code in {404, 429}


async def test_whoever_tries_many_codes_waits_and_nobody_else(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.group.door._PATIENCE", 0)
    found = [(await visitor.http.get("/group/AAAAAAAAAAAA")).status_code for _ in range(3)]
    assert found == [404, 429, 429]
    assert (await visitor.http.get(visitor.path.lower())).status_code == 200


async def test_the_page_is_kept_by_nobody_and_loads_nothing_from_elsewhere(visitor: Visitor) -> None:
    answer = await visitor.http.get(visitor.path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", answer.text) == []
    assert [link for link in re.findall(r'(?:src|href|action|hx-\w+)="([^"]*)"', answer.text) if "//" in link] == []


async def test_a_post_of_another_site_is_refused(visitor: Visitor) -> None:
    form = visitor.carried | {"reply": "1"}
    answer = await visitor.http.post(visitor.path, data=form, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert (await visitor.house.room()).step == ""


def test_every_text_of_the_pages_is_in_every_catalog_and_none_is_left_over() -> None:
    written = "".join(path.read_text() for path in drawn.TEMPLATES.glob("*.html"))
    used = {*re.findall(r'["\'](group\.[\w.]+)["\']', written), *drawn._SENDING.values()}
    assert [(locale, key) for locale in TEXTS.translations for key in used if not TEXTS.has(locale, key)] == []
    assert {key for key in TEXTS.keys["es"] if key.startswith("group.")} == used
