"""A call to our number, as Twilio posts it and as our answer ends it.

As its public pages say: "TwiML Voice: Twilio's request to your application", "TwiML Voice: Reject".
"""

from __future__ import annotations

import secrets
from xml.etree import ElementTree as ET

import msgspec

_SIDES = ("From", "To", "Caller", "Called")


class Call(msgspec.Struct):
    """One call; `status` is `completed` where it was taken, and so billed."""

    account_sid: str
    caller: str
    to: str
    status: str = "ringing"
    sid: str = msgspec.field(default_factory=lambda: "CA" + secrets.token_hex(16))

    def form(self) -> dict[str, str]:
        """What is posted while it rings."""
        return {
            "CallSid": self.sid,
            "AccountSid": self.account_sid,
            "From": self.caller,
            "To": self.to,
            "Caller": self.caller,
            "Called": self.to,
            "CallStatus": "ringing",
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
            **{f"{side}{part}": "" for side in _SIDES for part in ("City", "State", "Zip", "Country")},
        }

    def ended(self, code: int, twiml: str) -> None:
        """Only a `<Reject>` that comes first keeps Twilio from taking the call, which else is billed."""
        verb = next(iter(ET.fromstring(twiml)), None) if code == 200 else None  # noqa: S314 - our own answer
        turned_away = "busy" if verb is not None and verb.get("reason") == "busy" else "no-answer"
        self.status = turned_away if verb is not None and verb.tag == "Reject" else "completed"
