"""How often links may be asked for: a guesser gets few, and a stranger shuts nobody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.desk.signing_in import MOST_FOR_AN_ADDRESS, MOST_FROM_A_MACHINE
from tests.bot.cases import TEXTS
from tests.bot.casework import GUARD, STAFF
from tests.bot.desking import Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


async def test_an_address_gets_only_so_many_links(front: Front) -> None:
    person = front.person()
    got = 0
    for _ in range(MOST_FOR_AN_ADDRESS + 2):
        await person.get("/desk")
        await person.post("/desk/in", 200, mail=GUARD.mail)
        got += len(await front.mails())
    assert got == MOST_FOR_AN_ADDRESS


async def test_a_stranger_uses_up_nobodys_links(front: Front) -> None:
    stranger = front.person()
    stranger.browser.headers["X-Forwarded-For"] = "203.0.113.9"
    for _ in range(MOST_FOR_AN_ADDRESS + 2):
        await stranger.get("/desk")
        await stranger.post("/desk/in", 200, mail=STAFF.mail)
    await front.mails()
    assert await front.signed_in(STAFF)


async def test_a_token_that_is_no_ascii_is_refused(front: Front) -> None:
    ana = await front.signed_in(STAFF)
    assert "form" in ana.page
    answer = await ana.browser.post("/desk/out", data={"form": "é"}, headers={"Origin": front.url})
    assert answer.status_code == 403


async def test_a_machine_asks_only_so_often(front: Front) -> None:
    person = front.person()
    await person.get("/desk")
    for number in range(MOST_FROM_A_MACHINE):
        assert TEXTS.get("es", "desk.in.too_often") not in await person.post("/desk/in", 200, mail=f"{number}@x.org")
        await person.get("/desk")
    assert TEXTS.get("es", "desk.in.too_often") in await person.post("/desk/in", 429, mail=STAFF.mail)
    assert await front.mails() == {}
