"""The two pages of a case: for staff, and for the protection contact. Each opening is recorded before it is shown.

Links are made and read in `links`, answers worded in `answers`; signing in, lists and actions are not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from starlette.routing import Route

from bot.desk.answers import Telling
from bot.desk.view import Refusal, opening_rows, page, refused
from bot.referral.draft import kind, shares_private
from bot.referral.links import BadLink, ExpiredLink
from bot.referral.person import contact_facts, number, reach, spoken, who
from bot.referral.store import Opening
from bot.report import summarise
from flows.applies import is_worker
from flows.assess import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from bot.contacts import Contact, Contacts
    from bot.referral.draft import Draft
    from bot.referral.links import Links, Ticket
    from bot.referral.store import Page, ReferralStore
    from bot.texts import Texts
    from flows.model import Checklist

    Words = dict[str, object]


@dataclass(frozen=True)
class Desk:
    """What the pages need. `clock` gives epoch seconds, `checklists` are by version."""

    store: ReferralStore
    contacts: Contacts
    texts: Texts
    checklists: Mapping[str, Checklist]
    links: Links
    clock: Callable[[], float]


def routes(desk: Desk) -> list[Route]:
    """`/desk/r/<token>` for staff, `/desk/p/<token>` for protection. They use the style sheets under `/static`."""
    return [
        Route("/desk/r/{token}", partial(_staff, desk), methods=["GET"], name="desk_staff"),
        Route("/desk/p/{token}", partial(_protection, desk), methods=["GET"], name="desk_protection"),
    ]


async def _staff(desk: Desk, request: Request) -> Response:
    return await _shown(desk, request, "staff")


async def _protection(desk: Desk, request: Request) -> Response:
    return await _shown(desk, request, "protection")


async def _shown(desk: Desk, request: Request, which: Page) -> Response:
    try:
        contact, draft = await _opened(desk, request.path_params["token"], which)
    except Refusal as refusal:
        return refused(desk.texts, request, refusal)
    locale = contact.locale(tuple(desk.texts.translations))
    opening = Opening(desk.clock(), contact.name, which)
    openings = await desk.store.opened(draft.reference, opening)
    words = _common(desk, draft, locale) | (_for_staff if which == "staff" else _for_protection)(desk, draft, locale)
    words["openings"] = opening_rows(_seen_by(which, openings), desk.texts, locale)
    return page(desk.texts, locale, f"{which}.html", words)


async def _opened(desk: Desk, token: str, which: Page) -> tuple[Contact, Draft]:
    try:
        ticket = desk.links.read(which, token)
    except ExpiredLink as error:
        raise Refusal(410, "expired") from error
    except BadLink as error:
        raise Refusal(403, "forbidden") from error
    contact = _entitled(desk, ticket, which)
    draft = await desk.store.load(ticket.reference)
    if draft is None or (draft.quiet and which == "staff"):
        raise Refusal(410, "gone")
    return contact, draft


def _entitled(desk: Desk, ticket: Ticket, which: Page) -> Contact:
    """The contact, if it is still in contacts.toml and this page is for its role."""
    contact = desk.contacts.named(ticket.contact)
    if contact is None or (contact.role == "protection") != (which == "protection"):
        raise Refusal(403, "forbidden")
    return contact


def _seen_by(which: Page, openings: tuple[Opening, ...]) -> Iterator[Opening]:
    """That the private page was opened would tell staff that something was passed on."""
    return (opening for opening in openings if which == "protection" or opening.page == "staff")


def _common(desk: Desk, draft: Draft, locale: str) -> Words:
    return {
        "reference": draft.reference,
        "kind": kind(draft),
        "updated": draft.updated,
        "who": who(draft, desk.texts, locale) + spoken(draft, desk.texts, locale),
        "reach": reach(draft, desk.texts, locale),
        "contact_facts": contact_facts(draft, desk.texts, locale),
        "number": number(draft),
        "worker": is_worker(draft.answers),
    }


def _for_staff(desk: Desk, draft: Draft, locale: str) -> Words:
    if kind(draft) != "referral":
        return {"summary": None, "chapters": (), "notes": ()}
    checklist = desk.checklists[draft.version]
    assessment = assess(checklist, draft.answers, private=draft.private)
    given = (assessment, checklist, draft.answers, desk.texts, locale, draft.reference)
    summary = summarise(*given, day=draft.updated, room=draft.room)
    telling = Telling(desk.texts, locale, checklist, draft.answers)
    return {"summary": summary, "chapters": telling.public(), "notes": telling.notes(draft.room)}


def _for_protection(desk: Desk, draft: Draft, locale: str) -> Words:
    if not shares_private(draft):
        return {"private": None, "told": (), "quiet": draft.quiet and kind(draft) == "talk"}
    checklist = desk.checklists[draft.version]
    assessment = assess(checklist, draft.answers, private=True)
    told = Telling(desk.texts, locale, checklist, draft.answers).private()
    return {"result": assessment.result, "private": assessment.private, "told": told, "quiet": False}
