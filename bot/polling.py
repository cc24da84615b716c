"""Telegram without a public address: fetch updates, one process at a time. An update is over once its turn is written."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.connection import Away
from bot.conversation import Busy
from bot.messages import SendError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.leases import Lease
    from bot.messages import Inbound

log = structlog.get_logger(__name__)
