"""What is done on the phones: written, tapped, exchanged for another phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.pages import safety
from bot.try_it import said
from bot.try_it.numbers import COUNTRIES, made_up
from bot.try_it.pages import TEXT_MOST
from bot.try_it.screen import screen
from bot.try_it.visitor import new_chat, with_group

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.messages import Inbound
    from bot.try_it.try_it import TryIt
    from bot.try_it.visitor import Handset, Visitor

BAD = 422
_ALONE = ("sms", "telegram")
"""The phones that are on `/try` itself."""


@dataclass(frozen=True)
class Posts:
    """Takes posts of our own pages only; each is answered at once, the reply comes with the news."""

    try_it: TryIt

    async def text(self, request: Request) -> Response:
        """An SMS, or a message in Telegram."""
        form, visitor = await self._form(request)
        handset, text = _handset(request, visitor), form.get("text", "").strip()
        if not 0 < len(text) <= TEXT_MOST:
            raise HTTPException(BAD)
        return await self._wrote(request, handset, said.said(handset, text, self.try_it.clock()), text)

    async def tap(self, request: Request) -> Response:
        """A button under a message in Telegram."""
        form, visitor = await self._form(request)
        handset, message = _handset(request, visitor), form.get("message", "")
        under = said.tap_under(message, await self._shown(handset, message))
        inbound = said.tapped(handset, under, form.get("data", ""), self.try_it.clock())
        if inbound is None:
            raise HTTPException(BAD)
        await self.try_it.conversation.handle(inbound)
        return _done(request, handset)

    async def sms_new(self, request: Request) -> Response:
        """Another basic phone, of the country that was chosen."""
        form, visitor = await self._form(request)
        country = _one_of(COUNTRIES, form.get("country", ""))
        return self._exchanged(request, "/try#sms", replace(visitor, sms=made_up(country)))

    async def telegram_new(self, request: Request) -> Response:
        """Another Telegram phone, whose app speaks the language that was chosen."""
        form, visitor = await self._form(request)
        language = _one_of(self.try_it.texts.locales, form.get("language", ""))
        return self._exchanged(request, "/try#telegram", replace(visitor, chat=new_chat(), language=language))

    async def group_new(self, request: Request) -> Response:
        """Other phones for a group, which nobody has written on."""
        _, visitor = await self._form(request)
        return self._exchanged(request, "/try/group", with_group(visitor, request.headers.get("Accept-Language", "")))

    async def _form(self, request: Request) -> tuple[dict[str, str], Visitor]:
        form = await safety.form(request, self.try_it.public_url)
        return form, self.try_it.known(request)

    async def _wrote(self, request: Request, handset: Handset, inbound: Inbound, text: str) -> Response:
        """First on the phone's own screen, as there: also what never arrives was written."""
        await self.try_it.phones.wrote(inbound.address, text, inbound.id.removeprefix("try:"))
        await self.try_it.conversation.handle(inbound)
        return _done(request, handset)

    async def _shown(self, handset: Handset, message: str) -> str:
        """The text of a message as it stands on the phone now."""
        log = await self.try_it.phones.log(handset.address)
        return next((bubble.text for bubble in screen(log.entries).bubbles if bubble.id == message), "")

    def _exchanged(self, request: Request, where: str, visitor: Visitor) -> Response:
        response = _back(where)
        self.try_it.remember(request, response, visitor)
        return response


def _handset(request: Request, visitor: Visitor) -> Handset:
    named = (one for one in (*visitor.alone, *visitor.together) if one.name == request.path_params["phone"])
    found = next(named, None)
    if found is None:
        raise HTTPException(404)
    return found


def _one_of(offered: tuple[str, ...], chosen: str) -> str:
    if chosen not in offered:
        raise HTTPException(BAD)
    return chosen


def _done(request: Request, handset: Handset) -> Response:
    """To htmx: look for news now. To a browser without scripts: the page again."""
    if "HX-Request" not in request.headers:
        page = "/try" if handset.name in _ALONE else "/try/group"
        return _back(f"{page}#{handset.name}")
    return Response(status_code=204, headers={**safety.PAGE, "HX-Trigger": "news"})


def _back(where: str) -> Response:
    return RedirectResponse(where, 303, headers=safety.PAGE)
