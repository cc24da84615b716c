"""What eyes, fingers and screen readers need of a page: axe finds nothing, nothing is cut, nothing goes sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.async_playwright import Axe
from axe_playwright_python.sync_playwright import Axe as PatientAxe

if TYPE_CHECKING:
    from playwright.async_api import ConsoleMessage, Page
    from playwright.sync_api import Page as PatientPage

SIZES = {"wide": (1280, 900), "phone": (360, 780)}
PAPER = (718, 1046)
"""An A4 sheet within its margins."""
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""All that axe looks for by itself, best practices too; and that fingers hit what they aim at (WCAG 2.2, 2.5.8)."""
CUT = """() => {
  const screen = document.documentElement;
  const clipped = e => getComputedStyle(e.closest("thead") ?? e).clipPath !== "none";
  const apart = e => clipped(e) || e.closest(".unseen, .skip, .log, textarea, select");
  const said = e => e.textContent.trim() && e.checkVisibility() && !apart(e);
  const end = e => (e.closest("svg") ?? screen).getBoundingClientRect().right + 1;
  const beyond = e => e.getBoundingClientRect().right > end(e);
  const overfull = e => !e.closest("svg") && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1;
  const cut = [...document.querySelectorAll("body *")].filter(said).filter(e => beyond(e) || overfull(e));
  const wider = screen.scrollWidth > screen.clientWidth ? [`${screen.scrollWidth} pixels`] : [];
  return [...wider, ...cut.map(e => e.outerHTML.slice(0, 160))];
}"""
"""What is wider than the screen, than the picture it is in, or than its own box."""


def complains(said: ConsoleMessage, pages: str) -> bool:
    """Whether a page is broken. That one of the `pages` (how their addresses begin) is refused is no fault of it."""
    refused = said.location["url"].startswith(pages) and "status of 4" in said.text
    return said.type in {"error", "warning"} and not refused


async def nothing_found(page: Page) -> None:
    """Axe finds nothing on the page; being a script it needs a page that may have some."""
    found = await Axe().run(page, options=RULES)
    assert not found.violations_count, found.generate_report()


async def uncut(page: Page) -> None:
    """Everything is on the screen, and whole."""
    cut = await page.evaluate(CUT)
    assert not cut, cut


def nothing_found_there(page: PatientPage) -> None:
    """The same, both of it, where a test does not await."""
    cut = page.evaluate(CUT)
    assert not cut, cut
    found = PatientAxe().run(page, options=RULES)
    assert not found.violations_count, found.generate_report()
