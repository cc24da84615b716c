"""What keeps strangers' pages out: what the browser is told about ours, which posts are taken and how large."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from starlette.requests import Request

FORM_MOST = 16 * 1024
FIELDS_MOST = 8

PAGE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""With `no-referrer` a form's Origin would be "null", and its post refused."""

LETTER = PAGE | {
    "Content-Security-Policy": (
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:; frame-ancestors 'self'"
    ),
}
"""A mail's HTML: its own style, no script, nothing from anywhere; its links open beside the page."""

FILE = {name: PAGE[name] for name in ("Referrer-Policy", "X-Content-Type-Options", "Cache-Control")}
"""A PDF is shown by the browser's own viewer, which a Content-Security-Policy would keep from working."""


def from_here(request: Request, public_url: str | None) -> bool:
    """Whether one of our own pages sent this: its Origin is the host that was called, or the public address."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin == public_url or urlsplit(origin).netloc == request.headers.get("Host", "")


async def form(
    request: Request, public_url: str | None, *, most: int = FORM_MOST, fields: int = FIELDS_MOST
) -> dict[str, str]:
    """The form of a post.

    Raises `HTTPException`: 403 if it was not sent from here, 413 too large, 400 no form, or gone before it was whole.
    """
    if not from_here(request, public_url):
        raise HTTPException(403)
    raw = await body(request, most)
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=fields))
    except ValueError as error:
        raise HTTPException(400) from error


async def body(request: Request, most: int) -> bytes:
    """All that was posted. Raises `HTTPException`: 413 if it is too large, 400 if whoever sent it is gone."""
    raw = bytearray()
    try:
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > most:
                raise HTTPException(413)
    except ClientDisconnect as error:
        raise HTTPException(400) from error
    return bytes(raw)
