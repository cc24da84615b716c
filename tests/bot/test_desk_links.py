from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from bot.referral.links import DAYS
from bot.referral.store import Opening
from tests.bot import cases
from tests.bot.cases import REFERENCE, TEXTS, consenting, good
from tests.bot.visiting import Visitor, found_in, visiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.store import Page
    from tests.conftest import Clock


@pytest.fixture
async def visitor(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Visitor]:
    async with visiting(database, vault, clock) as somebody:
        yield somebody


def openings_in(html: str) -> list[tuple[str, str, str]]:
    return re.findall(r"<tr><td>([^<]*UTC)</td><td>(\w+)</td><td>([^<]*)</td></tr>", html)


@pytest.mark.parametrize("status", [200, 403, 410])
async def test_no_page_is_kept_framed_found_or_told_to_others(visitor: Visitor, status: int) -> None:
    await visitor.keep(consenting(good()))
    path = visitor.path("staff", "Lead")
    if status == 410:
        visitor.clock.advance(DAYS * 24 * 3600 + 1)
    found = await visitor.browser.get("/desk/r/nothing" if status == 403 else path)
    assert found.status_code == status
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["referrer-policy"] == "no-referrer"
    assert found.headers["x-frame-options"] == "DENY"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "noindex" in found.headers["x-robots-tag"]
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", found.text)


async def test_each_opening_is_recorded_and_shown(visitor: Visitor) -> None:
    await visitor.keep(consenting(good() | cases.secrets("no")))
    await visitor.open("staff", "Lead")
    visitor.clock.advance(3600)
    await visitor.open("protection", "Guard")
    visitor.clock.advance(3600)
    text = await visitor.text("staff", "Office")
    rows = openings_in(text)
    assert [row[1:] for row in rows] == [("Office", "answers"), ("Lead", "answers")]
    assert rows[0][0].startswith("Jan 15, 2027, 10:00:00")
    rows = openings_in(await visitor.text("protection", "Guardian"))
    assert [row[1] for row in rows] == ["Guardian", "Office", "Guard", "Lead"]
    assert [row[2] for row in rows] == ["private answers", "answers", "private answers", "answers"]
    listed = await visitor.desk.store.opened(REFERENCE, Opening(0, "later", "staff"))
    assert [one.contact for one in listed] == ["Lead", "Guard", "Office", "Guardian", "later"]


async def test_staff_do_not_see_that_the_private_page_was_opened(visitor: Visitor) -> None:
    await visitor.keep(consenting(good() | cases.secrets("no")))
    await visitor.open("protection", "Guard")
    text = await visitor.text("staff", "Lead")
    assert [row[1] for row in openings_in(text)] == ["Lead"]
    assert text.count("UTC") == 1


async def test_what_opens_nothing_is_not_recorded(visitor: Visitor) -> None:
    await visitor.keep(consenting(good()))
    await visitor.browser.get(visitor.path("staff", "Lead") + "x")
    await visitor.open("staff", "Guard")
    text = await visitor.text("staff", "Lead")
    assert text.count("UTC") == 1


@pytest.mark.parametrize(
    ("page", "contact"), [("staff", "Guard"), ("protection", "Lead"), ("staff", "Nobody"), ("protection", "Nobody")]
)
async def test_a_link_opens_only_for_the_role_it_is_for_and_while_the_contact_is_there(
    visitor: Visitor, page: Page, contact: str
) -> None:
    await visitor.keep(consenting(good() | cases.secrets("yes")))
    found = await visitor.open(page, contact)
    assert found.status_code == 403
    assert found_in(unescape(found.text), list(cases.PERSONAL)) == []


async def test_a_staff_link_does_not_become_a_private_one(visitor: Visitor) -> None:
    await visitor.keep(consenting(good() | cases.secrets("yes")))
    for contact in ("Lead", "Guard"):
        token = visitor.path("staff", contact).rsplit("/", 1)[1]
        assert (await visitor.browser.get(f"/desk/p/{token}")).status_code == 403


async def test_a_case_that_is_gone_is_said_to_be_gone(visitor: Visitor) -> None:
    found = await visitor.open("staff", "Lead")
    assert found.status_code == 410
    assert TEXTS.get("es", "desk.gone") in unescape(found.text)


@pytest.mark.parametrize(
    ("wanted", "locale"), [("en-GB,en;q=0.9", "en"), ("de,fr;q=0.5", "fr"), ("de", "es"), ("", "es"), ("*", "es")]
)
async def test_a_bad_link_is_answered_in_the_browsers_language(visitor: Visitor, wanted: str, locale: str) -> None:
    found = await visitor.browser.get("/desk/p/broken", headers={"Accept-Language": wanted})
    assert found.status_code == 403
    assert TEXTS.get(locale, "desk.forbidden") in unescape(found.text)
