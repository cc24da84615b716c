"""What Twilio posts to us, read: a message or a call, how one of ours is faring. Signatures are checked in `sms`."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberType

from bot.messages import Inbound
from flows.events import Called, Event, OptedIn, OptedOut, Text, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

_WITH_SMS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_CODE = re.compile(r"[0-9]{1,6}")
LONGEST = 1600
"""Characters of a message, with Twilio: what is longer did not come from it."""


class Malformed(ValueError):
    """The form lacks what Twilio always sends; `args[0]` names the field."""


class State(IntEnum):
    """How far a message got. Callbacks come in any order: the greater state is the later one."""

    TAKEN = 1
    SENT = 2
    FAILED = 3
    DELIVERED = 4


_STATES = {
    "sent": State.SENT,
    "failed": State.FAILED,
    "undelivered": State.FAILED,
    "canceled": State.FAILED,
    "delivered": State.DELIVERED,
    "read": State.DELIVERED,
}


class Status(NamedTuple):
    """A status callback: our id (None if the URL had none), Twilio's, the state, Twilio's error code if any."""

    id: str | None
    sid: str
    state: State
    error: int | None

    @property
    def opted_out(self) -> bool:
        """Whether the person does not want messages (Twilio's error 21610)."""
        return self.error == 21610  # noqa: PLR2004


def receive(form: Mapping[str, str], received: float) -> Inbound | None:
    """The message in a webhook's form; None from a sender that is no number and can't be answered.

    Fields as in Twilio's "Request to your incoming message Webhook URL". Raises `Malformed`.
    """
    sid, sender = _field(form, "MessageSid"), _field(form, "From")
    if not answerable(sender):
        return None
    media = form.get("NumMedia", "0") not in {"", "0"}
    event = _by_carrier(form.get("OptOutType", "")) or said(form.get("Body", ""), media=media)
    return Inbound(sid, "sms", sender, event, received)


def call(form: Mapping[str, str], received: float) -> Inbound | None:
    """The call in a voice webhook's form; None from whom no SMS can reach: a landline, a withheld number.

    Fields as in "TwiML Voice: Twilio's request to your application". Raises `Malformed`.
    """
    sid, caller = _field(form, "CallSid"), form.get("From", "")
    return Inbound(sid, "sms", caller, Called(), received) if _mobile(caller) else None


def _mobile(caller: str) -> bool:
    """Twilio writes a withheld number as `anonymous`, or as one that nobody has (+266696687)."""
    try:
        number = phonenumbers.parse(caller)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(number) in _WITH_SMS


def answerable(sender: str) -> bool:
    """Whether a reply can reach this sender: a number or short code, and not a name like `BANCO`."""
    return _NUMBER.fullmatch(sender) is not None


def said(body: str, *, media: bool) -> Event:
    """What a message says; one of pictures only can't be read."""
    return Unreadable("photo") if media and not body.strip() else Text(body[:LONGEST])


def status(form: Mapping[str, str], query_id: str | None) -> Status:
    """A status callback's form; `query_id` is the id in its URL. Unknown states count as early. Raises `Malformed`."""
    code = form.get("ErrorCode", "")
    return Status(
        query_id,
        _field(form, "MessageSid"),
        _STATES.get(_field(form, "MessageStatus"), State.TAKEN),
        int(code) if _CODE.fullmatch(code) else None,
    )


def _by_carrier(kind: str) -> Event | None:
    """Advanced Opt-Out tells what it understood, in any language; HELP has been answered and is read like any text."""
    events: dict[str, Event] = {"STOP": OptedOut(tell=False), "START": OptedIn()}
    return events.get(kind.upper())


def _field(form: Mapping[str, str], name: str) -> str:
    value = form.get(name, "")
    if not value:
        raise Malformed(name)
    return value
