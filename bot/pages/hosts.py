"""By which names a Batea that only this machine should use may be called, so that no website can call it by its own.

A page from anywhere can have its name lead to 127.0.0.1 once it is loaded ("DNS rebinding"), and then read here what it
likes. An address of digits can't be led anywhere else.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - what it means to listen on them
_HOST = re.compile(r"(?:\[(?P<six>[^\]]*)\]|(?P<name>[^:]*))(?::[0-9]*)?")
_OPEN = ("/healthz", "/readyz")
"""They tell nothing, and whoever watches calls them as it likes."""


def is_ours(header: str, listens_on: str) -> bool:
    """Whether a Host header names this machine. Where all addresses are listened on, each may be called."""
    found = _HOST.fullmatch(header.strip().lower())
    if found is None:
        return False
    host = found["six"] or found["name"] or ""
    return host in _HERE | {listens_on.lower()} or (listens_on in _EVERYWHERE and _is_address(host))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class OwnHosts:
    """Refuses what is called by any other name than those of `is_ours`."""

    def __init__(self, app: ASGIApp, listens_on: str) -> None:
        self._app = app
        self._listens_on = listens_on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, or answer 421."""
        if scope["type"] == "http" and scope["path"] not in _OPEN and not is_ours(_host(scope), self._listens_on):
            refusal = PlainTextResponse("Open Batea by the address that it printed, or set BATEA_HOST.\n", 421)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _host(scope: Scope) -> str:
    named = [value for name, value in scope["headers"] if name == b"host"]
    return named[0].decode("latin-1") if len(named) == 1 else ""
