"""The audit trail: who did what with which referral, and when. Sealed and append-only: there is no way to change it."""

from __future__ import annotations

import secrets
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.kept.connection import Call, script
from bot.kept.crypto import WrongKey
from bot.referral import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

log = structlog.get_logger(__name__)

LATEST = 1000
"""Entries of each hash tag that `latest` can reach back to; those of one referral stay for ever."""


class Entry(msgspec.Struct, frozen=True):
    """One thing that was done: when (epoch seconds), by whom ("" is Batea itself), what, with which referral.

    `reference` is "" for what concerns no single one, such as an export.
    """

    at: float
    who: str
    what: str
    reference: str
    note: str = ""


class Trail:
    """Every method raises `connection.Away` where Redis is out of reach."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def add(self, entry: Entry, *, token: str = "") -> None:
        """Write it down, for good; without its note where the referral was erased meanwhile.

        With a `token`, an entry of the referral that had the same one is not written again.
        """
        names = [keys.trail(entry.reference), keys.latest(entry.reference), keys.case(entry.reference)]
        bare = msgspec.structs.replace(entry, note="")
        given: dict[str, object] = {
            "entry": sealed(self._vault, entry, token),
            "bare": sealed(self._vault, bare, token),
        }
        await self._database.run(Call(script("trail_write", "trail_add"), names, given))

    async def of(self, reference: str) -> tuple[Entry, ...]:
        """All that was done with a referral, the first thing first."""
        found = await self._database.run(Call(script("trail_of"), [keys.trail(reference)]))
        return tuple(sorted(self._readable(found), key=lambda entry: entry.at))

    async def latest(self, limit: int) -> tuple[Entry, ...]:
        """The last things that were done at all, the last one first; at most `limit` and `LATEST`.

        Of referrals that are erased by now only that comes back.
        """
        calls = [Call(script("trail_latest"), [keys.latest_of(tag)], {"limit": limit}) for tag in keys.every_tag()]
        newest = sorted(_pointers(await self._database.run_all(calls)), key=itemgetter(0), reverse=True)[:limit]
        reads = [Call(script("trail_read"), [keys.trail(at)], {"token": token}) for _, at, token in newest]
        return tuple(self._readable(filter(None, await self._database.run_all(reads))))

    def _readable(self, found: Iterable[bytes]) -> Iterator[Entry]:
        for entry in found:
            try:
                yield msgspec.msgpack.decode(self._vault.open(entry), type=Entry)
            except (WrongKey, msgspec.DecodeError) as error:
                # The others must still be seen.
                log.error("unreadable entry of a trail", error=type(error).__name__)  # noqa: TRY400 - says it all


def sealed(vault: Vault, entry: Entry, token: str = "") -> dict[str, object]:
    """The entry as the scripts that write to a trail take it; the token lets a script run twice."""
    return {
        "token": token or secrets.token_hex(8),
        "sealed": vault.seal(msgspec.msgpack.encode(entry)).decode(),
        "at": entry.at,
        "reference": entry.reference,
        "most": LATEST,
    }


def _pointers(found: list[list[bytes]]) -> list[tuple[float, str, str]]:
    """When, which referral, which token."""
    flat = [pair for tag in found for pair in zip(tag[::2], tag[1::2], strict=True)]
    return [(float(at), *_split(member.decode())) for member, at in flat]


def _split(member: str) -> tuple[str, str]:
    reference, _, token = member.rpartition(" ")
    return reference, token
