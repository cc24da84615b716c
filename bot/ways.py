"""How a room is reached beside its code: by a picture of a link on Telegram, and its page by who leads it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from msgspec.structs import replace

from bot.channels.telegram import TelegramChannel
from bot.messages import Picture, SendError
from bot.report.poster import png
from bot.texts import Texts
from flows.model import Say
from flows.scene import Turn

ASKED_FOR = 3.0
"""Seconds that Telegram has to tell the bot's name: a turn waits for it, once."""

log = structlog.get_logger(__name__)


class BotName:
    """The bot's name on Telegram, asked for when it is first needed."""

    def __init__(self, token: str, api_url: str) -> None:
        self._token = token
        self._api_url = api_url
        self._known: str | None = None

    async def __call__(self) -> str | None:
        """Without the @; None while Telegram does not say."""
        self._known = self._known or await self._asked()
        return self._known

    async def _asked(self) -> str | None:
        channel = TelegramChannel(self._token, self._api_url, ASKED_FOR)
        try:
            return await channel.username()
        except SendError as error:
            log.warning("no name of the bot", error=type(error).__name__)
            return None
        finally:
            await channel.close()


async def unnamed() -> str | None:
    """The name of a bot that is not there."""
    return None


@dataclass(frozen=True)
class Ways:
    """`base_url` is where the pages are, without a slash at its end; `name` tells the Telegram bot's."""

    base_url: str = ""
    name: Callable[[], Awaitable[str | None]] = unnamed

    def with_page(self, turn: Turn) -> Turn:
        """The turn, saying where the room's page is if it has one."""
        if not turn.page:
            return turn
        return replace(turn, says=(*turn.says, Say("room.page", {"link": f"{self.base_url}/group/{turn.page}"})))

    async def picture(self, texts: Texts, turn: Turn) -> Picture | None:
        """The link into a room that was opened on Telegram, as a QR code to be held up."""
        session = turn.session
        if (
            session is None
            or session.room is None
            or session.channel != "telegram"
            or "room_opened" not in turn.happened
        ):
            return None
        name = await self.name()
        if name is None:
            return None
        code = session.room.code
        link = f"https://t.me/{name}?start=join-{code}"
        caption = texts.say(Say("room.qr", {"code": code, "link": link}), session.locale)
        return Picture(await asyncio.to_thread(png, link), caption)


NO_WAYS = Ways()
