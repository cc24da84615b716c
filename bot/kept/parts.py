"""What SMS cost: parts that were sent, by month and country of the number. Of nobody, and nothing of a price.

Counted when the provider took the text, or was found to have it. Where a send ended unknown and the provider's report
settled it, or the store was away at that moment, it is missing: no text is sent again for want of a count.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.channels.sms_text import segments
from bot.kept import keys
from bot.kept.connection import Away, Call, script
from bot.messages import Words
from bot.origin import origin

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kept.connection import Database
    from bot.messages import Outgoing

log = structlog.get_logger(__name__)


class Sent(msgspec.Struct, frozen=True):
    """So many parts went to a country ("" where the number tells none) in a month, such as "2026-11" (UTC)."""

    month: str
    country: str
    parts: int


class Parts:
    """The counts in Redis. `clock` gives epoch seconds."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def sent(self, out: Outgoing) -> None:
        """Count a text that the provider took. Raises nothing where the store is away."""
        if not isinstance(out.body, Words):
            return
        month = datetime.fromtimestamp(self._clock(), UTC)
        given: dict[str, object] = {
            "field": f"{month:%Y-%m}|{origin(out.address)[0] or ''}",
            "by": segments(out.body.text),
        }
        names = [keys.PARTS, keys.counted(secrets.token_hex(8))]
        try:
            await self._database.run(Call(script("once", "add"), names, given))
        except Away:
            log.warning("parts not counted", parts=given["by"])

    async def counted(self) -> list[Sent]:
        """All of them, by month and country. Raises `connection.Away`."""
        flat = await self._database.run(Call(script("funnel"), [keys.PARTS]))
        pairs = zip(flat[::2], flat[1::2], strict=True)
        return sorted((_sent(field.decode(), int(count)) for field, count in pairs), key=msgspec.structs.astuple)


def _sent(field: str, parts: int) -> Sent:
    month, country = field.split("|")
    return Sent(month, country, parts)
