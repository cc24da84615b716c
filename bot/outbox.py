"""What still has to be delivered: one lane a chat, of which only the head is ever handed out, under a lease.

A claim that is neither settled, put off nor dropped comes back when its lease ends, marked `lapsed`: its holder
vanished, and may or may not have sent it. Who delivers, and what an error means, is in `delivery`.
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
from bot.messages import Hook, Job, Mail, Outgoing, Words
from bot.store import Chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

log = structlog.get_logger(__name__)

State = Literal["ready", "unknown", "lapsed"]
"""`ready`: not sent so far as anybody knows; `unknown`: a try ended so; `lapsed`: its last holder vanished."""

LEASE = 60.0
UNREADABLE_AGAIN = 3600.0


class Lease(msgspec.Struct, frozen=True):
    """The right to deliver the head of a lane. `chat` is the beginning of the chat's key, for logs."""

    partition: int
    lane: str
    token: str

    @property
    def chat(self) -> str:
        """Eight digits of the chat's key: enough to follow it through a log."""
        return self.lane[:8]


class Claimed(msgspec.Struct, frozen=True):
    """A message under lease. `attempts` counts this claim, `unknowns` the tries whose outcome is unknown.

    Epoch seconds: `first_sent`, of the first claim, so no later than the first try; `slot`, the place reserved for it
    at its provider, if any.
    """

    out: Outgoing
    lease: Lease
    slip: str
    attempts: int
    state: State
    first_sent: float
    unknowns: int
    slot: float | None = None

    @property
    def token(self) -> str:
        """What the lease is known by."""
        return self.lease.token


class Counts(msgspec.Struct, frozen=True):
    """How many lanes have something to leave or on its way, and when (epoch seconds) the first of them is due.

    `dropped`: how many messages were ever given up, by channel; jobs are "job".
    """

    lanes: int
    first_due: float | None
    dropped: dict[str, int] = {}


