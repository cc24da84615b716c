"""Who may sign in and who has: links for fifteen minutes, sessions for twelve hours, how often links were asked for.

What is in a mail or a cookie is chance; here it is only known by its keyed hash, and what it stands for is sealed.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, TypeVar

import msgspec

from bot.desk import keys
from bot.kept.connection import Call, script
from bot.kept.crypto import WrongKey

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

T = TypeVar("T", bound=msgspec.Struct)
LINK_MINUTES = 15
SESSION_HOURS = 12
_LINK, _SESSION, _TRIES = LINK_MINUTES * 60, SESSION_HOURS * 3600, 15 * 60
_BYTES = 32


class Invitation(msgspec.Struct, frozen=True):
    """Whom a link signs in (the contact's name and mail), the mark of the browser that asked, the page to go on to."""

    contact: str
    mail: str
    browser: str
    to: str


class Session(msgspec.Struct, frozen=True):
    """Who is signed in: the contact's name and mail, as they were."""

    contact: str
    mail: str


class SignIns:
    """Every method raises `connection.Away` where Redis is out of reach. Redis itself lets all of it end in time."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def tries(self, kind: str, name: str) -> int:
        """How often this was tried in the last quarter of an hour, this time included."""
        names = [self._key(kind, name, "tries"), self._key(kind, name, secrets.token_hex(8))]
        return int(await self._database.run(Call(script("once", "tries"), names, {"seconds": _TRIES})))

    async def invite(self, invitation: Invitation) -> str:
        """A link that works once: the part of it that is chance."""
        return await self._keep("link", invitation, _LINK)

    async def invitation(self, token: str) -> Invitation | None:
        """Whom the link signs in; None once its time is over."""
        return await self._find("link", token, Invitation)

    async def accept(self, token: str) -> bool:
        """Use the link: whether it was there, and nobody had used it."""
        names = [self._key("link", token, name) for name in ("link", "taken")]
        given: dict[str, object] = {"by": secrets.token_hex(8), "seconds": _LINK}
        return bool(await self._database.run(Call(script("take_once"), names, given)))

    async def sign_in(self, session: Session) -> str:
        """The value of the cookie."""
        return await self._keep("session", session, _SESSION)

    async def session(self, cookie: str) -> Session | None:
        """Who is signed in with this cookie."""
        return await self._find("session", cookie, Session)

    async def sign_out(self, cookie: str) -> None:
        """The cookie is worth nothing from now on, wherever it is."""
        await self._database.run(Call(script("forget"), [self._key("session", cookie, "session")]))

    async def _keep(self, kind: str, what: msgspec.Struct, seconds: int) -> str:
        token = secrets.token_urlsafe(_BYTES)
        sealed = self._vault.seal(msgspec.msgpack.encode(what)).decode()
        given: dict[str, object] = {"value": sealed, "seconds": seconds}
        await self._database.run(Call(script("keep_for"), [self._key(kind, token, kind)], given))
        return token

    async def _find(self, kind: str, token: str, struct: type[T]) -> T | None:
        found = await self._database.run(Call(script("find"), [self._key(kind, token, kind)]))
        try:
            return msgspec.msgpack.decode(self._vault.open(found), type=struct) if found else None
        except (WrongKey, msgspec.DecodeError):
            return None

    def _key(self, kind: str, name: str, last: str) -> str:
        return keys.sign_in(self._vault.mark(f"desk.{kind}", name), last)
