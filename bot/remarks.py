"""What is allowed and yet seldom meant: said by `batea check`, and in the log at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.contacts import BadContacts, load_contacts
from bot.settings import misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.contacts import Contacts
    from bot.settings import Settings


def remarks(settings: Settings) -> list[str]:
    """One sentence each, in which the setting is named. Contacts that can't be read are told elsewhere."""
    return [*_misspelt(), *([] if settings.trial else _served(settings))]


def _misspelt() -> Iterator[str]:
    for name, meant in misspelt().items():
        yield f"{name} is no setting{f': is {meant} meant?' if meant else '; .env.example names all'}"


def _served(settings: Settings) -> Iterator[str]:
    if settings.contacts is None:
        yield (
            "BATEA_CONTACTS is not set: nobody hears of referrals, and what is protected is not asked; "
            "write a file like docs/contacts.example.toml"
        )
    elif contacts := _read(settings):
        yield from _promises(contacts)
    if settings.smtp_url is None:
        yield f"SMTP_URL is not set: referrals go to a mailbox on this disk ({settings.folder / 'mail'}) only"
    if settings.public_url is None:
        yield f"PUBLIC_URL is not set: links in mails and Twilio's signatures begin with {settings.base_url}"


def _read(settings: Settings) -> Contacts | None:
    try:
        return load_contacts(settings.contacts) if settings.contacts else None
    except BadContacts:
        return None


def _promises(contacts: Contacts) -> Iterator[str]:
    if not contacts.within_days:
        yield (
            "BATEA_CONTACTS: there is no [within_days]: nobody is told by when somebody calls, and nobody at ARM hears "
            "of a case that waits too long"
        )
