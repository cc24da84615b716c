"""`/group/<code>`: the page of a room, its news, and the sheet that is typed in. Nobody signs in: the code is the key.

Everything done on it goes down the one road, as an event of the phone that leads the room.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.group import sheet as sheets
from bot.group.acts import acts
from bot.group.door import Led, led, refused
from bot.group.drawn import HEADERS, draw, notices
from bot.group.view import Shown, shown
from bot.messages import Inbound
from bot.pages import safety
from bot.render import SMS
from flows.events import Filled
from flows.room.asking import VOTE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from bot.group.door import Group
    from flows.events import OnPage
    from flows.model import Say

_FIELDS, _MOST = 600, 64 * 1024
_VOTE = {code: str(n) for n, code in enumerate(VOTE, 1)}


def routes(group: Group) -> list[Route]:
    """Everything under `/group`. The static files are the application's to serve, at `/static`."""
    return [
        Route("/group/{code}", partial(_by_code, group, _page), methods=["GET"]),
        Route("/group/{code}", partial(_by_code, group, _done), methods=["POST"]),
        Route("/group/{code}/news", partial(_by_code, group, _news), methods=["GET"]),
        Route("/group/{code}/sheet", partial(_by_code, group, _sheet), methods=["GET"]),
        Route("/group/{code}/sheet", partial(_by_code, group, _typed_in), methods=["POST"]),
    ]


@dataclass(frozen=True)
class _Visit:
    """Somebody at the page of a room."""

    group: Group
    request: Request
    led: Led

    @property
    def path(self) -> str:
        return f"/group/{self.led.code}"

    def shown(self) -> Shown:
        led, texts = self.led, self.group.road.texts
        leader = led.chat.address[-2:] if led.chat.channel in SMS else ""
        return shown(led.checklist, led.whole, led.leads, leader, texts.locales)

    def draw(self, template: str, **given: object) -> Response:
        given |= {"path": self.path, "once": secrets.token_hex(12), "number": self.group.number, "vote": _VOTE}
        return draw(self.group.road.texts, self.led.leads.locale, template, given)

    def back(self, path: str = "") -> Response:
        return RedirectResponse(self.path + path, 303, headers=HEADERS)

    async def form(self) -> dict[str, str]:
        return await safety.form(self.request, self.group.public_url, most=_MOST, fields=_FIELDS)

    async def tell(self, form: Mapping[str, str], event: OnPage | Filled, n: int = 0) -> tuple[Say, ...]:
        """What is said to the event. Sent twice, the same form is one event."""
        chat, once = self.led.chat, form.get("once", "")[:48]
        road = self.group.road
        return await road.on_page(Inbound(f"page:{once}:{n}", chat.channel, chat.address, event, road.clock()))


async def _by_code(group: Group, answer: Callable[[_Visit], Awaitable[Response]], request: Request) -> Response:
    found = await led(group, request.path_params["code"])
    if found is None:
        return await refused(group, request)
    return await answer(_Visit(group, request, found))


async def _page(visit: _Visit) -> Response:
    saved = re.fullmatch(r"[0-9]{1,2}", visit.request.query_params.get("saved", ""))
    return _drawn(visit, (), int(saved[0]) if saved else None)


def _drawn(visit: _Visit, says: tuple[Say, ...], saved: int | None = None) -> Response:
    page = visit.shown()
    template = "result.html" if page.result else "page.html"
    told = [] if page.result else notices(says)
    return visit.draw(template, page=page, notices=told, saved=saved)


async def _done(visit: _Visit) -> Response:
    """With nothing to be said the page is fetched anew, so that loading it again sends nothing."""
    form = await visit.form()
    says: tuple[Say, ...] = ()
    for n, event in enumerate(acts(form)):
        if n and not any(say.id == "room.noted" for say in says):
            break
        says = await visit.tell(form, event, n)
    if not notices(says):
        return visit.back()
    again = await led(visit.group, visit.led.code)
    return _drawn(_Visit(visit.group, visit.request, again), says) if again else visit.back()


async def _news(visit: _Visit) -> Response:
    """Nothing while nothing changed; how many have answered; or the whole page, where it shows something else."""
    page, mark = visit.shown(), visit.request.query_params.get("mark", "")
    if mark == page.live:
        return Response(status_code=204, headers=HEADERS)
    if not mark.startswith(f"{page.mark}."):
        return Response(headers=HEADERS | {"HX-Redirect": visit.path})
    return visit.draw("live.html", page=page)


async def _sheet(visit: _Visit) -> Response:
    """The sheet, while the room goes on."""
    if visit.led.rests:
        return visit.back()
    return _sheet_drawn(visit, sheets.known(visit.led.checklist, visit.led.leads))


def _sheet_drawn(visit: _Visit, known: sheets.Entries, typed: sheets.Entries | None = None, saved: int = 0) -> Response:
    """`typed` is what was unclear."""
    checklist, unclear = visit.led.checklist, typed or {}
    sheet = sheets.printed(checklist, visit.group.road.texts, visit.led.leads.locale)
    marked = frozenset(checklist.items[name].number for name in unclear)
    rows = sheets.rows(checklist, sheet, known | unclear, marked)
    return visit.draw(
        "sheet.html", sheet=sheet, rows=rows, known=sheets.packed(known), unclear=len(marked), saved=saved
    )


async def _typed_in(visit: _Visit) -> Response:
    if visit.led.rests:
        return visit.back()
    form, checklist = await visit.form(), visit.led.checklist
    sheet = sheets.printed(checklist, visit.group.road.texts, visit.led.leads.locale)
    typed = sheets.entered(sheet, form)
    entries = sheets.changed(_shown_before(form), typed)
    says = await visit.tell(form, Filled(entries)) if entries else ()
    odd = {say.params.get("n") for say in says if say.id == "room.unclear"}
    unclear = {entry.item: typed[entry.item] for entry in entries if checklist.items[entry.item].number in odd}
    saved = len(entries) - len(unclear)
    again = await led(visit.group, visit.led.code)
    if not unclear or again is None or again.rests:
        return visit.back(f"?saved={saved}")
    known = sheets.known(checklist, again.leads)
    return _sheet_drawn(_Visit(visit.group, visit.request, again), known, unclear, saved)


def _shown_before(form: Mapping[str, str]) -> sheets.Entries:
    try:
        return sheets.unpacked(form.get("known", ""))
    except msgspec.DecodeError as error:
        raise HTTPException(400) from error
