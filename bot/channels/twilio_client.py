"""The one place that imports twilio: its Messages resource, its signatures, and its errors in our words.

What is sent and what comes in is for `sms` to say.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import httpx
import structlog
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.channels.left import verdict
from bot.messages import GiveUp, Later, SendError, Stop, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPTED_OUT = 21610
TOO_MANY = {20429, 21611, 63018}
OURS = {20003, 20005, 20006, 20403, 70051}
"""Our own credentials or account, whoever was to be written to: operators mend that."""
"""Twilio, "Error and Warning Dictionary"."""

log = structlog.get_logger(__name__)


class Listed(NamedTuple):
    """A message as Twilio keeps it; `when` is the epoch second in which Twilio took it."""

    sid: str
    body: str
    direction: str
    status: str
    sender: str
    service: str
    media: bool
    when: float


class Twilio:
    """An account at Twilio, or at what answers at `api_url` (scheme and host); `patience`, seconds for an answer."""

    def __init__(self, account_sid: str, auth_token: str, api_url: str, patience: float) -> None:
        self._transport = _Transport(api_url, patience)
        self._messages = Client(account_sid, auth_token, http_client=self._transport).messages
        self._validator = RequestValidator(auth_token)

    async def create(self, **form: str | int) -> str:
        """Have a message sent; returns its sid. Raises a `SendError`."""
        with _sorted_errors():
            message = await self._messages.create_async(**form)
        return str(message.sid)

    async def newest(self, limit: int, **filters: str) -> list[Listed]:
        """The newest messages that match. Raises `Later` where Twilio can't say."""
        with _asking():
            found = await self._messages.list_async(limit=limit, page_size=limit, **filters)
        return [_listed(message) for message in found]

    async def since(self, when: float, **filters: str) -> list[Listed]:
        """All messages that match, sent or received since `when` (epoch seconds), newest first. Raises `Later`."""
        after = datetime.fromtimestamp(when, UTC)
        with _asking():
            found = await self._messages.list_async(date_sent_after=after, page_size=200, **filters)
        return [_listed(message) for message in found]

    def signed(self, url: str, form: Mapping[str, str], signature: str) -> bool:
        """Whether Twilio signed this form for this URL; compared in constant time."""
        return bool(self._validator.validate(url, form, signature))

    async def close(self) -> None:
        """Give back connections."""
        await self._transport.close()


class _Transport(AsyncHttpClient):  # type: ignore[misc] # twilio is untyped
    """Twilio's own asynchronous client ignores its timeout and logs numbers; this one does neither."""

    def __init__(self, api_url: str, patience: float) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True, timeout=None)
        self._origin = urlsplit(api_url)
        self._http = httpx.AsyncClient(timeout=patience)
        # For the whole, however slowly it drips; more than pool and connecting may take, so that it has left by then.
        self._longest = 3 * patience

    async def request(  # noqa: PLR0913, PLR0917 - twilio calls it so
        self,
        method: str,
        uri: str,
        params: dict[str, Any] | None = None,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - part of twilio's interface; ours is the same for all
        allow_redirects: bool = False,  # noqa: FBT001, FBT002
    ) -> Response:
        del timeout
        async with asyncio.timeout(self._longest):
            answer = await self._http.request(
                method,
                self._here(uri),
                params=params or None,
                data=data,
                headers=headers,
                auth=auth,
                follow_redirects=allow_redirects,
            )
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            # Here, because twilio's exceptions forget the headers.
            reason = "twilio: 429"
            raise Later(reason, _seconds(answer.headers.get("Retry-After")))
        return Response(answer.status_code, answer.text, answer.headers)

    def _here(self, uri: str) -> str:
        return urlunsplit(urlsplit(uri)._replace(scheme=self._origin.scheme, netloc=self._origin.netloc))

    async def close(self) -> None:
        await self._http.aclose()


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.isdecimal() else None


@contextmanager
def _sorted_errors() -> Iterator[None]:
    try:
        yield
    except (TwilioRestException, TwilioServiceException) as error:
        # Cut off from its cause, whose words quote the number.
        raise _refusal(error.status, error.code) from None
    except TwilioException as error:
        # A page that can't be had comes as words and the response.
        status = getattr(error.args[-1], "status_code", 0) if error.args else 0
        raise _refusal(status, None) from None
    except (httpx.HTTPError, TimeoutError) as error:
        raise verdict(error) from error
    except json.JSONDecodeError as error:
        reason = "twilio: no JSON"
        raise Unknown(reason) from error


@contextmanager
def _asking() -> Iterator[None]:
    """A question can be put again, however it failed."""
    try:
        with _sorted_errors():
            yield
    except Later:
        raise
    except SendError as error:
        reason = str(error)
        raise Later(reason) from error


def _refusal(status: int, code: int | None) -> SendError:
    reason = f"twilio: {status}, code {code}"
    if code == OPTED_OUT:
        return Stop(reason)
    if status == httpx.codes.NOT_FOUND:
        log.error("twilio does not know the account: check TWILIO_ACCOUNT_SID and TWILIO_API_URL")
        return Later(reason)
    if code in TOO_MANY | OURS or status == httpx.codes.UNAUTHORIZED or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return Later(reason)
    return GiveUp(reason)


def _listed(message: Any) -> Listed:  # noqa: ANN401 - twilio is untyped
    # A queued message has no `date_sent` yet; every field may be null.
    taken = message.date_sent or message.date_created
    return Listed(
        sid=message.sid or "",
        body=message.body or "",
        direction=message.direction or "",
        status=message.status or "",
        sender=message.from_ or "",
        service=message.messaging_service_sid or "",
        media=(message.num_media or "0") != "0",
        when=taken.timestamp() if taken else 0.0,
    )
