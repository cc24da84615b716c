"""What comes into a turn: what a person does, what a timer or a carrier says, what one chat tells another."""

from __future__ import annotations

from typing import Literal

import msgspec


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


class Phone(msgspec.Struct, frozen=True):
    """Where somebody in a room can be reached; known to nobody but the room and that phone."""

    channel: str
    address: str


class ToRoom(msgspec.Struct, frozen=True, tag="to_room"):
    """What a participant's phone tells the room: `what` is join, vote, leave, questions or result.

    `room` is the room's id (to join: its code), `reply` the option of a vote on `item`. `mark` stands for the phone: a
    keyed hash that the shell puts in.
    """

    room: str
    what: str
    phone: Phone
    locale: str = ""
    item: str = ""
    reply: str = ""
    mark: str = ""


class FromRoom(msgspec.Struct, frozen=True, tag="from_room"):
    """What the room tells a participant's phone.

    `what` is joined, wrong (no such code), asked, early, closed, gone (join again), ended, moved, result or
    given. `home` is the phone that leads the room; `given` a session as JSON: the group's result, or the room itself
    for its new leader; `wording` the message id of the question in the words that suit the mine; `country` that of the
    mine, as far as it is known: who protects there can call.
    """

    room: str
    what: str
    home: Phone | None = None
    item: str = ""
    wording: str = ""
    given: bytes = b""
    country: str = ""


class StaffStep(msgspec.Struct, frozen=True):
    """How far a case is at ARM: `what` is taken, contact, closed, not_reached or waiting, `who` the contact's name."""

    reference: str
    what: str
    who: str = ""


class StaffWrote(msgspec.Struct, frozen=True, tag="wrote"):
    """What somebody at ARM, `who`, writes to the person of a case."""

    reference: str
    text: str
    who: str


class HandedBack(msgspec.Struct, frozen=True, tag="back"):
    """Whoever of ARM's held the conversation leaves it to Batea again."""

    reference: str


class Heard(msgspec.Struct, frozen=True):
    """What the case hears of its person: `what` is heard, other (a photo or the like), rang, or unsent.

    Unsent is what could not be said to them. `who` held the conversation, and wrote last at `since` (epoch seconds).
    """

    reference: str
    what: str
    text: str = ""
    who: str = ""
    since: float = 0


class Entry(msgspec.Struct, frozen=True):
    """One question of a sheet as it was typed in: the answer, raised hands, those of the women, seen or not, a note."""

    item: str
    reply: str = ""
    hands: str = ""
    women: str = ""
    seen: bool | None = None
    note: str = ""


class Filled(msgspec.Struct, frozen=True):
    """A sheet typed in on the room's page."""

    entries: tuple[Entry, ...]


class OnPage(msgspec.Struct, frozen=True):
    """What is done on the room's page: a reply to the question it shows, or a command (back, omit, enough).

    `state` and `asked` are those of the question, as with `Tap`.
    """

    state: str
    asked: int
    reply: str = ""
    command: str = ""


class Post(msgspec.Struct, frozen=True):
    """What goes from one chat to another: to a phone, or to whoever opened the door with this code."""

    to: Phone | str
    event: ToRoom | FromRoom


class Door(msgspec.Struct, frozen=True):
    """A code by which this chat is found for so many seconds; 0 closes it."""

    code: str
    seconds: int


Event = (
    Text
    | Tap
    | Unreadable
    | Contact
    | TimerDue
    | Called
    | OptedOut
    | OptedIn
    | ToRoom
    | FromRoom
    | Filled
    | OnPage
    | StaffStep
    | StaffWrote
    | HandedBack
)


Came = Literal["new", "unheard", "late"]
"""`unheard`: the same text as the last, whose reply never reached the person. `late`: written before what was taken
since, so that it answers nothing that was asked since."""


class Arrival(msgspec.Struct, frozen=True):
    """An event and what the shell knows beside it.

    `locale`, `country` (guessed from the number) and `private` (a protection contact is there) serve to begin a
    session; `partition` and `chance` (0 to 2**64) make a reference; `brake` is how many turns a minute may lead
    nowhere; `lost` says that there was a session that can't be read any more; `zone` is
    how many seconds the phone's clock is ahead of UTC; `phone` is where the person can be reached by another chat.
    In a country of several zones the clock may be so far behind `zone`, or ahead of it, as `around` says.
    `within_days`: in so many days somebody calls, by the letter of `triage`; for one that lacks nothing is promised.
    `came`: how it stands to what came before.
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
    around: tuple[float, float] = (0, 0)
    within_days: dict[str, int] = {}
    phone: Phone = Phone("", "")
    came: Came = "new"
