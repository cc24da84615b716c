"""Every look at a case is on its trail, whichever way its page was come by; so is a search for somebody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.casework import ALL, GUARD, STAFF, URGENT, drafted
from tests.bot.desking import Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

DRAFT = drafted(1, ALL | URGENT)


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        await found.cabinet.keep(DRAFT)
        yield found


async def done(front: Front) -> list[str]:
    return [entry.what for entry in await front.cabinet.trail.of(DRAFT.reference)]


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("close", {"moves": "0"}, 422),
        ("write", {"text": "hola"}, 422),
        ("back", {}, 422),
        ("take", {"moves": "9"}, 409),
        ("number", {}, 200),
    ],
)
async def test_a_page_that_answers_a_form_is_a_look_as_well(
    front: Front, path: str, form: dict[str, str], status: int
) -> None:
    ana = await front.signed_in(STAFF)
    assert cases.PERSONAL[0] in await ana.post(f"/desk/case/{DRAFT.reference}/{path}", status, **form)
    assert await done(front) == ["number" if path == "number" else "open"]


async def test_protection_leaves_a_trace_of_its_own(front: Front) -> None:
    guard = await front.signed_in(GUARD)
    await guard.post(f"/desk/case/{DRAFT.reference}/number", 200)
    assert await done(front) == ["private.number"]


async def test_that_words_were_sought_is_on_record_and_the_words_are_not(front: Front) -> None:
    ana = await front.signed_in(STAFF)
    await ana.get("/desk?text=rosa&letter=A")
    await ana.get("/desk?letter=A")
    await ana.get("/desk/learn")
    found = sorted((entry.what, entry.note) for entry in await front.cabinet.trail.latest(9))
    assert found == [("learn", ""), ("search", ""), ("sign_in", "")]
