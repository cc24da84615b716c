"""In which language a page speaks, and what languages are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel import Locale, negotiate_locale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request


def own_name(code: str) -> str:
    """A language as its speakers call it."""
    name: str = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def browser_locale(request: Request, locales: Sequence[str]) -> str:
    """The one of `locales` that the browser likes best (Accept-Language, RFC 9110 12.5.4), else the first."""
    accepted = request.headers.get("Accept-Language", "")
    ranked = sorted(map(_ranked, accepted.split(",")), key=lambda one: -one[1])
    preferred = [tag.strip() for tag, weight in ranked if weight > 0]
    return negotiate_locale(preferred, locales, sep="-") or locales[0]


def _ranked(part: str) -> tuple[str, float]:
    tag, _, weight = part.partition(";")
    found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
    return tag, float(found[1]) if found else 1.0
