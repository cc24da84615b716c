"""Exports that take longer than a page: made beside it in this process, looked at and fetched in any.

How far one is and the file itself are kept under seal for an hour, known by a token in the address and bound to whoever
asked. If the process that makes it ends, it stands still, and has to be asked for again.

    {export:<mark>}:state    string  whose it is, how far it is
    {export:<mark>}:<number> string  a piece of the file
"""

from __future__ import annotations

import asyncio
import secrets
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.desk.export import Per, Wording, rows
from bot.desk.spread import Kind, spread
from bot.kept.connection import Away, Call, script
from bot.kept.crypto import WrongKey
from bot.referral.rights import may

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.heads import Head
    from bot.referral.store import ReferralStore
    from flows.model import Checklist

    Told = Callable[[int], Awaitable[None]]

KEPT_FOR = 3600
_PIECE_LONGER = 600
"""Seconds: a file that is said to be there is there whole, however slowly it is fetched."""
STANDS = 180.0
"""Seconds without news after which an export is taken to stand still; a large workbook is folded up for a minute."""
_AT_ONCE = 10
"""Referrals opened before others have their turn: some twenty milliseconds."""
_PIECE = 512 * 1024
MOST_PIECES = 400
"""A file of up to 200 MB, as CSV some tenth of that once it is packed. More is for `batea referrals export`."""
log = structlog.get_logger(__name__)


class Asked(msgspec.Struct, frozen=True):
    """What is to be in the file, and in which form."""

    per: Per = "referral"
    kind: Kind = "csv"
    codes: bool = False

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"batea-{'answers' if self.per == 'answer' else 'referrals'}.{self.kind}"


class State(msgspec.Struct, frozen=True):
    """How far an export is: `done` of `total` referrals at `at` (epoch seconds); `pieces` once it is there.

    `too_large`: it is done, and more than is kept.
    """

    contact: str
    asked: Asked
    total: int
    done: int
    at: float
    pieces: int | None = None
    too_large: bool = False


async def write(  # noqa: PLR0913, PLR0917 - from where, for whom, in which words, where to
    store: ReferralStore,
    checklists: Mapping[str, Checklist],
    contact: Contact,
    heads: Sequence[Head],
    asked: Asked,
    wording: Wording,
    path: Path,
    told: Told,
) -> None:
    """Write the rows of these referrals, as they are by now and as far as the contact may have them.

    `told` hears how many are done. Raises `connection.Away`, `crypto.WrongKey` and `OSError`.
    """
    file = spread(asked.kind, path, wording.headings(asked.per), wording.locale)
    try:
        for at in range(0, len(heads), _AT_ONCE):
            some = heads[at : at + _AT_ONCE]
            for held in await asyncio.gather(*(store.held(head.reference) for head in some)):
                if held and may(contact, "export", held.draft):
                    for row in rows(asked.per, held, checklists, wording):
                        file.add(row)
            await told(at + len(some))
    finally:
        await asyncio.to_thread(file.close)


class Lapsed(Exception):
    """A piece of the file is not kept any more."""


class Exports:
    """Exports under way and those that are made. Every method raises `connection.Away`. `clock` gives epoch seconds."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        store: ReferralStore,
        checklists: Mapping[str, Checklist],
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._vault = vault
        self._store = store
        self._checklists = checklists
        self._clock = clock
        self._running: dict[str, asyncio.Task[None]] = {}

    async def begin(self, contact: Contact, heads: Sequence[Head], asked: Asked, wording: Wording) -> str:
        """Begin an export; returns its token. One that the same contact has under way in this process is given up."""
        token = secrets.token_urlsafe(24)
        state = State(contact.name, asked, len(heads), 0, self._clock())
        await self._tell(token, state)
        if before := self._running.get(contact.name):
            before.cancel()
        self._running[contact.name] = asyncio.create_task(self._make(token, state, contact, heads, wording))
        return token

    async def ended(self, contact: Contact, seconds: float) -> None:
        """Wait for what this process is making for the contact, at most so long."""
        await asyncio.wait([self._running[contact.name]], timeout=seconds)

    async def state(self, token: str, contact: Contact) -> State | None:
        """How far it is; None where there is none (any more), or it is somebody else's."""
        found = await self._kept(token, "state")
        state = msgspec.msgpack.decode(found, type=State) if found else None
        return state if state and state.contact == contact.name else None

    async def file(self, token: str, state: State) -> AsyncIterator[bytes]:
        """The file, piece by piece. Raises `Lapsed` where one is gone: no file is better than a part of it."""
        for number in range(state.pieces or 0):
            piece = await self._kept(token, str(number))
            if piece is None:
                raise Lapsed(token)
            yield zlib.decompress(piece)

    def still(self, state: State) -> bool:
        """Whether nothing has been heard of it for so long that nothing will."""
        return state.pieces is None and not state.too_large and self._clock() - state.at > STANDS

    async def _make(self, token: str, state: State, contact: Contact, heads: Sequence[Head], wording: Wording) -> None:
        async def told(done: int) -> None:
            await self._tell(token, msgspec.structs.replace(state, done=done, at=self._clock()))

        try:
            with TemporaryDirectory() as folder:
                path = Path(folder) / state.asked.name
                await write(self._store, self._checklists, contact, heads, state.asked, wording, path, told)
                await self._tell(token, await self._kept_file(token, state, path))
        except (Away, WrongKey, OSError) as error:
            log.warning("an export stands still", error=type(error).__name__)

    async def _kept_file(self, token: str, state: State, path: Path) -> State:
        made = msgspec.structs.replace(state, done=state.total, at=self._clock())
        if (await asyncio.to_thread(path.stat)).st_size > MOST_PIECES * _PIECE:
            return msgspec.structs.replace(made, too_large=True)
        number = 0
        for piece in _packed(path):
            await self._keep(token, str(number), piece, KEPT_FOR + _PIECE_LONGER)
            number += 1
        return msgspec.structs.replace(made, pieces=number)

    async def _tell(self, token: str, state: State) -> None:
        await self._keep(token, "state", msgspec.msgpack.encode(state))

    async def _keep(self, token: str, name: str, plain: bytes, seconds: int = KEPT_FOR) -> None:
        given: dict[str, object] = {"value": self._vault.seal(plain).decode(), "seconds": seconds}
        await self._database.run(Call(script("keep_for"), [self._key(token, name)], given))

    async def _kept(self, token: str, name: str) -> bytes | None:
        found = await self._database.run(Call(script("find"), [self._key(token, name)]))
        return self._vault.open(found) if found else None

    def _key(self, token: str, name: str) -> str:
        return f"{{export:{self._vault.mark('export', token)}}}:{name}"


def _packed(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield zlib.compress(piece)
