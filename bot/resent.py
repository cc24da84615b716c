"""How what came in stands to what was taken: new, the same once more, or overtaken.

People send the same again when the reply is slow, and dial again; what we missed comes late, from the provider's list.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

from flows.batch import is_row
from flows.events import Called, Came, Text
from flows.words import plain

if TYPE_CHECKING:
    from bot.messages import Inbound
    from bot.store import Loaded

CALLED_WITHIN = 60.0
SKEW = 1.0
"""Seconds by which a provider's clock may be behind ours: what was missed so shortly before is not overtaken."""
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


def came(inbound: Inbound, loaded: Loaded, *, last: bool = True) -> Came | Literal["resent", "early"]:
    """`resent` is dropped. `early`: the reply is just being sent, so look once more, unless it is the `last` time.

    Then nobody knows whether the reply was read, as whoever sent it may be dead: the question is put again. What the
    others mean is said at `Came`.
    """
    found = digest(inbound)
    again = _again(inbound, loaded) if found and found == loaded.last_in else "new"
    if again == "resent" and loaded.reply_leaves and found != _CALLED:
        return "unheard" if last else "early"
    if again == "resent":
        return again
    return "late" if inbound.missed and inbound.received < loaded.came_at - SKEW else again


def _again(inbound: Inbound, loaded: Loaded) -> Literal["new", "resent", "unheard"]:
    """What came last once more: the same answer, for as long as the provider did not take our reply to it."""
    if loaded.last_in == _CALLED and inbound.received - loaded.last_in_at <= CALLED_WITHIN:
        return "resent"
    if loaded.reply_left_at is None:
        return "resent" if loaded.reply_waits else "unheard"
    return "resent" if inbound.received < loaded.reply_left_at else "new"
