"""SMS by Twilio: sends, asks what became of it, and asks for what came in while we were away.

Forms that Twilio posts are read in `sms_forms`, texts measured and folded in `sms_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec

from bot.channels import sms_forms, sms_text
from bot.channels.twilio_client import Listed, Twilio
from bot.messages import Body, GiveUp, Inbound, Outgoing, Words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Paid = Callable[[Outgoing], Awaitable[None]]

STATUS_HOOK = "/hooks/sms/status"

_VALID = 4 * 3600
"""Seconds after which a question that waits at the carrier is better not asked any more."""

_SKEW = 5
"""Seconds by which Twilio's clock may be behind ours."""

_LOST = {"failed", "undelivered", "canceled"}
_LOOK_AT = 50


class Account(msgspec.Struct, frozen=True):
    """An account at Twilio and who it sends as: a number, or a Messaging Service, which then chooses the number."""

    sid: str
    token: str
    number: str | None = None
    service: str | None = None
    api_url: str = "https://api.twilio.com"


class SmsChannel:
    """The channel `sms`. With a public URL Twilio is asked to report there. `patience`: seconds for an answer.

    `paid` is told of every text that Twilio has; whatever it raised would have the text sent again.
    """

    name = "sms"
    can_be_asked = True

    def __init__(
        self, account: Account, public_url: str | None, patience: float = 10, *, paid: Paid | None = None
    ) -> None:
        self._account = account
        self._public_url = public_url
        self._paid = paid
        self._twilio = Twilio(account.sid, account.token, account.api_url, patience)

    def cost(self, body: Body) -> int:
        """The parts of a text: Twilio sends one part a second from a long code."""
        return sms_text.segments(body.text) if isinstance(body, Words) else 1

    def signed(self, path: str, form: Mapping[str, str], signature: str) -> bool:
        """Whether Twilio signed this form for the public URL and `path`, which is path and query; never for Host."""
        return self._public_url is not None and self._twilio.signed(self._public_url + path, form, signature)

    async def send(self, out: Outgoing) -> str:
        """Send the text; buttons have no place in an SMS. Returns Twilio's sid. Raises a `SendError`."""
        if not isinstance(out.body, Words):
            reason = f"sms carries no {type(out.body).__name__}"
            raise GiveUp(reason)
        sid = await self._twilio.create(
            to=out.address, body=out.body.text, validity_period=_VALID, **self._sender(), **self._callback(out.id)
        )
        return await self._counted(out, sid)

    async def find(self, out: Outgoing, since: float) -> str | None:
        """Twilio's sid of this text if it took it for this number since then, and it did not fail. Raises `Later`."""
        # By the newest, not by date: a queued message has no date of sending to filter by.
        listed = await self._twilio.newest(_LOOK_AT, to=out.address)
        sid = next((message.sid for message in listed if _is(message, out.body, since)), None)
        return sid and await self._counted(out, sid)

    async def inbound_since(self, when: float) -> list[Inbound]:
        """What came in since `when` (epoch seconds), oldest first. Raises `Later`."""
        to = {"to": self._account.number} if self._account.number else {}
        listed = await self._twilio.since(when, **to)
        # Newest first it comes, and in whole seconds: turned round first, so that equal seconds keep their order.
        ours = [message for message in reversed(listed) if self._came_in(message) and message.when >= int(when)]
        return [_inbound(message) for message in sorted(ours, key=lambda message: message.when)]

    async def close(self) -> None:
        """Give back connections."""
        await self._twilio.close()

    async def _counted(self, out: Outgoing, sid: str) -> str:
        if self._paid:
            await self._paid(out)
        return sid

    def _sender(self) -> dict[str, str]:
        if self._account.service:
            return {"messaging_service_sid": self._account.service}
        return {"from_": self._account.number or ""}

    def _callback(self, our_id: str) -> dict[str, str]:
        if self._public_url is None:
            return {}
        return {"status_callback": f"{self._public_url}{STATUS_HOOK}?{urlencode({'id': our_id})}"}

    def _came_in(self, message: Listed) -> bool:
        foreign = self._account.service and message.service not in {"", self._account.service}
        return message.direction == "inbound" and sms_forms.answerable(message.sender) and not foreign


def _is(message: Listed, body: Body, since: float) -> bool:
    alive = message.direction.startswith("outbound") and message.status not in _LOST
    same = isinstance(body, Words) and message.body.strip() == body.text.strip()
    return alive and same and message.when >= since - _SKEW


def _inbound(message: Listed) -> Inbound:
    event = sms_forms.said(message.body, media=message.media)
    return Inbound(message.sid, "sms", message.sender, event, message.when)
