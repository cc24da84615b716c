"""Telegram: sends, edits, answers taps, and fetches updates where no webhook can be.

Only this and `telegram_errors` import its library. Updates are read in `telegram_updates`.
"""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

# Set before the import: without it the library warns about every waiting time.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram_errors import sorted_errors, unless_done
from bot.channels.telegram_updates import WANTED
from bot.messages import (
    Ack,
    Bare,
    Body,
    Edit,
    GiveUp,
    Outgoing,
    Picture,
    Voice,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.messages import Button

HOOK = "/hooks/telegram"

_BUSY_WITHIN = 1.0
"""Seconds that "sending a photo ..." may take: nothing waits for it longer."""


class TelegramChannel:
    """The channel `telegram` of this token's bot. `api_url` is scheme and host; `patience`, seconds for an answer.

    `recordings` is the folder of what is sent as `Voice`.
    """

    name = "telegram"
    can_be_asked = False

    def __init__(
        self,
        token: str,
        api_url: str = "https://api.telegram.org",
        patience: float = 10,
        recordings: Path = Path(),
    ) -> None:
        polling, calls = self._requests = (_request(2, patience), _request(64, patience))
        # For the whole, however slowly it drips; more than pool and connecting may take, so that it has left by then.
        self._longest = 4 * patience
        self._polled, self._patience = f"{api_url}/bot{token}/getUpdates", patience
        self._bot = Bot(token, base_url=f"{api_url}/bot", request=calls, get_updates_request=polling)
        self._recordings = recordings
        self._uploaded: dict[tuple[str, int], str | bytes] = {}

    def cost(self, body: Body) -> int:
        """One call is one of Telegram's about 30 a second; before an upload comes a second one, which tells of it."""
        return 2 if isinstance(body, Picture | Voice) else 1

    async def send(self, out: Outgoing) -> str:
        """Send, edit or answer; returns the id of the message, or of the answered tap. Raises a `SendError`."""
        with sorted_errors():
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
        with sorted_errors():
            if public_url is None:
                await self._bot.delete_webhook(drop_pending_updates=False)
            else:
                await self._bot.set_webhook(
                    public_url + HOOK, secret_token=secret, allowed_updates=WANTED, drop_pending_updates=False
                )
            await self._set_commands(commands)

    async def updates(self, offset: int | None, wait: int) -> list[dict[str, Any]]:
        """The updates from `offset` on, waiting up to `wait` seconds for one. Raises a `SendError`.

        As Telegram wrote them: the library reads no kind of message newer than itself, and gives nothing then.
        """
        asked = {"timeout": wait, "allowed_updates": json.dumps(WANTED)} | (
            {} if offset is None else {"offset": offset}
        )
        with sorted_errors():
            async with asyncio.timeout(wait + self._longest):
                url = f"{self._polled}?{urlencode(asked)}"
                found = await self._requests[0].post(url, read_timeout=wait + self._patience)
            return msgspec.convert(found, list[dict[str, Any]])

    async def username(self) -> str:
        """The bot's own name, for links to it. Raises a `SendError`."""
        with sorted_errors():
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
                await self._busy(chat, ChatAction.UPLOAD_PHOTO)
                return str((await self._bot.send_photo(chat, body.png, caption=body.caption)).message_id)
            case Voice():
                return await self._speak(chat, body)
            case Edit():
                return await self._edit(chat, body)
            case Bare():
                return await self._bare(chat, body)
            case Ack():
                return await self._answer(body)
            case _:
                reason = f"telegram carries no {type(body).__name__}"
                raise GiveUp(reason)

    async def _say(self, chat: str, words: Words) -> str:
        # No previews: the reader pays for the picture of a page that was only named.
        preview = LinkPreviewOptions(is_disabled=True)
        sent = await self._bot.send_message(
            chat,
            words.text,
            entities=_heading(words.bold),
            reply_markup=_below(words) or _keyboard(words.buttons),
            link_preview_options=preview,
        )
        return str(sent.message_id)

    async def _speak(self, chat: str, voice: Voice) -> str:
        """A recording goes up once; after that Telegram's own id of it is sent ("Sending files")."""
        file = self._recordings / voice.file
        try:
            known = voice.file, file.stat().st_mtime_ns
            ogg = self._uploaded.get(known, b"") or await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            reason = f"no recording {voice.file}"
            raise GiveUp(reason) from error
        await self._busy(chat, ChatAction.UPLOAD_VOICE)
        sent = await self._bot.send_voice(chat, ogg, filename=file.name)
        if sent.voice:
            self._uploaded[known] = sent.voice.file_id
        return str(sent.message_id)

    async def _busy(self, chat: str, action: ChatAction) -> None:
        """Shown until the upload arrives, five seconds at most; what becomes of it changes nothing."""
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(_BUSY_WITHIN):
                await self._bot.send_chat_action(chat, action)

    async def _edit(self, chat: str, edit: Edit) -> str:
        preview = LinkPreviewOptions(is_disabled=True)
        with unless_done():
            await self._bot.edit_message_text(
                edit.text,
                chat,
                int(edit.message),
                entities=_heading(edit.bold),
                reply_markup=_keyboard(edit.buttons),
                link_preview_options=preview,
            )
        return edit.message

    async def _bare(self, chat: str, bare: Bare) -> str:
        with unless_done():
            await self._bot.edit_message_reply_markup(chat, int(bare.message))
        return bare.message

    async def _answer(self, ack: Ack) -> str:
        with unless_done():
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


def _below(words: Words) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """The keyboard in place of the letters; a message has either this or buttons under it."""
    if words.unshare:
        return ReplyKeyboardRemove()
    if not words.share:
        return None
    button = KeyboardButton(words.share, request_contact=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _heading(units: int) -> list[MessageEntity] | None:
    """An entity and no markup: what a text says can never break it."""
    return [MessageEntity(MessageEntity.BOLD, 0, units)] if units else None
