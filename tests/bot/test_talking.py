"""Writing to the person from the page of a case: who can, what is sent, what the page says where one can't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.referral.trail import Entry
from flows.events import HandedBack, Phone, StaffWrote
from flows.room.model import Seat
from flows.session import Hold
from tests.bot.cases import TEXTS, consenting
from tests.bot.casework import GUARD, LEAD, STAFF, drafted
from tests.bot.desking import BEN, Front, desk_front
from tests.bot.writing import ANY_DAY, DRAFT, ONCE, es, said, stands, taken, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.store import Store
    from tests.conftest import Clock


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        await found.cabinet.keep(DRAFT)
        yield found


async def test_a_ready_text_is_read_in_ones_own_language_and_sent_in_theirs(front: Front, store: Store) -> None:
    await stands(store)
    ana = await taken(front)
    page = await ana.open(DRAFT)
    assert es("talk.ready.paper") in page
    assert TEXTS.get("fr", "talk.ready.paper") in page
    page = await write(ana, ready="call", when="mardi", text="À bientôt")
    text = TEXTS.get("fr", "talk.ready.call", when="mardi") + " À bientôt"
    assert await said(front) == [StaffWrote(DRAFT.reference, text, "Ana")]
    assert text in page
    trail = await front.cabinet.trail.of(DRAFT.reference)
    assert [(one.who, one.note) for one in trail if one.what == "wrote"] == [("Ana", text)]


async def test_a_form_sent_twice_writes_once(front: Front, store: Store) -> None:
    await stands(store)
    ana = await taken(front)
    await ana.open(DRAFT)
    once = ONCE.search(ana.page)
    assert once
    for _ in range(2):
        await ana.do(DRAFT, "write", once=once[1], text="Bonjour")
    assert len(await said(front)) == 1


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"text": "ñ" * 596}, None),
        ({"text": "x" * 620}, "long"),
        ({}, "empty"),
        ({"ready": "call"}, "empty"),
        ({"when": "el martes", "text": "Hola"}, "no_call"),
        ({"when": "el martes", "ready": "noted"}, "no_call"),
    ],
)
async def test_four_sms_are_the_most_and_nothing_is_nothing(
    front: Front, store: Store, fields: dict[str, str], key: str | None
) -> None:
    await stands(store)
    ana = await taken(front)
    page = await write(ana, 422 if key else 303, **fields)
    assert len(await said(front)) == (not key)
    if key:
        assert es(f"desk.write.{key}") in page
        assert [typed for typed in fields.values() if typed not in page] == []


async def test_the_parts_are_counted_as_they_would_be_sent(front: Front, store: Store) -> None:
    await stands(store)
    ana = await taken(front)
    path, page = f"/desk/case/{DRAFT.reference}/parts", ana.page
    for text, many in (("á" * 155, 1), ("á" * 156, 2), ("ж" * 66, 2)):
        ana.page = page
        assert await ana.post(path, 200, text=text) == TEXTS.get("es", "desk.write.parts", count=many)
    for text, answer in (("", ""), ("x" * 610, es("desk.write.long"))):
        ana.page = page
        assert await ana.post(path, 200, text=text) == answer
    assert await said(front) == []


async def test_only_who_has_the_case_or_a_lead_writes(front: Front, store: Store) -> None:
    await stands(store)
    await taken(front)
    ben = await front.signed_in(BEN)
    assert TEXTS.get("en", "desk.write.why.other") in await ben.open(DRAFT)
    await ben.do(DRAFT, "write", 422, text="Hello")
    await ben.open(DRAFT)
    await ben.do(DRAFT, "back", 422)
    lead = await front.signed_in(LEAD)
    await lead.open(DRAFT)
    await write(lead, text="Bonjour")
    assert [one.who for one in await said(front) if isinstance(one, StaffWrote)] == ["Jefa"]


@pytest.mark.parametrize(
    ("what", "who"),
    [
        ("heard", es("desk.write.person")),
        ("other", es("desk.write.person")),
        ("rang", es("desk.write.person")),
        ("unsent", "Batea"),
    ],
)
async def test_thread_and_history_name_whose_doing_it_was(front: Front, store: Store, what: str, who: str) -> None:
    await stands(store)
    await front.cabinet.trail.add(Entry(1, "", what, DRAFT.reference))
    page = await (await front.signed_in(STAFF)).open(DRAFT)
    did = es(f"desk.did.{what}")
    assert f'<li class="{what}"><strong>{who}</strong> {did}' in page
    assert f"<td>{who}</td><td>{did}</td>" in page


async def test_a_lead_who_writes_before_anybody_has_the_case_takes_it_and_staff_take_it_first(
    front: Front, store: Store
) -> None:
    await stands(store)
    ana, lead = await front.signed_in(STAFF), await front.signed_in(LEAD)
    assert es("desk.write.why.holder") in await ana.open(DRAFT)
    assert es("desk.write.takes") in await lead.open(DRAFT)
    await write(lead, 422)
    assert (await front.cabinet.held(DRAFT.reference)).case.state == "new"
    await lead.open(DRAFT)
    page = await write(lead, text="Bonjour")
    assert es("desk.held", who="Jefa") in page
    assert es("desk.write.takes") not in page
    assert [one.who for one in await said(front) if isinstance(one, StaffWrote)] == ["Jefa"]
    assert es("desk.write.why.other") in await ana.open(DRAFT)


async def test_beside_the_form_stands_what_time_it_is_for_the_person(front: Front, store: Store) -> None:
    await stands(store)
    ana = await taken(front)
    front.clock.now = 1_800_000_000.0
    assert es("desk.write.clock", time="3:00") in await ana.open(DRAFT)


async def test_whoever_protects_does_not_write_nor_read_what_was_written(front: Front, store: Store) -> None:
    await stands(store)
    await front.cabinet.trail.add(Entry(1, "", "heard", DRAFT.reference, "veinte palas"))
    luz = await front.signed_in(GUARD)
    page = await luz.open(DRAFT)
    assert "veinte palas" not in page
    assert es("desk.write") not in page
    await luz.post(f"/desk/case/{DRAFT.reference}/write", 404, text="Hola")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"opted_out": True}, "opted_out"),
        ({"referred": 0}, "gone"),
        ({"seat": Seat("r", Phone("sms", "+573001112222")), "touched": 1.8e9}, "busy"),
    ],
)
async def test_the_page_says_why_one_can_not_write(
    front: Front, store: Store, other: dict[str, object], why: str
) -> None:
    await stands(store, **other)
    ana = await taken(front)
    assert es(f"desk.write.why.{why}") in await ana.open(DRAFT)
    await ana.do(DRAFT, "write", 422, text="Hola")
    assert await said(front) == []


async def test_to_a_phone_that_is_not_safe_nobody_writes(front: Front) -> None:
    draft = drafted(2, ANY_DAY | {"call_how": "not_safe"})
    await front.cabinet.keep(draft)
    ana = await front.signed_in(STAFF)
    assert es("desk.write.why.not_safe") in await ana.open(draft)
    await ana.post(f"/desk/case/{draft.reference}/write", 404, text="Hola")


async def test_where_only_batea_may_be_said_no_word_of_staff_is_sent(front: Front, store: Store) -> None:
    await stands(store, answers=ANY_DAY | {"call_how": "only_batea"})
    ana = await taken(front)
    page = await ana.open(DRAFT)
    assert es("desk.write.news") in page
    assert '<textarea id="text"' not in page
    await write(ana, text="Hola")
    assert await said(front) == [StaffWrote(DRAFT.reference, "", "Ana")]


async def test_while_it_is_held_the_page_says_until_when_and_hands_it_back(front: Front, store: Store) -> None:
    await stands(store, held=Hold(1_800_086_400, DRAFT.reference, "Ana", 1))
    ana = await taken(front)
    page = await ana.open(DRAFT)
    assert "16 ene 2027" in page
    await write(ana, what="back")
    assert await said(front) == [HandedBack(DRAFT.reference)]


async def test_its_script_is_a_file_and_nothing_else_may_run(front: Front, store: Store) -> None:
    await stands(store)
    ana = await taken(front)
    answer = await ana.browser.get(f"/desk/case/{DRAFT.reference}")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/static/talk.js" defer>']
    assert (await ana.browser.get("/static/talk.js")).status_code == 200


async def test_the_page_of_a_call_in_private_says_that_nobody_writes(front: Front) -> None:
    draft = drafted(3, consenting({"country": "CO"}, send="no"), quiet=True)
    await front.cabinet.keep(draft)
    luz = await front.signed_in(GUARD)
    assert es("desk.write.why.quiet") in await luz.open(draft)
    await luz.post(f"/desk/case/{draft.reference}/write", 404, text="Hola")
