"""How updates reach the bot: its webhook, in order within a chat, until it takes them; or long polling."""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from tests.standins.telegram_methods import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_AGAIN = 0.1
"""Seconds until a webhook that failed is called again; the real server waits longer."""

_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """The updates of one bot and the ways to them. Methods take the request's parameters and return its `result`.

    `local` is the origin at which the webhook's host is really to be found, if it is on this machine.
    """

    def __init__(self) -> None:
        self.webhook: dict[str, Any] = {}
        self.local = ""
        self.refused: list[int] = []
        self._pending: deque[dict[str, Any]] = deque()
        self._queues: dict[int, deque[dict[str, Any]]] = defaultdict(deque)
        self._couriers: dict[int, asyncio.Task[None]] = {}
        self._news = asyncio.Condition()
        self._poller = 0

    async def add(self, chat_id: int, update: dict[str, Any]) -> None:
        """Deliver this one, as the bot wishes."""
        if self.webhook:
            self._dispatch(chat_id, update)
        else:
            self._pending.append(update)
        async with self._news:
            self._news.notify_all()

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
            answer = await client.post(self._target(), json=clean(update), headers=headers)
        except httpx.HTTPError:
            return False
        if not answer.is_success:
            self.refused.append(answer.status_code)
        return answer.is_success

    def _target(self) -> str:
        url, local = urlsplit(self.webhook["url"]), urlsplit(self.local)
        return str((url._replace(scheme=local.scheme, netloc=local.netloc) if self.local else url).geturl())

    def set_webhook(self, params: Mapping[str, Any]) -> bool:
        """`setWebhook`. What was waiting goes there."""
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

    def delete_webhook(self, params: Mapping[str, Any]) -> bool:
        """`deleteWebhook`. What was on its way waits for whoever polls."""
        self.webhook = {}
        self._pending.extend(update for queue in self._queues.values() for update in queue)
        self._queues.clear()
        self._forget(params)
        return True

    def _forget(self, params: Mapping[str, Any]) -> None:
        if params.get("drop_pending_updates") in {"true", True}:
            self._pending.clear()

    def webhook_info(self, params: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - every method takes them
        """`getWebhookInfo`."""
        waiting = len(self._pending) + sum(len(queue) for queue in self._queues.values())
        return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": waiting}

    async def get_updates(self, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        """`getUpdates`: what is below `offset` is forgotten; a second poller ends the first."""
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


def _chat_of(update: dict[str, Any]) -> int:
    [content] = [value for name, value in update.items() if name != "update_id"]
    return int((content.get("chat") or content["message"]["chat"])["id"])


def clean(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Without the pictures' bytes, which are kept for tests only."""
    return json.loads(json.dumps(value, default=lambda _: None))
