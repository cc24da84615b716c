"""What Telegram's refusals mean for a delivery. They never quote the person."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import structlog
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.left import verdict
from bot.messages import GiveUp, Later, SendError, Stop, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

_DONE = ("message is not modified", "message to edit not found", "message can't be edited", "query is too old")
"""Refusals of an edit or an answer to a tap that leave nothing to do."""


_PUZZLED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the library trips with over an answer that is not as it knows it: the message has left long before."""

log = structlog.get_logger(__name__)


@contextmanager
def unless_done() -> Iterator[None]:
    """A refusal that leaves nothing to do is none."""
    try:
        yield
    except BadRequest as error:
        if not error.message.lower().startswith(_DONE):
            raise


@contextmanager
def sorted_errors() -> Iterator[None]:
    """Telegram's errors inside come out as `SendError`s."""
    try:
        yield
    except TelegramError as error:
        raise _verdict(error) from error
    except (TimeoutError, *_PUZZLED) as error:
        raise verdict(error) from error


def _verdict(error: TelegramError) -> SendError:
    """In this order: `BadRequest` is a `NetworkError` too."""
    reason = f"telegram: {type(error).__name__}: {error.message}"
    match error:
        case RetryAfter(retry_after=timedelta() as wait):
            return Later(reason, wait.total_seconds())
        case Forbidden():
            return Stop(reason)
        case InvalidToken():
            # The token was changed, or not yet: operators mend that. Its words may quote it.
            return Later("telegram: InvalidToken: check TELEGRAM_BOT_TOKEN")
        case EndPointNotFound():
            log.error("telegram's server does not know what it is asked for: check TELEGRAM_API_URL")
            return Later(reason)
        case BadRequest() | ChatMigrated():
            return GiveUp(reason)
        case NetworkError(__cause__=httpx.HTTPError() as cause):
            return verdict(cause)
        case NetworkError() | Conflict() | RetryAfter():
            return Later(reason)
        case _:
            return Unknown(reason)
