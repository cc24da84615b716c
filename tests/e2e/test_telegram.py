"""A whole conversation by Telegram, by webhook with buttons, and by polling."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import SECRET, System, until
from tests.e2e.people import expected, reply_to

CHAT = 4711
TYPED = {"country": "Colombia", "call_how": "2"}
NUMBER = "+573007654321"


async def quiet(system: System, before: int) -> list[str]:
    """The texts that came, once no more are coming."""
    chat = system.telegram.chats[CHAT]
    await until(lambda: len(chat.texts()) > before)
    seen = -1
    while seen != len(chat.texts()):
        seen = len(chat.texts())
        await asyncio.sleep(0.15)
    return chat.texts()[before:]


async def answer(system: System, told: dict[str, Any], text: str) -> None:
    """Tap the option where there is a button for it, else write."""
    chat = system.telegram.chats[CHAT]
    ends = {data.split("|")[-1]: label for label, (_, data) in chat.buttons().items()}
    if told["kind"] in ("one", "country") and text in ends:
        await system.telegram.tap(CHAT, ends[text])
    else:
        await system.telegram.say(CHAT, text)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("webhook", [True, False])
async def test_a_conversation_by_telegram_up_to_the_mail(system: System, webhook: bool) -> None:  # noqa: FBT001
    recording = system.data / "audio/es/role.ogg"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(b"OggS")
    system.settings["BATEA_AUDIO"] = str(system.data / "audio")
    if webhook:
        system.telegram.updates.local = system.url
    else:
        del system.settings["PUBLIC_URL"]
    await system.start("web", "worker")
    if webhook:
        await until(lambda: bool(system.telegram.updates.webhook))
    talk = expected("+10000000000", private=False)
    talk.locale, told = "es", talk.open()
    await system.telegram.say(CHAT, "/start es", language="en")
    await quiet(system, 0)
    while told["state"] != "done":
        before = len(system.telegram.chats[CHAT].texts())
        text = TYPED.get(told["state"]) or reply_to(told)
        await answer(system, told, text)
        if told["state"] == "call_how":
            await until(lambda: bool(system.telegram.chats[CHAT].below))
            await system.telegram.share(CHAT, NUMBER.removeprefix("+"))
            text = f"2 {NUMBER}"
        told = talk.reply(text)
        await quiet(system, before)
    await until(lambda: len(system.smtp.mails) >= 1)
    chat = system.telegram.chats[CHAT]
    assert any("photo" in message for message in chat.from_bot())
    assert any("✔" in message.get("text", "") for message in chat.from_bot())
    assert [message["voice"]["duration"] for message in chat.from_bot() if "voice" in message] == [1]
    assert (CHAT, "upload_photo") in system.telegram.actions
    await until(lambda: len({number for number, _ in chat.buttons().values()}) <= 1)
    assert chat.below == []


@pytest.mark.timeout(60)
async def test_a_webhook_without_the_secret_is_refused(system: System) -> None:
    await system.start("web", "worker")
    update = {
        "update_id": 1,
        "message": {"message_id": 1, "date": 0, "chat": {"id": CHAT, "type": "private"}, "text": "x"},
    }
    async with httpx.AsyncClient(base_url=system.url) as client:
        missing = await client.post("/hooks/telegram", json=update)
        wrong = await client.post("/hooks/telegram", json=update, headers={"X-Telegram-Bot-Api-Secret-Token": "no"})
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        bad = await client.post("/hooks/telegram", content=b"{", headers=headers)
        channel_post = await client.post("/hooks/telegram", json={"update_id": 2, "channel_post": {}}, headers=headers)
    assert (missing.status_code, wrong.status_code, bad.status_code, channel_post.status_code) == (403, 403, 400, 200)
