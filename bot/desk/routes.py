"""The paths under `/desk`: the list, the cases, signing in and out; and what is said to links of earlier mails."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.routing import Route

from bot.desk import casework, signing_in, talk_pages
from bot.desk.listing import listing
from bot.desk.visit import PATH, moved, visit

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bot.desk.visit import Office


def routes(office: Office) -> list[Route]:
    """Everything under `/desk`. The style sheets are the application's to serve, at `/static`."""
    return [
        Route(PATH, partial(_first, office), methods=["GET"]),
        *signing_in.routes(office),
        *casework.routes(office),
        *talk_pages.routes(office),
        *(Route(f"{PATH}/{name}", _to_list, methods=["GET"]) for name in ("in", "out")),
        *(Route(f"{PATH}/{page}/{{token}}", partial(_earlier, office), methods=["GET"]) for page in "rp"),
    ]


async def _first(office: Office, request: Request) -> Response:
    """The list, or where to sign in."""
    found = await visit(office, request)
    return await listing(found) if found else signing_in.ask(office, request)


async def _to_list(request: Request) -> Response:
    """What is only posted, and looked at after going back."""
    return moved(request, PATH)


async def _earlier(office: Office, request: Request) -> Response:
    """Links in mails once opened a case for whoever had them. They open nothing now, and say where it is found."""
    return signing_in.ask(office, request, "desk.in.earlier", 410)