class Outbox:
    """Outgoing messages in Redis. Every method raises `connection.Away` where Redis is out of reach."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], float], *, lease: float = LEASE) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self.lease = lease

    async def put(self, *outs: Outgoing) -> None:
        """Queue messages outside of a turn, each in the lane of its own address; an id put before does nothing."""
        await self._database.run_all([self._putting(out) for out in outs])

    async def claim(self, now: float, limit: int) -> list[Claimed]:
        """Up to `limit` messages that are due, the longest waiting first; two round trips, one if there is nothing."""
        leases = [_lease(number, lane) for number, lane in await self._due(now, limit)]
        heads = await self._database.run_all([self._claiming(lease, now) for lease in leases])
        opened = [await self._opened(lease, head) for lease, head in zip(leases, heads, strict=True) if head]
        return [claimed for claimed in opened if claimed is not None]

    async def settle(self, claimed: Claimed, provider_id: str, left: float | None = None) -> None:
        """It was delivered, whoever has the lease by now: the next of its chat may leave. `left`: when, if not now."""
        body = claimed.out.body
        shown = body.shown_as(provider_id) if isinstance(body, Words) else None
        sent = None if isinstance(body, Job) else left or self._clock()
        await self._pop(claimed.lease, claimed.slip, sent=sent, shown=shown)
        # Ids of ours tell which case, and that protection was told of it.
        known = None if isinstance(body, Mail | Hook) else provider_id
        log.info("delivered", chat=claimed.lease.chat, channel=claimed.out.channel, provider_id=known)

    async def drop(self, claimed: Claimed, reason: str) -> None:
        """It never will be delivered; does nothing if the lease has passed on."""
        if await self._pop(claimed.lease, claimed.slip, claimed.token):
            log.warning("dropped", chat=claimed.lease.chat, channel=claimed.out.channel, reason=reason)
            kind = "job" if isinstance(claimed.out.body, Job) else claimed.out.channel
            names = [keys.DROPPED, keys.counted(claimed.token)]
            await self._database.run(Call(script("once", "add"), names, {"field": kind, "by": 1}))

    async def later(self, claimed: Claimed, due: float, *, unknown: bool = False) -> None:
        """Try again at `due` (epoch seconds); `unknown`: the last try may have been delivered."""
        state: State = "unknown" if unknown else "ready"
        await self._give_back(claimed, due, state, claimed.attempts, claimed.unknowns + int(unknown), None)

    async def release(self, claimed: Claimed, due: float, *, slot: float | None = None) -> None:
        """Not tried: back as it was, due at `due`; `slot` is the place reserved at its provider (epoch seconds)."""
        await self._give_back(claimed, due, claimed.state, claimed.attempts - 1, claimed.unknowns, slot)

    async def stop(self, claimed: Claimed) -> None:
        """Drop this one and everything else that waits in its lane."""
        await self._database.run(_on_lane("stop", claimed.lease, {}))

    async def extend(self, *claims: Claimed) -> None:
        """Hold the leases for another full time."""
        till = self._clock() + self.lease
        await self._database.run_all([_on_lane("extend", claimed.lease, {"till": till}) for claimed in claims])

    async def settle_by_id(self, out_id: str) -> bool:
        """The provider says it has the message with this id of ours. True if it was still waiting here."""
        slip = self._vault.mark("out", out_id)
        # The id does not tell the chat: every partition is asked, all at once.
        lanes = await self._database.run_all(
            [Call(script("find"), [keys.outgoing(number, slip)]) for number in range(keys.PARTITIONS)]
        )
        for number, lane in enumerate(lanes):
            if lane is not None:
                return await self._pop(_lease(number, lane.decode()), slip, sent=self._clock(), reported=True)
        return False

    async def pending(self, chat: Chat) -> tuple[Outgoing, ...]:
        """What waits for a chat, in order: its messages, then its jobs."""
        place = Place(self._vault, chat)
        lanes = await self._database.run_all([Call(script("pending"), lane) for lane in (place.words, place.work)])
        return tuple(sealed.open_outgoing(self._vault, body) for lane in lanes for body in lane)

    async def counts(self) -> Counts:
        """For the metrics."""
        *found, dropped = await self._database.run_all(
            [
                *(Call(script("count"), [keys.due(number)]) for number in range(keys.PARTITIONS)),
                Call(script("funnel"), [keys.DROPPED]),
            ]
        )
        firsts = [float(first[0]) for _, *first in found if first and first[0] is not None]
        return Counts(
            lanes=sum(count for count, *_ in found),
            first_due=min(firsts, default=None),
            dropped={name.decode(): int(count) for name, count in zip(dropped[::2], dropped[1::2], strict=True)},
        )

    def _putting(self, out: Outgoing) -> Call:
        place = Place(self._vault, Chat(out.channel, out.address))
        work = isinstance(out.body, Job)
        given: dict[str, object] = {
            "lane": place.named["work" if work else "words"],
            "slip": self._vault.mark("out", out.id),
            "body": sealed.seal_outgoing(self._vault, out),
            "at": self._clock(),
        }
        names = [*(place.work if work else place.words), place.outgoing(out.id)]
        return Call(script("lane", "put"), names, given)

    async def _due(self, now: float, limit: int) -> list[tuple[int, str]]:
        given: dict[str, object] = {"now": now, "limit": limit}
        found = await self._database.run_all(
            [Call(script("due"), [keys.due(number)], given) for number in range(keys.PARTITIONS)]
        )
        waiting = [
            (float(when), number, lane.decode())
            for number, flat in enumerate(found)
            for lane, when in zip(flat[::2], flat[1::2], strict=True)
        ]
        return [(number, lane) for _, number, lane in sorted(waiting)[:limit]]

    def _claiming(self, lease: Lease, now: float) -> Call:
        given: dict[str, object] = {"lane": lease.lane, "now": now, "till": now + self.lease, "token": lease.token}
        return Call(script("lane", "claim"), keys.lane(lease.partition, lease.lane), given)

    async def _opened(self, lease: Lease, head: list[bytes | None]) -> Claimed | None:
        slip, body, tries, first, state, unknowns, slot = head
        claimed = Claimed(
            out=_NOTHING,
            lease=lease,
            slip=(slip or b"").decode(),
            attempts=int(tries or 0),
            state=_STATES[state],
            first_sent=float(first or 0),
            unknowns=int(unknowns or 0),
            slot=None if slot is None else float(slot),
        )
        try:
            return msgspec.structs.replace(claimed, out=sealed.open_outgoing(self._vault, body or b""))
        except (WrongKey, sealed.Unreadable) as error:
            # Kept: the key that opens it may have been left out of BATEA_KEYS by mistake.
            log.error("unreadable message", chat=lease.chat, error=type(error).__name__)  # noqa: TRY400
            await self.release(claimed, self._clock() + UNREADABLE_AGAIN)
            return None

    async def _pop(self, lease: Lease, slip: str, token: str | None = None, **how: object) -> bool:
        given: dict[str, object] = {"lane": lease.lane, "slip": slip, "token": token, **how}
        popping = script("lane", "bell", "record", "pop")
        return bool(await self._database.run(Call(popping, _lane_and_record(lease), given)))

    async def _give_back(  # noqa: PLR0913, PLR0917 - the whole state of a head
        self, claimed: Claimed, due: float, state: State, tries: int, unknowns: int, slot: float | None
    ) -> None:
        given: dict[str, object] = {"due": due, "state": state, "tries": tries, "unknowns": unknowns, "slot": slot}
        given |= {"lane": claimed.lease.lane, "token": claimed.token}
        given["sent"] = self._clock() if state == "unknown" else None
        later = script("lane", "bell", "record", "later")
        await self._database.run(Call(later, _lane_and_record(claimed.lease), given))


def _lease(partition: int, lane: str) -> Lease:
    return Lease(partition, lane, secrets.token_hex(8))


def _lane_and_record(lease: Lease) -> list[str]:
    return [*keys.lane(lease.partition, lease.lane), keys.record(lease.partition, keys.chat_of(lease.lane))]


def _on_lane(name: str, lease: Lease, given: dict[str, object]) -> Call:
    given = {"lane": lease.lane, "token": lease.token} | given
    return Call(script("lane", name), keys.lane(lease.partition, lease.lane), given)


_NOTHING = Outgoing("", "", "", Words(""), 0)
_STATES: dict[bytes | None, State] = {None: "ready", b"unknown": "unknown", b"lapsed": "lapsed"}
