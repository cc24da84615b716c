"""Stands in for Telegram's Bot API server: people who write and tap, webhook and polling, and its faults.

Like a self-hosted server in local mode it takes a webhook over plain HTTP. Faults, taken one a call (not by polling):
429, 500, 502, 403, `hang` (does it and never answers), `drop` (does it and breaks off), `odd` (does it and answers as
nobody can read). `poll_faults` are those of polling: an answer in full, as JSON.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.standins.serving import arguments, hung_up, serve_for_ever
from tests.standins.telegram_chats import Chat, command_entities, contact_button
from tests.standins.telegram_methods import Methods, Refused
from tests.standins.telegram_updates import Updates, clean

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

TOKEN = "4242:AAtest-token_of-the-stand-in-000000000"

_KINDS = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}


class Telegram(Methods):
    """One bot. `app` is the Bot API; people act through `say`, `tap` and so on."""

    def __init__(self, token: str = TOKEN, username: str = "batea_bot") -> None:
        super().__init__(username)
        self._token = token
        self.faults: deque[str] = deque()
        self.poll_faults: deque[Any] = deque()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.updates = Updates()
        self._update_ids = iter(range(1000, 10**9))
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

    async def share(self, chat_id: int, number: str = "573001234567", *, whose: int | None = None) -> dict[str, Any]:
        """A person taps the button that shares their number; with `whose`, sends that person's contact instead."""
        chat = self.chats[chat_id]
        if whose is None and not contact_button(chat):
            message = "there is no such button"
            raise LookupError(message)
        contact = {"phone_number": number, "first_name": chat.first_name, "user_id": whose or chat_id}
        return await self.update(chat_id, message=chat.add(chat.person(), next(self.numbers), contact=contact))

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
        standings: dict[str, Any] = {"old_chat_member": {"user": self.me, "status": old}}
        standings["new_chat_member"] = {"user": self.me, "status": new, **({"until_date": 0} if blocked else {})}
        return await self.update(chat_id, my_chat_member={**change, **standings})

    async def update(self, chat_id: int, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Any update: a person did something."""
        update = {"update_id": next(self._update_ids), **content}
        await self.updates.add(chat_id, update)
        return update

    async def _call(self, request: Request) -> JSONResponse:
        method = request.path_params["method"]
        try:
            result = await self._answer(request, method)
        except Refused as refused:
            return _refusal(refused)
        return JSONResponse({"ok": True, "result": clean(result)})

    async def _answer(self, request: Request, method: str) -> Any:  # noqa: ANN401 - JSON
        if request.path_params["token"] != self._token:
            raise Refused(401, "Unauthorized")
        params = await _params(request)
        self.calls.append((method, params))
        if method == "getUpdates":
            if self.poll_faults:
                return self.poll_faults.popleft()
            return await self.updates.get_updates(params)
        fault = self.faults.popleft() if self.faults else ""
        _plan(fault)
        result = self._do(method, params)
        if fault == "hang":
            await hung_up(request)
        request.scope["state"]["broken"] = fault == "drop"
        return {"message_id": "odd"} if fault == "odd" else result

    def _do(self, method: str, params: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        methods: dict[str, Callable[[Mapping[str, Any]], Any]] = {
            "getMe": self.get_me,
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "sendVoice": self.send_voice,
            "sendChatAction": self.send_chat_action,
            "editMessageText": self.edit_message_text,
            "editMessageReplyMarkup": self.edit_message_reply_markup,
            "answerCallbackQuery": self.answer_callback_query,
            "setMyCommands": self.set_my_commands,
            "setWebhook": self.updates.set_webhook,
            "deleteWebhook": self.updates.delete_webhook,
            "getWebhookInfo": self.updates.webhook_info,
        }
        if method not in methods:
            raise Refused(404, "Not Found")
        return methods[method](params)

    async def _order(self, request: Request) -> JSONResponse:
        orders: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
            "say": self.say,
            "show": self.show,
            "share": self.share,
            "tap": self.tap,
            "block": self.block,
        }
        return JSONResponse(clean(await orders[request.path_params["order"]](**await request.json())))


async def _params(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith("application/json"):
        return dict(await request.json())
    async with request.form() as form:
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


if __name__ == "__main__":
    given = arguments("Stands in for Telegram", token=TOKEN)
    serve_for_ever(Telegram(given.token).app, given.port)
