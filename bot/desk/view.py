"""How a page of the desk is drawn and sent: templates, headers, days and times in words."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from bot import dates
from bot.pages.drawing import drawn

if TYPE_CHECKING:
    from collections.abc import Mapping

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
"""What a page holds must not be kept, framed, passed on or found."""
FORMS = HEADERS | {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace("form-action 'none'", "form-action 'self'"),
    "Referrer-Policy": "same-origin",
}
"""For pages with forms. With `no-referrer` a form's Origin would be "null", and its post refused."""
COUNTING = {
    "Content-Security-Policy": FORMS["Content-Security-Policy"] + "; script-src 'self'; connect-src 'self'",
}
"""For the page that counts the SMS of a text while it is written."""


def page(texts: Texts, locale: str, template: str, words: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page in the language of `locale`. Its templates get `t` for texts, `day` and `moment` for times (UTC)."""
    more = {"t": partial(texts.get, locale), "locale": locale}
    more |= {"day": partial(day, locale), "moment": partial(moment, locale)}
    return HTMLResponse(drawn(TEMPLATES, template, {**more, **words}), status, FORMS)


def day(locale: str, at: float) -> str:
    """A date (epoch seconds) as people write it."""
    return dates.day(locale, datetime.fromtimestamp(at, UTC))


def moment(locale: str, at: float) -> str:
    """A time (epoch seconds) to the minute, as people write it, in UTC."""
    return f"{dates.moment(locale, datetime.fromtimestamp(at, UTC))} UTC"


def hour(locale: str, at: float) -> str:
    """The time of day (epoch seconds) by the clock of UTC, as people write it."""
    return dates.hour(locale, datetime.fromtimestamp(at, UTC))
