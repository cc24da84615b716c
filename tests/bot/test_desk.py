from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS, consenting, good
from tests.bot.visiting import SPEAKING, Visitor, found_in, visiting

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.store import Page
    from tests.bot.cases import Answers
    from tests.conftest import Clock


@pytest.fixture
async def visitor(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Visitor]:
    async with visiting(database, vault, clock) as somebody:
        yield somebody


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


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("answers", [cases.every_gap(), cases.all_unknown(), {"role": "leader"}, {}])
async def test_whatever_was_answered_there_is_a_page(visitor: Visitor, answers: Answers, locale: str) -> None:
    await visitor.keep(consenting(answers))
    staff, guard = SPEAKING[locale]
    assert 'lang="' + locale in await visitor.text("staff", staff)
    assert TEXTS.get(locale, "desk.not_answered") in await visitor.text("protection", guard)
