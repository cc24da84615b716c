"""What one chat tells another: the worker brings it there, as an event on the one road.

A turn leaves its posts as one job, committed with it. A job may be done twice; each post has a duplicate mark of its
own, so that it is taken once.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import msgspec
import structlog

from bot.kept.connection import Away
from bot.kept.sealed import Chat
from bot.messages import Busy, GiveUp, Inbound, Job, Later, Outgoing
from flows.events import FromRoom, Phone, Post, ToRoom

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.kept.crypto import Vault
    from bot.kept.doors import Doors

JOB = "post"
"""The name of the job that carries a turn's posts."""
TRIED = "try_"
"""How the channels of phones in a browser begin."""
HELD_UP = 600.0
"""Seconds after which a post that can't be taken holds up no other."""

log = structlog.get_logger(__name__)


class Posts:
    """The worker's hand for jobs named `JOB`. `handle` is the road."""

    def __init__(
        self,
        handle: Callable[[Inbound], Awaitable[None]],
        doors: Doors,
        vault: Vault,
        clock: Callable[[], float],
    ) -> None:
        self._handle = handle
        self._doors = doors
        self._vault = vault
        self._clock = clock
        self._queues: WeakValueDictionary[Chat, asyncio.Lock] = WeakValueDictionary()

    async def bring(self, out: Outgoing) -> None:
        """Bring the posts of a job to their chats, in order. Where one can't be taken, those to other chats still are.

        Raises `GiveUp` where the job holds no posts, `Later` where a chat was busy, `connection.Away`.
        """
        failed: dict[Chat, BaseException] = {}
        for number, post in enumerate(_posts(out)):
            chat, event = await self._addressed(post)
            if chat is None or chat in failed:
                continue
            inbound = Inbound(f"post:{out.id}:{number}", chat.channel, chat.address, event, self._clock())
            [ended] = await asyncio.gather(self._queued(chat, inbound), return_exceptions=True)
            if isinstance(ended, Away):
                raise ended
            if isinstance(ended, BaseException):
                failed[chat] = ended
        for chat, error in failed.items():
            self._again(out, chat, error)

    async def _addressed(self, post: Post) -> tuple[Chat | None, ToRoom | FromRoom]:
        """Whom it goes to, if anybody, and what they are told; a wrong code goes back to the phone that gave it."""
        event = post.event
        found = _chat(post.to) if isinstance(post.to, Phone) else await self._doors.find(post.to)
        if isinstance(event, ToRoom):
            if found is None or _apart(found.channel, event.phone.channel):
                return _chat(event.phone), FromRoom(room="", what="wrong")
            event = msgspec.structs.replace(event, mark=self._mark(event.phone))
        return found, event

    def _mark(self, phone: Phone) -> str:
        """What stands for a phone in a room: the same when it joins by a code, votes, and when another phone leads."""
        return self._vault.mark("seat", f"{phone.channel}\0{phone.address}")

    async def _queued(self, chat: Chat, inbound: Inbound) -> None:
        """One at a time to the same chat: thirty votes at once took 146 tries and 120 ms, and take 30 tries and 18 ms.

        That each is counted does not hang on it: several workers still meet at the version check.
        """
        async with self._queues.setdefault(chat, asyncio.Lock()):
            await self._handle(inbound)

    def _again(self, out: Outgoing, chat: Chat, error: BaseException) -> None:
        if isinstance(error, Busy):
            message = "a chat was busy"
            raise Later(message) from error
        if self._clock() - out.created < HELD_UP:
            raise error
        name = self._vault.chat_key(chat.channel, chat.address)
        log.error("post left", chat=name[:8], error=type(error).__name__)


def _posts(out: Outgoing) -> list[Post]:
    payload = out.body.payload if isinstance(out.body, Job) else b""
    try:
        return msgspec.msgpack.decode(payload, type=list[Post])
    except msgspec.DecodeError as error:
        message = f"no posts: {type(error).__name__}"
        raise GiveUp(message) from error


def _apart(one: str, other: str) -> bool:
    """Whether one of the channels is a phone in a browser at `/try` and the other is not: they share no room."""
    return one.startswith(TRIED) != other.startswith(TRIED)


def _chat(phone: Phone) -> Chat:
    return Chat(phone.channel, phone.address)
