"""What a worker does beside delivering: looks for missed SMS and days, tells Telegram where we are, or asks it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot import bootstrap
from bot.channels.sms import SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.kept.leases import Lease
from bot.messages import GiveUp, SendError
from bot.referral.deadlines import LEASE, keep_looking
from bot.sweep import keep_sweeping

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Mapping

    from bot.house import House
    from bot.messages import Channel

AGAIN = 15.0

log = structlog.get_logger(__name__)


def chores(parts: House, channels: Mapping[str, Channel]) -> Iterator[Coroutine[None, None, None]]:
    """What has to run beside the worker; all of it may be cancelled at any moment."""
    yield keep_looking(bootstrap.deadlines(parts), Lease(parts.database, "deadlines", LEASE))
    for channel in channels.values():
        if isinstance(channel, SmsChannel):
            yield keep_sweeping(bootstrap.sweep(parts, channel), bootstrap.sweeping(parts), parts.settings.sweep)
        if isinstance(channel, TelegramChannel):
            yield _telegram(parts, channel)


async def _telegram(parts: House, channel: TelegramChannel) -> None:
    await _prepared(parts, channel)
    if parts.settings.public_url is None:
        await bootstrap.polling(parts, channel).run()


async def _prepared(parts: House, channel: TelegramChannel) -> None:
    settings = parts.settings
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else None
    while True:
        try:
            return await channel.prepare(settings.public_url, secret, parts.content.commands())
        except GiveUp as error:
            log.error("telegram refuses: check PUBLIC_URL", reason=str(error))  # noqa: TRY400
        except SendError as error:
            log.warning("telegram is not told yet", reason=str(error))
        await asyncio.sleep(AGAIN)
