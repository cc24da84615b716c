"""What Twilio refuses, and how it says so: its codes are those of "Error and Warning Dictionary"."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpx
from starlette.responses import JSONResponse

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_FIELDS = {"To", "From", "MessagingServiceSid", "Body", "StatusCallback", "ValidityPeriod"}
_LONGEST_BODY, _LONGEST_VALIDITY = 1600, 36000


def wrong(form: dict[str, str], number: str, service: str | None, opted_out: set[str]) -> int | None:
    """Twilio's code for what is wrong with this form, if anything is."""
    callback = urlsplit(form.get("StatusCallback", "http://none"))
    checks = {
        20001: form.keys() <= _FIELDS,
        21604: bool(form.get("To")),
        21603: bool(form.get("From") or form.get("MessagingServiceSid")),
        21602: bool(form.get("Body", "").strip()),
        21617: len(form.get("Body", "")) <= _LONGEST_BODY,
        21211: bool(_E164.fullmatch(form.get("To", ""))),
        21606: form.get("From", number) == number,
        21701: form.get("MessagingServiceSid", service) == service,
        21609: callback.scheme in {"http", "https"} and bool(callback.netloc),
        21612: 1 <= int(form.get("ValidityPeriod", "1")) <= _LONGEST_VALIDITY,
        21610: form.get("To") not in opted_out,
    }
    return next((code for code, right in checks.items() if not right), None)


def planned(fault: str) -> JSONResponse | None:
    """The answer that this fault is, if it is one."""
    codes = {"429": 20429, "500": 20500, "503": 20503, "404": 20404} | {
        code: int(code) for code in ("63018", "21610", "21611")
    }
    status = int(fault) if len(fault) == 3 and fault.isdigit() else 400
    return error(status, codes[fault]) if fault in codes else None


def error(status: int, code: int, to: str = "") -> JSONResponse:
    """An error as Twilio words it: it quotes the number."""
    body = {
        "code": code,
        "message": f"The 'To' number {to}: {code}",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }
    headers = {"Retry-After": "7"} if status == httpx.codes.TOO_MANY_REQUESTS else {}
    return JSONResponse({**body, "status": status}, status, headers)
