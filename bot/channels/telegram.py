"""Telegram, and the one place that imports it: sends, edits, answers taps, and fetches updates where no webhook can be.

Updates are read in `telegram_updates`.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx

# Set before the import: without it the library warns about every waiting time.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
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
from telegram.request import HTTPXRequest

from bot.channels.left import verdict
from bot.channels.telegram_updates import WANTED
from bot.messages import Ack, Body, Edit, GiveUp, Later, Outgoing, Picture, SendError, Stop, Unknown, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.messages import Button

HOOK = "/hooks/telegram"

_DONE = ("message is not modified", "message to edit not found", "message can't be edited", "query is too old")
"""Refusals of an edit or an answer to a tap that leave nothing to do."""


class TelegramChannel:
    """The channel `telegram` of this token's bot. `api_url` is scheme and host; `patience`, seconds for an answer."""

    name = "telegram"

    def __init__(self, token: str, api_url: str = "https://api.telegram.org", patience: float = 10) -> None:
        polling, calls = self._requests = (_request(2, patience), _request(64, patience))
        # For the whole, however slowly it drips; more than pool and connecting may take, so that it has left by then.
        self._longest = 4 * patience
        self._bot = Bot(token, base_url=f"{api_url}/bot", request=calls, get_updates_request=polling)

    def cost(self, body: Body) -> int:  # noqa: ARG002 - the same for all
        """One call is one of Telegram's about 30 a second."""
        return 1

    async def send(self, out: Outgoing) -> str:
        """Send, edit or answer; returns the id of the message, or of the answered tap. Raises a `SendError`."""
        with _sorted_errors():
            async with asyncio.timeout(self._longest):
                return await self._do(out.address, out.body)

    async def find(self, out: Outgoing, since: float) -> str | None:  # noqa: ARG002 - Telegram can't be asked
        """None: the Bot API has no way to ask what was sent."""
        return None

    async def prepare(
        self, public_url: str | None, secret: str | None, commands: Mapping[str, Sequence[tuple[str, str]]]
    ) -> None:
        """Set the webhook, or without a public URL take it away, and the commands: (name, description) by locale.

        The first locale's commands are also those of everybody else. Raises a `SendError`.
        """
        with _sorted_errors():
            if public_url is None:
                await self._bot.delete_webhook(drop_pending_updates=False)
            else:
                await self._bot.set_webhook(
                    public_url + HOOK, secret_token=secret, allowed_updates=WANTED, drop_pending_updates=False
                )
            await self._set_commands(commands)

    async def updates(self, offset: int | None, wait: int) -> list[dict[str, Any]]:
        """The updates from `offset` on, waiting up to `wait` seconds for one. Raises a `SendError`."""
        with _sorted_errors():
            async with asyncio.timeout(wait + self._longest):
                found = await self._bot.get_updates(offset, timeout=timedelta(seconds=wait), allowed_updates=WANTED)
        return [update.to_dict() for update in found]

    async def username(self) -> str:
        """The bot's own name, for links to it. Raises a `SendError`."""
        with _sorted_errors():
            return str((await self._bot.get_me()).username)

    async def close(self) -> None:
        """Give back connections."""
        # Not by the bot: it closes nothing unless it was initialized, which costs a call.
        await asyncio.gather(*(request.shutdown() for request in self._requests))

    async def _do(self, chat: str, body: Body) -> str:
        match body:
            case Words():
                return await self._say(chat, body)
            case Picture():
                return str((await self._bot.send_photo(chat, body.png, caption=body.caption)).message_id)
            case Edit():
                return await self._edit(chat, body)
            case Ack():
                return await self._answer(body)
            case _:
                reason = f"telegram carries no {type(body).__name__}"
                raise GiveUp(reason)

    async def _say(self, chat: str, words: Words) -> str:
        # No previews: the reader pays for the picture of a page that was only named.
        preview = LinkPreviewOptions(is_disabled=True)
        keyboard = _keyboard(words.buttons)
        sent = await self._bot.send_message(chat, words.text, reply_markup=keyboard, link_preview_options=preview)
        return str(sent.message_id)

    async def _edit(self, chat: str, edit: Edit) -> str:
        preview = LinkPreviewOptions(is_disabled=True)
        with _unless_done():
            await self._bot.edit_message_text(
                edit.text,
                chat,
                int(edit.message),
                reply_markup=_keyboard(edit.buttons),
                link_preview_options=preview,
            )
        return edit.message

    async def _answer(self, ack: Ack) -> str:
        with _unless_done():
            await self._bot.answer_callback_query(ack.query, text=ack.text or None)
        return ack.query

    async def _set_commands(self, commands: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        by_language = {locale.split("_")[0]: listed for locale, listed in commands.items()}
        for number, (language, listed) in enumerate(by_language.items()):
            made = [BotCommand(name, description) for name, description in listed]
            await self._bot.set_my_commands(made, language_code=language)
            if number == 0:
                await self._bot.set_my_commands(made)


def _request(connections: int, seconds: float) -> HTTPXRequest:
    return HTTPXRequest(
        connections, read_timeout=seconds, write_timeout=seconds, connect_timeout=seconds, pool_timeout=seconds
    )


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    made = [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows]
    return InlineKeyboardMarkup(made) if made else None


@contextmanager
def _unless_done() -> Iterator[None]:
    try:
        yield
    except BadRequest as error:
        if not error.message.lower().startswith(_DONE):
            raise


@contextmanager
def _sorted_errors() -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        raise _verdict(error) from error
    except TimeoutError as error:
        raise verdict(error) from error


def _verdict(error: TelegramError) -> SendError:
    """In this order: `BadRequest` is a `NetworkError` too."""
    reason = f"telegram: {type(error).__name__}: {error.message}"
    match error:
        case RetryAfter(retry_after=timedelta() as wait):
            return Later(reason, wait.total_seconds())
        case Forbidden():
            return Stop(reason)
        case BadRequest() | InvalidToken() | EndPointNotFound() | ChatMigrated():
            return GiveUp(reason)
        case NetworkError(__cause__=httpx.HTTPError() as cause):
            return verdict(cause)
        case NetworkError() | Conflict() | RetryAfter():
            return Later(reason)
        case _:
            return Unknown(reason)
