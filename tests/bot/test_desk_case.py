from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.case import OUTCOMES
from tests.bot import cases
from tests.bot.cases import TEXTS, consenting, good, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, drafted
from tests.bot.desking import AFAR, BEN, Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.bot.cases import Answers
    from tests.conftest import Clock

MASKED, NUMBER = "+57 ••• •••••77", "+57 300 9998877"
QUIET = consenting({"country": "CO"}, send="no")


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


def es(key: str, **params: object) -> str:
    return TEXTS.get("es", key, **params)  # type: ignore[arg-type] # parameters of a text, and no count


def absent(page: str, *said: str) -> list[str]:
    return [one for one in said if one not in page]


async def test_the_page_begins_with_what_to_do_by_when_and_how(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(STAFF)).open(draft)
    top = page[: page.index('<nav class="jump"')]
    said = [es("desk.next.take"), es("desk.next.call_batea.due", day="20 de enero de 2027"), es("reach.only_batea")]
    said += [es("desk.promise", day="20 de enero de 2027"), cases.NOTE, MASKED, es("desk.do.take")]
    assert absent(top, *said) == []


async def test_the_page_says_who_speaks_what_is_there_and_how_sure_it_is(front: Front) -> None:
    draft = drafted(
        1, consenting(good(records="no", production_map="unknown", legal_title="provisional") | secrets("no"))
    )
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(STAFF)).open(draft)
    said = [
        cases.NAME,
        cases.ORGANISATION,
        cases.PLACE,
        es("report.fact.role"),
        es("report.role.leader"),
        es("report.section.environment"),
        es("organised.cooperative"),
        "<dd>30</dd>",
    ]
    said += [
        es("mine_type.river"),
        es("desk.how.alone"),
        es("records.gap"),
        es("legal_title.arm"),
        es("production_map.who"),
    ]
    said += [es("report.fact.ecological"), es("report.arm.close_gaps").split("\n")[0], es("desk.paper.said")]
    said += [es("desk.paper.lacks"), es("desk.paper.ask"), es("desk.paper.unknown"), es("records.ask")]
    assert absent(page, *said) == []


