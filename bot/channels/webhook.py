"""Signed JSON to ARM's own systems: one POST a notice. What it says is in `referral.notices`.

`Batea-Signature: t=<epoch seconds>,v1=<hex>` is the HMAC-SHA256 of `<t>.<body>`, one `v1` for each key, so that a key
can be changed. `Batea-Id` is the same over all tries: who has seen it answers 200 and does nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from typing import TYPE_CHECKING

import httpx

from bot.channels.addresses import split
from bot.messages import Body, GiveUp, Hook, Later, Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIGNATURE, ID = "Batea-Signature", "Batea-Id"
_NEVER = frozenset({400, 410, 413, 415, 422})
"""Answers that say what was sent will never do. Others (a wrong password, a missing page) can be mended."""
_LONGEST_WAIT = 3600.0


class WebhookChannel:
    """The channel `webhook`; an address is a URL. `keys` sign; `clock` gives epoch seconds; `patience`: seconds."""

    name = "webhook"
    can_be_asked = False

    def __init__(self, keys: Sequence[str], clock: Callable[[], float], patience: float = 10) -> None:
        self._keys = tuple(keys)
        self._clock = clock
        self._client = httpx.AsyncClient(timeout=patience, follow_redirects=False, trust_env=False)

    def cost(self, body: Body) -> int:  # noqa: ARG002 - the same for all
        """One call is one."""
        return 1

    async def send(self, out: Outgoing) -> str:
        """Post it; returns our id. Raises `Later` where it was not taken, or no answer came: its id stays the same.

        Raises `GiveUp` for an address that is not safe, and where the receiver says that it never will take it.
        """
        if not isinstance(out.body, Hook):
            reason = f"a webhook carries no {type(out.body).__name__}"
            raise GiveUp(reason)
        if not is_safe(out.address):
            reason = "a webhook has to be https"
            raise GiveUp(reason)
        _judge(await self._posted(out, out.body.payload))
        return out.id

    async def find(self, out: Outgoing, since: float) -> str | None:  # noqa: ARG002 - a receiver can't be asked
        """None: it is sent again, with the same id."""
        return None

    async def close(self) -> None:
        """Give back connections."""
        await self._client.aclose()

    async def _posted(self, out: Outgoing, payload: bytes) -> httpx.Response:
        signed = signature(self._keys, int(self._clock()), payload)
        headers = {"Content-Type": "application/json", ID: out.id, SIGNATURE: signed, "User-Agent": "Batea"}
        try:
            return await self._client.post(out.address, content=payload, headers=headers)
        except httpx.HTTPError as error:
            # Not chained: the error quotes the address, which may hold a secret.
            reason = type(error).__name__
            raise Later(reason) from None


def signature(keys: Sequence[str], at: int, payload: bytes) -> str:
    """The header: when it was signed (epoch seconds), and the HMAC under each key."""
    signed = (hmac.new(key.encode(), b"%d." % at + payload, hashlib.sha256).hexdigest() for key in keys)
    return ",".join([f"t={at}", *(f"v1={one}" for one in signed)])


def is_safe(url: str) -> bool:
    """Whether nobody between can read it: https, or this machine itself."""
    parts = split(url)
    if parts is None or parts.scheme not in {"http", "https"}:
        return False
    return _is_here(parts.hostname or "") if parts.scheme == "http" else bool(parts.hostname)


def secrets_of(keys: Sequence[str]) -> tuple[str, ...]:
    """What signs where no secret was set: derived from each key of BATEA_KEYS, and telling nothing of it."""
    return tuple(hmac.new(key.encode(), b"batea.webhook", hashlib.sha256).hexdigest() for key in keys)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _judge(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    reason = f"answered {answer.status_code}"
    if answer.status_code in _NEVER:
        raise GiveUp(reason)
    raise Later(reason, _named(answer))


def _named(answer: httpx.Response) -> float | None:
    given = answer.headers.get("Retry-After", "")
    return min(float(given), _LONGEST_WAIT) if given.isascii() and given.isdigit() else None
