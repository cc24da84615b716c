"""Telegram's updates, read: what a person wrote, tapped or did, and what a button carries. Sending is in `telegram`."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from bot.messages import Inbound, Tapped
from flows.events import Contact, Event, OptedIn, OptedOut, Tap, Text, Unreadable

WANTED = ("message", "callback_query", "my_chat_member")
"""The updates asked for (Telegram Bot API, `allowed_updates`)."""

_UNREADABLE = (
    *("photo", "voice", "sticker", "video", "video_note", "animation", "audio"),
    *("document", "location", "venue", "poll", "dice", "story"),
)

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?=\s|$)")
_PAYLOAD = re.compile(r"\s+([A-Za-z0-9_-]{1,64})\s*")
_NUMBER = re.compile(r"\+?([0-9]{7,15})")
_REPLY_LIMIT = 64
LONGEST = 4096
"""Characters of a message (Telegram Bot API, "sendMessage"): what is longer did not come from Telegram."""


async def nobody(update: dict[str, Any]) -> bool:  # noqa: ARG001 - stands where a desk would listen
    """Whether the update was for somebody at the desk, where nobody is."""
    return False


class Malformed(ValueError):
    """No update as the Bot API describes it."""


class _User(msgspec.Struct):
    id: int | None = None
    language_code: str | None = None


class _Chat(msgspec.Struct):
    id: int
    type: str


class _Entity(msgspec.Struct):
    type: str
    offset: int
    length: int


class _Contact(msgspec.Struct):
    phone_number: str
    user_id: int | None = None


class _Message(msgspec.Struct):
    message_id: int
    chat: _Chat
    sender: _User | None = msgspec.field(default=None, name="from")
    text: str | None = None
    entities: tuple[_Entity, ...] = ()
    contact: _Contact | None = None

    @property
    def bold(self) -> int:
        """How much of the beginning is a heading."""
        return next((one.length for one in self.entities if (one.type, one.offset) == ("bold", 0)), 0)


class _Query(msgspec.Struct):
    id: str
    sender: _User = msgspec.field(name="from")
    message: _Message | None = None
    data: str = ""


class _Standing(msgspec.Struct):
    status: str


class _Membership(msgspec.Struct):
    chat: _Chat
    sender: _User = msgspec.field(name="from")
    new_chat_member: _Standing


class _Update(msgspec.Struct):
    update_id: int
    message: _Message | None = None
    callback_query: _Query | None = None
    my_chat_member: _Membership | None = None


def receive(update: dict[str, Any], received: float) -> Inbound | None:
    """What a person did in a private chat; None for all that is not for us. Raises `Malformed`."""
    try:
        read = msgspec.convert(update, _Update)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error
    if read.message:
        return _written(read.update_id, read.message, update["message"], received)
    if read.callback_query:
        return _tapped(read.update_id, read.callback_query, received)
    if read.my_chat_member:
        return _joined(read.update_id, read.my_chat_member, received)
    return None


def button_data(state: str, asked: int, reply: str) -> str:
    """What a button carries: the question, the turn it was asked in, the reply. Raises `ValueError` above 64 bytes."""
    data = f"{state}|{asked}|{reply}"
    if len(data.encode()) > _REPLY_LIMIT:
        message = f"a button carries {_REPLY_LIMIT} bytes at most: {data}"
        raise ValueError(message)
    return data


def tap(data: str) -> Tap | None:
    """The tap that `data` stands for; None where it is none of ours."""
    state, _, rest = data.partition("|")
    asked, _, reply = rest.partition("|")
    if len(data) > _REPLY_LIMIT or not (state and reply and asked.isascii() and asked.isdigit()):
        return None
    return Tap(state, int(asked), reply)


def _written(number: int, message: _Message, raw: dict[str, Any], received: float) -> Inbound | None:
    kind = next((kind for kind in _UNREADABLE if kind in raw), None)
    event: Event | None = Unreadable(kind) if kind else _shared(message) or _text(message.text)
    return _inbound(number, message.chat, message.sender, event, received)


def _shared(message: _Message) -> Contact | None:
    """Whose contact it is, Telegram says: `user_id` of the sender. The number comes with a + or without."""
    contact, sender = message.contact, message.sender
    if contact is None:
        return None
    found = _NUMBER.fullmatch(re.sub(r"[\s()-]", "", contact.phone_number))
    own = sender is not None and sender.id is not None and sender.id == contact.user_id
    return Contact(f"+{found[1]}" if own and found else "")


def _text(text: str | None) -> Event | None:
    """A command without slash and bot's name; `/start` keeps its slash: Telegram's button writes it, not a person.

    What follows `/start` comes from a link to the bot (Telegram, "Deep linking").
    """
    if text is None:
        return None
    command = _COMMAND.match(text)
    if command is None:
        return Text(text[:LONGEST])
    if command[1].lower() != "start":
        return Text((command[1] + text[command.end() :])[:LONGEST])
    payload = _PAYLOAD.fullmatch(text, command.end())
    return Text(f"/start {payload[1]}" if payload else "/start")


def _tapped(number: int, query: _Query, received: float) -> Inbound | None:
    event, message = tap(query.data), query.message
    if event is None or message is None:
        return None
    tapped = Tapped(query.id, str(message.message_id), message.text or "", message.bold)
    return _inbound(number, message.chat, query.sender, event, received, tapped)


def _joined(number: int, membership: _Membership, received: float) -> Inbound | None:
    """In a private chat `kicked` is how Telegram says blocked, `member` unblocked."""
    events: dict[str, Event] = {"kicked": OptedOut(tell=False), "member": OptedIn()}
    event = events.get(membership.new_chat_member.status)
    return _inbound(number, membership.chat, membership.sender, event, received)


def _inbound(  # noqa: PLR0913, PLR0917 - the parts of one update
    number: int, chat: _Chat, sender: _User | None, event: Event | None, received: float, tapped: Tapped | None = None
) -> Inbound | None:
    if event is None or chat.type != "private":
        return None
    language = sender.language_code if sender else None
    return Inbound(f"tg:{number}", "telegram", str(chat.id), event, received, language, tapped)
