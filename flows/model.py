"""The things a conversation is made of: the checklist as content gives it, what comes into a turn, what goes out.

How they are loaded is in `load`, how a conversation moves in `machine`, what a person gets to read in the catalogs.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["one", "several", "number", "quantity", "country", "text"]
Evidence = Literal["stated", "topic", "practice"]
Severity = Literal["life", "papers", "systems"]
Effect = Literal["outside_scope", "formalise_first", "gap", "ask_arm", "advice", "urgent", "scale"]
Condition = dict[str, tuple[str, ...]]
"""Item id -> codes, all of which must hold; a list of conditions holds if one of them does."""

UNKNOWN = "unknown"


class Quantity(msgspec.Struct, frozen=True, tag="quantity"):
    """An amount of gold as it was said; `grams_month` is what it comes to in grams a month."""

    amount: float
    unit: str
    period: str
    grams_month: float


Answer = str | int | float | tuple[str, ...] | Quantity


class Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another wording of the question, `<item>.ask.<name>`, used where `when` holds."""

    name: str
    when: Condition


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. Its texts are in the catalogs under `<id>.ask`, `<id>.<choice>`, `<id>.why` and so on."""

    id: str
    number: int
    section: str
    kind: Kind
    evidence: Evidence | None = None
    choices: tuple[str, ...] = ("yes", "no", UNKNOWN)
    synonyms: tuple[str, ...] = ()
    worker: bool = False
    when: tuple[Condition, ...] = ()
    variants: tuple[Variant, ...] = ()
    rule: dict[str, Effect] = {}
    severity: Severity | None = None
    cost: int | None = None
    assumed: str | None = None
    opener: bool = False
    sensitive: bool = False
    gold: bool = False
    least: int | None = None
    most: int | None = None


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A run of items under one heading, `section.<id>`; `advice` is the pack after the result."""

    id: str
    items: tuple[Item, ...]


class Country(msgspec.Struct, frozen=True):
    """A row of countries.csv: the OECD DAC groups of 2024-25 and 2005, empty where it was not listed."""

    iso2: str
    region: str
    dac_2024_25: str
    dac_2005: str
    note: str


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of gold weight in grams, and where that figure comes from."""

    id: str
    grams: float
    source: str


class Checklist(msgspec.Struct, frozen=True):
    """One published version of the content."""

    version: str
    source: str
    sections: tuple[Section, ...]
    countries: dict[str, Country]
    units: dict[str, Unit]
    periods: dict[str, float]
    items: dict[str, Item]


class Option(msgspec.Struct, frozen=True):
    """What a person may reply and the stored code it stands for; `label` is a message id."""

    reply: str
    value: str
    label: Say


class Say(msgspec.Struct, frozen=True):
    """A message by id. Parameters are numbers, plain words, or further messages to be put in their place.

    `count` chooses the plural form and fills `{n}`. `lines` follow on lines of their own, `options` after them.
    `secret` marks a question whose choice is never shown again.
    """

    id: str
    params: dict[str, Param] = {}
    count: int | None = None
    lines: tuple[Say, ...] = ()
    options: tuple[Option, ...] = ()
    heading: Say | None = None
    secret: bool = False
    asks: bool = False
    tail: Say | None = None


class CountryName(msgspec.Struct, frozen=True):
    """A country, to be named in the reader's language."""

    iso2: str


class Text(msgspec.Struct, frozen=True):
    """Something typed."""

    text: str


class Tap(msgspec.Struct, frozen=True):
    """A button: the state it was shown for, the turn in which that was asked, the reply it stands for."""

    state: str
    asked: int
    reply: str


class Unreadable(msgspec.Struct, frozen=True):
    """A photo, voice or sticker: answered with a friendly word."""

    kind: str


class Contact(msgspec.Struct, frozen=True):
    """A telephone number shared by a button: the person's own, with + before it; "" where it is somebody else's."""

    number: str


class TimerDue(msgspec.Struct, frozen=True):
    """A timer of this chat has come due."""

    name: str


class Called(msgspec.Struct, frozen=True):
    """The person's phone rang ours: a wish to be called back."""


class OptedOut(msgspec.Struct, frozen=True):
    """The person, the carrier or Telegram says: no more messages. `tell` is false where no answer may be sent."""

    tell: bool


class OptedIn(msgspec.Struct, frozen=True):
    """The carrier says the person is back."""


Event = Text | Tap | Unreadable | Contact | TimerDue | Called | OptedOut | OptedIn


class Arrival(msgspec.Struct, frozen=True):
    """An event and what the shell knows beside it.

    `locale`, `country` (guessed from the number) and `private` (a protection contact is there) serve to begin a
    session; `partition` and `chance` (0 to 2**64) make a reference; `brake` is how many turns a minute may lead
    nowhere; `lost` says that there was a session that can't be read any more; `zone` is
    how many seconds the phone's clock is ahead of UTC.
    """

    event: Event
    channel: str = "sms"
    locale: str | None = None
    country: str | None = None
    private: bool = False
    partition: int = 0
    chance: int = 0
    brake: int = 20
    lost: bool = False
    zone: float | None = None


class Timer(msgspec.Struct, frozen=True):
    """Set (or with `due=None` cancel) the chat's timer of this name; `due` is in epoch seconds."""

    name: str
    due: float | None


Param = str | int | float | Say | CountryName | tuple[Say, ...]
