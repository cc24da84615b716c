"""The one place that joins the real parts: settings in, and out come what `web` serves and what `worker` does.

How these are started and stopped is in `processes`.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import structlog

from bot.channels.mail import MailChannel
from bot.channels.phone import PhoneChannel
from bot.channels.sms import Account, SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import receive
from bot.connection import Away, Database, connect
from bot.contacts import Contacts, load_contacts, sample
from bot.content import Content, load_content
from bot.conversation import Conversation
from bot.crypto import Vault, unlock
from bot.desk import pages as desk
from bot.desk.links import Links
from bot.embedded import embedded
from bot.hooks import SmsHooks, TelegramHook
from bot.leases import Bookmark, Lease
from bot.mailbox import catching
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.own_key import own_keys
from bot.picture import Drawing
from bot.polling import LEASE, Polling
from bot.rate import Rates
from bot.referral_mail import Post
from bot.referral_store import ReferralStore
from bot.referrals import JOB, Referrals
from bot.store import Store
from bot.sweep import Sweep
from bot.timers import Timers
from bot.try_it import routes as try_routes
from bot.try_it.phones import Phones
from bot.try_it.try_it import TryIt
from bot.web import Site
from bot.worker import Worker
from flows.model import TimerDue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.routing import BaseRoute

    from bot.messages import Channel
    from bot.settings import Settings
    from bot.store import Chat

REDIS_WITHIN = 30.0
"""Seconds to wait at start for a Redis that starts at the same time."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class House:
    """What every process has. `keys` are those of BATEA_KEYS or our own."""

    settings: Settings
    content: Content
    contacts: Contacts
    keys: tuple[str, ...]
    database: Database
    vault: Vault
    metrics: Metrics

    @cached_property
    def outbox(self) -> Outbox:
        """What has to leave."""
        return Outbox(self.database, self.vault, time.time)

    @cached_property
    def store(self) -> Store:
        """Where chats stand."""
        return Store(self.database, self.vault, time.time)

    @cached_property
    def conversation(self) -> Conversation:
        """The road."""
        return Conversation(
            store=self.store,
            texts=self.content.texts,
            words=self.content.words,
            checklists=self.content.checklists,
            protects=self.contacts.protects,
            partition=lambda channel, address: Vault.partition(self.vault.chat_key(channel, address)),
            picture=Drawing(self.content).picture,
            count=lambda name: self.metrics.happened.labels(name).inc(),
            clock=time.time,
            brake=self.settings.brake,
        )

    @cached_property
    def links(self) -> Links:
        """The links in mails."""
        return Links(self.keys, self.settings.base_url)

    @cached_property
    def phones(self) -> Phones:
        """The phones at /try."""
        return Phones(self.database, self.vault)


@asynccontextmanager
async def house(settings: Settings) -> AsyncIterator[House]:
    """Everything that web and worker share. Raises what loading, `embedded`, `unlock` and a missing Redis raise."""
    content = load_content(settings)
    contacts = load_contacts(settings.contacts) if settings.contacts else sample()
    keys = tuple(key.get_secret_value() for key in settings.keys) or own_keys(settings.folder)
    async with AsyncExitStack() as stack:
        given = settings.redis_url
        url = given.get_secret_value() if given else await stack.enter_async_context(embedded(settings.folder))
        database = connect(url)
        stack.push_async_callback(database.aclose)
        yield House(settings, content, contacts, keys, database, await _unlocked(database, keys), Metrics())


async def _unlocked(database: Database, keys: tuple[str, ...]) -> Vault:
    until = time.monotonic() + REDIS_WITHIN
    while True:
        try:
            return await unlock(database, keys)
        except Away:
            if time.monotonic() > until:
                raise
            log.warning("waiting for redis")
            await asyncio.sleep(1)


def site(parts: House) -> Site:
    """What `web` serves."""
    return Site(
        ping=parts.store.ping,
        counts=parts.outbox.counts,
        clock=time.time,
        metrics=parts.metrics,
        sms=_sms_hooks(parts),
        telegram=_telegram_hook(parts),
        pages=(*desk.routes(_desk(parts)), *_try_pages(parts)),
    )


def _sms_hooks(parts: House) -> SmsHooks | None:
    # Twilio signs the address it was told to call: without a PUBLIC_URL that can only be this machine's own.
    channel = sms_channel(parts.settings, parts.settings.base_url)
    return SmsHooks(parts.conversation, channel.signed, parts.outbox.settle_by_id, time.time) if channel else None


def _telegram_hook(parts: House) -> TelegramHook | None:
    secret = parts.settings.telegram_webhook_secret
    if parts.settings.telegram_bot_token is None or secret is None:
        return None
    return TelegramHook(parts.conversation, secret.get_secret_value(), receive, time.time)


def _desk(parts: House) -> desk.Desk:
    content = parts.content
    store = ReferralStore(parts.database, parts.vault)
    return desk.Desk(store, parts.contacts, content.texts, content.checklists, parts.links, time.time)


def _try_pages(parts: House) -> list[BaseRoute]:
    settings = parts.settings
    if not settings.try_it:
        return []
    # The mailbox leads to everybody's answers: it is shown where nobody else can come.
    alone = settings.at_home and settings.public_url is None and settings.smtp_url is None
    box = mail_folder(settings) if alone else None
    shown = TryIt(parts.conversation, parts.phones, parts.vault, parts.content.texts, box, settings.public_url)
    return list(try_routes.routes(shown))


def mail_folder(settings: Settings) -> Path:
    """Where mail is kept while there is no mail server."""
    return settings.folder / "mail"


def sms_channel(settings: Settings, public_url: str | None) -> SmsChannel | None:
    """Twilio, if it is set up; reports and signatures are for `public_url`."""
    if settings.twilio_account_sid is None or settings.twilio_auth_token is None:
        return None
    account = Account(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_from,
        settings.twilio_messaging_service_sid,
        settings.twilio_api_url,
    )
    return SmsChannel(account, public_url)


def sweep(parts: House, channel: SmsChannel) -> Sweep:
    """The look at Twilio's list."""
    return Sweep(channel, parts.conversation.handle, Bookmark(parts.database, "sms"), time.time)
