"""What Twilio and Telegram post to the real app, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from bot import bootstrap
from bot.messages import Words
from bot.store import Chat
from bot.web import app
from tests.standins.twilio import ACCOUNT, NUMBER, TOKEN, Twilio

if TYPE_CHECKING:
    from bot.house import House
    from bot.outbox import Outbox
    from bot.store import Store

PUBLIC = "https://batea.example.org"
PERSON = "+573001234567"
SECRET = "open-sesame"
SETTINGS = {
    "PUBLIC_URL": PUBLIC,
    "TWILIO_ACCOUNT_SID": ACCOUNT,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "TWILIO_FROM": NUMBER,
    "TELEGRAM_BOT_TOKEN": "1:a",
    "TELEGRAM_WEBHOOK_SECRET": SECRET,
}
SMS = {"MessageSid": "SM1", "From": PERSON, "To": NUMBER, "Body": "hola", "NumMedia": "0"}
UPDATE: dict[str, Any] = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 77, "type": "private"},
        "from": {"id": 77, "is_bot": False, "first_name": "M", "language_code": "es"},
        "text": "/start",
    },
}


def browser(parts: House) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app(bootstrap.site(parts)))
    return httpx.AsyncClient(transport=transport, base_url="http://10.0.0.1:8000")


def signed(form: dict[str, str], path: str = "/hooks/sms") -> dict[str, str]:
    return {"X-Twilio-Signature": Twilio().signature(PUBLIC + path, form)}


def secret(value: str = SECRET) -> dict[str, str]:
    return {"X-Telegram-Bot-Api-Secret-Token": value}


async def texts(outbox: Outbox, channel: str = "sms", address: str = PERSON) -> list[str]:
    waiting = await outbox.pending(Chat(channel, address))
    return [out.body.text for out in waiting if isinstance(out.body, Words)]


async def nothing_stored(store: Store, channel: str = "sms", address: str = PERSON) -> bool:
    return (await store.load(Chat(channel, address))).session is None
