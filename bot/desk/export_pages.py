"""The pages of an export: what is to be in it, how far it is, the file. Every export is written on the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, StreamingResponse
from starlette.routing import Route

from bot.desk.export import Wording
from bot.desk.exports import Asked
from bot.desk.filtering import address, filters
from bot.desk.spread import MIME
from bot.desk.view import HEADERS
from bot.desk.visit import PATH, signed_in
from bot.referral.rights import may
from bot.referral.trail import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from bot.desk.exports import Exports, State
    from bot.desk.visit import Office, Visit
    from bot.referral.heads import Head
    from bot.referral.index import Filters

WAIT = 2.0
"""Seconds in which most exports are made: then the file comes at once."""
LOOK_AGAIN = 3


def routes(office: Office, exports: Exports) -> list[Route]:
    """Everything under `/desk/export`."""
    at, pages = f"{PATH}/export", _Pages(exports)
    return [
        Route(at, signed_in(office, pages.ask), methods=["GET"]),
        Route(at, signed_in(office, pages.begin), methods=["POST"]),
        Route(f"{at}/{{token}}", signed_in(office, pages.look), methods=["GET"]),
        Route(f"{at}/{{token}}/file", signed_in(office, pages.fetch), methods=["GET"]),
    ]


@dataclass(frozen=True)
class _Pages:
    exports: Exports

    async def ask(self, visit: Visit) -> Response:
        """What is to be in the file: of the referrals that the list in the address shows."""
        wanted = filters(visit.request.query_params)
        found = await _found(visit, wanted)
        return visit.draw("export.html", {"total": len(found), "query": address(wanted), "state": None})

    async def begin(self, visit: Visit) -> Response:
        """Begin it; a small one is fetched at once."""
        form = await visit.form()
        wanted = filters(visit.request.query_params)
        asked = _asked(form)
        found = await _found(visit, wanted)
        wording = Wording(visit.office.desk.texts, visit.locale, asked.codes)
        await _written(visit, asked, wanted, len(found))
        token = await self.exports.begin(visit.contact, found, asked, wording)
        await self.exports.ended(visit.contact, WAIT)
        state = await self.exports.state(token, visit.contact)
        ready = state is not None and state.pieces is not None
        return RedirectResponse(f"{PATH}/export/{token}{'/file' if ready else ''}", 303, headers=HEADERS)

    async def look(self, visit: Visit) -> Response:
        """How far it is; the page asks again by itself until the file is there."""
        token = visit.request.path_params["token"]
        state = await self.exports.state(token, visit.contact)
        if state is None:
            return visit.draw("none.html", {}, 404)
        still = self.exports.still(state)
        response = visit.draw("export.html", {"state": state, "still": still, "token": token})
        if state.pieces is None and not still and not state.too_large:
            response.headers["Refresh"] = str(LOOK_AGAIN)
        return response

    async def fetch(self, visit: Visit) -> Response:
        """The file; the page where it is not there yet."""
        token = visit.request.path_params["token"]
        state = await self.exports.state(token, visit.contact)
        if state is None or state.pieces is None:
            return await self.look(visit)
        return StreamingResponse(self.exports.file(token, state), headers=_headers(state))


async def _found(visit: Visit, wanted: Filters) -> list[Head]:
    index = visit.office.index
    await index.refresh()
    heads = index.find(wanted, visit.contact, visit.office.desk.clock())
    return [head for head in heads if may(visit.contact, "export", head)]


async def _written(visit: Visit, asked: Asked, wanted: Filters, total: int) -> None:
    """What was sought may be somebody's name: only that something was."""
    shown = address(wanted) if not wanted.text else "text"
    note = f"{asked.per} {asked.kind} {total} {shown}".strip()
    await visit.office.trail.add(Entry(visit.office.desk.clock(), visit.contact.name, "export", "", note))


def _asked(form: Mapping[str, str]) -> Asked:
    return Asked(
        per="answer" if form.get("per") == "answer" else "referral",
        kind="xlsx" if form.get("kind") == "xlsx" else "csv",
        codes=form.get("words") == "codes",
    )


def _headers(state: State) -> dict[str, str]:
    disposition = f'attachment; filename="{state.asked.name}"'
    return {**HEADERS, "Content-Type": MIME[state.asked.kind], "Content-Disposition": disposition}
