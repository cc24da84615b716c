"""Exports at the desk, by browser: what is filtered, who gets which, how far a long one is, what is on record."""

from __future__ import annotations

import asyncio
import csv
import io
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest
from openpyxl import load_workbook

from bot.desk import export_pages, exports
from bot.desk.export import Wording
from bot.desk.exports import KEPT_FOR, Asked, Exports, Lapsed
from bot.referral.index import Filters
from tests.bot import cases
from tests.bot.cases import CHECKLIST, TEXTS, VERSION, consenting, every_gap, secrets
from tests.bot.casework import ALL, GUARD, LEAD, STAFF, drafted
from tests.bot.desking import AFAR, FORM, Front, Person, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

HERE = drafted(1, consenting(every_gap(gold_month=cases.GOLD, scale="right") | secrets("yes")))
THERE = drafted(2, ALL | {"country": "PE"}, address="+51987654321")
QUIET = drafted(3, consenting({"country": "CO"}, send="no"), quiet=True, address="+573001110003")


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        await found.cabinet.keep(HERE, THERE, QUIET)
        yield found


async def asked(person: Person, query: str = "", **fields: str) -> str:
    """Where the form leads."""
    await person.get(f"/desk/export{query}")
    form = FORM.search(person.page)
    assert form
    given = {"form": form[1], "per": "referral", "words": "codes", "kind": "csv", **fields}
    origin = {"Origin": person.front.url}
    answer = await person.browser.post(f"/desk/export{query}", data=given, headers=origin)
    assert answer.status_code == 303
    return answer.headers["location"]


async def fetched(person: Person, query: str = "", **fields: str) -> httpx.Response:
    answer = await person.browser.get(await asked(person, query, **fields))
    assert answer.status_code == 200
    return answer


def references(raw: bytes) -> set[str]:
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    return {row[0] for row in read[1:]}


async def test_each_gets_their_countries_leads_all_and_nobody_a_quiet_call(front: Front) -> None:
    seen = {}
    for contact in (STAFF, LEAD, AFAR, GUARD):
        person = await front.signed_in(contact)
        seen[contact.name] = references((await fetched(person)).content)
    both = {HERE.reference, THERE.reference}
    assert seen == {"Ana": {HERE.reference}, "Jefa": both, "Luís": set(), "Luz": set()}


async def test_it_is_filtered_as_the_list_is(front: Front) -> None:
    jefa = await front.signed_in(LEAD)
    assert references((await fetched(jefa, "?country=PE")).content) == {THERE.reference}
    assert references((await fetched(jefa, f"?text={HERE.reference}")).content) == {HERE.reference}
    assert references((await fetched(jefa, "?state=closed")).content) == set()
    assert "?country=PE" in await jefa.get("/desk/export?country=PE&nonsense=1")


@pytest.mark.parametrize("per", ["referral", "answer"])
@pytest.mark.parametrize("words", ["labels", "codes"])
async def test_nothing_sensitive_leaves(front: Front, per: str, words: str) -> None:
    jefa = await front.signed_in(LEAD)
    answer = await fetched(jefa, per=per, words=words)
    text = answer.content.decode()
    hidden = [*cases.PERSONAL, *cases.FIGURES, *cases.sensitive_words("es"), *cases.SENSITIVE, QUIET.reference]
    assert [word for word in hidden if word in text] == []
    assert HERE.reference in text
    assert answer.headers["content-disposition"].startswith('attachment; filename="batea-')
    assert answer.headers["cache-control"] == "no-store"


