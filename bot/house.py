"""What every process has: content, contacts, keys, the store, the road. `bootstrap` makes web and worker of it."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import structlog

from bot.contacts import Contacts, load_contacts, sample
from bot.content import Content, load_content
from bot.conversation import Conversation
from bot.desk.talking import Talking
from bot.kept.connection import Away, Database, Refused, connect
from bot.kept.crypto import Vault, unlock
from bot.kept.embedded import embedded
from bot.kept.folder import made
from bot.kept.own_key import own_keys
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.picture import Drawing
from bot.referral.acting import Acting
from bot.referral.announced import Announcer
from bot.referral.index import Index
from bot.referral.linked import Linked
from bot.referral.mail import Post
from bot.referral.notices import Notices
from bot.referral.standing import Rules
from bot.referral.store import ReferralStore
from bot.referral.taps import Taps
from bot.referral.trail import Trail
from bot.store import Store
from bot.try_it.phones import Phones
from bot.voices import Voices
from bot.ways import BotName, Ways, unnamed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.settings import Settings

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
            within_days=self.contacts.within_days,
            partition=lambda channel, address: Vault.partition(self.vault.chat_key(channel, address)),
            picture=Drawing(self.content).picture,
            count=self.metrics.count,
            clock=time.time,
            brake=self.settings.brake,
            in_pieces=self.settings.sms_in_pieces,
            voices=Voices(self.settings.recordings),
            ways=self._ways,
        )

    @property
    def _ways(self) -> Ways:
        return Ways(self.settings.base_url, self.bot_name)

    @cached_property
    def bot_name(self) -> Callable[[], Awaitable[str | None]]:
        """Tells the Telegram bot's name."""
        token, api_url = self.settings.telegram_bot_token, self.settings.telegram_api_url
        return BotName(token.get_secret_value(), api_url) if token else unnamed

    @cached_property
    def referrals(self) -> ReferralStore:
        """Referrals."""
        rules = Rules(self.content.checklists, self.contacts.within_days)
        return ReferralStore(self.database, self.vault, rules)

    @cached_property
    def trail(self) -> Trail:
        """Who did what with which referral."""
        return Trail(self.database, self.vault)

    @cached_property
    def index(self) -> Index:
        """The heads of all referrals, in the memory of this process."""
        return Index(self.database, self.vault, self.referrals)

    @cached_property
    def post(self) -> Post:
        """What writes mails about referrals."""
        return Post(self.content.texts, self.settings.base_url)

    @cached_property
    def announcer(self) -> Announcer:
        """What tells of a step at the desk."""
        return Announcer(self.referrals, self.outbox, self.contacts, self.post, self.notices)

    @cached_property
    def acting(self) -> Acting:
        """What staff do with a referral."""
        return Acting(self.referrals, self.announcer, self.contacts, time.time)

    @cached_property
    def talking(self) -> Talking:
        """What staff write to people."""
        content = self.content
        return Talking(self.store, self.outbox, self.trail, content.texts, content.checklists, time.time)

    @cached_property
    def linked(self) -> Linked:
        """Which Telegram chat is which contact's."""
        return Linked(self.database, self.vault, self.contacts)

    @cached_property
    def notices(self) -> Notices:
        """What contacts are told beside their mail."""
        content, settings = self.content, self.settings
        bot = settings.telegram_bot_token is not None
        return Notices(content.texts, content.checklists, self.linked, settings.base_url, bot)

    @cached_property
    def taps(self) -> Taps:
        """What staff do in Telegram."""
        locale = self.settings.locale
        return Taps(self.acting, self.referrals, self.linked, self.notices, self.outbox, locale, time.time)

    @cached_property
    def phones(self) -> Phones:
        """The phones at /try."""
        return Phones(self.database, self.vault)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """Everything that web and worker share. Raises what loading, `embedded`, `unlock` and a missing Redis raise."""
    content = load_content(settings)
    contacts = _contacts(settings)
    keys = tuple(key.get_secret_value() for key in settings.keys) or own_keys(settings.folder)
    async with AsyncExitStack() as stack:
        given = settings.redis_url
        url = given.get_secret_value() if given else await stack.enter_async_context(embedded(made(settings.folder)))
        database = connect(url)
        stack.push_async_callback(database.aclose)
        yield House(settings, content, contacts, keys, database, await _unlocked(database, keys), Metrics())


def _contacts(settings: Settings) -> Contacts:
    """Samples only where nobody but this machine is served: who is asked protected questions has to be protected."""
    if settings.contacts:
        return load_contacts(settings.contacts)
    return sample() if settings.trial else Contacts(())


async def _unlocked(database: Database, keys: tuple[str, ...]) -> Vault:
    until = time.monotonic() + REDIS_WITHIN
    while True:
        try:
            return await unlock(database, keys)
        except Refused:
            raise
        except Away as error:
            if time.monotonic() > until:
                raise
            log.warning("waiting for redis", why=str(error))
            await asyncio.sleep(1)
