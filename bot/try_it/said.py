"""What was written or tapped on a phone in the browser -> the same `Inbound` that Twilio's or Telegram's would be."""

from __future__ import annotations

import secrets

from msgspec.structs import replace

from bot.channels import sms_forms, telegram_updates
from bot.messages import Inbound, Tapped

SMS = "try_sms"
TELEGRAM = "try_telegram"


def texted(number: str, text: str, received: float) -> Inbound:
    """An SMS."""
    return Inbound(_new_id(), SMS, number, sms_forms.said(text, media=False), received)


def written(chat: str, language: str, text: str, received: float) -> Inbound:
    """A message or a command in Telegram, read as an update is."""
    sender = {"language_code": language}
    message = {"message_id": 1, "chat": {"id": int(chat), "type": "private"}, "from": sender, "text": text}
    inbound = telegram_updates.receive({"update_id": 1, "message": message}, received)
    if inbound is None:
        raise ValueError(text)
    return replace(inbound, id=_new_id(), channel=TELEGRAM)


def tapped(chat: str, language: str, under: Tapped, data: str, received: float) -> Inbound | None:
    """A button tapped `under` a message; None where its data is none of ours."""
    event = telegram_updates.tap(data)
    return Inbound(under.query, TELEGRAM, chat, event, received, language, under) if event else None


def tap_under(message: str, text: str) -> Tapped:
    """A new tap under the message of this id and text."""
    return Tapped(_new_id(), message, text)


def _new_id() -> str:
    return f"try:{secrets.token_hex(12)}"
