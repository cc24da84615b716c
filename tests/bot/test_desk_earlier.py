"""Links of mails from the time when they opened a case for whoever had them."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.cases import TEXTS
from tests.bot.casework import ALL, STAFF, drafted
from tests.bot.desking import Front, desk_front

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

TOKEN = "WyI3SzNNLTJRWEQiLCJMZWFkIl0.Zz8u8A.b0m_1-x"


@pytest.fixture
async def front(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Front]:
    async with desk_front(database, vault, clock) as found:
        yield found


@pytest.mark.parametrize("page", ["r", "p"])
@pytest.mark.parametrize(("wanted", "locale"), [("en-GB,en;q=0.9", "en"), ("de,fr;q=0.5", "fr"), ("", "es")])
async def test_they_open_nothing_and_say_where_to_sign_in(front: Front, page: str, wanted: str, locale: str) -> None:
    await front.cabinet.keep(drafted(1, ALL))
    found = await front.person().browser.get(f"/desk/{page}/{TOKEN}", headers={"Accept-Language": wanted})
    text = unescape(found.text)
    assert found.status_code == 410
    assert TEXTS.get(locale, "desk.in.earlier") in text
    assert TEXTS.get(locale, "desk.in.mail") in text
    assert not any(one in text for one in (*cases.PERSONAL, TOKEN))


async def test_who_comes_by_one_signs_in_right_there(front: Front) -> None:
    ana = front.person()
    await ana.get(f"/desk/r/{TOKEN}", 410)
    await ana.post("/desk/in", 200, mail=STAFF.mail)
    link = await front.link(STAFF.mail)
    await ana.get(link)
    await ana.post(link)
    assert TEXTS.get("es", "desk.list") in await ana.get("/desk")
