"""A summary with its words already chosen: mail, page, PDF and picture all show this one."""

from __future__ import annotations

from typing import Literal

import msgspec

Mark = Literal["done", "gap", "unknown"]
SYMBOLS: dict[Mark, str] = {"done": "✓", "gap": "!", "unknown": "?"}


class Fact(msgspec.Struct, frozen=True):
    """A label and what stands beside it."""

    label: str
    value: str


class Glance(msgspec.Struct, frozen=True):
    """A section at a glance: its worst mark, how many questions have which mark, and the same in words."""

    id: str
    mark: Mark
    name: str
    note: str
    marks: dict[Mark, int]

    @property
    def symbol(self) -> str:
        """The mark as a character."""
        return SYMBOLS[self.mark]


class Row(msgspec.Struct, frozen=True):
    """One point: what it is about, what there is to do or to ask, who can help; `week`: the one for this week.

    `id` and `section` are those of its item, for the pictogram.
    """

    id: str
    section: str
    title: str
    text: str
    help: str = ""
    week: str = ""


class Block(msgspec.Struct, frozen=True):
    """Points under a heading. `id`: stops, gaps, unknown, ask_arm or advice.

    The picture shows only the `first` ones, and `more`, which says how many others there are.
    """

    id: str
    heading: str
    first: tuple[Row, ...]
    others: tuple[Row, ...] = ()
    more: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        return self.first + self.others


class Vote(msgspec.Struct, frozen=True):
    """What a group was asked together: how many people by option, what it decided, whether to talk it over.

    `women` are their figures alone, "" where there are none.
    """

    id: str
    section: str
    title: str
    figures: str
    answer: str
    women: str
    discuss: str


class Meeting(msgspec.Struct, frozen=True):
    """How a group answered: who took part and which papers were seen in `lines`, then what was voted on."""

    heading: str
    lines: tuple[str, ...]
    votes: tuple[Vote, ...]


class Steps(msgspec.Struct, frozen=True):
    """What ARM can do next, and what it must not; not for the picture that the person gets."""

    heading: str
    warning: str
    steps: tuple[str, ...]


class Summary(msgspec.Struct, frozen=True):
    """All there is to say to anybody about an assessment, in one language."""

    locale: str
    reference: str
    result: str
    title: str
    case: str
    headline: str
    meaning: str
    incomplete: str
    facts: tuple[Fact, ...]
    glance_heading: str
    glance: tuple[Glance, ...]
    blocks: tuple[Block, ...]
    arm: Steps
    never: str
    not_asked: str
    talk: str
    caution: str
    meeting: Meeting | None = None
