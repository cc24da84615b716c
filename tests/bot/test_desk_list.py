from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from bot.desk.filtering import address, filters, page_number
from bot.referral.index import Filters
from tests.bot import cases
from tests.bot.cases import LOCALES, TEXTS, consenting, good, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, URGENT, drafted
from tests.bot.desking import BEN, Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.draft import Draft
    from tests.conftest import Clock

DAY = 24 * 3600
ROW = re.compile(r'<th scope="row"><a href="/desk/case/([^"]+)"')


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


def named(number: int, **said: str) -> Draft:
    """A case of somebody else, elsewhere."""
    own = {"name": f"Rosa N{number}", "organisation": f"Grupo N{number}", "place": f"Vereda N{number}"}
    return drafted(number, ALL | own | said, address=f"+5730011122{number:02d}")


def rows(page: str) -> list[str]:
    return ROW.findall(page)


async def test_each_sees_their_countries_leads_see_all_and_nobody_else_a_quiet_call(front: Front) -> None:
    here, there = named(1), named(2, country="PE")
    quiet = drafted(3, consenting({"country": "CO"}, send="no"), quiet=True, address="+573001110003")
    await front.cabinet.keep(here, there, quiet)
    seen = {}
    for contact in (STAFF, LEAD, GUARD, BEN):
        seen[contact.name] = set(rows(await (await front.signed_in(contact)).get("/desk")))
    both = {here.reference, there.reference}
    assert seen == {"Ana": {here.reference}, "Jefa": both, "Ben": both, "Luz": {here.reference, quiet.reference}}


async def test_a_row_says_how_urgent_it_is_by_when_where_what_and_who_has_it(front: Front) -> None:
    draft = named(1)
    await front.cabinet.keep(draft)
    jefa = await front.signed_in(LEAD)
    await jefa.open(draft)
    await jefa.do(draft, "take")
    page = await jefa.get("/desk")
    said = ["A", TEXTS.get("es", "desk.letter.A"), TEXTS.get("es", "desk.due.left", count=5), "Colombia", "español"]
    said += [TEXTS.get("es", "desk.result.apply_now"), TEXTS.get("es", "desk.state.taken"), "Jefa"]
    assert [one for one in said if one not in page] == []


async def test_what_is_late_is_said_in_words_until_somebody_has_called(front: Front) -> None:
    draft = named(1)
    await front.cabinet.keep(draft)
    front.clock.advance(8 * DAY)
    ana = await front.signed_in(STAFF)
    late = TEXTS.get("es", "desk.due.late", count=3)
    assert late in await ana.get("/desk")
    assert rows(await ana.get("/desk?late=1")) == [draft.reference]
    await ana.open(draft)
    await ana.do(draft, "take")
    await ana.do(draft, "contacted")
    assert late not in await ana.get("/desk")
    assert rows(await ana.get("/desk?late=1")) == []


async def test_no_name_and_no_number_is_in_the_list(front: Front) -> None:
    await front.cabinet.keep(drafted(1, ALL | URGENT))
    for contact in (STAFF, LEAD, GUARD):
        page = await (await front.signed_in(contact)).get("/desk")
        assert rows(page) == [drafted(1).reference]
        assert [one for one in (*cases.PERSONAL, *cases.sensitive_words("es")) if one in page] == []


async def test_only_protection_sees_that_something_private_is_urgent(front: Front) -> None:
    await front.cabinet.keep(drafted(1, ALL | URGENT))
    private = f'<b class="letter">P</b> <span>{TEXTS.get("es", "desk.letter.P")}'
    for contact, told in ((STAFF, False), (LEAD, False), (GUARD, True)):
        assert (private in await (await front.signed_in(contact)).get("/desk")) is told


@pytest.mark.parametrize("text", ["2200-000c", "22OO 000C", "nueva LUZ", "rosa", "Pérez", "perez nueva"])
async def test_search_by_reference_and_by_whole_words_of_name_and_organisation(front: Front, text: str) -> None:
    wanted = named(2, name="Rosa Pérez", organisation="Coop. Nueva Luz")
    await front.cabinet.keep(named(1, name="Ana Gil"), wanted)
    ana = await front.signed_in(STAFF)
    assert rows(await ana.get(f"/desk?text={text}")) == [wanted.reference]
    assert rows(await ana.get("/desk?text=ros")) == []


