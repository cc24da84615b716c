"""The things a conversation is made of: the checklist as content gives it, and what a turn says.

What comes into a turn is in `events`. How they are loaded is in `load`, how a conversation moves in `machine`, what a
person gets to read in the catalogs.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Kind = Literal["one", "several", "number", "quantity", "country", "text"]
Evidence = Literal["stated", "topic", "practice"]
Severity = Literal["life", "papers", "systems"]
Together = Literal["paper", "vote"]
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
    """One question. Its texts are in the catalogs under `<id>.ask`, `<id>.<choice>`, `<id>.why` and so on.

    `room` says how a group answers it: by looking at the paper, or by votes; without it, by talking.
    """

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
    room: Together | None = None

    @property
    def private(self) -> bool:
        """Whether it is never asked in a room: what it tells can harm."""
        return self.sensitive or self.gold


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
    """What a person may reply and the stored code it stands for; `label` is a message id, `marked` the one chosen."""

    reply: str
    value: str
    label: Say
    marked: bool = False


class Say(msgspec.Struct, frozen=True):
    """A message by id. Parameters are numbers, days, plain words, or further messages to be put in their place.

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


class Timer(msgspec.Struct, frozen=True):
    """Set (or with `due=None` cancel) the chat's timer of this name; `due` is in epoch seconds."""

    name: str
    due: float | None


Param = str | int | float | date | Say | CountryName | tuple[Say, ...]