async def test_a_workbook_comes_as_one(front: Front) -> None:
    answer = await fetched(await front.signed_in(STAFF), per="answer", words="labels", kind="xlsx")
    assert "spreadsheetml" in answer.headers["content-type"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {HERE.reference}


async def test_every_export_is_on_record_without_what_was_sought(front: Front) -> None:
    jefa = await front.signed_in(LEAD)
    await fetched(jefa, f"?text={cases.NAME}&country=CO")
    await fetched(jefa, "?country=PE", per="answer", kind="xlsx")
    entries = [one for one in await front.cabinet.trail.latest(9) if one.what == "export"]
    assert {(one.who, one.note) for one in entries} == {
        ("Jefa", "referral csv 1 text"),
        ("Jefa", "answer xlsx 1 country=PE"),
    }


async def test_nobody_else_comes_by_it_and_no_other_page_can_ask_for_it(front: Front) -> None:
    jefa, ana, stranger = await front.signed_in(LEAD), await front.signed_in(STAFF), front.person()
    path = (await asked(jefa)).removesuffix("/file")
    assert (await ana.browser.get(f"{path}/file")).status_code == (await ana.browser.get(path)).status_code == 404
    for where in (path, f"{path}/file", "/desk/export"):
        assert (await stranger.browser.get(where)).headers["location"].startswith("/desk?")
    forged = await jefa.browser.post("/desk/export", data={"form": "x"}, headers={"Origin": front.url})
    assert forged.status_code == 403


async def test_a_long_one_says_how_far_it_is_and_then_where_the_file_is(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_pages, "WAIT", 0.05)
    monkeypatch.setattr(exports, "_AT_ONCE", 1)
    going, held = asyncio.Event(), front.cabinet.store.held
    waited = iter((None, going.wait()))

    async def slow(reference: str) -> object:
        if wait := next(waited, None):
            await wait
        return await held(reference)

    monkeypatch.setattr(front.cabinet.store, "held", slow)
    jefa = await front.signed_in(LEAD)
    path = await asked(jefa)
    page = await jefa.browser.get(path)
    assert not path.endswith("/file")
    assert page.headers["refresh"] == "3"
    assert '<progress id="done" max="2" value="1">' in page.text
    assert (await jefa.browser.get(f"{path}/file")).headers["content-type"].startswith("text/html")
    going.set()
    await asyncio.sleep(0.5)
    page = await jefa.browser.get(path)
    assert f'href="{path}/file"' in page.text
    assert references((await jefa.browser.get(f"{path}/file")).content) == {HERE.reference, THERE.reference}


async def test_one_that_nobody_makes_any_more_says_so(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_pages, "WAIT", 0.05)
    never = asyncio.Event()

    async def stuck(_reference: str) -> None:
        await never.wait()

    jefa = await front.signed_in(LEAD)
    with monkeypatch.context() as patched:
        patched.setattr(front.cabinet.store, "held", stuck)
        path = await asked(jefa)
        front.clock.advance(181)
        page = await jefa.browser.get(path)
    assert TEXTS.get("es", "export.still") in page.text
    assert "refresh" not in page.headers
    assert (await asked(jefa)).endswith("/file"), "a new one takes its place"


async def test_one_that_is_too_large_to_be_kept_says_so(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_PIECES", 0)
    jefa = await front.signed_in(LEAD)
    page = await jefa.browser.get(await asked(jefa))
    assert TEXTS.get("es", "export.too_large") in unescape(page.text)
    assert "refresh" not in page.headers


async def test_what_is_kept_of_an_export_is_sealed_and_ends(
    front: Front, database: Database, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Exports(database, vault, front.cabinet.store, {VERSION: CHECKLIST}, front.clock)
    monkeypatch.setattr(exports, "_PIECE", 100)
    await front.cabinet.index.refresh()
    found = front.cabinet.index.find(Filters(), LEAD, 0)
    token = await made.begin(LEAD, found, Asked(), Wording(TEXTS, "es"))
    await made.ended(LEAD, 9)
    state = await made.state(token, LEAD)
    assert state
    assert state.pieces
    assert state.pieces > 3
    assert not made.still(state)
    assert references(b"".join([piece async for piece in made.file(token, state)])) == {one.reference for one in found}
    kept = {key: repr(await database._client.get(key)) for key in await database._client.keys("{export:*")}
    assert len(kept) == state.pieces + 1
    assert not [key for key, value in kept.items() if token.encode() in key or HERE.reference in value]
    times = {key: await database._client.ttl(key) for key in kept}
    [ends] = [seconds for key, seconds in times.items() if ":state" in repr(key)]
    assert 0 < ends <= KEPT_FOR
    assert all(ends < seconds <= KEPT_FOR + 600 for key, seconds in times.items() if ":state" not in repr(key))
    await database._client.delete(next(key for key in kept if ":1'" in repr(key)))
    with pytest.raises(Lapsed):
        _ = [piece async for piece in made.file(token, state)]
