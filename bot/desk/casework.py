"""`/desk/case/<reference>`: the page of a case, its paper, and what is done with it. Every view is on the trail."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk.case_view import CaseView, summary
from bot.desk.done import address, told
from bot.desk.history import PRIVATE, quicker
from bot.desk.talking import NOTHING, talk
from bot.desk.view import COUNTING, FORMS
from bot.desk.visit import PATH, moved, signed_in
from bot.pages.safety import FILE
from bot.referral.draft import kind
from bot.referral.rights import Forbidden, may
from bot.referral.trail import Entry
from bot.report import pdf
from flows.case import OUTCOMES, Impossible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from bot.desk.talking import Message
    from bot.desk.visit import Office, Visit
    from bot.referral.rights import Action
    from bot.referral.store import Held
    from flows.case import Move

    Answer = Callable[[Visit, Held], Awaitable[Response]]

_MOVES: dict[str, Move] = {name: name for name in ("take", "assign", "contacted", "close", "reopen")}
_LONGEST_NOTE = 2000


class Unseen(Exception):
    """There is no such case, or not for this contact: which of the two is not told."""


def routes(office: Office) -> list[Route]:
    """Everything under `/desk/case`."""
    case = f"{PATH}/case/{{reference}}"
    return [
        Route(case, signed_in(office, partial(seen, _page)), methods=["GET"]),
        Route(f"{case}/summary.pdf", signed_in(office, partial(seen, _paper)), methods=["GET"]),
        *acts(office, {"number": _number, "guard": _guard, "note": _note, **dict.fromkeys(_MOVES, _done)}),
    ]


def acts(office: Office, answers: Mapping[str, Answer]) -> list[Route]:
    """What is posted under a case's page. Such an address that is looked at, as after going back, leads to the page."""
    case = f"{PATH}/case/{{reference}}"
    posts = [
        Route(f"{case}/{name}", signed_in(office, partial(seen, answer)), methods=["POST"])
        for name, answer in answers.items()
    ]
    return [*posts, *(Route(f"{case}/{name}", _to_page, methods=["GET"]) for name in answers)]


async def _to_page(request: Request) -> Response:
    return moved(request, request.url.path.rpartition("/")[0])


async def seen(answer: Answer, visit: Visit) -> Response:
    """The answer for who may see the case; the same for a case that is not there, and one that is not theirs."""
    try:
        return await answer(visit, await _held(visit))
    except (Unseen, Forbidden):
        return visit.draw("none.html", {}, 404)


async def _held(visit: Visit) -> Held:
    held = await visit.office.desk.store.held(visit.request.path_params["reference"].upper())
    if held is None or not (may(visit.contact, "open", held.draft) or may(visit.contact, "private", held.draft)):
        raise Unseen
    return held


async def _page(visit: Visit, held: Held) -> Response:
    return await drawn(visit, held)


async def drawn(  # noqa: PLR0913 - all that a page may show beside the case
    visit: Visit,
    held: Held,
    notice: str = "",
    *,
    revealed: bool = False,
    status: int = 200,
    typed: Message = NOTHING,
) -> Response:
    """The page of the case, which is a look at it, and on record; `typed` is what was to be written and was not."""
    office = visit.office
    await _write(visit, held, _looked(visit, held, revealed=revealed))
    entries = await office.trail.of(held.draft.reference)
    await office.index.refresh()
    head = office.index.head(held.draft.reference, visit.contact)
    same = [one.reference for one in office.index.same(head, visit.contact)] if head else []
    words = await asyncio.to_thread(CaseView(visit, held, entries, revealed=revealed).words)
    words |= {"same": same, "notice": notice, "typed": typed, "once": secrets.token_hex(8)}
    words |= await talk(visit, held, entries)
    words |= told(visit, held, silent=bool(words.get("until")))
    response = visit.draw("case.html", words, status)
    if words["counted"]:
        response.headers.update(COUNTING)
    return response


async def _number(visit: Visit, held: Held) -> Response:
    """The number, on the page that answers: loading it again is another look, and another line on the trail."""
    await visit.form()
    allowed(visit, "number", held)
    return await drawn(visit, held, revealed=True)


async def _guard(visit: Visit, held: Held) -> Response:
    """Protection talked with the person of what was shared with them alone: staff's case stays as it is."""
    note = _noted(await visit.form())
    allowed(visit, "guard", held)
    await visit.office.acting.guard(held.draft.reference, visit.contact, note)
    return back(held, "guard")


async def _note(visit: Visit, held: Held) -> Response:
    note = _noted(await visit.form())
    allowed(visit, "note", held)
    if not note:
        return RedirectResponse(f"{PATH}/case/{held.draft.reference}", 303, headers=FORMS)
    await _write(visit, held, "note", note)
    return back(held, "note")


async def _done(visit: Visit, held: Held) -> Response:
    """A move of the case as it stood on the page; where it has moved since, who did what, and the fresh page."""
    form, move = await visit.form(), _MOVES[visit.request.url.path.rpartition("/")[2]]
    allowed(visit, move, held)
    outcome = next((one for one in OUTCOMES if one == form.get("outcome")), None)
    if move == "close" and outcome is None:
        return await drawn(visit, held, visit.say("desk.no_outcome"), status=422)
    if form.get("moves") != str(len(held.case.history)):
        return await too_late(visit, held)
    do, reference, holder = visit.office.acting.do, held.draft.reference, form.get("holder", "")
    try:
        await do(reference, visit.contact, move, note=_noted(form), outcome=outcome, holder=holder)
    except Impossible:
        return await too_late(visit, await _held(visit))
    return back(held, move)


async def too_late(visit: Visit, held: Held) -> Response:
    """The page as it now is, and who was quicker."""
    return await drawn(visit, held, quicker(visit, held.case), status=409)


async def _paper(visit: Visit, held: Held) -> Response:
    allowed(visit, "open", held)
    if kind(held.draft) != "referral" or held.draft.version not in visit.office.desk.checklists:
        raise Unseen
    await _write(visit, held, "paper")
    content = await asyncio.to_thread(lambda: pdf(summary(visit, held)))
    name = visit.say("report.file", reference=held.draft.reference)
    headers = FILE | {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _looked(visit: Visit, held: Held, *, revealed: bool) -> str:
    """How a look is called on the trail; that of protection at what was said in private is not for staff."""
    if may(visit.contact, "open", held.draft):
        return "number" if revealed else "open"
    return f"{PRIVATE}.number" if revealed else PRIVATE


async def _write(visit: Visit, held: Held, what: str, note: str = "") -> None:
    office = visit.office
    await office.trail.add(Entry(office.desk.clock(), visit.contact.name, what, held.draft.reference, note))


def allowed(visit: Visit, action: Action, held: Held) -> None:
    """Returns if the visitor may do it. Raises `Forbidden`."""
    if not may(visit.contact, action, held.draft):
        raise Forbidden


def _noted(form: Mapping[str, str]) -> str:
    return form.get("note", "").strip()[:_LONGEST_NOTE]


def back(held: Held, done: str) -> Response:
    """The way back to where on the page of the case it is seen that this was done."""
    return RedirectResponse(address(held.draft.reference, done), 303, headers=FORMS)