async def test_filters_stand_in_the_address_and_in_the_form(front: Front) -> None:
    gaps = drafted(1, consenting(good(records="no") | secrets("no")), address="+573001110001")
    fine = drafted(2, address="+573001110002")
    await front.cabinet.keep(gaps, fine)
    ana = await front.signed_in(STAFF)
    for query in ("letter=B", "result=close_gaps", "letter=B&state=new&country=CO&language=es&holder=-"):
        page = await ana.get(f"/desk?{query}")
        assert rows(page) == [gaps.reference]
        assert "<details open>" in page
        assert f'href="/desk/export?{address(filters(dict(part.split("=") for part in query.split("&"))))}"' in page
    assert rows(await ana.get("/desk?state=closed")) == []
    assert '<option value="B" selected>' in await ana.get("/desk?letter=B")
    assert len(rows(await ana.get("/desk?letter=nonsense&page=99"))) == 2


async def test_fifty_to_a_page_and_the_next_page_keeps_the_filters(front: Front) -> None:
    await front.cabinet.keep(*(named(number) for number in range(1, 53)))
    ana = await front.signed_in(STAFF)
    first = await ana.get("/desk?state=new")
    assert len(rows(first)) == 50
    link = re.search(r'rel="next" href="([^"]+)"', ana.page)
    assert link
    second = await ana.get(unescape(link[1]))
    assert len(rows(second)) == 2
    assert not set(rows(first)) & set(rows(second))
    assert 'rel="prev" href="/desk?state=new"' in second


async def test_a_first_load_is_small(front: Front) -> None:
    await front.cabinet.keep(*(named(number) for number in range(1, 53)))
    ana = await front.signed_in(STAFF)
    loads = ("/desk", "/static/desk.css", "/static/vendor/simple.min.css", "/static/try.svg")
    assert sum([len((await ana.browser.get(path)).content) for path in loads]) < 100_000


async def test_possible_repeats_are_pointed_out(front: Front) -> None:
    number, place, other = named(1), named(2), named(3)
    again = drafted(4, ALL | {"organisation": "Grupo N2", "place": "Vereda N2"}, address="+573001112201")
    await front.cabinet.keep(number, place, other, again)
    page = await (await front.signed_in(STAFF)).get("/desk")
    [row] = [one for one in page.split("<tr") if f'"row"><a href="/desk/case/{again.reference}' in one]
    assert (number.reference in row, place.reference in row, other.reference in row) == (True, True, False)


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_list_speaks_the_language_that_was_chosen_and_keeps_it(front: Front, locale: str) -> None:
    await front.cabinet.keep(named(1))
    ana = await front.signed_in(STAFF)
    await ana.get(f"/desk?lang={locale}")
    page = await ana.get("/desk")
    assert f'<html lang="{locale}"' in page
    assert TEXTS.get(locale, "desk.state.new") in page


async def test_the_language_of_the_page_and_that_of_the_cases_are_two_things(front: Front) -> None:
    await front.cabinet.keep(named(1))
    ana = await front.signed_in(STAFF)
    page = await ana.get("/desk?language=fr")
    assert rows(page) == []
    assert '<html lang="es"' in await ana.get("/desk?language=es")
    assert '<option value="fr" selected>' in page
    assert 'href="/desk?language=fr&lang=en"' in page
    page = await ana.get("/desk?lang=en")
    assert '<html lang="en"' in page
    assert rows(page) == [named(1).reference]
    assert "<details open>" not in page


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, Filters()),
        ({"text": "  oro ", "late": "1"}, Filters(text="oro", late=True)),
        ({"letter": "X", "holder": "-"}, Filters(letter="X", holder="")),
        ({"letter": "Q", "state": "", "late": "no"}, Filters()),
        ({"country": "CO", "language": "es", "result": "find_out"}, Filters("", None, None, "CO", "es", "find_out")),
    ],
)
def test_an_address_asks_for_what_its_filters_say(query: dict[str, str], wanted: Filters) -> None:
    assert filters(query) == wanted
    again = dict(part.split("=") for part in address(wanted).split("&") if part)
    assert filters(again) == wanted


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("0", 1), ("7", 7), ("-1", 1), ("²", 1), ("9" * 99, 100_000)])
def test_which_page_is_asked_for(asked: str, number: int) -> None:
    assert page_number({"page": asked}) == number
