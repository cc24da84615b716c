"""Whether somebody only sent the same once more, as people do when the reply is slow, or dialled again."""

from __future__ import annotations

import hashlib

from bot.messages import Inbound
from bot.store import Loaded
from flows.batch import is_row
from flows.events import Called, Text
from flows.words import plain

RESENT_WITHIN = 60.0
_TAKE_BACK = ("0", "00")
_CALLED = "called"


def digest(inbound: Inbound) -> str:
    """Of an answer or a call; nothing of what may well be meant twice."""
    event = inbound.event
    if isinstance(event, Called):
        return _CALLED
    if not isinstance(event, Text) or event.text.strip() in _TAKE_BACK or is_row(event.text):
        return ""
    return hashlib.sha256(plain(event.text).encode() or event.text.encode()).hexdigest()[:32]


def resent(inbound: Inbound, loaded: Loaded) -> bool:
    """Whether it is what came last, before the reply to that had left."""
    found = digest(inbound)
    if not found or found != loaded.last_in or inbound.received - loaded.last_in_at > RESENT_WITHIN:
        return False
    return found == _CALLED or loaded.reply_left_at is None or inbound.received < loaded.reply_left_at
