"""The hooks over the real app and a real Redis: who is let in, what each kind of rubbish is answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.hooks import FORM_MOST, JSON_MOST
from bot.kept.crypto import make_key
from bot.messages import Outgoing, Words
from bot.store import Chat
from tests.bot.conversing import sms
from tests.bot.houses import built
from tests.bot.posting import PERSON, PUBLIC, SETTINGS, SMS, UPDATE, browser, nothing_stored, secret, signed, texts
from tests.standins.twilio import NUMBER, Twilio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.house import House


@pytest.fixture
async def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    async with built(monkeypatch, tmp_path, empty_url, **SETTINGS) as made:
        yield made


@pytest.fixture
async def client(parts: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(parts) as made:
        yield made


async def test_a_message_is_taken_and_answered_by_the_outbox(client: httpx.AsyncClient, parts: House) -> None:
    answer = await client.post("/hooks/sms", data=SMS, headers=signed(SMS))
    assert (answer.status_code, answer.text) == (200, "<Response/>")
    assert answer.headers["Content-Type"].startswith("text/xml")
    [text] = await texts(parts.outbox)
    assert "Batea" in text


async def test_what_no_provider_would_send_is_cut_on_arrival(client: httpx.AsyncClient, parts: House) -> None:
    form, update = SMS | {"Body": "á" * 5000}, {**UPDATE, "message": {**UPDATE["message"], "text": "á" * 50_000}}
    assert (await client.post("/hooks/sms", data=form, headers=signed(form))).status_code == 200
    assert (await client.post("/hooks/telegram", json=update, headers=secret())).status_code == 200
    assert (await texts(parts.outbox), await texts(parts.outbox, "telegram", "77")) != ([], [])


async def test_the_same_message_twice_is_one(client: httpx.AsyncClient, parts: House) -> None:
    for _ in range(2):
        assert (await client.post("/hooks/sms", data=SMS, headers=signed(SMS))).status_code == 200
    assert len(await texts(parts.outbox)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Twilio-Signature": "forged"},
        {"X-Twilio-Signature": Twilio().signature("http://10.0.0.1:8000/hooks/sms", SMS)},
        {"X-Twilio-Signature": Twilio(auth_token="another").signature(PUBLIC + "/hooks/sms", SMS)},
        {"X-Twilio-Signature": Twilio().signature(PUBLIC + "/hooks/sms", SMS | {"Body": "1"})},
    ],
)
async def test_what_twilio_did_not_sign_is_refused(
    headers: dict[str, str], client: httpx.AsyncClient, parts: House
) -> None:
    answer = await client.post("/hooks/sms", data=SMS, headers={**headers, "Host": "batea.example.org"})
    assert answer.status_code == 403
    assert await nothing_stored(parts.store)


async def test_the_signature_covers_the_query(client: httpx.AsyncClient) -> None:
    form = {"MessageSid": "SM9", "MessageStatus": "sent", "To": PERSON}
    path = "/hooks/sms/status?id=a%2Fb"
    assert (await client.post(path, data=form, headers=signed(form, path))).status_code == 204
    assert (await client.post(path, data=form, headers=signed(form, "/hooks/sms/status"))).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"\xff\xfe", 400),
        (b"Body=%FF", 400),
        (b"a=1&" * 300, 400),
        (b"", 403),
        (b'{"Body": "hola"}', 403),
        (b"Body=" + b"x" * FORM_MOST, 413),
    ],
)
async def test_a_form_that_is_none(body: bytes, status: int, client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await client.post("/hooks/sms", content=body, headers=headers)).status_code == status


async def test_a_signed_form_that_lacks_what_twilio_sends(client: httpx.AsyncClient) -> None:
    form = {"Body": "hola"}
    assert (await client.post("/hooks/sms", data=form, headers=signed(form))).status_code == 400
    path = "/hooks/sms/status?id=1"
    assert (await client.post(path, data=form, headers=signed(form, path))).status_code == 400


async def test_a_sender_that_cannot_be_answered_is_ignored(client: httpx.AsyncClient, parts: House) -> None:
    form = SMS | {"From": "BANCO"}
    assert (await client.post("/hooks/sms", data=form, headers=signed(form))).status_code == 200
    assert await nothing_stored(parts.store, address="BANCO")


async def test_a_status_settles_what_it_speaks_of(client: httpx.AsyncClient, parts: House) -> None:
    await parts.outbox.put(Outgoing("our-1", "sms", PERSON, Words("hola"), 0.0))
    assert await texts(parts.outbox) == ["hola"]
    path, form = "/hooks/sms/status?id=our-1", {"MessageSid": "SM2", "MessageStatus": "sent", "To": PERSON}
    assert (await client.post(path, data=form, headers=signed(form, path))).status_code == 204
    assert await texts(parts.outbox) == []


async def test_a_status_that_says_opted_out_stops_the_conversation(client: httpx.AsyncClient, parts: House) -> None:
    await client.post("/hooks/sms", data=SMS, headers=signed(SMS))
    form = {"MessageSid": "SM2", "MessageStatus": "undelivered", "ErrorCode": "21610", "To": PERSON}
    path = "/hooks/sms/status?id=our-1"
    assert (await client.post(path, data=form, headers=signed(form, path))).status_code == 204
    assert await texts(parts.outbox) == []


async def test_an_update_is_taken(client: httpx.AsyncClient, parts: House) -> None:
    for _ in range(2):
        answer = await client.post("/hooks/telegram", json=UPDATE, headers=secret())
        assert (answer.status_code, answer.content) == (200, b"")
    assert len(await texts(parts.outbox, "telegram", "77")) == 1


@pytest.mark.parametrize("headers", [{}, secret("open-sesam"), secret(""), secret("abrete")])
async def test_an_update_without_the_secret_is_refused(
    headers: dict[str, str], client: httpx.AsyncClient, parts: House
) -> None:
    assert (await client.post("/hooks/telegram", json=UPDATE, headers=headers)).status_code == 403
    assert await nothing_stored(parts.store, "telegram", "77")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"hola", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'"\xff"', 400),
        (b'{"update_id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
        (b" " * (JSON_MOST + 1), 413),
        (b'{"update_id": 1}', 200),
        (b'{"update_id": 1, "channel_post": {"message_id": 1, "chat": {"id": -1, "type": "channel"}}}', 200),
        (b'{"update_id": 1, "edited_message": {"message_id": 1, "chat": {"id": 77, "type": "private"}}}', 200),
    ],
)
async def test_an_update_that_is_none_or_not_for_us(
    body: bytes, status: int, client: httpx.AsyncClient, parts: House
) -> None:
    assert (await client.post("/hooks/telegram", content=body, headers=secret())).status_code == status
    assert await nothing_stored(parts.store, "telegram", "77")


async def test_without_a_public_url_the_signature_is_over_this_machine_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    given = {name: value for name, value in SETTINGS.items() if name != "PUBLIC_URL"}
    async with built(monkeypatch, tmp_path, empty_url, **given, PORT="8123") as parts, browser(parts) as client:
        headers = {"X-Twilio-Signature": Twilio().signature("http://127.0.0.1:8123/hooks/sms", SMS)}
        assert (await client.post("/hooks/sms", data=SMS, headers=headers)).status_code == 200


async def test_a_session_that_no_key_here_opens_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    first, second = make_key(), make_key()
    older, newer = SETTINGS | {"BATEA_KEYS": first}, SETTINGS | {"BATEA_KEYS": f"{second},{first}"}
    call = {"CallSid": "CA1", "From": PERSON, "To": NUMBER}
    async with (
        built(monkeypatch, tmp_path, empty_url, **older) as before,
        built(monkeypatch, tmp_path, empty_url, **newer) as after,
        browser(before) as client,
    ):
        await after.conversation.handle(sms(0, "hola", 1000.0))
        kept = await after.store.load(Chat("sms", PERSON))
        assert (await client.post("/hooks/sms", data=SMS, headers=signed(SMS))).status_code == 503
        answer = await client.post("/hooks/voice", data=call, headers=signed(call, "/hooks/voice"))
        assert answer.status_code == 200
        assert await after.store.load(Chat("sms", PERSON)) == kept
