"""What lists and search ask: the heads that one contact may see, by filters. Drafts are never opened for it.

Each process holds all heads in memory. At the first `refresh` they are read and unsealed in a thread: a hundred
thousand take some seconds, in which that request waits and others go on. Afterwards a refresh is one round trip.
"""

from __future__ import annotations

import asyncio
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec
import structlog
from msgspec.structs import replace

from bot.kept.connection import Call, script
from bot.kept.crypto import WrongKey
from bot.referral import keys
from bot.referral.heads import Head, hashed, overdue
from bot.referral.shelf import Once, Shelf
from flows import reference as references

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.referral.store import ReferralStore
    from flows.case import State

_AT_ONCE = 500
"""Changes of a hash tag that are read in one round trip."""
_FEW = 50
"""Changes that are taken in without a thread."""
OUT_OF_SCOPE = "X"
_EXACT = ("letter", "state", "country", "language", "result", "holder")

Change = tuple[str, Head | None]

log = structlog.get_logger(__name__)


class Filters(msgspec.Struct, frozen=True):
    """What is looked for; None is any. `text`: a reference, or whole words of name and organisation.

    `letter` may be `OUT_OF_SCOPE`. `late`: only those that nobody called by the promised day.
    """

    text: str = ""
    letter: str | None = None
    state: str | None = None
    country: str | None = None
    language: str | None = None
    result: str | None = None
    holder: str | None = None
    late: bool = False


class Index:
    """The heads in memory. `refresh` raises `connection.Away`; the others see what the last refresh brought."""

    def __init__(self, database: Database, vault: Vault, store: ReferralStore) -> None:
        self._database = database
        self._vault = vault
        self._store = store
        self._lock = asyncio.Lock()
        self._reached: dict[str, int] = {}
        self._once = Once()
        self._open, self._guarded = Shelf(), Shelf()
        self.unread: set[str] = set()
        """Referrals that no key here opens, and that lists therefore leave out."""

    async def refresh(self) -> None:
        """Take in what any process changed since the last time."""
        async with self._lock:
            try:
                await (self._catch_up() if self._reached else self._fill())
            except _OlderStore:
                await self._fill()

    def find(self, filters: Filters, contact: Contact, now: float) -> list[Head]:
        """What this contact may see of what is looked for, the most urgent first. `now` is in epoch seconds."""
        text = filters.text.strip()
        late = filters.late and not text
        heads = self._visible(contact, self._shelf(contact).until(now) if late else self._with_text(text, contact))
        wanted = {name: value for name in _EXACT if (value := getattr(filters, name)) is not None}
        if filters.letter == OUT_OF_SCOPE:
            wanted["letter"] = None
        if wanted:
            said = attrgetter(*wanted)
            values = tuple(wanted.values()) if len(wanted) > 1 else next(iter(wanted.values()))
            heads = [head for head in heads if said(head) == values]
        return [head for head in heads if overdue(head, now)] if filters.late else heads

    def head(self, reference: str, contact: Contact) -> Head | None:
        """One referral as this contact may see it; None where they may not, or there is none."""
        found = self._shelf(contact).heads.get(reference)
        return next(iter(self._visible(contact, [found])), None) if found else None

    def same(self, head: Head, contact: Contact) -> list[Head]:
        """Possible repeats that this contact may see: the same number, or the same organisation and place."""
        return self._visible(contact, self._shelf(contact).like(head))

    def _with_text(self, text: str, contact: Contact) -> list[Head]:
        shelf = self._shelf(contact)
        if not text:
            return shelf.order
        one = shelf.heads.get(references.read(text) or "")
        return [one] if one else shelf.with_words(hashed(text, self._vault))

    def _shelf(self, contact: Contact) -> Shelf:
        return self._guarded if contact.role == "protection" else self._open

    @staticmethod
    def _visible(contact: Contact, heads: list[Head]) -> list[Head]:
        """What `rights.may` lets them list; the shelf has left out the rest. Asked at once, since there are many."""
        if contact.role == "lead" or contact.covers(None):
            return list(heads)
        theirs = frozenset(contact.countries)
        return [head for head in heads if head.country in theirs]

    async def _catch_up(self) -> None:
        async for changes in self._news(self._reached):
            for reference, head in changes:
                self._take(reference, head)

    async def _fill(self) -> None:
        """All heads anew; what is there meanwhile stays until they are read."""
        self.unread = set(await self._store.adopt())
        reached: dict[str, int] = {}
        heads: dict[str, Head | None] = {}
        async for changes in self._news(reached):
            heads.update(changes)
        found = [head for head in heads.values() if head]
        self._open, self._guarded = await asyncio.to_thread(_shelves, found)
        self._reached = reached

    async def _news(self, reached: dict[str, int]) -> AsyncIterator[list[Change]]:
        """What changed since the numbers in `reached`, which move on with it. Raises `_OlderStore`."""
        behind = list(keys.every_tag())
        while behind:
            calls = [_asked(tag, reached.get(tag, 0)) for tag in behind]
            answers = dict(zip(behind, await self._database.run_all(calls), strict=True))
            if any(anew for _, anew, _, _ in answers.values()):
                raise _OlderStore
            sealed = [pair for _, _, _, flat in answers.values() for pair in zip(flat[::2], flat[1::2], strict=True)]
            yield self._unsealed(sealed) if len(sealed) <= _FEW else await asyncio.to_thread(self._unsealed, sealed)
            reached |= {tag: number for tag, (number, *_) in answers.items()}
            behind = [tag for tag, (_, _, more, _) in answers.items() if more]

    def _unsealed(self, sealed: list[tuple[bytes, bytes | None]]) -> list[Change]:
        return [(name.decode(), self._head(name, found) if found else None) for name, found in sealed]

    def _head(self, reference: bytes, found: bytes) -> Head | None:
        try:
            return self._once.head(msgspec.msgpack.decode(self._vault.open(found), type=Head))
        except (WrongKey, msgspec.DecodeError) as error:
            # The others must still be seen: a key may be missing in BATEA_KEYS, or a newer Batea wrote it.
            log.error("unreadable referral", reference=reference.decode(), why=str(error))  # noqa: TRY400 - said in full
            self.unread.add(reference.decode())
            return None

    def _take(self, reference: str, head: Head | None) -> None:
        for shelf, seen in ((self._open, for_staff), (self._guarded, for_protection)):
            view = seen(head) if head else None
            if view:
                shelf.put(view)
            else:
                shelf.drop(reference)


class _OlderStore(Exception):
    """The store is behind what was read of it: a backup was put back."""


def for_staff(head: Head) -> Head | None:
    """The head as staff and leads may know it: nothing of a private part; None for a quiet talk."""
    if head.quiet:
        return None
    return replace(head, shared=False, urgent=False, urgent_due=None, guarded=False) if head.shared else head


def for_protection(head: Head) -> Head | None:
    """The head as protection may know it; None for what holds nothing for them.

    What is urgent is P, and theirs until one of them has talked with the person, whatever staff do with the case.
    """
    if not (head.quiet or head.shared):
        return None
    state: State = "contact" if head.guarded else "new"
    return replace(head, letter="P", due=head.urgent_due, state=state, holder="") if head.urgent else head


def _shelves(heads: list[Head]) -> tuple[Shelf, Shelf]:
    return Shelf(filter(None, map(for_staff, heads))), Shelf(filter(None, map(for_protection, heads)))


def _asked(tag: str, since: int) -> Call:
    given: dict[str, object] = {"since": since, "limit": _AT_ONCE}
    return Call(script("case_changed", "case_heads"), [keys.heads_of(tag), keys.changes_of(tag)], given)
