"""A provider's pace, shared by all workers: who may send when (GCRA, one script). Who waits is in `delivery`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.kept import keys
from bot.kept.connection import Call, script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.kept.connection import Database


class Rates:
    """Paces by name, in units a second; a name without a pace is never held up."""

    def __init__(self, database: Database, per_second: Mapping[str, float], clock: Callable[[], float]) -> None:
        self._database = database
        self._per_second = per_second
        self._clock = clock

    async def reserve(self, name: str, cost: int) -> float:
        """Seconds to wait before `cost` units may be sent: that place is taken now. Raises `connection.Away`."""
        per_second = self._per_second.get(name, 0)
        if per_second <= 0:
            return 0
        given: dict[str, object] = {"now": self._clock(), "cost": cost, "per_second": per_second}
        return float(await self._database.run(Call(script("reserve"), [keys.rate(name)], given)))
