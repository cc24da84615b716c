"""A house with Telegram's stand-in, a receiver of webhooks, contacts and a referral: all that notices pass through."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot import bootstrap
from bot.channels.telegram import TelegramChannel
from bot.messages import Body, Mail
from tests.bot.casework import drafted
from tests.bot.houses import built
from tests.standins.serving import serving
from tests.standins.telegram import TOKEN, Telegram
from tests.standins.telegram_chats import Chat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import pytest

    from bot.house import House
    from bot.messages import Outgoing

ANA, LUZ, MINER = 501, 502, 900
CONTACTS = f"""
[[contact]]
name = "Jefa"
role = "lead"
mail = "jefa@example.org"
languages = ["es"]
[[contact]]
name = "Ana"
role = "staff"
mail = "ana@example.org"
languages = ["en"]
countries = ["CO"]
telegram = "{ANA}"
[[contact]]
name = "Luz"
role = "protection"
mail = "luz@example.org"
languages = ["es"]
countries = ["CO"]
telegram = "{LUZ}"
[within_days]
A = 3
P = 1
"""


class Staffed:
    """The house, and the people at their phones."""

    def __init__(self, parts: House, standin: Telegram, channel: TelegramChannel) -> None:
        self.parts, self.standin, self.channel = parts, standin, channel
        self.polling = bootstrap.polling(parts, channel)
        self.other: list[Outgoing] = []

    async def refer(self, **given: Any) -> str:  # noqa: ANN401 - as `drafted` takes them
        """A referral whose notices are out; its reference."""
        found = drafted(7, at=time.time(), **given)
        await self.parts.referrals.keep(found)
        held = await self.parts.referrals.held(found.reference)
        assert held
        told = [one for one in self.parts.contacts.everybody if (one.role == "protection") == found.quiet]
        await self.parts.outbox.put(*await self.parts.notices.about(held, told, "new"))
        await self.deliver()
        return found.reference

    async def deliver(self) -> list[Body]:
        """All that is due leaves over Telegram; the rest is kept in `other`, mails forgotten."""
        sent = []
        while claimed := await self.parts.outbox.claim(time.time() + 1, 99):
            for one in claimed:
                provider = "kept"
                if one.out.channel == "telegram":
                    provider = await self.channel.send(one.out)
                    sent.append(one.out.body)
                elif not isinstance(one.out.body, Mail):
                    self.other.append(one.out)
                await self.parts.outbox.settle(one, provider)
        return sent

    async def fetch(self) -> list[Body]:
        """What people did is taken, and answered."""
        await self.polling.once()
        return await self.deliver()

    async def tap(self, chat: int, label: str) -> str:
        """Somebody taps a button; what their newest message then says."""
        await self.standin.tap(chat, label)
        await self.fetch()
        return self.standin.chats[chat].texts()[-1]

    async def write(self, chat: int, text: str) -> list[Body]:
        """Somebody writes."""
        await self.standin.say(chat, text)
        return await self.fetch()


@asynccontextmanager
async def staffed(monkeypatch: pytest.MonkeyPatch, folder: Path, redis_url: str) -> AsyncIterator[Staffed]:
    """Everything, with Ana and Luz in Telegram, and nobody having written yet."""
    (folder / "contacts.toml").write_text(CONTACTS)
    standin = Telegram()
    async with serving(standin.app) as url:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": url, "BATEA_CONTACTS": "contacts.toml"}
        async with built(monkeypatch, folder, redis_url, **given) as parts:
            channel = TelegramChannel(TOKEN, url)
            standin.chats |= {chat: Chat(chat) for chat in (ANA, LUZ)}
            yield Staffed(parts, standin, channel)
            await channel.close()
