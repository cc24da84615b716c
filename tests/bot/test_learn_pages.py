"""The page to learn from, by browser: figures of a real store, nobody in it, nothing of a quiet call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.cases import TEXTS, consenting, every_gap, good, secrets
from tests.bot.casework import GUARD, LEAD, STAFF, drafted
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


async def filled(front: Front) -> None:
    """Nine with gaps in Colombia, six that can apply in Peru, a quiet call."""
    bad = consenting(every_gap(gold_month=cases.GOLD) | secrets("yes"))
    well = consenting(good(country="PE") | secrets("no"))
    await front.cabinet.keep(*(drafted(number, bad, address=f"+5730011100{number:02}") for number in range(9)))
    await front.cabinet.keep(*(drafted(number, well, address=f"+5198765400{number:02}") for number in range(20, 26)))
    await front.cabinet.keep(drafted(40, consenting({"country": "BO"}, send="no"), quiet=True, address="+59171234567"))


async def test_the_page_has_pictures_and_tables_and_tells_of_nobody(front: Front) -> None:
    await filled(front)
    text = await (await front.signed_in(LEAD)).get("/desk/learn")
    for name in ("steps", "stops", "countries", "months", "gaps", "waits", "parts_months", "parts_countries"):
        assert TEXTS.get("es", f"learn.{name}") in text
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340') >= 4
    hidden = [*cases.PERSONAL, *cases.FIGURES, *cases.sensitive_words("es"), "Bolivia"]
    assert [word for word in hidden if word in text] == []
    assert "Colombia" in text
    assert 'style="' not in text
    assert len(text.encode()) < 100_000


async def test_a_desk_that_nobody_wrote_to_yet_has_a_page_too(front: Front) -> None:
    text = await (await front.signed_in(STAFF)).get("/desk/learn")
    assert TEXTS.get("es", "learn.nothing") in text


async def test_staff_see_their_countries(front: Front) -> None:
    await filled(front)
    ana = await front.signed_in(STAFF)
    text = await ana.get("/desk/learn")
    assert ("Colombia" in text, "Perú" in text) == (True, False)
    assert TEXTS.get("es", "learn.yours") in text


async def test_it_is_not_for_protection_nor_for_who_is_not_signed_in(front: Front) -> None:
    guard, stranger = await front.signed_in(GUARD), front.person()
    for path in ("/desk/learn", "/desk/learn.csv"):
        await guard.get(path, 404)
        assert (await stranger.browser.get(path)).status_code == 303


async def test_the_same_as_csv_on_record(front: Front) -> None:
    await filled(front)
    jefa = await front.signed_in(LEAD)
    answer = await jefa.browser.get("/desk/learn.csv?lang=en")
    raw = answer.content.decode("utf-8-sig")
    assert "Results by country,Colombia," in raw
    assert [word for word in (*cases.PERSONAL, *cases.SENSITIVE) if word in raw] == []
    entries = [one for one in await front.cabinet.trail.latest(9) if one.what == "export"]
    assert [(one.who, one.note) for one in entries] == [("Jefa", "figures")]
