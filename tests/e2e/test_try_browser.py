"""`batea run` as people start it, and `/try` in a real Chromium: on a desk, a phone, by keyboard, without scripts."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import DESK, LAST, PHONE, Opened, last, settled, text_by_keys
from tests.e2e.looking import nothing_found_there

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

REFERENCE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
WRITTEN = {
    "country": "Colombia",
    "gold": "90 grams",
    "the hour": "300 123 4567 at 6 pm",
    "name": "Ana Ruiz, Coop La Esperanza, El Alto",
    "": "20",
}
"""What is written where nothing can be tapped, by a word of the question."""
HEIGHT = "document.documentElement.scrollHeight"


def test_by_sms_to_the_mail_and_signed_in_to_the_case_behind_its_link(opened: Opened) -> None:
    page = opened(DESK)
    page.get_by_test_id("sms-text").fill("hola")
    text_by_keys(page)
    for _ in range(2):
        text_by_keys(page, "1")
    expect(last(page, "sms").get_by_test_id("parts")).to_have_text("1 SMS")
    page.get_by_test_id("sms-text").fill("persona")
    text_by_keys(page)
    for _ in range(2):
        text_by_keys(page, "1")
    [reference] = REFERENCE.findall(page.get_by_test_id("sms-log").inner_text())
    expect(page.get_by_test_id("sms-sent")).to_have_text("6")
    desk = behind_the_link(page, "muestra@example.org", reference)
    desk.get_by_role("textbox").fill("muestra@example.org")
    desk.get_by_role("textbox").press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Mire su correo")
    desk = behind_the_link(page, "muestra@example.org", "enlace para entrar")
    desk.get_by_role("button", name="Entrar").click()
    desk.wait_for_url(f"**/desk/case/{reference}")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(reference)
    expect(desk.get_by_role("heading", level=2).first).to_be_visible()
    for one in (page, desk):
        nothing_found_there(one)


def behind_the_link(page: Page, to: str, about: str) -> Page:
    """Back at the mailbox the newest such mail is opened, and its link to the desk."""
    page.bring_to_front()
    page.get_by_test_id("mail").filter(has_text=to).filter(has_text=about).first.click()
    expect(page.get_by_test_id("letter-subject")).to_contain_text(about)
    with page.context.expect_page() as opening:
        page.frame_locator("[data-testid=letter-html]").locator("a[href*='/desk/']").first.click()
    return opening.value


def test_by_taps_through_a_whole_assessment_on_a_phone(opened: Opened) -> None:
    page = opened(PHONE, "en-GB")
    nothing_found_there(page)
    page.get_by_test_id("tab-telegram").tap()
    expect(page.get_by_test_id("sms-log")).to_be_hidden()
    page.get_by_test_id("telegram-start").tap()
    shown = settled(page, "telegram", "")
    for _ in range(90):
        if mail_of(page).count():
            break
        answer(page)
        shown = settled(page, "telegram", shown)
    expect(page.get_by_test_id("picture").first).to_have_js_property("complete", value=True)
    assert page.get_by_test_id("picture").first.evaluate("image => image.naturalWidth") > 300
    nothing_found_there(page)
    page.get_by_test_id("tab-mail").tap()
    mail_of(page).tap()
    expect(page.get_by_test_id("letter-subject")).to_contain_text(REFERENCE)
    paper = page.get_by_test_id("attachment").get_attribute("href") or ""
    assert page.request.get(f"{opened.url}{paper}").body().startswith(b"%PDF")
    nothing_found_there(page)


def mail_of(page: Page) -> Locator:
    """The staff's newest mail about the Telegram phone's case; the protection contact gets one at the same time."""
    found = REFERENCE.findall(page.get_by_test_id("telegram-log").text_content() or "")
    about = page.get_by_test_id("mail").filter(has_text=found[-1] if found else "no reference yet")
    return about.filter(has_text="sample@example.org").first


def answer(page: Page) -> None:
    """Tap the first option of the last question; where it has none, write something that serves."""
    options = last(page, "telegram").locator("button[value$='|1']")
    done = last(page, "telegram").locator("button[value$='|ok']")
    if done.count() and "☑" in options.first.inner_text():
        done.tap()
    elif options.count():
        asked = page.get_by_test_id("telegram-theirs").evaluate_all(LAST)
        options.first.tap()
        if done.count():
            expect(page.locator(f"#{asked} button[value$='|1']")).to_contain_text("☑")
            page.locator(f"#{asked} button[value$='|ok']").tap()
    else:
        asked = last(page, "telegram").inner_text()
        page.get_by_test_id("telegram-text").fill(next(said for word, said in WRITTEN.items() if word in asked))
        page.get_by_test_id("telegram-send").tap()


def test_by_keyboard_alone(opened: Opened) -> None:
    page = opened(DESK)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Ir a los teléfonos")).to_be_focused()
    page.get_by_label("Su mensaje SMS").focus()
    page.keyboard.type("hola")
    page.keyboard.press("Enter")
    settled(page, "sms", "")
    expect(page.get_by_label("Su mensaje SMS")).to_be_focused()
    expect(page.get_by_label("Su mensaje SMS")).to_have_value("")
    page.get_by_role("button", name="Iniciar").focus()
    page.keyboard.press("Enter")
    shown = settled(page, "telegram", "")
    last(page, "telegram").get_by_test_id("button").first.focus()
    page.keyboard.press("Enter")
    settled(page, "telegram", shown)
    expect(page.get_by_role("log", name="Mensajes de Telegram con Batea")).to_be_focused()


def test_the_end_of_a_long_log_is_in_sight(opened: Opened) -> None:
    page = opened(DESK)
    height = page.evaluate(HEIGHT)
    page.get_by_test_id("sms-text").fill("hola")
    text_by_keys(page)
    for _ in range(3):
        text_by_keys(page, "1")
    log = page.get_by_test_id("sms-log")
    assert log.evaluate("log => log.scrollHeight > log.clientHeight")
    assert page.evaluate(HEIGHT) == height
    expect(last(page, "sms").get_by_test_id("parts")).to_be_in_viewport()
    page.reload()
    expect(last(page, "sms").get_by_test_id("parts")).to_be_in_viewport()


def test_keys_write_and_erase(opened: Opened) -> None:
    page = opened(DESK)
    for key in ("1", "space", "3", "?", "0"):
        page.get_by_test_id(f"key-{key}").click()
    page.get_by_test_id("sms-erase").click()
    expect(page.get_by_test_id("sms-text")).to_have_value("1 3?")


def test_what_could_not_be_sent_is_not_lost(opened: Opened) -> None:
    page = opened(DESK)
    page.route("**/try/sms/text", lambda route: route.fulfill(status=503))
    page.get_by_test_id("sms-text").fill("hola")
    page.get_by_test_id("sms-send").click()
    expect(page.get_by_test_id("trouble")).to_be_visible()
    expect(page.get_by_test_id("sms-text")).to_have_value("hola")
    page.unroute("**/try/sms/text")
    text_by_keys(page)
    expect(page.get_by_test_id("trouble")).to_be_hidden()
    opened.complaints = [said for said in opened.complaints if "503" not in said]


def test_another_phone_and_another_language(opened: Opened) -> None:
    page = opened(DESK)
    page.get_by_test_id("lang-en").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Try Batea")
    page.get_by_label("Country of the number").select_option("PE")
    page.get_by_test_id("sms-new").click()
    expect(page.get_by_test_id("sms-number")).to_contain_text("+51 9")
    expect(page.get_by_role("heading", level=1)).to_have_text("Try Batea")


def test_without_scripts_the_page_still_serves(opened: Opened) -> None:
    page = opened(DESK, scripts=False)
    page.get_by_test_id("sms-text").fill("hola")
    page.get_by_test_id("sms-send").click()
    expect(page.get_by_test_id("sms-mine")).to_have_count(1)
    deadline = time.monotonic() + 10
    while not page.get_by_test_id("sms-theirs").count():
        assert time.monotonic() < deadline
        page.reload()
