"""`/try` opened in a real Chromium, and what hands and eyes do there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 780}
LAST = "els => els.length ? els.at(-1).id : ''"


class Opened:
    """Opens `/try`, each time as somebody new."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self.chromium = chromium
        self.url = url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, size: dict[str, int], locale: str = "es-CO", *, scripts: bool = True) -> Page:
        """The page."""
        context = self.chromium.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale=locale,
            java_script_enabled=scripts,
            has_touch=size == PHONE,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(error.message))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith(self.url) else self.complaints.append(asked.url))
        page.goto(f"{self.url}/try")
        return page

    def close(self) -> None:
        """Everybody leaves."""
        for context in self.contexts:
            context.close()


def last(page: Page, phone: str) -> Locator:
    """Batea's last message on a phone."""
    return page.get_by_test_id(f"{phone}-theirs").last


def settled(page: Page, phone: str, before: str) -> str:
    """The id of the last message, once there is a new one that has buttons, or that none has followed for a while."""
    messages = page.get_by_test_id(f"{phone}-theirs")
    deadline = time.monotonic() + 20
    found, since = before, time.monotonic()
    while found == before or (time.monotonic() - since < 0.5 and not page.locator(f"#{found} button").count()):
        assert time.monotonic() < deadline, f"nothing after {last(page, phone).inner_text()}"
        now = str(messages.evaluate_all(LAST))
        found, since = (found, since) if now == found else (now, time.monotonic())
        page.wait_for_timeout(50)
    return found


def text_by_keys(page: Page, *keys: str) -> None:
    """Press keys of the basic phone, send, and wait for the answer."""
    before = str(page.get_by_test_id("sms-theirs").evaluate_all(LAST))
    for key in keys:
        page.get_by_test_id(f"key-{key}").click()
    page.get_by_test_id("sms-send").click()
    settled(page, "sms", before)
