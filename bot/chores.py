"""What a worker does beside delivering: looks for missed SMS and days, tells Telegram where we are, or asks it."""

from __future__ import annotations

import asyncio
from functools import partial
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
    from collections.abc import Callable, Coroutine, Iterator, Mapping

    from bot.house import House
    from bot.messages import Channel

    Chore = Callable[[], Coroutine[None, None, None]]

AGAIN = 15.0

log = structlog.get_logger(__name__)


def chores(parts: House, channels: Mapping[str, Channel]) -> Iterator[Coroutine[None, None, None]]:
    """What has to run beside the worker; all of it may be cancelled at any moment."""
    for name, chore in _named(parts, channels):
        yield lasting(name, chore)


async def lasting(name: str, chore: Chore, pause: float = AGAIN) -> None:
    """Do it to its end, and anew after a pause whenever it trips over a bug: it must not take deliveries with it."""
    while True:
        [ended] = await asyncio.gather(chore(), return_exceptions=True)
        if ended is None:
            return
        log.error("a chore failed", chore=name, exc_info=ended)
        await asyncio.sleep(pause)


def _named(parts: House, channels: Mapping[str, Channel]) -> Iterator[tuple[str, Chore]]:
    lease = Lease(parts.database, "deadlines", LEASE)
    yield "deadlines", partial(keep_looking, bootstrap.deadlines(parts), lease)
    for channel in channels.values():
        if isinstance(channel, SmsChannel):
            sweep, lease = bootstrap.sweep(parts, channel), bootstrap.sweeping(parts)
            yield "sweep", partial(keep_sweeping, sweep, lease, parts.settings.sweep)
        if isinstance(channel, TelegramChannel):
            yield "telegram", partial(_telegram, parts, channel)


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
