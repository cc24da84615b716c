"""The page with both phones and the mailbox, and what is new on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.try_it import view
from bot.try_it.pages import page
from bot.try_it.safety import FILE, PAGE
from bot.try_it.visitor import fresh

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.try_it.try_it import TryIt

STOP_POLLING = 286
"""To htmx ("Polling", htmx documentation)."""


@dataclass(frozen=True)
class PhonePages:
    """What is to be seen."""

    try_it: TryIt

    async def whole(self, request: Request) -> Response:
        """The page. Somebody new is given phones."""
        locale = self.try_it.locale(request)
        known = self.try_it.visitor(request) or fresh(locale, request.headers.get("Accept-Language", ""))
        visitor = replace(known, locale=locale)
        given = {
            "visitor": visitor,
            "sms": await view.phone(self.try_it.phones, visitor.sms),
            "telegram": await view.phone(self.try_it.phones, visitor.chat),
            "mails": await view.mails(self.try_it.mailbox),
        }
        response = HTMLResponse(page(self.try_it.texts, locale, "page.html", **given), headers=PAGE)
        self.try_it.remember(request, response, visitor)
        return response

    async def news(self, request: Request) -> Response:
        """Bubbles to append, bubbles that changed and new marks; nothing costs two short reads of Redis."""
        visitor = self.try_it.visitor(request)
        if visitor is None:
            return Response(status_code=STOP_POLLING, headers=PAGE)
        marks = _marks(request)
        sms = await view.phone(self.try_it.phones, visitor.sms, marks["sms"])
        telegram = await view.phone(self.try_it.phones, visitor.chat, marks["telegram"])
        mails = await view.mails(self.try_it.mailbox, request.query_params.get("mail", ""))
        if any(phone and phone.stale for phone in (sms, telegram)):
            return Response(status_code=204, headers=PAGE | {"HX-Refresh": "true"})
        if not (sms or telegram or mails):
            return Response(status_code=204, headers=PAGE)
        given = {"sms": sms, "telegram": telegram, "mails": mails}
        return HTMLResponse(page(self.try_it.texts, self.try_it.locale(request), "news.html", **given), headers=PAGE)

    async def picture(self, request: Request) -> Response:
        """A picture that was sent to the visitor's Telegram phone."""
        log = await self.try_it.phones.log(self.try_it.known(request).chat)
        wanted = request.path_params["id"]
        png = next((entry.png for entry in log.entries if entry.id == wanted and entry.png), None)
        if png is None:
            raise HTTPException(404)
        return Response(png, media_type="image/png", headers=FILE)


def _marks(request: Request) -> dict[str, view.Seen]:
    try:
        return {name: view.seen(request.query_params.get(name, "")) for name in ("sms", "telegram")}
    except ValueError as error:
        raise HTTPException(400) from error
