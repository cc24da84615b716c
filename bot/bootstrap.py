"""The one place that joins the real parts to what `web` serves and what `worker` does.

What both share is in `house`, how they are started and stopped in `processes`.
"""

from __future__ import annotations

import time
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.channels.mail import MailChannel
from bot.channels.phone import PhoneChannel
from bot.channels.sms import Account, SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.webhook import WebhookChannel, secrets_of
from bot.desk import export_pages, learn_pages
from bot.desk import routes as desk_routes
from bot.desk.exports import Exports
from bot.desk.sign_ins import SignIns
from bot.desk.visit import Desk, Office
from bot.group import pages as group
from bot.group.door import PACE, WRONG, Group
from bot.hooks import SmsHooks, TelegramHook
from bot.kept.doors import Doors
from bot.kept.funnel import reached
from bot.kept.leases import Bookmark, Lease
from bot.kept.parts import Parts
from bot.kept.rate import Rates
from bot.kept.timers import Timers
from bot.mailbox import catching
from bot.polling import LEASE, Polling
from bot.posts import JOB as POST
from bot.posts import Posts
from bot.referral.deadlines import Deadlines
from bot.referral.thread import HEARD, SAYS, Hearing, Says
from bot.referral.told import JOB as TOLD
from bot.referral.told import Told
from bot.referrals import FORGET, JOB, Referrals
from bot.sweep import Sweep
from bot.try_it import routes as try_routes
from bot.try_it.numbers import legible
from bot.try_it.try_it import TryIt
from bot.web import Site
from bot.worker import Worker
from flows.events import TimerDue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.routing import BaseRoute

    from bot.house import House
    from bot.messages import Channel
    from bot.settings import Settings
    from bot.store import Chat


def site(parts: House) -> Site:
    """What `web` serves."""
    return Site(
        ping=parts.store.ping,
        counts=parts.outbox.counts,
        clock=time.time,
        metrics=parts.metrics,
        funnel=lambda: reached(parts.database),
        sms=_sms_hooks(parts),
        telegram=_telegram_hook(parts),
        pages=(*_desk_pages(parts), *group.routes(_group(parts)), *_try_pages(parts)),
        only_at=parts.settings.host if _alone(parts.settings) else None,
    )


def _alone(settings: Settings) -> bool:
    """Whether the mailbox is shown at /try: it leads to everybody's answers, so only where nobody else can come."""
    return settings.try_it and settings.at_home and settings.public_url is None and settings.smtp_url is None


def _sms_hooks(parts: House) -> SmsHooks | None:
    # Twilio signs the address it was told to call: without a PUBLIC_URL that can only be this machine's own.
    channel = sms_channel(parts.settings, parts.settings.base_url)
    return SmsHooks(parts.conversation, channel.signed, parts.outbox.settle_by_id, time.time) if channel else None


def _telegram_hook(parts: House) -> TelegramHook | None:
    secret = parts.settings.telegram_webhook_secret
    if parts.settings.telegram_bot_token is None or secret is None:
        return None
    return TelegramHook(parts.conversation, secret.get_secret_value(), time.time, parts.taps.heard)


def _desk(parts: House) -> Desk:
    content = parts.content
    return Desk(parts.referrals, parts.contacts, content.texts, content.checklists, time.time)


def _office(parts: House) -> Office:
    return Office(
        desk=_desk(parts),
        sign_ins=SignIns(parts.database, parts.vault),
        index=parts.index,
        trail=parts.trail,
        acting=parts.acting,
        box=parts.outbox,
        vault=parts.vault,
        talking=parts.talking,
        url=parts.settings.base_url,
        public_url=parts.settings.public_url,
    )


def _desk_pages(parts: House) -> list[BaseRoute]:
    office = _office(parts)
    exports = Exports(parts.database, parts.vault, parts.referrals, parts.content.checklists, time.time)
    counted = (*export_pages.routes(office, exports), *learn_pages.routes(office, parts.database))
    return [*desk_routes.routes(office), *counted]


def _group(parts: House) -> Group:
    settings = parts.settings
    doors, rates = Doors(parts.database, parts.vault), Rates(parts.database, {WRONG: PACE}, time.time)
    number = settings.twilio_from or ""
    read_out = legible(number) if number.startswith("+") else number
    return Group(parts.conversation, doors, rates, read_out, settings.public_url)


def _try_pages(parts: House) -> list[BaseRoute]:
    settings = parts.settings
    if not settings.try_it:
        return []
    box = mail_folder(settings) if _alone(settings) else None
    shown = TryIt(parts.conversation, parts.phones, parts.vault, parts.content.texts, box, settings.public_url)
    return list(try_routes.routes(shown))


