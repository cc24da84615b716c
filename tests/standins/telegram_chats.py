"""A private chat as a person at Telegram sees it, and what that person does, as updates of the Bot API."""

from __future__ import annotations

import time
from typing import Any

import msgspec


class Chat(msgspec.Struct):
    """One person's chat with the bot: its messages as they now look, newest last.

    `below` is the keyboard in place of the letters, until the bot takes it away.
    """

    id: int
    language: str = "es"
    first_name: str = "Rosa"
    blocked: bool = False
    messages: list[dict[str, Any]] = []
    below: list[list[dict[str, Any]]] = []

    def person(self) -> dict[str, Any]:
        """The User."""
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": self.language}

    def described(self) -> dict[str, Any]:
        """The Chat."""
        return {"id": self.id, "type": "private", "first_name": self.first_name}

    def add(self, sender: dict[str, Any], number: int, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """A new Message in it."""
        at = {"message_id": number, "date": int(time.time())}
        message = {**at, "chat": self.described(), "from": sender, **content}
        self.messages.append(message)
        return message

    def show_below(self, markup: dict[str, Any]) -> None:
        """A ReplyKeyboardMarkup or ReplyKeyboardRemove; anything else leaves what is there."""
        if markup.get("remove_keyboard"):
            self.below = []
        self.below = markup.get("keyboard", self.below)

    def message(self, number: int) -> dict[str, Any] | None:
        """The message of this id."""
        return next((message for message in self.messages if message["message_id"] == number), None)

    def from_bot(self) -> list[dict[str, Any]]:
        """The bot's messages."""
        return [message for message in self.messages if message["from"]["is_bot"]]

    def texts(self) -> list[str]:
        """What the bot's messages say now, captions too."""
        return [message.get("text", message.get("caption", "")) for message in self.from_bot()]

    def buttons(self) -> dict[str, tuple[int, str]]:
        """Label -> message id and callback data, of all the keyboards on screen; the newest wins."""
        return {
            button["text"]: (message["message_id"], button["callback_data"])
            for message in self.from_bot()
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        }


def contact_button(chat: Chat) -> str:
    """The label of the button that shares one's number; "" where there is none."""
    buttons = (button for row in chat.below for button in row if button.get("request_contact"))
    return next((str(button["text"]) for button in buttons), "")


def command_entities(text: str) -> dict[str, Any]:
    """The `entities` of a message that begins with a command."""
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}
