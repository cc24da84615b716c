"""How a page of the desk is drawn and sent: templates, headers, and a friendly page where a link opens nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from babel import negotiate_locale
from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from bot.referral.store import Opening
    from bot.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
"""The address of a page is its key: it must not be kept, passed on or found."""
FORMS = HEADERS | {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'"),
    "Referrer-Policy": "same-origin",
}
"""For pages with forms. With `no-referrer` a form's Origin would be "null", and its post refused."""

Why = Literal["expired", "forbidden", "gone"]


class Refusal(Exception):
    """The link opens nothing: an HTTP status and why."""

    def __init__(self, status: int, why: Why) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def page(  # noqa: PLR0913, PLR0917 - what a page is made of
    texts: Texts,
    locale: str,
    template: str,
    words: Mapping[str, object],
    status: int = 200,
    headers: Mapping[str, str] = HEADERS,
) -> HTMLResponse:
    """A page in the language of `locale`. Its templates get `t` for texts, `day` and `moment` for times (UTC)."""
    more = {"t": partial(texts.get, locale), "locale": locale}
    more |= {"day": partial(day, locale), "moment": partial(moment, locale)}
    return HTMLResponse(rendered(template, {**more, **words}), status, headers)


def rendered(template: str, words: Mapping[str, object]) -> str:
    """A template with its words; those that are no HTML take them as they are."""
    return _templates().get_template(template).render(words)


def refused(texts: Texts, request: Request, refusal: Refusal) -> Response:
    """The friendly page for a link that opens nothing, in the browser's language."""
    words = {"why": refusal.why, "reference": None}
    return page(texts, browser_locale(request, tuple(texts.translations)), "refused.html", words, refusal.status)


def opening_rows(openings: Iterable[Opening], texts: Texts, locale: str) -> list[tuple[str, str, str]]:
    """When, who and which page, the latest first."""
    rows = [(moment(locale, one.at), one.contact, texts.get(locale, f"desk.page.{one.page}")) for one in openings]
    return rows[::-1]


def browser_locale(request: Request, available: tuple[str, ...]) -> str:
    """The language among `available` that the browser asks for first, else the first one."""
    wanted = [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    return negotiate_locale([name for name in wanted if name], available, sep="-") or available[0]


def day(locale: str, at: float) -> str:
    """A date (epoch seconds) as people write it."""
    return format_date(datetime.fromtimestamp(at, UTC), "long", locale=locale)


def moment(locale: str, at: float) -> str:
    """A time (epoch seconds) as people write it, in UTC."""
    return f"{format_datetime(datetime.fromtimestamp(at, UTC), 'medium', locale=locale)} UTC"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
