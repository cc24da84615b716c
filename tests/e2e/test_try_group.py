"""A group at `/try/group` in a real Chromium: opened, joined by SMS and on Telegram, a vote, its tally."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import DESK, LAST, PHONE, Opened, last, settled
from tests.e2e.looking import nothing_found_there

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

CODE = re.compile(r"\bUNIR ([0-9A-HJKMNP-TV-Z]{5})\b")
WRITTEN = ("grupo", "Coop La Esperanza", "Suárez", "1 3 0 2")
"""What the facilitator writes after the consent: two phones vote, one votes on Telegram, one person raises a hand."""


def write(page: Page, phone: str, text: str) -> Locator:
    """Send a text and return Batea's answer."""
    before = said(page, phone)
    page.get_by_test_id(f"{phone}-text").fill(text)
    page.get_by_test_id(f"{phone}-send").click()
    settled(page, phone, before)
    return last(page, phone)


def said(page: Page, phone: str) -> str:
    return str(page.get_by_test_id(f"{phone}-theirs").evaluate_all(LAST))


def tap(page: Page, phone: str, label: str) -> Locator:
    """Tap the button of the last message that has one with this label, and return what answers it."""
    before = said(page, phone)
    page.get_by_test_id(f"{phone}-theirs").get_by_role("button", name=label).last.click()
    settled(page, phone, before)
    return last(page, phone)


def opened_room(page: Page) -> str:
    """The facilitator opens a group; its code."""
    page.get_by_test_id("leads-start").click()
    settled(page, "leads", "")
    for _ in range(2):
        tap(page, "leads", "sí")
    for text in WRITTEN:
        write(page, "leads", text)
    [code] = CODE.findall(page.get_by_test_id("leads-log").inner_text())
    return str(code)


def up_to_a_vote(page: Page) -> Locator:
    """The facilitator answers till a question is put to the vote."""
    for _ in range(40):
        if last(page, "leads").get_by_role("button", name="cerrar y contar").count():
            return last(page, "leads")
        write(page, "leads", "Colombia" if "país" in last(page, "leads").inner_text() else "1")
    raise AssertionError(last(page, "leads").inner_text())


def test_a_vote_of_four_phones_side_by_side(opened: Opened) -> None:
    page = opened(DESK)
    page.get_by_test_id("way-2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pruebe Batea en grupo")
    code = opened_room(page)
    for phone in ("first", "second", "third"):
        expect(write(page, phone, f"UNIR {code}")).to_contain_text("en el grupo")
    expect(up_to_a_vote(page)).to_contain_text("131")
    expect(last(page, "third")).to_contain_text("Pregunta 13")
    last(page, "third").get_by_role("button", name="sí").click()
    expect(page.locator("#third-toast")).to_contain_text("Anotado")
    for phone, vote in (("first", "131"), ("second", "132")):
        page.get_by_test_id(f"{phone}-text").fill(vote)
        page.get_by_test_id(f"{phone}-send").click()
    while "3 de 3" not in tap(page, "leads", "cuántos van").inner_text():
        page.wait_for_timeout(300)
    tally = tap(page, "leads", "cerrar y contar")
    expect(tally).to_contain_text("Contados: 3 de 4")
    expect(tally.get_by_test_id("button").nth(0)).to_contain_text(": 2")
    expect(tally.get_by_test_id("button").nth(1)).to_contain_text(": 1")
    late = write(page, "second", "131")
    expect(late).to_contain_text("cerr")
    expect(page.locator("#third-toast p")).to_be_hidden(timeout=8000)
    nothing_found_there(page)


def test_on_a_phone_a_tab_tells_that_something_came(opened: Opened) -> None:
    page = opened(PHONE)
    page.get_by_test_id("way-2").tap()
    expect(page.get_by_test_id("steps")).to_be_visible()
    nothing_found_there(page)
    page.get_by_test_id("tab-first").tap()
    expect(page.get_by_test_id("leads-log")).to_be_hidden()
    page.get_by_test_id("first-text").fill("UNIR 7K3M2")
    page.get_by_test_id("first-send").tap()
    page.get_by_test_id("tab-second").tap()
    dot = page.get_by_test_id("tab-first").locator(".fresh")
    expect(dot).to_be_visible()
    page.get_by_test_id("tab-first").tap()
    expect(dot).to_be_hidden()
    expect(last(page, "first")).to_contain_text("ningun grupo")


def test_four_new_phones(opened: Opened) -> None:
    page = opened(DESK)
    page.get_by_test_id("way-2").click()
    number = page.get_by_test_id("first-number").inner_text()
    page.get_by_test_id("way-1").click()
    page.get_by_test_id("way-2").click()
    expect(page.get_by_test_id("first-number")).to_have_text(number)
    page.get_by_test_id("group-new").click()
    expect(page.get_by_test_id("first-number")).not_to_have_text(number)
