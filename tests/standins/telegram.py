"""Stands in for Telegram's Bot API server: people who write and tap, webhook and polling, and its faults.

Like a self-hosted server in local mode it takes a webhook over plain HTTP. Faults, taken one a call (not by polling):
429, 500, 502, 403, `hang` (does it and never answers), `drop` (does it and breaks off).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.standins.serving import arguments, hung_up, serve_for_ever
from tests.standins.telegram_chats import Chat, command_entities
from tests.standins.telegram_methods import Methods, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

TOKEN = "4242:AAtest-token_of-the-stand-in-000000000"  # noqa: S105 - of nobody

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_KINDS = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
_AGAIN = 0.1
"""Seconds until a webhook that failed is called again; the real server waits longer."""

_WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Telegram(Methods):
    """One bot. `app` is the Bot API; people act through `say`, `tap` and so on."""

    def __init__(self, token: str = TOKEN, username: str = "batea_bot") -> None:
        super().__init__(username)
        self._token = token
        self.faults: deque[str] = deque()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.webhook: dict[str, Any] = {}
        self.refused_by_webhook: list[int] = []
        self._pending: deque[dict[str, Any]] = deque()
        self._update_ids = iter(range(1000, 10**9))
        self._queues: dict[int, deque[dict[str, Any]]] = defaultdict(deque)
        self._couriers: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Condition()
        self._poller = 0
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/-/{order}", self._order, methods=["POST"]),
            ]
        )

    async def say(self, chat_id: int, text: str, *, language: str = "es") -> dict[str, Any]:
        """A person writes; a first message makes the chat. Returns the update."""
        chat = self.chats.setdefault(chat_id, Chat(chat_id, language))
        message = chat.add(chat.person(), next(self.numbers), text=text, **command_entities(text))
        return await self.update(chat_id, message=message)

    async def show(self, chat_id: int, kind: str = "photo") -> dict[str, Any]:
        """A person sends something that is no text."""
        chat = self.chats.setdefault(chat_id, Chat(chat_id))
        message = chat.add(chat.person(), next(self.numbers), **{kind: _KINDS.get(kind, {"file_id": "f"})})
        return await self.update(chat_id, message=message)

    async def tap(self, chat_id: int, label: str) -> dict[str, Any]:
        """A person taps the button with this label, the newest if there are several."""
        chat = self.chats[chat_id]
        number, data = chat.buttons()[label]
        return await self.tap_old(chat_id, number, data)

    async def tap_old(self, chat_id: int, number: int, data: str) -> dict[str, Any]:
        """A person taps a button by its message and data, even one that has gone."""
        chat, query = self.chats[chat_id], f"q{next(self.numbers)}"
        self.open_queries.add(query)
        told = {"id": query, "from": chat.person(), "chat_instance": "1", "data": data}
        return await self.update(chat_id, callback_query={**told, "message": chat.message(number)})

    async def block(self, chat_id: int, *, blocked: bool = True) -> dict[str, Any]:
        """A person blocks the bot, or takes it back."""
        chat = self.chats[chat_id]
        chat.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        change = {"chat": chat.described(), "from": chat.person(), "date": 0}
        standings = {"old_chat_member": {"user": self.me, "status": old}}
        standings["new_chat_member"] = {"user": self.me, "status": new, **({"until_date": 0} if blocked else {})}
        return await self.update(chat_id, my_chat_member={**change, **standings})

    async def update(self, chat_id: int, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Any update, delivered as the bot wishes: to its webhook, in order within a chat, or to whoever polls."""
        update = {"update_id": next(self._update_ids), **content}
        if self.webhook:
            self._dispatch(chat_id, update)
        else:
            self._pending.append(update)
        async with self._news:
            self._news.notify_all()
        return update

    async def delivered(self) -> None:
        """Wait until the webhook has taken all there is."""
        await asyncio.gather(*self._couriers.values())

    def _dispatch(self, chat_id: int, update: dict[str, Any]) -> None:
        self._queues[chat_id].append(update)
        running = self._couriers.get(chat_id)
        if running is None or running.done():
            self._couriers[chat_id] = asyncio.create_task(self._carry(self._queues[chat_id]))

    async def _carry(self, queue: deque[dict[str, Any]]) -> None:
        async with httpx.AsyncClient(timeout=30) as client:
            while queue and self.webhook:
                if await self._post(client, queue[0]):
                    queue.popleft()
                else:
                    await asyncio.sleep(_AGAIN)

    async def _post(self, client: httpx.AsyncClient, update: dict[str, Any]) -> bool:
        secret = self.webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            answer = await client.post(self.webhook["url"], json=_clean(update), headers=headers)
        except httpx.HTTPError:
            return False
        if not answer.is_success:
            self.refused_by_webhook.append(answer.status_code)
        return answer.is_success

    async def _call(self, request: Request) -> JSONResponse:
        method = request.path_params["method"]
        try:
            result = await self._answer(request, method)
        except Refused as refused:
            return _refusal(refused)
        return JSONResponse({"ok": True, "result": _clean(result)})

    async def _answer(self, request: Request, method: str) -> Any:  # noqa: ANN401 - JSON
        if request.path_params["token"] != self._token:
            raise Refused(401, "Unauthorized")
        params = await _params(request)
        self.calls.append((method, params))
        if method == "getUpdates":
            return await self._get_updates(params)
        fault = self.faults.popleft() if self.faults else ""
        _plan(fault)
        result = self._do(method, params)
        if fault == "hang":
            await hung_up(request)
        request.scope["state"]["broken"] = fault == "drop"
        return result

    def _do(self, method: str, params: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        methods = {
            "getMe": self.get_me,
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "editMessageText": self.edit_message_text,
            "answerCallbackQuery": self.answer_callback_query,
            "setMyCommands": self.set_my_commands,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }
        if method not in methods:
            raise Refused(404, "Not Found")
        return methods[method](params)

    def _set_webhook(self, params: Mapping[str, Any]) -> bool:
        url = urlsplit(params.get("url", ""))
        if url.scheme not in {"http", "https"} or not url.hostname:
            raise Refused(400, "Bad Request: bad webhook: invalid URL")
        if not _SECRET.fullmatch(params.get("secret_token", "x")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self._forget(params)
        self.webhook = {"url": params["url"], "secret_token": params.get("secret_token")}
        while self._pending:
            waiting = self._pending.popleft()
            self._dispatch(_chat_of(waiting), waiting)
        return True

    def _delete_webhook(self, params: Mapping[str, Any]) -> bool:
        self.webhook = {}
        self._pending.extend(update for queue in self._queues.values() for update in queue)
        self._queues.clear()
        self._forget(params)
        return True

    def _forget(self, params: Mapping[str, Any]) -> None:
        if params.get("drop_pending_updates") in {"true", True}:
            self._pending.clear()

    def _webhook_info(self, params: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - every method takes them
        waiting = len(self._pending) + sum(len(queue) for queue in self._queues.values())
        return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": waiting}

    async def _get_updates(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(409, _WEBHOOK_ACTIVE)
        self._poller = me = self._poller + 1
        offset, wait = int(params.get("offset", 0)), float(params.get("timeout", 0))
        while self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
        async with self._news:
            self._news.notify_all()
            try:
                async with asyncio.timeout(wait):
                    await self._news.wait_for(lambda: self._pending or self._poller != me)
            except TimeoutError:
                return []
        if self._poller != me:
            raise Refused(409, _OTHER_POLLER)
        return list(self._pending)[: int(params.get("limit", 100))]

    async def _order(self, request: Request) -> JSONResponse:
        orders = {"say": self.say, "show": self.show, "tap": self.tap, "block": self.block}
        return JSONResponse(_clean(await orders[request.path_params["order"]](**await request.json())))


def _chat_of(update: dict[str, Any]) -> int:
    [content] = [value for name, value in update.items() if name != "update_id"]
    return int((content.get("chat") or content["message"]["chat"])["id"])


async def _params(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return dict(await request.json())
    form = await request.form()
    given = {name: (await value.read() if isinstance(value, UploadFile) else value) for name, value in form.items()}
    return {**request.query_params, **given}


def _plan(fault: str) -> None:
    if fault == "429":
        raise Refused(429, "Too Many Requests: retry after 7", retry_after=7)
    if fault.isdigit():
        raise Refused(int(fault), {"403": "Forbidden: user is deactivated"}.get(fault, "Internal Server Error"))


def _refusal(refused: Refused) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.retry_after:
        body["parameters"] = {"retry_after": refused.retry_after}
    return JSONResponse(body, refused.code)


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Without the pictures' bytes, which are kept for tests only."""
    return json.loads(json.dumps(value, default=lambda _: None))


if __name__ == "__main__":
    given = arguments("Stands in for Telegram", token=TOKEN)
    serve_for_ever(Telegram(given.token).app, given.port)
