"""The mails of the mailbox, opened: the mail, its HTML part, its attachments."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.pages.safety import FILE, LETTER, PAGE
from bot.try_it import letters
from bot.try_it.pages import page

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.try_it.letters import Letter
    from bot.try_it.try_it import TryIt

PDF = "application/pdf"


@dataclass(frozen=True)
class MailPages:
    """What arrived in the mailbox; without a mailbox everything is 404."""

    try_it: TryIt

    async def letter(self, request: Request) -> Response:
        """A mail: within the page, or without scripts as a page of its own."""
        letter = await self._letter(request)
        name = "letter.html" if "HX-Request" in request.headers else "letter_page.html"
        text = page(self.try_it.texts, self.try_it.locale(request), name, letter=letter)
        return HTMLResponse(text, headers=PAGE | {"Vary": "HX-Request"})

    async def html(self, request: Request) -> Response:
        """Its HTML part, for a frame that lets nothing in or out."""
        letter = await self._letter(request)
        if not letter.html:
            raise HTTPException(404)
        return HTMLResponse(letter.html, headers=LETTER)

    async def file(self, request: Request) -> Response:
        """An attachment: a PDF to look at, anything else to be saved."""
        letter = await self._letter(request)
        number = request.path_params["number"]
        if not 1 <= number <= len(letter.files):
            raise HTTPException(404)
        found = letter.files[number - 1]
        shown = "inline" if found.mime == PDF else "attachment"
        headers = FILE | {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(found.name, safe='')}"}
        kind = PDF if found.mime == PDF else "application/octet-stream"
        return Response(found.content, media_type=kind, headers=headers)

    async def _letter(self, request: Request) -> Letter:
        path = self.try_it.mailbox
        letter = await asyncio.to_thread(letters.opened, path, request.path_params["key"]) if path else None
        if letter is None:
            raise HTTPException(404)
        return letter
