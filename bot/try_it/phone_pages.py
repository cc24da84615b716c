"""The page of one person, with both phones and the mailbox, that of a group, and what is new on them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.pages.safety import FILE, PAGE
from bot.try_it import view
from bot.try_it.pages import page
from bot.try_it.visitor import fresh, with_group

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.try_it.try_it import TryIt
    from bot.try_it.view import Mails, Phone
    from bot.try_it.visitor import Handset, Visitor

STOP_POLLING = 286
"""To htmx ("Polling", htmx documentation)."""


@dataclass(frozen=True)
class PhonePages:
    """What is to be seen."""

    try_it: TryIt

    async def alone(self, request: Request) -> Response:
        """The page of one person. Somebody new is given phones."""
        visitor = self._caller(request)
        mails = await view.mails(self.try_it.mailbox)
        return await self._whole(request, "page.html", visitor, visitor.alone, mails)

    async def together(self, request: Request) -> Response:
        """The page of a group, whose phones are given out when it is first opened."""
        visitor = self._caller(request)
        if not visitor.group or await self._in_another_language(request, visitor):
            visitor = with_group(visitor, request.headers.get("Accept-Language", ""))
        return await self._whole(request, "group.html", visitor, visitor.together, None)

    async def _in_another_language(self, request: Request, visitor: Visitor) -> bool:
        """Whether the language was changed before anything was written: numbers tell where one is at home."""
        known = self.try_it.visitor(request)
        if known is None or known.locale == visitor.locale:
            return False
        logs = await asyncio.gather(*(self.try_it.phones.log(address) for address in visitor.group))
        return not any(log.revision for log in logs)

    async def news(self, request: Request) -> Response:
        """Bubbles to append, bubbles that changed and new marks; nothing costs a short read of Redis for each phone."""
        visitor = self.try_it.visitor(request)
        if visitor is None:
            return Response(status_code=STOP_POLLING, headers=PAGE)
        return await self._news(
            request, visitor.alone, await view.mails(self.try_it.mailbox, request.query_params.get("mail", ""))
        )

    async def group_news(self, request: Request) -> Response:
        """The same for the phones of a group."""
        visitor = self.try_it.visitor(request)
        if visitor is None:
            return Response(status_code=STOP_POLLING, headers=PAGE)
        return await self._news(request, visitor.together, None)

    async def picture(self, request: Request) -> Response:
        """A picture that was sent to a phone of the visitor's."""
        visitor, wanted = self.try_it.known(request), request.path_params["id"]
        for handset in (*visitor.alone, *visitor.together):
            log = await self.try_it.phones.log(handset.address)
            png = next((entry.png for entry in log.entries if entry.id == wanted and entry.png), None)
            if png is not None:
                return Response(png, media_type="image/png", headers=FILE)
        raise HTTPException(404)

    def _caller(self, request: Request) -> Visitor:
        locale = self.try_it.locale(request)
        known = self.try_it.visitor(request) or fresh(locale, request.headers.get("Accept-Language", ""))
        return replace(known, locale=locale)

    async def _whole(
        self, request: Request, name: str, visitor: Visitor, handsets: tuple[Handset, ...], mails: Mails | None
    ) -> Response:
        found = await asyncio.gather(*(view.phone(self.try_it.phones, handset) for handset in handsets))
        home = self.try_it.mailbox is not None
        given = {"here": request.url.path, "visitor": visitor, "phones": found, "mails": mails, "at_home": home}
        response = HTMLResponse(page(self.try_it.texts, visitor.locale, name, **given), headers=PAGE)
        self.try_it.remember(request, response, visitor)
        return response

    async def _news(self, request: Request, handsets: tuple[Handset, ...], mails: Mails | None) -> Response:
        phones = await self._changed(request, handsets)
        if any(phone.stale for phone in phones):
            return Response(status_code=204, headers=PAGE | {"HX-Refresh": "true"})
        if not (phones or mails):
            return Response(status_code=204, headers=PAGE)
        given = {"phones": phones, "mails": mails}
        return HTMLResponse(page(self.try_it.texts, self.try_it.locale(request), "news.html", **given), headers=PAGE)

    async def _changed(self, request: Request, handsets: tuple[Handset, ...]) -> list[Phone]:
        seen = [_seen(request, handset) for handset in handsets]
        looks = (view.phone(self.try_it.phones, *pair) for pair in zip(handsets, seen, strict=True))
        return [phone for phone in await asyncio.gather(*looks) if phone]


def _seen(request: Request, handset: Handset) -> view.Seen:
    try:
        return view.seen(request.query_params.get(handset.name, ""))
    except ValueError as error:
        raise HTTPException(400) from error
