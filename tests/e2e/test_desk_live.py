"""A case from both ends, over `batea run` in a real Chromium: what staff do, and what the phone gets of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.bot.cases import TEXTS
from tests.e2e.browsing import DESK, PHONE, Opened, last, text_by_keys
from tests.e2e.looking import nothing_found_there
from tests.e2e.test_try_browser import REFERENCE, behind_the_link

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def es(key: str, **params: str) -> str:
    return TEXTS.get("es", key, **params)  # type: ignore[arg-type] # parameters of a text, and no count


def asked_for_a_call(page: Page) -> str:
    """Somebody who asks for a call, by SMS; the number of their case."""
    page.get_by_test_id("sms-text").fill("hola")
    text_by_keys(page)
    for word in ("1", "1", "persona", "1", "1"):
        texted(page, word)
    [reference] = REFERENCE.findall(page.get_by_test_id("sms-log").inner_text())
    return str(reference)


def texted(page: Page, word: str) -> None:
    page.get_by_test_id("sms-text").fill(word)
    text_by_keys(page)


def signed_in(page: Page, reference: str) -> Page:
    """The page of the case, for who got the mail about it."""
    links = page.get_by_test_id("mail").filter(has_text="enlace para entrar")
    before = links.count()
    desk = behind_the_link(page, "muestra@example.org", reference)
    desk.get_by_role("textbox").fill("muestra@example.org")
    desk.get_by_role("textbox").press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(es("desk.in.sent.title"))
    expect(links).to_have_count(before + 1, timeout=20_000)
    desk = behind_the_link(page, "muestra@example.org", "enlace para entrar")
    desk.get_by_role("button", name=es("desk.in.press")).click()
    desk.wait_for_url(f"**/desk/case/{reference}**")
    return desk


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_taken_written_to_answered_and_handed_back(opened: Opened, size: dict[str, int]) -> None:
    page = opened(DESK)
    reference = asked_for_a_call(page)
    desk = signed_in(page, reference)
    desk.set_viewport_size({"width": size["width"], "height": size["height"]})
    desk.get_by_role("button", name=es("desk.do.take")).click()
    expect(last(page, "sms")).to_contain_text(re.compile(rf"{reference}.*Muestra"), timeout=20_000)
    desk.locator("#text").fill("Le llamo mañana a las nueve.")
    expect(desk.locator("#parts")).to_have_text("1 SMS")
    nothing_found_there(desk)
    desk.get_by_role("button", name=es("desk.write.do"), exact=True).click()
    expect(last(page, "sms")).to_contain_text("Le llamo mañana a las nueve.", timeout=20_000)
    texted_in_silence(page, "muchas gracias")
    texted(page, "estado")
    expect(last(page, "sms")).to_contain_text(reference)
    desk.reload()
    expect(desk.locator(".thread")).to_contain_text("muchas gracias")
    expect(desk.locator(".thread")).not_to_contain_text("estado")
    nothing_found_there(desk)
    desk.get_by_role("button", name=es("desk.write.back")).click()
    expect(last(page, "sms")).to_contain_text(re.compile("Batea", re.IGNORECASE), timeout=20_000)
    texted(page, "1")
    desk.reload()
    expect(desk.locator(".thread .heard")).to_have_count(1)


def texted_in_silence(page: Page, word: str) -> None:
    """What is sent while staff hold the conversation is answered by nobody."""
    theirs = page.get_by_test_id("sms-theirs").count()
    page.get_by_test_id("sms-text").fill(word)
    page.get_by_test_id("sms-send").click()
    expect(page.get_by_test_id("sms-mine").last).to_contain_text(word)
    page.wait_for_timeout(1500)
    assert page.get_by_test_id("sms-theirs").count() == theirs