def mail_folder(settings: Settings) -> Path:
    """Where mail is kept while there is no mail server."""
    return settings.folder / "mail"


def sms_channel(settings: Settings, public_url: str | None, counts: Parts | None = None) -> SmsChannel | None:
    """Twilio, if it is set up; reports and signatures are for `public_url`, and what is sent goes into `counts`."""
    if settings.twilio_account_sid is None or settings.twilio_auth_token is None:
        return None
    account = Account(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_from,
        settings.twilio_messaging_service_sid,
        settings.twilio_api_url,
    )
    return SmsChannel(account, public_url, paid=counts.sent if counts else None)


def sweep(parts: House, channel: SmsChannel) -> Sweep:
    """The look at Twilio's list."""
    return Sweep(channel, parts.conversation.handle, Bookmark(parts.database, "sms"), time.time)


@asynccontextmanager
async def delivering(parts: House) -> AsyncIterator[tuple[Worker, dict[str, Channel]]]:
    """The worker and its channels by name, which are closed at the end."""
    async with AsyncExitStack() as stack:
        channels = {channel.name: channel for channel in await _channels(parts, stack)}
        for channel in channels.values():
            stack.push_async_callback(channel.close)
        yield _worker(parts, channels), channels


async def _channels(parts: House, stack: AsyncExitStack) -> list[Channel]:
    settings = parts.settings
    smtp = settings.smtp_url
    url = smtp.get_secret_value() if smtp else await stack.enter_async_context(catching(mail_folder(settings)))
    found: list[Channel] = [MailChannel(url, settings.mail_from), WebhookChannel(webhook_keys(parts), time.time)]
    found += [PhoneChannel(name, parts.phones.put) for name in ("try_sms", "try_telegram")]
    if sms := sms_channel(settings, settings.public_url, Parts(parts.database, time.time)):
        found.append(sms)
    if settings.telegram_bot_token:
        token = settings.telegram_bot_token.get_secret_value()
        found.append(TelegramChannel(token, settings.telegram_api_url, recordings=settings.recordings))
    return found


def webhook_keys(parts: House) -> tuple[str, ...]:
    """What signs webhooks: the secret of the settings, else one made of each key."""
    secret = parts.settings.webhook_secret
    return (secret.get_secret_value(),) if secret else secrets_of(parts.keys)


def referring(parts: House) -> Referrals:
    """The worker's hand for referrals."""
    checklists = parts.content.checklists
    return Referrals(parts.referrals, parts.outbox, parts.contacts, checklists, parts.post, parts.notices)


def _worker(parts: House, channels: dict[str, Channel]) -> Worker:
    conversation, referrals = parts.conversation, referring(parts)
    told, said = Told(conversation.handle, time.time), Says(conversation.handle, time.time)
    posts = Posts(conversation.handle, Doors(parts.database, parts.vault), parts.vault, time.time)

    async def rung(chat: Chat, name: str) -> None:
        await conversation.happened(chat.channel, chat.address, TimerDue(name))

    return Worker(
        outbox=parts.outbox,
        timers=Timers(parts.database, parts.vault, time.time),
        rates=Rates(
            parts.database,
            {"sms": parts.settings.twilio_rate, "telegram": parts.settings.telegram_rate},
            time.time,
        ),
        channels=channels,
        jobs={JOB: referrals.accept, FORGET: referrals.forget, POST: posts.bring, TOLD: told.bring}
        | {SAYS: said.bring, HEARD: hearing(parts).bring},
        on_event=conversation.happened,
        on_timer=rung,
        clock=time.time,
    )


def hearing(parts: House) -> Hearing:
    """The worker's hand for what people answer to staff."""
    return Hearing(parts.referrals, parts.trail, parts.outbox, parts.contacts, parts.post, parts.notices)


def polling(parts: House, channel: TelegramChannel) -> Polling:
    """The fetching of Telegram's updates."""
    lease = Lease(parts.database, "telegram", LEASE)
    return Polling(channel, parts.conversation.handle, lease, time.time, desk=parts.taps.heard)


def deadlines(parts: House) -> Deadlines:
    """The look for what nobody took in time."""
    given = (parts.referrals, parts.index, parts.outbox, parts.contacts)
    return Deadlines(*given, parts.post, parts.notices, parts.announcer, time.time)


def sweeping(parts: House) -> Lease:
    """Which worker looks at Twilio's list."""
    return Lease(parts.database, "sweep", 2 * parts.settings.sweep + 30)
