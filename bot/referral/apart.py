"""One case after the other: what is wrong with one keeps no other from being seen to."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.kept.connection import Away

if TYPE_CHECKING:
    from collections.abc import Awaitable

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def apart(reference: str, work: Awaitable[T]) -> T | None:
    """What came of it; None, and a line in the log, where the case can't be read or trips over a bug. Raises `Away`."""
    [ended] = await asyncio.gather(work, return_exceptions=True)
    if isinstance(ended, Away):
        raise ended
    if isinstance(ended, BaseException):
        # The type alone: a message may quote what was said.
        log.error("a case was left", reference=reference, error=type(ended).__name__)
        return None
    return ended
