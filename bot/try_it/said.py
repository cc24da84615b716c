"""What was written or tapped on a phone in the browser -> the same `Inbound` that Twilio's or Telegram's would be."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.channels import sms_forms, telegram_updates
from bot.messages import Inbound, Tapped

if TYPE_CHECKING:
    from bot.try_it.visitor import Handset

SMS = "try_sms"
TELEGRAM = "try_telegram"


def said(handset: Handset, text: str, received: float) -> Inbound:
    """What was written on this phone."""
    return _texted(handset, text, received) if handset.kind == "sms" else _written(handset, text, received)


def _texted(handset: Handset, text: str, received: float) -> Inbound:
    return Inbound(_new_id(), SMS, handset.address, sms_forms.said(text, media=False), received)


def _written(handset: Handset, text: str, received: float) -> Inbound:
    """A message or a command in Telegram, read as an update is."""
    chat, sender = {"id": int(handset.address), "type": "private"}, {"language_code": handset.language}
    message = {"message_id": 1, "chat": chat, "from": sender, "text": text}
    inbound = telegram_updates.receive({"update_id": 1, "message": message}, received)
    if inbound is None:
        raise ValueError(text)
    return replace(inbound, id=_new_id(), channel=TELEGRAM)


def tapped(handset: Handset, under: Tapped, data: str, received: float) -> Inbound | None:
    """A button tapped `under` a message; None where its data is none of ours."""
    event = telegram_updates.tap(data) if handset.kind == "telegram" else None
    return Inbound(under.query, TELEGRAM, handset.address, event, received, handset.language, under) if event else None


def tap_under(message: str, text: str) -> Tapped:
    """A new tap under the message of this id and text."""
    return Tapped(_new_id(), message, text)


def _new_id() -> str:
    return f"try:{secrets.token_hex(12)}"