async def test_the_number_is_masked_until_it_is_asked_for_and_that_is_on_record(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    page = await ana.open(draft)
    assert "9998877" not in page
    assert "3009998877" not in page
    assert f'<a href="tel:{cases.PHONE}">{NUMBER}</a>' in await ana.do(draft, "number", 200)
    assert "9998877" not in await ana.open(draft)
    done = sorted((entry.who, entry.what) for entry in await front.cabinet.trail.of(draft.reference))
    assert done == [("Ana", "number"), ("Ana", "open"), ("Ana", "open")]


@pytest.mark.parametrize("wish", [{"call_back": "no"}, {"call_how": "not_safe"}])
async def test_no_number_is_had_that_must_not_ring(front: Front, wish: Answers) -> None:
    draft = drafted(1, ALL | wish)
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    page = await ana.open(draft)
    assert absent(page, MASKED, es("desk.reveal"), cases.NOTE) == [MASKED, es("desk.reveal"), cases.NOTE]
    assert NUMBER not in await ana.do(draft, "number", 404)


async def test_a_case_is_taken_called_noted_closed_and_opened_again(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    await ana.open(draft)
    assert absent(await ana.do(draft, "take"), es("desk.held", who="Ana"), es("desk.next.called")) == []
    assert es("desk.next.follow") in await ana.do(draft, "contacted")
    assert "Vuelven a hablar el lunes" in await ana.do(draft, "note", note="Vuelven a hablar el lunes")
    closed = await ana.do(draft, "close", outcome="works_on_it", note="Va bien")
    assert (
        absent(closed, es("desk.state.closed"), es("desk.outcome.works_on_it"), "Va bien", es("desk.next.closed")) == []
    )
    again = await ana.do(draft, "reopen")
    assert es("desk.held", who="Ana") in again
    closing = es("desk.did.close.with", outcome=es("desk.outcome.works_on_it"))
    assert f"<td>{closing}: Va bien</td>" in again
    notes = again[again.index('<h2 id="notes">') : again.index('<h2 id="answers">')]
    assert absent(notes, "Va bien", f"Ana {closing}", "Vuelven a hablar el lunes") == []
    case = (await front.cabinet.held(draft.reference)).case
    assert [step.move for step in case.history] == ["take", "contacted", "close", "reopen"]


async def test_what_is_outside_the_scope_says_so_on_its_page_too(front: Front) -> None:
    draft = drafted(1, consenting(good(country="ES") | secrets("no")))
    await front.cabinet.keep(draft)
    page = await (await front.signed_in(LEAD)).open(draft)
    assert f'<b class="letter">X</b> {es("desk.letter.X")}' in page


async def test_a_case_is_not_closed_without_what_came_of_it(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    page = await ana.open(draft)
    assert absent(page, *(es(f"desk.outcome.{one}") for one in OUTCOMES)) == []
    for said in ({}, {"outcome": "made_up"}):
        assert es("desk.no_outcome") in await ana.do(draft, "close", 422, **said)
    assert (await front.cabinet.held(draft.reference)).case.state == "new"


async def test_of_two_who_take_it_the_second_is_told_who_was_quicker(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana, ben = await front.signed_in(STAFF), await front.signed_in(BEN)
    await ana.open(draft)
    await ben.open(draft)
    await ana.do(draft, "take")
    page = await ben.do(draft, "take", 409)
    assert TEXTS.get("en", "desk.quicker.take", who="Ana") in page
    assert TEXTS.get("en", "desk.next.other", who="Ana") in page
    assert TEXTS.get("en", "desk.do.take") not in page
    assert (await front.cabinet.held(draft.reference)).case.holder == "Ana"


async def test_what_moved_since_the_page_was_shown_is_not_moved_again(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    ana, ben = await front.signed_in(STAFF), await front.signed_in(BEN)
    await ben.open(draft)
    await ana.open(draft)
    await ana.do(draft, "take")
    await ana.do(draft, "contacted")
    assert TEXTS.get("en", "desk.quicker.contacted", who="Ana") in await ben.do(draft, "close", 409, outcome="not_now")


async def test_leads_give_a_case_to_who_may_take_it_and_staff_give_it_to_nobody(front: Front) -> None:
    draft = drafted(1)
    await front.cabinet.keep(draft)
    jefa, ben = await front.signed_in(LEAD), await front.signed_in(BEN)
    page = await jefa.open(draft)
    assert all(f"<option>{name}</option>" in page for name in ("Jefa", "Ana", "Ben"))
    assert not any(f"<option>{name}</option>" in page for name in (AFAR.name, GUARD.name))
    await jefa.do(draft, "assign", 404, holder=AFAR.name)
    await jefa.open(draft)
    assert es("desk.held", who="Ben") in await jefa.do(draft, "assign", holder="Ben")
    assert TEXTS.get("en", "desk.do.assign") not in await ben.open(draft)
    await ben.do(draft, "assign", 404, holder="Ana")


async def test_a_case_that_is_not_theirs_looks_like_none(front: Front) -> None:
    draft, quiet = drafted(1), drafted(2, QUIET, quiet=True)
    await front.cabinet.keep(draft, quiet)
    luis, jefa = await front.signed_in(AFAR), await front.signed_in(LEAD)
    pages = [await luis.open(draft, 404), await luis.open(quiet, 404), await luis.open(drafted(3), 404)]
    known = zip(pages, (draft, quiet, drafted(3)), strict=True)
    assert len({page.replace(one.reference, "") for page, one in known}) == 1
    assert not any(one in page for page in pages for one in (*cases.PERSONAL, es("desk.quiet")))
    await jefa.open(quiet, 404)
    for what in ("take", "number", "note", "close"):
        await luis.do(draft, what, 404, note="x", outcome="not_now")
    assert await front.cabinet.trail.of(draft.reference) == ()
