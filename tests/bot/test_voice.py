"""A missed call over the real app and a real Redis: turned away at no cost, noted once, answered by SMS."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot import bootstrap
from bot.kept.connection import Away
from bot.messages import Inbound
from bot.outbox import Outbox
from bot.store import Chat
from bot.web import app
from flows.events import Called
from flows.session import load
from tests.bot.conversing import write
from tests.bot.houses import built
from tests.bot.posting import PERSON, PUBLIC, SETTINGS, browser, nothing_stored, signed, texts
from tests.standins.serving import serving
from tests.standins.twilio import NUMBER, Twilio
from tests.standins.twilio_calls import Call

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.house import House

LANDLINE = "+576043324711"
HOOK = "/hooks/voice"


@pytest.fixture
async def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    async with built(monkeypatch, tmp_path, empty_url, **SETTINGS) as made:
        yield made


@pytest.fixture
async def twilio(parts: House) -> AsyncIterator[Twilio]:
    """Twilio, and our application on a socket."""
    async with serving(app(bootstrap.site(parts))) as url:
        yield Twilio(hook=f"{url}/hooks/sms", public_url=PUBLIC)


async def say(parts: House, *said: str) -> None:
    await write(parts, *said)


async def state(parts: House) -> str:
    session = (await parts.store.load(Chat("sms", PERSON))).session
    assert session is not None
    return load(session).state


async def test_a_call_is_turned_away_and_begins_a_conversation(twilio: Twilio, parts: House) -> None:
    assert (await twilio.call(PERSON)).status == "busy"
    [text] = await texts(parts.outbox)
    assert "Batea" in text
    assert await state(parts) == "welcome"


async def test_a_call_in_a_conversation_asks_whether_to_call(twilio: Twilio, parts: House) -> None:
    await say(parts, "hola", "1", "1", "5")
    before = await texts(parts.outbox)
    await twilio.call(PERSON)
    assert await state(parts) == "call_back"
    assert len(await texts(parts.outbox)) == len(before) + 1


async def test_one_call_that_is_posted_again_is_one(twilio: Twilio, parts: House) -> None:
    await say(parts, "hola", "1", "1")
    before = await texts(parts.outbox)
    assert (await twilio.call(PERSON, twice=True)).status == "busy"
    assert len(await texts(parts.outbox)) == len(before) + 1
    assert parts.metrics.registry.get_sample_value("batea_happened_total", {"what": "called"}) == 1


async def test_who_dials_again_at_once_asks_once(parts: House) -> None:
    sent, began = [], time.time()
    for number, at in enumerate((began, began + 30, began + 61)):
        await parts.conversation.handle(Inbound(f"CA{number}", "sms", PERSON, Called(), at))
        sent.append(await delivered(parts.outbox, at + 1))
    assert [count > 0 for count in sent] == [True, False, True]


async def delivered(outbox: Outbox, now: float) -> int:
    """How many messages leave at this time."""
    count = 0
    while claimed := await outbox.claim(now, 10):
        for one in claimed:
            await outbox.settle(one, "SM")
        count += len(claimed)
    return count


@pytest.mark.parametrize(
    "caller", ["", "anonymous", "Restricted", "+266696687", "+7378742833", "sip:a@example.org", LANDLINE]
)
async def test_whom_no_sms_can_reach_is_turned_away_and_not_noted(twilio: Twilio, parts: House, caller: str) -> None:
    assert (await twilio.call(caller)).status == "busy"
    assert await nothing_stored(parts.store, address=caller)


async def test_a_call_while_redis_is_away_is_still_not_taken(
    twilio: Twilio, parts: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise Away

    with monkeypatch.context() as patched:
        patched.setattr(parts.database, "run_all", away)
        assert (await twilio.call(PERSON)).status == "busy"
    assert await nothing_stored(parts.store)


async def test_what_twilio_did_not_sign_is_refused(parts: House) -> None:
    form = Call("AC1", PERSON, NUMBER).form()
    async with browser(parts) as client:
        for headers in ({}, signed(form), signed({**form, "From": LANDLINE}, HOOK)):
            assert (await client.post(HOOK, data=form, headers=headers)).status_code == 403
        assert (await client.get(HOOK)).status_code == 405
        empty = {"From": PERSON}
        assert (await client.post(HOOK, data=empty, headers=signed(empty, HOOK))).status_code == 400
    assert await nothing_stored(parts.store)


async def test_without_twilio_there_is_no_hook(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> None:
    async with built(monkeypatch, tmp_path, empty_url) as parts, browser(parts) as client:
        assert (await client.post(HOOK)).status_code == 404
