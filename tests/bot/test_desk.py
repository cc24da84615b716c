from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette

from bot.contacts import Contact, Contacts
from bot.desk.pages import Desk, routes
from bot.referral.draft import draft, kept, read_draft
from bot.referral.links import DAYS, Links, Ticket
from bot.referral.store import Opening, ReferralStore
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, REFERENCE, TEXTS, consenting, good

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.store import Page
    from tests.bot.cases import Answers
    from tests.conftest import Clock

URL = "https://batea.example.org"
LEAD = Contact(name="Lead", role="lead", mail="lead@example.org", languages=("es",))
OFFICE = Contact(name="Office", role="staff", mail="office@example.org", languages=("en",))
GUARD = Contact(name="Guard", role="protection", mail="guard@example.org", languages=("es",))
SPEAKING = {
    "es": ("Lead", "Guard"),
    "en": ("Office", "Guardian"),
    "fr": ("Bureau", "Gardien"),
    "pt": ("Escritório", "Guardião"),
}
GUARD_EN = Contact(name="Guardian", role="protection", mail="guardian@example.org", languages=("en",))
OTHERS = tuple(
    contact
    for locale in ("fr", "pt")
    for contact in (
        Contact(name=SPEAKING[locale][0], role="staff", mail=f"staff.{locale}@example.org", languages=(locale,)),
        Contact(name=SPEAKING[locale][1], role="protection", mail=f"care.{locale}@example.org", languages=(locale,)),
    )
)


@dataclass
class Visitor:
    """Somebody with a browser, and the case they look at."""

    desk: Desk
    browser: httpx.AsyncClient
    clock: Clock

    async def keep(self, answers: Answers, *, turn: int = 60, private: bool = True, channel: str = "sms") -> None:
        address = cases.PHONE if channel == "sms" else "987654321"
        found = read_draft(
            draft(cases.session(answers, turn=turn, private=private), channel, address, self.clock(), Pace())
        )
        await self.desk.store.keep(kept(found, CHECKLIST))

    def path(self, page: Page, contact: str) -> str:
        return self.desk.links.url(page, Ticket(REFERENCE, contact)).removeprefix(URL)

    async def open(self, page: Page, contact: str) -> httpx.Response:
        return await self.browser.get(self.path(page, contact))

    async def text(self, page: Page, contact: str) -> str:
        """What the page says, without its own record of openings."""
        found = await self.open(page, contact)
        assert found.status_code == 200
        return unescape(found.text)


@pytest.fixture
async def visitor(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Visitor]:
    store = ReferralStore(database, vault)
    links = Links(["key"], URL, clock)
    contacts = Contacts((LEAD, OFFICE, GUARD, GUARD_EN, *OTHERS))
    desk = Desk(store, contacts, TEXTS, {cases.VERSION: CHECKLIST}, links, clock)
    app = httpx.ASGITransport(Starlette(routes=routes(desk)))
    async with httpx.AsyncClient(transport=app, base_url=URL) as browser:
        yield Visitor(desk, browser, clock)


def found_in(text: str, words: tuple[str, ...] | list[str]) -> list[str]:
    return [word for word in words if word in text]


def openings_in(html: str) -> list[tuple[str, str, str]]:
    return re.findall(r"<tr><td>([^<]*UTC)</td><td>(\w+)</td><td>([^<]*)</td></tr>", html)


def without_openings(html: str) -> str:
    return html[: html.rindex("<table>")]


async def test_staff_see_who_it_is_how_to_reach_them_and_every_answer(visitor: Visitor) -> None:
    await visitor.keep(consenting(good(records="no", legal_title="provisional")))
    text = await visitor.text("staff", "Lead")
    said = [cases.NAME, cases.ORGANISATION, cases.PLACE, "+57 300 9998877", cases.NOTE, "Colombia", "español"]
    said += [TEXTS.get("es", "reach.only_batea"), TEXTS.get("es", "records.gap"), TEXTS.get("es", "records.ask")]
    said += [TEXTS.get("es", "records.no"), TEXTS.get("es", "legal_title.provisional"), "2026-11"]
    said += [TEXTS.get("es", "report.caution"), *TEXTS.get("es", "report.arm.close_gaps").split("\n")]
    assert [one for one in said if one not in text] == []


async def test_every_question_that_was_asked_stands_on_the_page_with_its_answer(visitor: Visitor) -> None:
    answers = consenting(good())
    await visitor.keep(answers)
    text = await visitor.text("staff", "Office")
    for item in CHECKLIST.items.values():
        if item.sensitive or item.gold or item.when:
            continue
        assert TEXTS.get("en", f"{item.id}.ask") in text or TEXTS.get("en", f"{item.id}.ask.river") in text
        if item.kind == "one":
            assert TEXTS.get("en", f"{item.id}.{answers[item.id]}") in text


async def test_staff_see_no_gold_figure_and_nothing_private(visitor: Visitor) -> None:
    await visitor.keep(consenting(good(gold_month=cases.GOLD, scale="right") | cases.secrets("yes")))
    for contact, locale in (("Lead", "es"), ("Office", "en")):
        text = await visitor.text("staff", contact)
        assert found_in(text, list(cases.FIGURES)) == []
        assert found_in(text, cases.sensitive_words(locale)) == []
        assert TEXTS.get(locale, "report.gold.above") in text


