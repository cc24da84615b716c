"""The methods of the Bot API that Batea calls, with what each refuses, in that API's own words.

Webhook and polling are `telegram`'s matter.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from typing import Any

from tests.standins.telegram_chats import Chat

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_TEXT, _LONGEST_CAPTION, _LONGEST_DATA, _LONGEST_TOAST, _MOST_COMMANDS = 4096, 1024, 64, 200, 100
_PNG, _OGG = b"\x89PNG\r\n\x1a\n", b"OggS"
_ACTIONS = frozenset({"typing", "upload_photo", "record_voice", "upload_voice"})
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

Params = Mapping[str, Any]


class Refused(Exception):
    """An answer that is not ok: code, description, seconds to wait."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after


class Methods:
    """Chats, and what the bot does to them. Each method takes the request's parameters and returns its `result`."""

    def __init__(self, username: str) -> None:
        self.me = {"id": 4242, "is_bot": True, "first_name": "Batea", "username": username}
        self.chats: dict[int, Chat] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.open_queries: set[str] = set()
        self.answered: dict[str, str] = {}
        self.actions: list[tuple[int, str]] = []
        self.files: dict[str, bytes] = {}
        self.numbers = itertools.count(1)

    def get_me(self, params: Params) -> dict[str, Any]:  # noqa: ARG002 - every method takes them
        """`getMe`."""
        return {**self.me, "can_join_groups": True, "supports_inline_queries": False}

    def send_message(self, params: Params) -> dict[str, Any]:
        """`sendMessage`."""
        chat, text = self._chat(params), _text(params.get("text", ""))
        sent = chat.add(self.me, next(self.numbers), text=text, **_entities(params, text), **_keyboard(params))
        chat.show_below(_json(params, "reply_markup") or {})
        return sent

    def send_photo(self, params: Params) -> dict[str, Any]:
        """`sendPhoto`, of an uploaded PNG."""
        chat, photo, caption = self._chat(params), params.get("photo"), params.get("caption", "")
        _demand(isinstance(photo, bytes), "there is no photo in the request")
        _demand(bytes(photo or b"").startswith(_PNG), "IMAGE_PROCESS_FAILED")
        _demand(len(caption) <= _LONGEST_CAPTION, "message caption is too long")
        size = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
        kept = chat.add(self.me, next(self.numbers), photo=[size], caption=caption, **_keyboard(params))
        kept["png"] = photo
        return {name: value for name, value in kept.items() if name != "png"}

    def send_voice(self, params: Params) -> dict[str, Any]:
        """`sendVoice`, of an upload or by the id of an earlier one; what is no OGG comes as a document."""
        chat, voice = self._chat(params), params.get("voice")
        _demand(bool(voice), "there is no voice in the request")
        if isinstance(voice, bytes):
            file = f"voice{len(self.files)}"
            self.files[file] = voice
        else:
            file = str(voice)
            _demand(file in self.files, "wrong file identifier/HTTP URL specified")
        kind = "voice" if self.files[file].startswith(_OGG) else "document"
        sent = {"file_id": file, "file_unique_id": file, "duration": 1, "mime_type": "audio/ogg"}
        return chat.add(self.me, next(self.numbers), **{kind: sent})

    def send_chat_action(self, params: Params) -> bool:
        """`sendChatAction`."""
        chat, action = self._chat(params), params.get("action", "")
        _demand(action in _ACTIONS, "wrong parameter action in request")
        self.actions.append((chat.id, action))
        return True

    def edit_message_reply_markup(self, params: Params) -> dict[str, Any]:
        """`editMessageReplyMarkup`; without `reply_markup` the keyboard goes."""
        message, keyboard = self._own_message(params), _keyboard(params)
        _demand(keyboard.get("reply_markup") != message.get("reply_markup"), _SAME)
        message.pop("reply_markup", None)
        message.update({"edit_date": message["date"], **keyboard})
        return message

    def edit_message_text(self, params: Params) -> dict[str, Any]:
        """`editMessageText`; without `reply_markup` the keyboard goes."""
        text, message = _text(params.get("text", "")), self._own_message(params)
        now = {"text": text, **_entities(params, text), **_keyboard(params)}
        changing = ("text", "entities", "reply_markup")
        _demand(now != {name: message[name] for name in changing if name in message}, _SAME)
        for name in changing:
            message.pop(name, None)
        message.update({"edit_date": message["date"], **now})
        return message

    def answer_callback_query(self, params: Params) -> bool:
        """`answerCallbackQuery`, once a query."""
        query, text = params.get("callback_query_id", ""), params.get("text", "")
        _demand(query in self.open_queries, _TOO_OLD)
        _demand(len(text) <= _LONGEST_TOAST, "MESSAGE_TOO_LONG")
        self.open_queries.remove(query)
        self.answered[query] = text
        return True

    def set_my_commands(self, params: Params) -> bool:
        """`setMyCommands` of a language; of all others without `language_code`."""
        commands = _json(params, "commands")
        _demand(isinstance(commands, list) and len(commands) <= _MOST_COMMANDS, "can't parse commands JSON object")
        for command in commands:
            _demand(bool(_COMMAND.fullmatch(command["command"])), "BOT_COMMAND_INVALID")
            _demand(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[params.get("language_code", "")] = commands
        return True

    def _own_message(self, params: Params) -> dict[str, Any]:
        message = self._chat(params).message(int(params.get("message_id", 0)))
        _demand(message is not None, "message to edit not found")
        assert message is not None
        _demand(message["from"]["is_bot"], "message can't be edited")
        return message

    def _chat(self, params: Params) -> Chat:
        given = str(params.get("chat_id", ""))
        chat = self.chats.get(int(given)) if given.lstrip("-").isdigit() else None
        _demand(chat is not None, "chat not found" if given else "chat_id is empty")
        assert chat is not None
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat


def _demand(right: bool, description: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not right:
        raise Refused(400, f"Bad Request: {description}")


def _text(text: str) -> str:
    _demand(bool(text.strip()), "message text is empty")
    _demand(len(text.encode("utf-16-le")) // 2 <= _LONGEST_TEXT, "message is too long")
    return text.strip()


def _json(params: Params, name: str) -> Any:  # noqa: ANN401 - JSON
    try:
        given = params.get(name)
        return json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise Refused(400, f"Bad Request: can't parse {name} JSON object") from None


def _entities(params: Params, text: str) -> dict[str, Any]:
    """Those within the text, as the server keeps them."""
    length = len(text.encode("utf-16-le")) // 2
    given = _json(params, "entities") or []
    kept = [one for one in given if one["length"] > 0 and one["offset"] + one["length"] <= length]
    return {"entities": kept} if kept else {}


def _keyboard(params: Params) -> dict[str, Any]:
    """The inline keyboard, which alone becomes part of the message."""
    markup = _json(params, "reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return {}
    for row in markup["inline_keyboard"]:
        for button in row:
            _demand(bool(button["text"]), "text buttons are allowed only with text")
            _demand(1 <= len(button["callback_data"].encode()) <= _LONGEST_DATA, "BUTTON_DATA_INVALID")
    return {"reply_markup": markup}
