"""Where a chat stands: load it, commit a turn, forget it. Two round trips a turn.

A turn's session, duplicate mark, outgoing messages, jobs and timers are written by one script (`lua/commit.lua`), or
not at all. What then happens to messages is in `outbox`, to timers in `timers`.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Literal

import msgspec
import structlog

from bot.kept import keys, sealed
from bot.kept.connection import Call, script
from bot.kept.crypto import WrongKey
from bot.kept.place import Place
from bot.kept.sealed import Chat
from bot.messages import Job, Outgoing, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from flows.events import Door
    from flows.model import Timer

log = structlog.get_logger(__name__)

__all__ = ["Chat", "Commit", "Loaded", "Outcome", "Store"]

Outcome = Literal["done", "conflict", "seen", "taken"]
"""Of a commit: written; the version had moved on; the inbound message was taken before; the reference, or a door that
was to be opened, exists."""

KEPT_ASIDE = 10


class Loaded(msgspec.Struct, frozen=True):
    """What a turn begins with. Times are epoch seconds.

    `seen`: this inbound message was taken before. `last_in` is the digest of the last inbound text that got a reply,
    `last_in_at` its time; `reply_left_at` when that reply left for the provider (or may have), None while it did not:
    then it is still queued (`reply_waits`), perhaps being sent (`reply_leaves`), or was dropped. `came_at`: when the
    newest message that was taken came. `broken`: what is stored in the session's place, where no key of ours opens it.
    `shown` are the provider's ids of the messages with buttons, oldest first.
    """

    session: bytes | None
    version: int
    seen: bool
    last_in: str = ""
    last_in_at: float = 0
    reply_left_at: float | None = None
    reply_waits: bool = False
    reply_leaves: bool = False
    came_at: float = 0
    broken: bytes | None = None
    shown: tuple[str, ...] = ()


class Commit(msgspec.Struct, frozen=True, kw_only=True):
    """One turn's result. `version` is the one that was loaded.

    `inbound_id` is None for timers and the like, which leave no duplicate mark. `session` None erases the session and
    its timers. `cancel` first drops the messages that wait for this chat; its jobs only where the session is erased
    too: a referral that was agreed to still goes out after a STOP. `reserve` is a reference that must not exist yet.
    `doors` are opened, those of 0 seconds closed; one that is to be opened must not exist yet. `digest` is of the
    inbound text, `received` its time (epoch seconds, else now); they are kept if the turn says something and `answers`,
    which is false for what another chat told this one. `hold`: seconds before `out` may leave. `funnel`: what is added
    to its counts (`kept.funnel`). Of the messages in `was_shown`, those in `shown` will still have buttons.
    `broken` is what could not be read in the session's place: it is kept aside, as long as there is a session.
    """

    chat: Chat
    version: int
    session: bytes | None
    inbound_id: str | None = None
    out: tuple[Outgoing, ...] = ()
    timers: tuple[Timer, ...] = ()
    cancel: bool = False
    reserve: str | None = None
    doors: tuple[Door, ...] = ()
    answers: bool = True
    digest: str = ""
    received: float | None = None
    hold: float = 0
    was_shown: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    funnel: dict[str, int] = {}
    broken: bytes | None = None


class Store:
    """Chats in Redis. Every method raises `connection.Away` where Redis is out of reach."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], float]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    async def load(self, chat: Chat, inbound_id: str | None = None) -> Loaded:
        """Where the chat stands."""
        place = Place(self._vault, chat)
        names = [place.record, place.inbound(inbound_id), place.words[2], place.words[1]]
        found = await self._database.run(Call(script("load"), names, {"inbound": inbound_id is not None}))
        session, version, digest, in_at, left, shown, came, waits, leaves, seen = found
        opened = self._opened(session)
        return Loaded(
            session=opened,
            version=int(version or 0),
            seen=bool(seen),
            last_in=(digest or b"").decode(),
            last_in_at=float(in_at or 0),
            reply_left_at=None if left is None else float(left),
            reply_waits=bool(waits),
            reply_leaves=bool(leaves),
            came_at=float(came or 0),
            broken=session if opened is None else None,
            shown=tuple((shown or b"").decode().split()),
        )

    def _opened(self, session: bytes | None) -> bytes | None:
        try:
            return None if session is None else self._vault.open(session)
        except WrongKey as error:
            log.error("session sealed with another key", why=str(error))  # noqa: TRY400 - said in full
            return None

    async def commit(self, commit: Commit) -> Outcome:
        """Write the turn, all or nothing; on anything but `done` nothing was written."""
        place = Place(self._vault, commit.chat)
        given = self._given(commit, place)
        names = [
            *(place.record, place.inbound(commit.inbound_id), place.reference(commit.reserve), place.timers),
            *place.words,
            *place.work,
            place.funnel,
            place.aside,
            *(keys.door(place.partition, door.code) for door in commit.doors),
            *(place.outgoing(out.id) for out in commit.out),
        ]
        turn = script("lane", "bell", "record", "door", "aside", "commit")
        answer: bytes = await self._database.run(Call(turn, names, given))
        return _OUTCOMES[answer]

    async def erase(self, chat: Chat) -> None:
        """Forget everything about the chat: session, timers, waiting messages and jobs, what was set aside.

        References stay taken, and hashes of messages for 14 days.
        """
        place = Place(self._vault, chat)
        names = [place.record, place.timers, place.aside, *place.words, *place.work]
        await self._database.run(Call(script("lane", "bell", "record", "erase"), names, place.named))

    async def ping(self) -> None:
        """Returns if Redis answers."""
        await self._database.ping()

    def _given(self, commit: Commit, place: Place) -> dict[str, object]:
        session = commit.session
        now = self._clock()
        received = now if commit.received is None else commit.received
        return place.named | {
            # The client sends a script again after a broken connection: the token tells that it had run.
            "token": secrets.token_hex(8),
            "now": now,
            "version": commit.version,
            "session": None if session is None else self._vault.seal(session).decode(),
            "inbound": commit.inbound_id is not None,
            "who": self._who(commit) if commit.timers else None,
            "aside": self._aside(commit.broken),
            "cancel": commit.cancel,
            "reserve": commit.reserve is not None,
            "doors": [{"seconds": door.seconds, "who": self._who(commit)} for door in commit.doors],
            "digest": commit.digest,
            "received": received,
            "came": received if _answered(commit) else None,
            "reply": self._reply(commit),
            "was_shown": _spaced(commit.was_shown),
            "shown": _spaced(commit.shown),
            "out": [self._slip(out, now + commit.hold) for out in commit.out],
            "funnel": commit.funnel,
            "timers": [{"name": timer.name, "due": timer.due} for timer in commit.timers],
        }

    def _who(self, commit: Commit) -> str:
        return sealed.seal_chat(self._vault, commit.chat)

    def _aside(self, broken: bytes | None) -> dict[str, object] | None:
        if broken is None:
            return None
        kept = self._vault.seal(msgspec.msgpack.encode(Aside(self._clock(), broken)))
        return {"kept": kept.decode(), "most": KEPT_ASIDE}

    def _reply(self, commit: Commit) -> str | None:
        # The last words are the question: an answer sent before they were heard is none to them.
        said = [out.id for out in commit.out if isinstance(out.body, Words)]
        return self._vault.mark("out", said[-1]) if said and _answered(commit) else None

    def _slip(self, out: Outgoing, at: float) -> dict[str, object]:
        slip = self._vault.mark("out", out.id)
        work = isinstance(out.body, Job)
        return {"slip": slip, "body": sealed.seal_outgoing(self._vault, out), "at": at, "work": work}


class Aside(msgspec.Struct, frozen=True):
    """A session that could not be read, and when (epoch seconds) that was found."""

    at: float
    raw: bytes


def _answered(commit: Commit) -> bool:
    return commit.answers and commit.inbound_id is not None


def _spaced(ids: tuple[str, ...]) -> str:
    return "".join(f"{one} " for one in ids)


_OUTCOMES: dict[bytes, Outcome] = {b"done": "done", b"conflict": "conflict", b"seen": "seen", b"taken": "taken"}
