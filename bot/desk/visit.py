"""Somebody signed in at the desk: what every page needs of them, and the door that nobody else comes through."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from bot.desk.view import FORMS, page
from bot.pages import safety
from bot.pages.languages import browser_locale, own_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from bot.contacts import Contact, Contacts
    from bot.desk.sign_ins import SignIns
    from bot.desk.talking import Talking
    from bot.kept.crypto import Vault
    from bot.messages import Box
    from bot.referral.acting import Acting
    from bot.referral.index import Index
    from bot.referral.store import ReferralStore
    from bot.referral.trail import Trail
    from bot.texts import Texts
    from flows.model import Checklist

PATH = "/desk"
SESSION, BROWSER, LANGUAGE = "batea_desk", "batea_desk_browser", "batea_desk_language"
"""Cookies: who is signed in; the browser that asked for a link; the language that was chosen."""
LANG = "lang"
"""In the address: the language of the page. `language` there is that of the people in the list."""
PERSONS = ("heard", "other", "rang")
"""What of a trail the person did; whatever else nobody is named for is Batea's."""
_YEAR = 365 * 24 * 3600
_FIELDS = 24


@dataclass(frozen=True)
class Desk:
    """What is looked at. `clock` gives epoch seconds, `checklists` are by version."""

    store: ReferralStore
    contacts: Contacts
    texts: Texts
    checklists: Mapping[str, Checklist]
    clock: Callable[[], float]


@dataclass(frozen=True)
class Office:
    """What the signed-in pages are made of. `url` is where people reach us; `public_url` as in the settings."""

    desk: Desk
    sign_ins: SignIns
    index: Index
    trail: Trail
    acting: Acting
    box: Box
    vault: Vault
    talking: Talking
    url: str
    public_url: str | None = None

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over https alone."""
        return self.url.startswith("https://")

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages there are."""
        return self.desk.texts.locales

    def form_token(self, cookie: str) -> str:
        """What a form of the holder of this cookie carries, and no other page can know."""
        return self.vault.mark("desk.form", cookie)

    async def form(self, request: Request, cookie: str) -> dict[str, str]:
        """The form of a post. Raises `HTTPException` where it is too large, or no page of this browser sent it."""
        found = await safety.form(request, self.public_url, fields=_FIELDS)
        if not cookie or not hmac.compare_digest(found.get("form", "").encode(), self.form_token(cookie).encode()):
            raise HTTPException(403)
        return found

    def set_cookie(self, response: Response, name: str, value: str, seconds: int | None) -> None:
        """A cookie for the desk alone; `seconds` None: until the browser is closed, 0: gone."""
        response.set_cookie(name, value, seconds, path=PATH, secure=self.secure, httponly=True, samesite="lax")

    def chosen_language(self, request: Request) -> str | None:
        """The language asked for in the address, else the one chosen before."""
        asked = request.query_params.get(LANG), request.cookies.get(LANGUAGE)
        return next((one for one in asked if one in self.locales), None)


@dataclass(frozen=True)
class Visit:
    """A request of somebody who is signed in; `cookie` is that of the session."""

    office: Office
    request: Request
    contact: Contact
    cookie: str

    @property
    def locale(self) -> str:
        """The language they chose, else the one in contacts.toml that they read best."""
        return self.office.chosen_language(self.request) or self.contact.locale(self.office.locales)

    def say(self, key: str, *, count: int | None = None, **params: object) -> str:
        """A text in their language."""
        return self.office.desk.texts.get(self.locale, key, count=count, **params)

    def doer(self, who: str, what: str) -> str:
        """Who did something with a case: a contact, the person, or Batea."""
        return who or (self.say("desk.write.person") if what in PERSONS else "Batea")

    def draw(self, template: str, words: dict[str, object], status: int = 200) -> Response:
        """A page of the desk."""
        own = {"me": self.contact, "form": self.office.form_token(self.cookie)}
        return drawn(self.office, self.request, self.locale, template, own | words, status)

    async def form(self) -> dict[str, str]:
        """The form of a post. Raises `HTTPException` where no page of this session sent it."""
        return await self.office.form(self.request, self.cookie)


def drawn(  # noqa: PLR0913, PLR0917 - what a page is made of
    office: Office, request: Request, locale: str, template: str, words: dict[str, object], status: int = 200
) -> Response:
    """A page with forms; a language that was chosen in the address is kept in a cookie."""
    own = {"languages": _languages(office, request), "path": request.url.path, "me": None}
    response = page(office.desk.texts, locale, template, own | words, status)
    if request.query_params.get(LANG) in office.locales:
        office.set_cookie(response, LANGUAGE, request.query_params[LANG], _YEAR)
    return response


def signed_in(office: Office, answer: Callable[[Visit], Awaitable[Response]]) -> Callable[[Request], Awaitable[object]]:
    """The page for whoever is signed in; anybody else is asked to, and comes back afterwards if it can be looked at."""

    async def endpoint(request: Request) -> Response:
        found = await visit(office, request)
        if found is not None:
            return await answer(found)
        to = urlencode({"to": request.url.path}) if request.method == "GET" else ""
        return RedirectResponse(f"{PATH}?{to}" if to else PATH, 303, headers=FORMS)

    return endpoint


def moved(request: Request, path: str) -> Response:
    """The way to another page of the desk, with the same query: from what is only posted, and was looked at."""
    query = request.url.query
    return RedirectResponse(f"{path}?{query}" if query else path, 303, headers=FORMS)


async def visit(office: Office, request: Request) -> Visit | None:
    """Who is signed in; None for anybody else, and for who is no longer in contacts.toml with that mail."""
    cookie = request.cookies.get(SESSION, "")
    session = await office.sign_ins.session(cookie) if cookie else None
    contact = office.desk.contacts.named(session.contact) if session else None
    if session is None or contact is None or contact.mail != session.mail:
        return None
    return Visit(office, request, contact, cookie)


def _languages(office: Office, request: Request) -> list[tuple[str, str, str]]:
    """Every language: its code, its own name, and the query that shows this page in it."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != LANG]
    return [(code, own_name(code), urlencode([*kept, (LANG, code)])) for code in office.locales]


def guest_locale(office: Office, request: Request) -> str:
    """The language of somebody who is not signed in."""
    return office.chosen_language(request) or browser_locale(request, office.locales)
