"""Stands in for Twilio: the Messages resource and its list, signed webhooks, status callbacks, calls, and its faults.

As its public pages say: "Messages resource", "Twilio's request to your incoming message Webhook URL", "Webhooks
Security", "Error and Warning Dictionary". Faults, taken one a request: 429, 500, 503, 404, 63018, 21610, 21611,
`hang` (accepts and never answers), `drop` (accepts and breaks off), `refuse` (breaks off, accepts nothing).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import time
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.standins.serving import arguments, hung_up, serve_for_ever
from tests.standins.twilio_calls import Call
from tests.standins.twilio_errors import error, planned, wrong
from tests.standins.twilio_messages import Message, page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

ACCOUNT, TOKEN, NUMBER = "AC" + "0a" * 16, "secret-token", "+15005550006"

_OUT_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
_IN_WORDS = {"START", "YES", "UNSTOP"}
_PATIENCE = 15.0


class Twilio:
    """One account with one number. `app` is the API; `hook` is our webhook, `public_url` what it is signed as."""

    def __init__(
        self,
        *,
        account_sid: str = ACCOUNT,
        auth_token: str = TOKEN,
        number: str = NUMBER,
        service: str | None = None,
        hook: str = "",
        public_url: str = "",
    ) -> None:
        self.account_sid, self._token, self.number, self._service = account_sid, auth_token, number, service
        self.hook, self.public_url = hook, public_url
        self.messages: list[Message] = []
        self.calls: list[Call] = []
        self.opted_out: set[str] = set()
        self.faults: deque[str] = deque()
        self.statuses: tuple[str, ...] = ("sent", "delivered")
        self.requests = self.lists = 0
        self._tasks: set[asyncio.Task[None]] = set()
        path = f"/2010-04-01/Accounts/{account_sid}/Messages.json"
        self.app = Starlette(
            routes=[
                Route(path, self._create, methods=["POST"]),
                Route(path, self._list, methods=["GET"]),
                Route("/-/inbound", self._order_inbound, methods=["POST"]),
                Route("/-/faults", self._order_faults, methods=["POST"]),
                Route("/-/messages", self._order_messages, methods=["GET"]),
            ]
        )

    def sent_to(self, to: str) -> list[str]:
        """The texts that reached this number, oldest first."""
        alive = (m for m in self.messages if m.to == to and m.direction != "inbound" and m.status != "failed")
        return [message.body or "" for message in alive]

    async def inbound(
        self, sender: str, body: str, *, twice: bool = False, media: int = 0, opt_out_type: str | None = None
    ) -> list[httpx.Response]:
        """A person writes: it is kept, and posted to `hook` (again, with `twice`). Returns the answers that came."""
        message = self.keep(sender, body, media=media)
        form = self._inbound_form(message, opt_out_type)
        return [answer for _ in range(1 + twice) if (answer := await self._post(self.hook, form))]

    async def call(self, caller: str, *, twice: bool = False) -> Call:
        """Somebody calls: it is posted to `/voice` beside `hook` (again, with `twice`). Returns how it ended."""
        call = Call(self.account_sid, caller, self.number)
        self.calls.append(call)
        for _ in range(1 + twice):
            if answer := await self._post(f"{self.hook.rpartition('/')[0]}/voice", call.form()):
                call.ended(answer.status_code, answer.text)
        return call

    def keep(self, sender: str, body: str, *, media: int = 0, when: float | None = None) -> Message:
        """A person writes and nobody is told: it is only in the list."""
        word, when = body.strip().upper(), when or time.time()
        self.opted_out |= {sender} if word in _OUT_WORDS else set()
        self.opted_out -= {sender} if word in _IN_WORDS else set()
        message = Message(
            self.account_sid, sender, self.number, body, "inbound", "received", self._service, media, created=when
        )
        message.sent = when
        self.messages.append(message)
        return message

    async def report(self, message: Message, status: str, error_code: int | None = None) -> None:
        """Change a message's status and say so at its status callback."""
        message.status, message.error_code, message.sent = status, error_code, message.sent or time.time()
        if message.callback:
            await self._post(message.callback, self._status_form(message))

    def signature(self, url: str, form: Mapping[str, str]) -> str:
        """HMAC-SHA1 over the URL and the sorted form, in base 64."""
        said = url + "".join(name + form[name] for name in sorted(form))
        return base64.b64encode(hmac.new(self._token.encode(), said.encode(), hashlib.sha1).digest()).decode()

    async def settled(self) -> None:
        """Wait until every status callback has been posted."""
        await asyncio.gather(*self._tasks)

    async def _post(self, url: str, form: dict[str, str]) -> httpx.Response | None:
        local = urlsplit(self.hook)
        target = urlsplit(url)._replace(scheme=local.scheme, netloc=local.netloc).geturl() if self.hook else url
        signed_as = url.replace(f"{local.scheme}://{local.netloc}", self.public_url, 1) if self.public_url else url
        headers = {"X-Twilio-Signature": self.signature(signed_as, form), "User-Agent": "TwilioProxy/1.1"}
        async with httpx.AsyncClient(timeout=_PATIENCE) as client:
            for _ in range(2):
                try:
                    return await client.post(target, data=form, headers=headers)
                except httpx.ConnectError:
                    continue
        return None

    async def _create(self, request: Request) -> JSONResponse:
        self.requests += 1
        fault = self.faults.popleft() if self.faults else ""
        if (refused := self._unauthorised(request)) or (refused := planned(fault)):
            return refused
        if fault == "refuse":
            request.scope["state"]["broken"] = True
            return JSONResponse({})
        form = {name: str(value) for name, value in (await request.form()).items()}
        if code := wrong(form, self.number, self._service, self.opted_out):
            return error(400, code, form.get("To", ""))
        return await self._accept(request, form, fault)

    async def _accept(self, request: Request, form: dict[str, str], fault: str) -> JSONResponse:
        service = form.get("MessagingServiceSid")
        message = Message(
            self.account_sid,
            "" if service else form["From"],
            form["To"],
            form["Body"],
            "outbound-api",
            "accepted" if service else "queued",
            service,
            callback=form.get("StatusCallback"),
        )
        self.messages.append(message)
        answer = JSONResponse(message.resource(), 201)
        self._later(self._deliver(message))
        if fault == "hang":
            await hung_up(request)
        request.scope["state"]["broken"] = fault == "drop"
        return answer

    async def _deliver(self, message: Message) -> None:
        for status in self.statuses:
            await self.report(message, status)

    def _later(self, doing: Any) -> None:  # noqa: ANN401 - a coroutine
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _unauthorised(self, request: Request) -> JSONResponse | None:
        name_and_password = base64.b64encode(f"{self.account_sid}:{self._token}".encode()).decode()
        right = request.headers.get("Authorization") == f"Basic {name_and_password}"
        return None if right else error(401, 20003)

    async def _list(self, request: Request) -> JSONResponse:
        self.lists += 1
        fault = self.faults.popleft() if self.faults else ""
        refused = self._unauthorised(request) or planned(fault)
        return refused or JSONResponse(page(self.messages, request.url.path, request.query_params))

    def _inbound_form(self, message: Message, opt_out_type: str | None) -> dict[str, str]:
        form = {
            **self._ids(message),
            "SmsMessageSid": message.sid,
            "SmsStatus": "received",
            "NumMedia": str(message.media),
            "NumSegments": message.resource()["num_segments"],
            "Body": message.body,
            **{f"{side}{part}": "" for side in ("From", "To") for part in ("City", "State", "Zip", "Country")},
        }
        return form | ({"OptOutType": opt_out_type} if opt_out_type else {})

    def _status_form(self, message: Message) -> dict[str, str]:
        form = {**self._ids(message), "MessageStatus": message.status, "SmsStatus": message.status}
        return form | ({"ErrorCode": str(message.error_code)} if message.error_code else {})

    def _ids(self, message: Message) -> dict[str, str]:
        service = {"MessagingServiceSid": message.service} if message.service else {}
        ids = {"MessageSid": message.sid, "SmsSid": message.sid, "AccountSid": self.account_sid}
        return {**ids, **service, "From": message.sender, "To": message.to, "ApiVersion": "2010-04-01"}

    async def _order_inbound(self, request: Request) -> JSONResponse:
        answers = await self.inbound(**await request.json())
        return JSONResponse([answer.status_code for answer in answers])

    async def _order_faults(self, request: Request) -> JSONResponse:
        self.faults.extend(await request.json())
        return JSONResponse(list(self.faults))

    async def _order_messages(self, request: Request) -> JSONResponse:  # noqa: ARG002 - starlette hands it over
        return JSONResponse([message.resource() for message in self.messages])


if __name__ == "__main__":
    defaults = {"account_sid": ACCOUNT, "auth_token": TOKEN, "number": NUMBER, "hook": "", "public_url": ""}
    given = arguments("Stands in for Twilio", **defaults)
    serve_for_ever(Twilio(**{name: getattr(given, name) for name in defaults}).app, given.port)
