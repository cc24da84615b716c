"""Who sits at the browser: the phones they were given and the language of the page, kept in a sealed cookie."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from bot.kept.crypto import WrongKey
from bot.try_it.numbers import COUNTRIES, made_up

if TYPE_CHECKING:
    from bot.kept.crypto import Vault

Kind = Literal["sms", "telegram"]
COOKIE = "batea_try"
KEEP = 7 * 24 * 3600
"""Seconds."""
_LOWEST_CHAT = 10**9
_HOME = {"es": "CO", "en": "GH", "fr": "BF", "pt": "BR"}
"""Page language -> the country of the first phone."""


GROUP: tuple[tuple[str, Kind], ...] = (
    ("leads", "telegram"),
    ("first", "sms"),
    ("second", "sms"),
    ("third", "telegram"),
)
"""The phones of a group, of which the first one leads."""


class Handset(msgspec.Struct, frozen=True):
    """A phone as its page calls it. `address` is a number in E.164, or an id as Telegram has them."""

    name: str
    kind: Kind
    address: str
    language: str


class Visitor(msgspec.Struct, frozen=True):
    """Addresses: `sms` and `chat` of one person, with `language` that of the app there; `group` those of `GROUP`."""

    sms: str
    chat: str
    language: str
    locale: str
    group: tuple[str, ...] = ()

    @property
    def alone(self) -> tuple[Handset, ...]:
        """The phones of one person."""
        return Handset("sms", "sms", self.sms, ""), Handset("telegram", "telegram", self.chat, self.language)

    @property
    def together(self) -> tuple[Handset, ...]:
        """The phones of a group, if they have been given out; their apps speak the page's language."""
        given = zip(GROUP, self.group, strict=False)
        return tuple(Handset(name, kind, address, self.locale) for (name, kind), address in given)


def fresh(locale: str, accepted: str) -> Visitor:
    """Somebody new, with a phone of the country that the browser's languages (Accept-Language) name, if they do."""
    return Visitor(made_up(_country(locale, accepted)), new_chat(), locale, locale)


def with_group(visitor: Visitor, accepted: str) -> Visitor:
    """The visitor with new phones for a group, of that country as well."""
    country = _country(visitor.locale, accepted)
    return replace(visitor, group=tuple(made_up(country) if kind == "sms" else new_chat() for _, kind in GROUP))


def new_chat() -> str:
    """A chat id such as private chats have."""
    return str(_LOWEST_CHAT + secrets.randbelow(_LOWEST_CHAT))


def seal(vault: Vault, visitor: Visitor) -> str:
    """The cookie's value."""
    return vault.seal(msgspec.json.encode(visitor)).decode()


def unseal(vault: Vault, cookie: str) -> Visitor | None:
    """Whose cookie it is; None where nobody here wrote it."""
    try:
        return msgspec.json.decode(vault.open(cookie.encode()), type=Visitor)
    except (WrongKey, msgspec.DecodeError):
        return None


def _country(locale: str, accepted: str) -> str:
    """The first one named in a language that the page speaks now, else where that is at home."""
    named = (country for country in re.findall(rf"\b{locale}-([A-Z]{{2}})\b", accepted) if country in COUNTRIES)
    return next(named, _HOME.get(locale, COUNTRIES[0]))
