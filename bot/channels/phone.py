"""The phones in a browser at `/try`: what would travel is handed over instead. Showing it is for `bot.try_it`."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from bot.channels.sms_text import segments
from bot.messages import Ack, Bare, Body, Button, Edit, GiveUp, Outgoing, Picture, Voice, Words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Entry = dict[str, Any]
    Put = Callable[[str, Entry], Awaitable[None]]


class PhoneChannel:
    """A channel `try_sms` or `try_telegram`; `put(address, entry)` takes each entry, which is ready for JSON.

    An entry has `id` and `kind`: words (text, buttons), edit (message, text, buttons), ack (query, text),
    picture (png as base64, caption). `buttons` is rows of {label, data}. Recordings, and buttons that only go, are not
    shown there.
    """

    can_be_asked = False

    def __init__(self, name: str, put: Put) -> None:
        self.name = name
        self._put = put

    def cost(self, body: Body) -> int:
        """As the real one: parts on the phone for SMS, else 1."""
        return segments(body.text) if self.name == "try_sms" and isinstance(body, Words) else 1

    async def send(self, out: Outgoing) -> str:
        """Hand it over; returns our own id, by which an edit finds the message. Raises `GiveUp` for mails and jobs."""
        if not isinstance(out.body, Bare | Voice):
            await self._put(out.address, {"id": out.id, **_entry(out.body)})
        return out.id

    async def find(self, out: Outgoing, since: float) -> str | None:  # noqa: ARG002 - `put` never leaves it open
        """None: a hand-over has happened or has failed."""
        return None

    async def close(self) -> None:
        """Nothing to give back."""


def _entry(body: Body) -> Entry:
    match body:
        case Words(text=text, buttons=rows):
            return {"kind": "words", "text": text, "buttons": _rows(rows)}
        case Edit(message=message, text=text, buttons=rows):
            return {"kind": "edit", "message": message, "text": text, "buttons": _rows(rows)}
        case Ack(query=query, text=text):
            return {"kind": "ack", "query": query, "text": text}
        case Picture(png=png, caption=caption):
            return {"kind": "picture", "png": b64encode(png).decode(), "caption": caption}
        case _:
            reason = f"a phone shows no {type(body).__name__}"
            raise GiveUp(reason)


def _rows(rows: tuple[tuple[Button, ...], ...]) -> list[list[dict[str, str]]]:
    return [[{"label": button.label, "data": button.data} for button in row] for row in rows]
