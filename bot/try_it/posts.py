"""What is done on the phones: written, tapped, exchanged for another phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.try_it import safety, said
from bot.try_it.numbers import COUNTRIES, made_up
from bot.try_it.pages import TEXT_MOST
from bot.try_it.screen import screen
from bot.try_it.visitor import new_chat

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.messages import Inbound
    from bot.try_it.try_it import TryIt
    from bot.try_it.visitor import Visitor

BAD = 422


@dataclass(frozen=True)
class Posts:
    """Takes posts of our own pages only; each is answered at once, the reply comes with the news."""

    try_it: TryIt

    async def sms_text(self, request: Request) -> Response:
        """An SMS."""
        visitor, text = await self._text(request)
        return await self._wrote(request, "sms", said.texted(visitor.sms, text, self.try_it.clock()), text)

    async def telegram_text(self, request: Request) -> Response:
        """A message in Telegram."""
        visitor, text = await self._text(request)
        inbound = said.written(visitor.chat, visitor.language, text, self.try_it.clock())
        return await self._wrote(request, "telegram", inbound, text)

    async def telegram_tap(self, request: Request) -> Response:
        """A button under a message in Telegram."""
        form, visitor = await self._form(request)
        under = said.tap_under(form.get("message", ""), await self._shown(visitor, form.get("message", "")))
        inbound = said.tapped(visitor.chat, visitor.language, under, form.get("data", ""), self.try_it.clock())
        if inbound is None:
            raise HTTPException(BAD)
        await self.try_it.conversation.handle(inbound)
        return _done(request, "telegram")

    async def sms_new(self, request: Request) -> Response:
        """Another basic phone, of the country that was chosen."""
        form, visitor = await self._form(request)
        country = _one_of(COUNTRIES, form.get("country", ""))
        return self._exchanged(request, "sms", replace(visitor, sms=made_up(country)))

    async def telegram_new(self, request: Request) -> Response:
        """Another Telegram phone, whose app speaks the language that was chosen."""
        form, visitor = await self._form(request)
        language = _one_of(tuple(self.try_it.texts.translations), form.get("language", ""))
        return self._exchanged(request, "telegram", replace(visitor, chat=new_chat(), language=language))

    async def _form(self, request: Request) -> tuple[dict[str, str], Visitor]:
        form = await safety.form(request, self.try_it.public_url)
        return form, self.try_it.known(request)

    async def _text(self, request: Request) -> tuple[Visitor, str]:
        form, visitor = await self._form(request)
        text = form.get("text", "").strip()
        if not 0 < len(text) <= TEXT_MOST:
            raise HTTPException(BAD)
        return visitor, text

    async def _wrote(self, request: Request, phone: str, inbound: Inbound, text: str) -> Response:
        """First on the phone's own screen, as there: also what never arrives was written."""
        await self.try_it.phones.wrote(inbound.address, text, inbound.id.removeprefix("try:"))
        await self.try_it.conversation.handle(inbound)
        return _done(request, phone)

    async def _shown(self, visitor: Visitor, message: str) -> str:
        """The text of a message as it stands on the phone now."""
        log = await self.try_it.phones.log(visitor.chat)
        return next((bubble.text for bubble in screen(log.entries).bubbles if bubble.id == message), "")

    def _exchanged(self, request: Request, phone: str, visitor: Visitor) -> Response:
        response = _back(phone)
        self.try_it.remember(request, response, visitor)
        return response


def _one_of(offered: tuple[str, ...], chosen: str) -> str:
    if chosen not in offered:
        raise HTTPException(BAD)
    return chosen


def _done(request: Request, phone: str) -> Response:
    """To htmx: look for news now. To a browser without scripts: the page again."""
    if "HX-Request" not in request.headers:
        return _back(phone)
    return Response(status_code=204, headers={**safety.PAGE, "HX-Trigger": "news"})


def _back(phone: str) -> Response:
    return RedirectResponse(f"/try#{phone}", 303, headers=safety.PAGE)
