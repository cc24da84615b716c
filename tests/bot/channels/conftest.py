"""A stage for each channel: the channel, its stand-in, and how to make things go wrong there."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

from bot.channels.mail import MailChannel
from bot.channels.sms import Account, SmsChannel
from bot.channels.telegram import TelegramChannel
from bot.messages import Body, Mail, Outgoing, Words
from tests.standins import telegram, twilio
from tests.standins.serving import closed_port, serving
from tests.standins.smtp import Smtp
from tests.standins.telegram_chats import Chat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from bot.messages import Channel

PERSON, CHAT, CONTACT = "+573001234567", 77, "maria@example.org"


def outgoing(body: Body, address: str, our_id: str = "p07-1-0") -> Outgoing:
    """Something to deliver."""
    return Outgoing(our_id, "any", address, body, 1_790_000_000.0)


class Stage(Protocol):
    """What the contract needs of a channel's stand-in."""

    can_be_asked: bool
    stops: bool

    @property
    def channel(self) -> Channel:
        """The channel under test."""

    def out(self, text: str = "Hola, ñandú") -> Outgoing:
        """A plain message for somebody who is there."""

    def arrived(self) -> list[str]:
        """The texts that got there."""

    def order(self, fault: str) -> None:
        """The next send meets this: later, wait, hang, drop, stop, never."""

    def away(self) -> Channel:
        """The same channel where nobody answers."""


class SmsStage:
    """Twilio."""

    can_be_asked = stops = True

    def __init__(self, standin: twilio.Twilio, url: str) -> None:
        self.standin, self.url, self.channel = standin, url, _sms(url)

    def out(self, text: str = "Hola, ñandú") -> Outgoing:
        return outgoing(Words(text), PERSON)

    def arrived(self) -> list[str]:
        return self.standin.sent_to(PERSON)

    def order(self, fault: str) -> None:
        names = {"later": "503", "wait": "429", "stop": "21610"}
        if fault == "never":
            self.standin.number = "+10000000000"
        else:
            self.standin.faults.append(names.get(fault, fault))

    def away(self) -> Channel:
        return _sms(closed_port())


class TelegramStage:
    """Telegram."""

    can_be_asked, stops = False, True

    def __init__(self, standin: telegram.Telegram, url: str) -> None:
        self.standin, self.url = standin, url
        self.channel = TelegramChannel(telegram.TOKEN, url, patience=0.5)
        standin.chats[CHAT] = Chat(CHAT)

    def out(self, text: str = "Hola, ñandú") -> Outgoing:
        return outgoing(Words(text), str(CHAT))

    def arrived(self) -> list[str]:
        return self.standin.chats[CHAT].texts() if CHAT in self.standin.chats else []

    def order(self, fault: str) -> None:
        names = {"later": "502", "wait": "429", "stop": "403"}
        if fault == "never":
            self.standin.chats.clear()
        else:
            self.standin.faults.append(names.get(fault, fault))

    def away(self) -> Channel:
        return TelegramChannel(telegram.TOKEN, closed_port(), patience=0.5)


class MailStage:
    """A mail server; it knows no wish to stop, and names no time to wait."""

    can_be_asked = stops = False

    def __init__(self, standin: Smtp, port: int) -> None:
        self.standin, self.channel = standin, MailChannel(f"smtp://127.0.0.1:{port}", "bot@batea.test", patience=0.5)

    def out(self, text: str = "Hola, ñandú") -> Outgoing:
        return outgoing(Mail("p07-1-0", "Asunto", text, f"<p>{text}</p>", "es"), CONTACT)

    def arrived(self) -> list[str]:
        bodies = [mail.get_body(("plain",)) for mail in self.standin.to(CONTACT)]
        return [body.get_content().strip() for body in bodies if body]

    def order(self, fault: str) -> None:
        names = {"later": "450", "wait": "data:451", "never": "550", "stop": "550"}
        self.standin.faults.append(names.get(fault, fault))

    def away(self) -> Channel:
        return MailChannel(closed_port().replace("http", "smtp"), "bot@batea.test", patience=0.5)


@pytest.fixture(params=["sms", "telegram", "mail"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Each channel in turn."""
    opened: dict[str, Callable[[], AbstractAsyncContextManager[Stage]]] = {
        "sms": sms_stage,
        "telegram": telegram_stage,
        "mail": mail_stage,
    }
    async with opened[request.param]() as made:
        yield made


@asynccontextmanager
async def sms_stage(*, standin: twilio.Twilio | None = None) -> AsyncIterator[SmsStage]:
    """SMS, with a fresh Twilio."""
    standin = standin or twilio.Twilio()
    async with serving(standin.app) as url:
        made = SmsStage(standin, url)
        yield made
        await made.channel.close()


@asynccontextmanager
async def telegram_stage() -> AsyncIterator[TelegramStage]:
    """Telegram, with a fresh server."""
    standin = telegram.Telegram()
    async with serving(standin.app) as url:
        made = TelegramStage(standin, url)
        yield made
        await made.channel.close()


@asynccontextmanager
async def mail_stage() -> AsyncIterator[MailStage]:
    """Mail, with a fresh server."""
    standin = Smtp()
    async with standin.serving() as port:
        yield MailStage(standin, port)


@pytest.fixture
async def sms() -> AsyncIterator[SmsStage]:
    """SMS alone."""
    async with sms_stage() as made:
        yield made


@pytest.fixture
async def telegrams() -> AsyncIterator[TelegramStage]:
    """Telegram alone."""
    async with telegram_stage() as made:
        yield made


def _sms(url: str) -> SmsChannel:
    return SmsChannel(Account(twilio.ACCOUNT, twilio.TOKEN, twilio.NUMBER, api_url=url), None, patience=0.5)
