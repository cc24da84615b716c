"""A Message of Twilio's REST API, as JSON: kept, filtered and paged as the API does."""

from __future__ import annotations

import secrets
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from bot.channels.sms_text import segments

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_A_PAGE = 1000


class Message(msgspec.Struct):
    """One message; `created` and `sent` are epoch seconds."""

    account_sid: str
    sender: str
    to: str
    body: str | None
    direction: str
    status: str
    service: str | None = None
    media: int = 0
    sid: str = msgspec.field(default_factory=lambda: "SM" + secrets.token_hex(16))
    created: float = msgspec.field(default_factory=time.time)
    sent: float | None = None
    error_code: int | None = None
    callback: str | None = None

    def resource(self) -> dict[str, Any]:
        """The fields of the Message resource; numbers of things are strings, times RFC 2822 in GMT."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{self.sid}"
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": self.body,
            "date_created": _date(self.created),
            "date_sent": _date(self.sent),
            "date_updated": _date(self.created),
            "direction": self.direction,
            "error_code": self.error_code,
            "error_message": None,
            "from": self.sender or None,
            "messaging_service_sid": self.service,
            "num_media": str(self.media),
            "num_segments": str(segments(self.body or "")),
            "price": None,
            "price_unit": None,
            "sid": self.sid,
            "status": self.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": self.to,
            "uri": f"{uri}.json",
        }


def page(messages: list[Message], path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of the list, newest first."""
    size = min(int(query.get("PageSize", "50")), MOST_A_PAGE)
    number = int(query.get("Page", "0"))
    found = [message for message in reversed(messages) if _matches(message, query)]
    shown = found[number * size : (number + 1) * size]
    more = len(found) > (number + 1) * size

    def uri(wanted: int) -> str:
        token = {"PageToken": f"PASM{wanted}"} if wanted else {}
        return f"{path}?{urlencode({**query, 'PageSize': size, 'Page': wanted, **token})}"

    return {
        "end": number * size + len(shown) - 1,
        "first_page_uri": uri(0),
        "messages": [message.resource() for message in shown],
        "next_page_uri": uri(number + 1) if more else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": uri(number - 1) if number else None,
        "start": number * size,
        "uri": uri(number),
    }


def _matches(message: Message, query: Mapping[str, str]) -> bool:
    if query.get("To", message.to) != message.to or query.get("From", message.sender) != message.sender:
        return False
    if not query.keys() & {"DateSent>", "DateSent<", "DateSent"}:
        return True
    if message.sent is None:
        return False
    # By the day: of times in these filters the API's pages say nothing.
    sent = time.strftime("%Y-%m-%d", time.gmtime(message.sent))
    after, before, on = (query.get(f"DateSent{sign}", sent)[:10] for sign in (">", "<", ""))
    return after <= sent <= before and on == sent


def _date(when: float | None) -> str | None:
    return None if when is None else formatdate(when).replace("-0000", "+0000")
