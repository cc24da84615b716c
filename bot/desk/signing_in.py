"""Signing in without a password: an address is asked for, a link goes out by mail, a button behind it signs in.

Whatever address is typed the answer is the same. Programs that look through mail open links, but press no buttons.
"""

from __future__ import annotations

import re
import secrets
from functools import partial
from typing import TYPE_CHECKING

from starlette.background import BackgroundTask
from starlette.responses import RedirectResponse
from starlette.routing import Route

from bot.desk.invitation import invitation
from bot.desk.sign_ins import LINK_MINUTES, SESSION_HOURS, Invitation, Session
from bot.desk.view import FORMS
from bot.desk.visit import BROWSER, PATH, SESSION, drawn, guest_locale, signed_in
from bot.referral.trail import Entry

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from bot.contacts import Contact
    from bot.desk.visit import Office, Visit
    from bot.messages import Outgoing

MOST_FOR_AN_ADDRESS, MOST_FROM_A_MACHINE, MOST_IN_ALL = 5, 30, 30
"""Links that may be asked for in a quarter of an hour: for an address from one machine, from that machine, for the
address from anywhere. Whole offices, and some proxies, are one machine to us; strangers must not use up an address.
"""
_PAGE = re.compile(rf"{PATH}(/[A-Za-z0-9][A-Za-z0-9.-]*)*")


def routes(office: Office) -> list[Route]:
    """`/desk/in` and `/desk/out`."""
    return [
        Route(f"{PATH}/in", partial(_asked, office), methods=["POST"]),
        Route(f"{PATH}/in/{{token}}", partial(_button, office), methods=["GET"]),
        Route(f"{PATH}/in/{{token}}", partial(_pressed, office), methods=["POST"]),
        Route(f"{PATH}/out", signed_in(office, _out), methods=["POST"]),
    ]


def ask(office: Office, request: Request, why: str = "", status: int = 200) -> Response:
    """The page that asks for the address, and marks the browser; `why` is the text of what went wrong."""
    browser = request.cookies.get(BROWSER) or secrets.token_urlsafe()
    words: dict[str, object] = {
        "form": office.form_token(browser),
        "to": _inside(request.query_params.get("to", "")),
        "why": why,
        "path": PATH,
    }
    response = drawn(office, request, guest_locale(office, request), "sign_in.html", words, status)
    office.set_cookie(response, BROWSER, browser, None)
    return response


async def _asked(office: Office, request: Request) -> Response:
    browser = request.cookies.get(BROWSER, "")
    if not browser:
        return ask(office, request, "desk.in.no_cookie", 400)
    form = await office.form(request, browser)
    machine = request.client.host if request.client else ""
    if await office.sign_ins.tries("machine", machine) > MOST_FROM_A_MACHINE:
        return ask(office, request, "desk.in.too_often", 429)
    mail, to = form.get("mail", "").strip(), _inside(form.get("to", ""))
    words: dict[str, object] = {"minutes": LINK_MINUTES, "path": PATH}
    response = drawn(office, request, guest_locale(office, request), "sign_in_sent.html", words)
    # After the answer, so that how long that takes tells nothing of who is known here.
    response.background = BackgroundTask(_invite, office, mail, browser, machine, to)
    return response


async def _invite(office: Office, mail: str, browser: str, machine: str, to: str) -> None:
    tries, address = office.sign_ins.tries, mail.casefold()
    if await tries("address", f"{machine} {address}") > MOST_FOR_AN_ADDRESS:
        return
    if await tries("in_all", address) > MOST_IN_ALL:
        return
    for contact in office.desk.contacts.everybody:
        if contact.mail.casefold() == mail.casefold():
            await office.box.put(await _mail(office, contact, browser, to))


async def _mail(office: Office, contact: Contact, browser: str, to: str) -> Outgoing:
    token = await office.sign_ins.invite(Invitation(contact.name, contact.mail, _mark(office, browser), to))
    name = f"sign-in.{office.vault.mark('desk.mail', token)}"
    return invitation(office.desk.texts, contact, f"{office.url}{PATH}/in/{token}", name, office.desk.clock())


async def _button(office: Office, request: Request) -> Response:
    """Opening the link uses up nothing."""
    return await _followed(office, request, request.cookies.get(BROWSER, "")) or _ready(office, request)


def _ready(office: Office, request: Request) -> Response:
    words: dict[str, object] = {"form": office.form_token(request.cookies[BROWSER])}
    return drawn(office, request, guest_locale(office, request), "sign_in_button.html", words)


async def _pressed(office: Office, request: Request) -> Response:
    browser, token = request.cookies.get(BROWSER, ""), request.path_params["token"]
    refused = await _followed(office, request, browser)
    if refused:
        return refused
    await office.form(request, browser)
    found = await office.sign_ins.invitation(token)
    if found is None or not await office.sign_ins.accept(token):
        return ask(office, request, "desk.in.over", 410)
    cookie = await office.sign_ins.sign_in(Session(found.contact, found.mail))
    await office.trail.add(Entry(office.desk.clock(), found.contact, "sign_in", ""))
    response = RedirectResponse(found.to, 303, headers=FORMS)
    office.set_cookie(response, SESSION, cookie, SESSION_HOURS * 3600)
    return response


async def _followed(office: Office, request: Request, browser: str) -> Response | None:
    """Why this browser gets no further with the link; None if it does."""
    found = await office.sign_ins.invitation(request.path_params["token"])
    if found is None:
        return ask(office, request, "desk.in.over", 410)
    if not browser or found.browser != _mark(office, browser):
        return ask(office, request, "desk.in.other_browser", 403)
    return None


async def _out(visit: Visit) -> Response:
    await visit.form()
    await visit.office.sign_ins.sign_out(visit.cookie)
    response = RedirectResponse(PATH, 303, headers=FORMS)
    visit.office.set_cookie(response, SESSION, "", 0)
    return response


def _mark(office: Office, browser: str) -> str:
    return office.vault.mark("desk.browser", browser)


def _inside(path: str) -> str:
    """A page of the desk; the first one for anything else."""
    return path if _PAGE.fullmatch(path) else PATH
