"""Who at ARM hears of a referral, and by when somebody calls: contacts.toml. Names every mistake with its place.

What they are told is in `referral.mail`, what they may open in `desk`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

import msgspec

from bot.contact_fields import CHECKS, EVERYWHERE, FIXES
from flows.assess import LADDER, Result
from flows.triage import Letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Role = Literal["staff", "lead", "protection"]
About = Result | Literal["talk"]
"""What a referral is about: the result that was passed on, or no more than that somebody is to call."""
_LETTERS = get_args(Letter)
_MOST_DAYS = 90


class BadContacts(ValueError):
    """The contacts can't be used; `mistakes` names each with its place."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person or desk at ARM. `countries` are ISO codes or `*`; `languages`, the first is the one they read best.

    `results`: of which referrals staff and leads are told. `mail_detail` "full" puts names and telephones into the
    mail, never a sensitive answer.
    """

    name: str
    role: Role
    mail: str
    languages: tuple[str, ...]
    countries: tuple[str, ...] = (EVERYWHERE,)
    results: tuple[About, ...] = (*LADDER, "talk")
    telegram: str | None = None
    webhook: str | None = None
    mail_detail: Literal["summary", "full"] = "summary"

    def covers(self, country: str | None) -> bool:
        """Whether this country (None: not known) is theirs."""
        return EVERYWHERE in self.countries or country in self.countries

    def speaks(self, locale: str) -> bool:
        """Whether they read the language of a locale, whatever its region."""
        return _language(locale) in {_language(own) for own in self.languages}

    def locale(self, available: Sequence[str]) -> str:
        """The first of their languages that is among `available`, else the first available one."""
        for own in self.languages:
            if own in available:
                return own
            if _language(own) in available:
                return _language(own)
        return available[0]


@dataclass(frozen=True)
class Contacts:
    """Everybody in contacts.toml, in its order; `within_days`: the days in which somebody calls, by triage letter."""

    everybody: tuple[Contact, ...]
    within_days: dict[str, int] = field(default_factory=dict)

    def staff_for(self, country: str | None, locale: str, about: About | None = None) -> tuple[Contact, ...]:
        """Who is told: all staff and leads of that country, language and result; no match: the first lead.

        `about` None: whatever the result, since consent was taken back.
        """
        staff = [contact for contact in self.everybody if contact.role != "protection"]
        theirs = (contact for contact in staff if contact.covers(country) and contact.speaks(locale))
        found = tuple(contact for contact in theirs if about is None or about in contact.results)
        return found or tuple(contact for contact in staff if contact.role == "lead")[:1]

    def protection_for(self, country: str | None) -> tuple[Contact, ...]:
        """Who may see sensitive answers from that country."""
        return tuple(contact for contact in self.everybody if contact.role == "protection" and contact.covers(country))

    def protects(self, country: str | None) -> bool:
        """Whether section 7 may be asked there; where the country is not known, only if somebody has them all."""
        return bool(self.protection_for(country))

    def named(self, name: str) -> Contact | None:
        """The contact of that name, if it is (still) there."""
        return next((contact for contact in self.everybody if contact.name == name), None)


def load_contacts(path: Path) -> Contacts:
    """The contacts in a file. Raises `BadContacts` with every mistake."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadContacts([f"{path.name}: is not in UTF-8; save it so"]) from error
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadContacts([f"{path.name}: {error}"]) from error
    return read_contacts(raw, path.name)


def read_contacts(raw: dict[str, Any], file: str) -> Contacts:
    """The contacts in a parsed TOML document. Raises `BadContacts` with every mistake."""
    entries, promises = raw.get("contact", []), raw.get("within_days", {})
    known = ("contact", "within_days")
    if isinstance(entries, list):
        entries = [_spelt(entry) for entry in entries]
    mistakes = [f"{file}: {key}: no such key, only [[contact]] and [within_days]" for key in raw if key not in known]
    mistakes += [f"{file}: within_days: {mistake}" for mistake in _broken(promises)]
    if not isinstance(entries, list):
        raise BadContacts([*mistakes, f"{file}: contact: write [[contact]], with two brackets"])
    for number, entry in enumerate(entries, 1):
        mistakes += [f"{file}: {_place(number, entry)}: {mistake}" for mistake in _mistakes(entry)]
    mistakes += [f"{file}: {mistake}" for mistake in _together(entries)]
    if mistakes:
        raise BadContacts(mistakes)
    return Contacts(tuple(msgspec.convert(entry, Contact) for entry in entries), promises)


def sample() -> Contacts:
    """Contacts for trying it out; nothing leaves, `batea run` keeps their mail in a local mailbox."""
    return Contacts(
        (
            Contact(name="Muestra: ARM en español", role="lead", mail="muestra@example.org", languages=("es",)),
            Contact(name="Sample: ARM in English", role="staff", mail="sample@example.org", languages=("en",)),
            Contact(name="Exemple : ARM en français", role="staff", mail="exemple@example.org", languages=("fr",)),
            Contact(name="Exemplo: ARM em português", role="staff", mail="exemplo@example.org", languages=("pt",)),
            Contact(
                name="Muestra: protección",
                role="protection",
                mail="proteccion@example.org",
                languages=("es", "en", "fr", "pt"),
            ),
        )
    )


def _language(locale: str) -> str:
    return locale.split("_", 1)[0].lower()


def _spelt(entry: object) -> object:
    """A chat's number as a text, as it is sent."""
    if not isinstance(entry, dict) or type(entry.get("telegram")) is not int:
        return entry
    return entry | {"telegram": str(entry["telegram"])}


def _place(number: int, entry: object) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return f"contact {number} ({name})" if isinstance(name, str) and name else f"contact {number}"


def _mistakes(entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "is no table: write [[contact]], with two brackets"
        return
    fields = {field.name: field for field in msgspec.structs.fields(Contact)}
    yield from (f"{key}: missing" for key, field in fields.items() if field.required and key not in entry)
    for key, value in entry.items():
        unknown = f"no such key; there are {', '.join(fields)}"
        mistake = _mistake(key, value, fields[key].type) if key in fields else unknown
        if mistake:
            yield f"{key}: {mistake}"


def _mistake(key: str, value: object, kind: type[Any]) -> str | None:
    try:
        found = msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return FIXES[key]
    return CHECKS[key](found) if key in CHECKS else None


def _broken(promises: object) -> Iterator[str]:
    """What is wrong with the days in which calls are promised."""
    if not isinstance(promises, dict):
        yield "write [within_days], with one bracket, and below it a line such as A = 5"
        return
    for letter, days in promises.items():
        if letter not in _LETTERS:
            yield f"{letter}: no such letter; there are {', '.join(_LETTERS)}"
        elif type(days) is not int or not 1 <= days <= _MOST_DAYS:
            yield f"{letter}: write whole days from 1 to {_MOST_DAYS}, such as {letter} = 5"


def _together(entries: list[Any]) -> Iterator[str]:
    """What only shows when all are looked at: a name stands for one contact, and there is a lead for the rest."""
    tables = [entry for entry in entries if isinstance(entry, dict)]
    names = Counter(str(entry["name"]) for entry in tables if "name" in entry)
    yield from (f"name: {name!r} is used {count} times" for name, count in names.items() if count > 1)
    if not any(entry.get("role") == "lead" for entry in tables):
        yield 'role: nobody is "lead", who gets what no other contact matches'
