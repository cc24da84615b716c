"""How the page of a room is drawn and sent, and which words it has for what the chat says of sending numbers."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from starlette.responses import HTMLResponse

from bot.pages.drawing import drawn
from bot.pages.safety import PAGE
from flows.words import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.responses import Response

    from bot.texts import Texts
    from flows.model import Say

TEMPLATES = Path(__file__).parent / "templates"
HEADERS = PAGE | {"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex, nofollow, noarchive"}
"""The address of a page is its key: it must not be kept, passed on or found."""

_SENDING = {
    "room.too_many": "group.too_many",
    "room.too_many.women": "group.too_many",
    "stale": "group.stale",
    **{f"hint.{why}{more}": f"group.hint.{why}" for why in ("hands", "people") for more in ("", ".example")},
}
"""What speaks of sending, and how the page says it."""
_NAMED = re.compile(r"^Batea\s*:\s*")
"""How an SMS says who sends it."""
_SEEN = ("room.opened", "room.opened.nobody", "room.noted", "room.count", "first.")
"""What the page shows by itself."""


def draw(texts: Texts, locale: str, template: str, given: Mapping[str, object], status: int = 200) -> Response:
    """The page `template` with `t(key)` for texts, `say` for messages and what is `given`."""
    words = {
        "t": partial(texts.get, locale),
        "say": partial(_said, texts, locale),
        "word": partial(_first, texts, locale),
        "lang": language_of(locale),
        **given,
    }
    return HTMLResponse(drawn(TEMPLATES, template, words), status, HEADERS)


def notices(says: Iterable[Say]) -> list[Say]:
    """What of a turn is told above the page."""
    told = (say for say in says if not say.asks and not say.id.startswith(_SEEN))
    return [replace(say, id=_SENDING.get(say.id, say.id)) for say in told]


def _said(texts: Texts, locale: str, say: Say) -> str:
    return _NAMED.sub("", texts.sentence(say, locale))


def _first(texts: Texts, locale: str, key: str) -> str:
    """The word to send, as it is read out."""
    return texts.get(locale, key).partition("|")[0].strip().upper()
