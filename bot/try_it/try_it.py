"""What `/try` is made of, and who calls: the parts that its routes share."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from starlette.exceptions import HTTPException

from bot.pages.languages import browser_locale
from bot.try_it import visitor as visitors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from bot.kept.crypto import Vault
    from bot.messages import Inbound
    from bot.texts import Texts
    from bot.try_it.phones import Phones
    from bot.try_it.visitor import Visitor


class Road(Protocol):
    """Where messages go. Raises `conversation.Busy` or `connection.Away`, which the application answers with 503."""

    async def handle(self, inbound: Inbound) -> None:
        """Take a message: a turn, written."""


@dataclass(frozen=True)
class TryIt:
    """`mailbox` is shown to everybody who opens the page: None wherever strangers can, and where mail really leaves."""

    conversation: Road
    phones: Phones
    vault: Vault
    texts: Texts
    mailbox: Path | None = None
    public_url: str | None = None
    clock: Callable[[], float] = time.time

    def visitor(self, request: Request) -> Visitor | None:
        """Who calls, by their cookie."""
        return visitors.unseal(self.vault, request.cookies.get(visitors.COOKIE, ""))

    def known(self, request: Request) -> Visitor:
        """Who calls. Raises `HTTPException` 403 for somebody who never opened the page."""
        found = self.visitor(request)
        if found is None:
            raise HTTPException(403)
        return found

    def locale(self, request: Request) -> str:
        """The page's language: `?lang=`, else the one chosen before, else what the browser prefers."""
        offered = self.texts.locales
        known = self.visitor(request)
        asked = (request.query_params.get("lang"), known.locale if known else None)
        chosen = next((locale for locale in asked if locale in offered), None)
        return chosen or browser_locale(request, offered)

    def remember(self, request: Request, response: Response, visitor: Visitor) -> None:
        """Put the visitor's cookie on the answer."""
        response.set_cookie(
            visitors.COOKIE,
            visitors.seal(self.vault, visitor),
            max_age=visitors.KEEP,
            path="/try",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
