"""How each field of a contact has to be written, and the sentence that says so. Which there are is in `contacts`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from babel import Locale

from bot.channels.mail_address import is_address
from bot.channels.webhook import is_safe

if TYPE_CHECKING:
    from collections.abc import Callable

EVERYWHERE = "*"
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z0-9]{2,8})*")
_COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code))
_TELEGRAM = "write the chat's number, or leave it out: `batea contacts link` finds it out"

FIXES = {
    "name": 'write a text, such as "ARM, Envigado"',
    "role": "write staff, lead or protection",
    "mail": 'write an address, such as "ana@example.org"',
    "languages": 'write a list, such as ["es"]',
    "countries": 'write a list, such as ["CO", "PE"], or ["*"] for all',
    "results": 'write a list, such as ["apply_now", "talk"]; docs/contacts.example.toml names all',
    "telegram": _TELEGRAM,
    "webhook": 'write an address, such as "https://example.org/batea"',
    "mail_detail": "write summary or full",
}
"""What to do where a value is of the wrong kind."""


def _bad_mail(mail: str) -> str | None:
    if is_address(mail) and "." in mail.rpartition("@")[2]:
        return None
    return f"{mail!r} is no mail address; write one, without accents, such as ana@example.org"


def _bad_telegram(chat: str | None) -> str | None:
    return None if re.fullmatch("-?[0-9]+", chat or "") else f"{chat!r} is no chat; {_TELEGRAM}"


def _bad_webhook(url: str | None) -> str | None:
    if re.search(r"\s", url or ""):
        return f"{url!r} has a space in it; write it without"
    return None if is_safe(url or "") else f"{url!r} is no https:// address"


def _bad_languages(languages: tuple[str, ...]) -> str | None:
    if not languages:
        return 'name at least one, such as "es"'
    bad = [language for language in languages if not _LANGUAGE.fullmatch(language)]
    return f"{', '.join(bad)}: no language code, such as es, en or pt_BR" if bad else None


def _bad_countries(countries: tuple[str, ...]) -> str | None:
    if not countries:
        return 'name at least one, or "*" for all'
    bad = [country for country in countries if country != EVERYWHERE and country not in _COUNTRIES]
    return f"{', '.join(bad)}: no country code of two capitals, such as CO, nor *" if bad else None


CHECKS: dict[str, Callable[[Any], str | None]] = {
    "name": lambda name: None if name.strip() else "is empty",
    "mail": _bad_mail,
    "telegram": _bad_telegram,
    "webhook": _bad_webhook,
    "languages": _bad_languages,
    "countries": _bad_countries,
    "results": lambda results: None if results else "name at least one, or leave it out for all",
}
"""What is wrong with a value of the right kind; None for nothing."""