async def test_not_even_the_band_of_gold_that_was_chosen_is_shown(visitor: Visitor) -> None:
    await visitor.keep(consenting(good(gold_month="unknown", gold_band="over_5", scale="right")))
    text = await visitor.text("staff", "Lead")
    assert TEXTS.get("es", "gold_band.over_5") not in text
    assert TEXTS.get("es", "report.gold.above") in text


async def test_the_staff_page_does_not_change_with_what_was_answered_or_agreed_to_in_private(visitor: Visitor) -> None:
    pages = set()
    wishes: list[Answers] = [cases.secrets("yes"), cases.secrets("no"), {}, {"send_private": "no"}]
    for turn, said in enumerate(wishes, 60):
        await visitor.keep(consenting(good()) | said, turn=turn)
        pages.add(without_openings((await visitor.open("staff", "Lead")).text))
    assert len(pages) == 1


async def test_protection_sees_what_was_answered_in_private_and_the_private_result(visitor: Visitor) -> None:
    await visitor.keep(consenting(good() | cases.secrets("yes")))
    text = await visitor.text("protection", "Guard")
    said = [TEXTS.get("es", f"{name}.ask") for name in cases.SENSITIVE]
    said += [TEXTS.get("es", "children.yes"), TEXTS.get("es", "children.gap"), TEXTS.get("es", "protected_area.arm")]
    said += [TEXTS.get("es", "desk.result.close_gaps"), TEXTS.get("es", "desk.result.apply_now"), cases.NAME]
    assert [one for one in said if one not in text] == []


async def test_a_wish_to_talk_about_security_is_not_shown_as_a_statement(visitor: Visitor) -> None:
    await visitor.keep(consenting(good() | cases.secrets("no") | {"security_talk": "yes"}))
    text = await visitor.text("protection", "Guardian")
    assert "Asked to talk about security. It is not a statement." in text
    assert TEXTS.get("en", "security_talk.yes") not in text
    assert TEXTS.get("en", "desk.result.close_gaps") not in text


@pytest.mark.parametrize("wish", [{"send_private": "no"}, {"send": "no"}, {"send": "no", "call_back": "no"}])
async def test_a_private_consent_that_was_taken_back_closes_that_page(visitor: Visitor, wish: Answers) -> None:
    await visitor.keep(consenting(good() | cases.secrets("yes")), turn=60)
    await visitor.keep(consenting(good() | cases.secrets("yes"), **wish), turn=61)
    text = await visitor.text("protection", "Guard")
    assert found_in(text, cases.sensitive_words("es")) == []
    assert found_in(text, list(cases.PERSONAL)) == []
    assert TEXTS.get("es", "desk.withdrawn") in text


async def test_a_consent_that_was_taken_back_empties_the_staff_page(visitor: Visitor) -> None:
    await visitor.keep(consenting(good()), turn=60)
    await visitor.keep(consenting(good(), send="no", call_back="no"), turn=61)
    text = await visitor.text("staff", "Lead")
    assert found_in(text, list(cases.PERSONAL)) == []
    assert TEXTS.get("es", "report.caution") not in text


@pytest.mark.parametrize("wish", [{"call_back": "no"}, {"call_how": "not_safe"}])
async def test_no_telephone_is_shown_that_must_not_ring(visitor: Visitor, wish: Answers) -> None:
    await visitor.keep(consenting(good() | cases.secrets("no"), **wish))
    pages: list[tuple[Page, str]] = [("staff", "Lead"), ("protection", "Guard")]
    for page, contact in pages:
        text = await visitor.text(page, contact)
        assert found_in(text, ["9998877", "tel:", cases.NOTE]) == []
        assert cases.NAME in text


async def test_a_request_to_talk_shows_how_to_call_and_no_answer(visitor: Visitor) -> None:
    await visitor.keep(consenting(good(), send="no"))
    text = await visitor.text("staff", "Lead")
    assert 'href="tel:+573009998877"' in text
    assert found_in(text, [cases.NAME, cases.ORGANISATION, cases.PLACE, TEXTS.get("es", "records.ask")]) == []


async def test_a_person_on_telegram_has_no_number_to_dial(visitor: Visitor) -> None:
    await visitor.keep(consenting(good()), channel="telegram")
    text = await visitor.text("staff", "Lead")
    assert "Chat 987654321 de Telegram" in text
    assert "tel:" not in text


async def test_staff_are_warned_not_to_contact_the_organisation_of_a_worker(visitor: Visitor) -> None:
    await visitor.keep(consenting(good(role="worker")))
    warning = TEXTS.get("es", "report.arm.no_contact")
    assert warning in await visitor.text("staff", "Lead")
    assert warning in await visitor.text("protection", "Guard")


async def test_what_was_typed_is_shown_as_text(visitor: Visitor) -> None:
    await visitor.keep(consenting(good(), name="<script>alert(1)</script>", call_note='"><img src=x>'))
    html = (await visitor.open("staff", "Lead")).text
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


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


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("answers", [cases.every_gap(), cases.all_unknown(), {"role": "leader"}, {}])
async def test_whatever_was_answered_there_is_a_page(visitor: Visitor, answers: Answers, locale: str) -> None:
    await visitor.keep(consenting(answers))
    staff, guard = SPEAKING[locale]
    assert 'lang="' + locale in await visitor.text("staff", staff)
    assert TEXTS.get(locale, "desk.not_answered") in await visitor.text("protection", guard)
