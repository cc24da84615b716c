"""Whose room a code of a page leads to, and what somebody gets to see whose code leads nowhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from bot.group.drawn import HEADERS, draw
from bot.kept.crypto import WrongKey
from bot.pages.languages import browser_locale
from bot.reading import readable
from flows.reference import LOOKALIKES
from flows.room.telling import rooms
from flows.session import Unreadable

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.conversation import Conversation
    from bot.kept.doors import Doors
    from bot.kept.rate import Rates
    from bot.kept.sealed import Chat
    from flows.model import Checklist
    from flows.session import Session

WRONG = "group"
PACE = 5.0
"""The pace at which wrong codes are answered, and how many that are a second."""
_PATIENCE = 2.0
"""Seconds that a wrong code waits; where many come, the others are told so at once."""


@dataclass(frozen=True)
class Group:
    """What the pages need. `number` is where SMS go, "" if there is none; `public_url` as in the settings.

    Codes cannot be guessed (55 bits of chance); `rates` keep those who try from keeping Redis busy.
    """

    road: Conversation
    doors: Doors
    rates: Rates
    number: str = ""
    public_url: str | None = None


@dataclass(frozen=True)
class Led:
    """The room behind a code: the chat of its leader, the session there, and the assessment that is the room's."""

    code: str
    chat: Chat
    whole: Session
    leads: Session
    checklist: Checklist

    @property
    def rests(self) -> bool:
        """Whether nothing can be filled in: it has ended, or the phone is at something else."""
        return self.whole is not self.leads or self.leads.room is None or bool(self.leads.room.ended)


async def led(group: Group, typed: str) -> Led | None:
    """The room of a page's code; None where there is none (any more). Raises `connection.Away`, `Ahead`."""
    code = typed.upper().translate(LOOKALIKES)
    chat = await _chat(group, code)
    session = await _session(group, chat) if chat else None
    leads = next((one for one in rooms(session) if one.room and one.room.page == code), None)
    if chat is None or session is None or leads is None:
        return None
    return Led(code, chat, session, leads, group.road.checklists[leads.version])


async def _chat(group: Group, code: str) -> Chat | None:
    try:
        return await group.doors.find(code)
    except WrongKey:
        return None


async def _session(group: Group, chat: Chat) -> Session | None:
    loaded = await group.road.store.load(chat)
    try:
        return readable(loaded.session, group.road.checklists) if loaded.session else None
    except Unreadable:
        return None


async def refused(group: Group, request: Request) -> Response:
    """How to get a new link, in the browser's language."""
    if "HX-Request" in request.headers:
        return Response(headers=HEADERS | {"HX-Redirect": request.url.path.removesuffix("/news")})
    wait = await group.rates.reserve(WRONG, 1)
    await asyncio.sleep(min(wait, _PATIENCE))
    texts = group.road.texts
    locale = browser_locale(request, texts.locales)
    return draw(texts, locale, "gone.html", {}, 429 if wait > _PATIENCE else 404)
