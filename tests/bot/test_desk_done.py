"""After an action the page comes back at the place, and says what was done; what is only posted leads to the page."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from flows.events import HandedBack, StaffWrote
from flows.session import Hold
from tests.bot.casework import ALL, LEAD, STAFF, drafted
from tests.bot.desking import Front, desk_front
from tests.bot.writing import DRAFT, es, said, stands, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.store import Store
    from tests.bot.desking import Person
    from tests.conftest import Clock

CASE = f"/desk/case/{DRAFT.reference}"


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        await found.cabinet.keep(DRAFT)
        yield found


def line(text: str) -> str:
    return f'<p class="done" role="status">{text}</p>'


async def pressed(person: Person, what: str, **fields: str) -> str:
    """Where the button leads to; then that page is shown."""
    await person.open(DRAFT)
    await person.post(f"{CASE}/{what}", 303, **fields)
    to = person.location
    await person.get(to.partition("#")[0])
    return to


@pytest.mark.parametrize(
    ("what", "fields", "place"),
    [
        ("take", {}, "main"),
        ("contacted", {}, "main"),
        ("assign", {"holder": "Ben"}, "main"),
        ("note", {"note": "Llamar el lunes"}, "notes"),
        ("close", {"outcome": "talked"}, "main"),
        ("reopen", {}, "main"),
    ],
)
async def test_it_comes_back_at_the_place_and_says_what_was_done(
    front: Front, what: str, fields: dict[str, str], place: str
) -> None:
    jefa = await front.signed_in(LEAD)
    for before in {"contacted": ("take",), "reopen": ("take", "close")}.get(what, ()):
        await pressed(jefa, before, outcome="talked")
    assert await pressed(jefa, what, **fields) == f"{CASE}?done={what}#{place}"
    page = unescape(jefa.page)
    assert line(es(f"desk.done.{what}", who="Ben")) in page
    assert page.count('class="done"') == 1
    assert f'id="{place}"' in page


async def test_what_was_written_is_on_its_way_and_so_is_the_conversation_until_it_is_back(
    front: Front, store: Store
) -> None:
    await stands(store, held=Hold(front.clock() + 60, DRAFT.reference, "Ana", 1))
    ana = await front.signed_in(STAFF)
    await pressed(ana, "take")
    await ana.open(DRAFT)
    await write(ana, text="Bonjour")
    assert ana.location == f"{CASE}?done=write#talking"
    assert line(es("desk.done.write")) in unescape((await ana.browser.get(ana.location)).text)
    await write(ana, what="back")
    assert line(es("desk.done.back.soon")) in unescape((await ana.browser.get(f"{CASE}?done=back")).text)
    assert [type(one) for one in await said(front)] == [StaffWrote, HandedBack]


async def test_nothing_is_said_that_is_not_so(front: Front) -> None:
    ana = await front.signed_in(STAFF)
    for done in ("take", "contacted", "close", "reopen", "assign", "made_up", ""):
        assert 'class="done"' not in await ana.get(f"{CASE}?done={done}")
    await ana.open(DRAFT)
    await ana.post(f"{CASE}/note", note=" ")
    assert ana.location == CASE


@pytest.mark.parametrize("name", ["number", "guard", "note", "take", "close", "write", "back", "parts"])
async def test_what_is_only_posted_leads_to_the_page_of_the_case(front: Front, name: str) -> None:
    ana = await front.signed_in(STAFF)
    await ana.get(f"{CASE}/{name}?lang=fr", 303)
    assert ana.location == f"{CASE}?lang=fr"
    assert await front.cabinet.trail.of(DRAFT.reference) == ()


@pytest.mark.parametrize("name", ["in", "out"])
async def test_signing_in_and_out_looked_at_leads_to_the_list(front: Front, name: str) -> None:
    person = front.person()
    await person.get(f"/desk/{name}", 303)
    assert person.location == "/desk"


async def test_times_are_told_to_the_minute(front: Front) -> None:
    other = drafted(2, ALL, address="+573001110002")
    await front.cabinet.keep(other)
    ana = await front.signed_in(STAFF)
    await ana.open(other)
    assert "<td>15 ene 2027, 8:00 UTC</td>" in await ana.open(other)
