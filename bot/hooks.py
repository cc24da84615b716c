"""The hooks that Twilio and Telegram call: is it them, can it be read, then on to the road, and only then a 200.

    POST /hooks/sms             a message that came in
    POST /hooks/sms/status?id=  how one of ours is faring
    POST /hooks/voice           somebody calls: never answered, noted
    POST /hooks/telegram        an update

Forged: 403, unreadable: 400, too large: 413, and nothing is stored. Busy, Redis away, or a session
that no key here opens: 503, so that it comes again.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels import sms_forms
from bot.channels.telegram_updates import Malformed, nobody, receive
from bot.kept.connection import Away
from bot.kept.crypto import WrongKey
from bot.messages import Busy
from bot.pages.safety import body
from flows.events import OptedOut

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    from bot.messages import Inbound
    from flows.events import Event

FORM_MOST = 64 * 1024
JSON_MOST = 1024 * 1024
TURNED_AWAY = '<Response><Reject reason="busy"/></Response>'
"""Not billed (Twilio's "TwiML Voice: Reject"). Without a reason the caller hears that the number is not in service."""
FIELDS_MOST = 200
"""Twilio posts some thirty fields, and two more for each picture."""

log = structlog.get_logger(__name__)


class Road(Protocol):
    """Where everything goes that concerns a person. Raises `Busy` or `Away`, to be tried again."""

    async def handle(self, inbound: Inbound) -> None:
        """Take a message: a turn, written."""

    async def happened(self, channel: str, address: str, event: Event) -> None:
        """Take an event that is no message."""


@dataclass(frozen=True)
class SmsHooks:
    """What Twilio calls. `signed` is given path and query, the form, the signature."""

    road: Road
    signed: Callable[[str, Mapping[str, str], str], bool]
    settle: Callable[[str], Awaitable[bool]]
    clock: Callable[[], float]

    async def message(self, request: Request) -> Response:
        """A message that came in. The answer leaves by the outbox, so this one is empty."""
        form = await self._form(request)
        try:
            inbound = sms_forms.receive(form, self.clock())
        except sms_forms.Malformed as error:
            raise _malformed(error) from error
        if inbound is not None:
            await self.road.handle(inbound)
        return Response("<Response/>", media_type="text/xml")

    async def status(self, request: Request) -> Response:
        """How one of ours is faring: Twilio has it, so it is settled; an opt-out is told to the conversation."""
        form = await self._form(request)
        try:
            status = sms_forms.status(form, request.query_params.get("id"))
        except sms_forms.Malformed as error:
            raise _malformed(error) from error
        if status.id is not None:
            await self.settle(status.id)
        if status.error is not None:
            log.warning("sms not delivered", state=status.state.name, code=status.error)
        if status.opted_out and sms_forms.answerable(form.get("To", "")):
            await self.road.happened("sms", form["To"], OptedOut(tell=False))
        return Response(status_code=204)

    async def voice(self, request: Request) -> Response:
        """A call: turned away, and brought to the road as the wish to be called."""
        form = await self._form(request)
        try:
            inbound = sms_forms.call(form, self.clock())
        except sms_forms.Malformed as error:
            raise _malformed(error) from error
        try:
            await self._noted(inbound)
        except (Away, Busy, WrongKey) as error:
            # Twilio does not ask again: whatever else it is told, it takes the call and bills it.
            log.warning("a call could not be noted", error=type(error).__name__)
        return Response(TURNED_AWAY, media_type="text/xml")

    async def _noted(self, inbound: Inbound | None) -> None:
        if inbound is not None:
            await self.road.handle(inbound)

    async def _form(self, request: Request) -> dict[str, str]:
        raw = await body(request, FORM_MOST)
        try:
            pairs = parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS_MOST)
        except ValueError as error:
            raise _malformed(error) from error
        form = dict(pairs)
        query = f"?{request.url.query}" if request.url.query else ""
        if not self.signed(request.url.path + query, form, request.headers.get("X-Twilio-Signature", "")):
            raise HTTPException(403)
        return form


@dataclass(frozen=True)
class TelegramHook:
    """What Telegram calls, with the secret that it was given together with the address. `desk` hears staff first."""

    road: Road
    secret: str
    clock: Callable[[], float]
    desk: Callable[[dict[str, object]], Awaitable[bool]] = nobody

    async def update(self, request: Request) -> Response:
        """An update; one that is not for us gets a silent 200, or Telegram would send it for ever."""
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            raise HTTPException(403)
        raw = await body(request, JSON_MOST)
        try:
            update = msgspec.json.decode(raw, type=dict[str, object])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _malformed(error) from error
        inbound = None if await self.desk(update) else self._read(update)
        if inbound is not None:
            await self.road.handle(inbound)
        return Response(status_code=200)

    def _read(self, update: dict[str, object]) -> Inbound | None:
        try:
            return receive(update, self.clock())
        except Malformed as error:
            raise _malformed(error) from error


def _malformed(error: Exception) -> HTTPException:
    log.info("a hook got what it can't read", error=type(error).__name__)
    return HTTPException(400)
