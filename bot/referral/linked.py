"""Which Telegram chat is which contact's: named in contacts.toml, or learnt when they open a link that works once.

A bot cannot write first, so somebody who is not named there has to come to it (Telegram, "Deep linking").
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.kept import keys
from bot.kept.connection import Call, script

if TYPE_CHECKING:
    from bot.contacts import Contact, Contacts
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

PREFIX = "desk-"
"""How the payload of such a link begins."""
DAYS = 7
_DAY = 24 * 3600


class Linked:
    """Every method raises `connection.Away`, and `crypto.WrongKey` where no key here opens a chat."""

    def __init__(self, database: Database, vault: Vault, contacts: Contacts) -> None:
        self._database = database
        self._vault = vault
        self._contacts = contacts

    async def invite(self, contact: Contact) -> str:
        """The payload of a link for this contact: it works once, for `DAYS` days."""
        token = secrets.token_urlsafe(18)
        given: dict[str, object] = {"name": self._sealed(_who(contact)), "seconds": DAYS * _DAY}
        await self._database.run(Call(script("invite"), [self._invited(token)], given))
        return f"{PREFIX}{token}"

    async def opened(self, payload: str, chat: str) -> Contact | None:
        """Keep the chat of whoever opened the link; None where it was used, is too old, or its contact is gone."""
        key = self._invited(payload.removeprefix(PREFIX))
        sealed: bytes | None = await self._database.run(Call(script("find"), [key]))
        contact = self._named(self._opened(sealed))
        if contact is None:
            return None
        given: dict[str, object] = {"chat": self._sealed(chat)}
        return contact if await self._database.run(Call(script("invited"), [key, self._kept(contact)], given)) else None

    async def unlink(self, contact: Contact) -> None:
        """Forget the contact's chat; one that contacts.toml names stays."""
        await self._database.run(Call(script("forget"), [self._kept(contact)]))

    async def chats(self, contacts: Iterable[Contact]) -> dict[str, str]:
        """The chats of those who have one, by name; what contacts.toml says wins."""
        asked = tuple(contacts)
        calls = [Call(script("find"), [self._kept(contact)]) for contact in asked]
        found = zip(asked, await self._database.run_all(calls), strict=True)
        known = {contact.name: contact.telegram or self._opened(sealed) for contact, sealed in found}
        return {name: chat for name, chat in known.items() if chat}

    async def whose(self, chat: str) -> tuple[Contact, ...]:
        """The contacts who are written to in this chat; one person may be several."""
        chats = await self.chats(self._contacts.everybody)
        return tuple(contact for contact in self._contacts.everybody if chats.get(contact.name) == chat)

    def _named(self, who: str) -> Contact | None:
        return next((contact for contact in self._contacts.everybody if _who(contact) == who), None)

    def _sealed(self, text: str) -> str:
        return self._vault.seal(text.encode()).decode()

    def _opened(self, sealed: bytes | None) -> str:
        return self._vault.open(sealed).decode() if sealed else ""

    def _invited(self, token: str) -> str:
        return keys.invited(self._vault.mark("invited", token))

    def _kept(self, contact: Contact) -> str:
        return keys.contact(self._vault.mark("contact", _who(contact)))


def _who(contact: Contact) -> str:
    """Another mail is another person, whatever the name."""
    return f"{contact.name}\0{contact.mail}"
