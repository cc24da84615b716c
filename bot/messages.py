"""What travels: a message that came in, a message that has to go out, and how a delivery can end.

SendError
├── Stop      the person does not want messages (opted out, blocked): an event for the conversation
├── Later     try again, after `after` seconds if the provider said so
│   └── Waits     until something changes at our end: it never grows too old
├── GiveUp    will never work: `reason` is logged
└── Unknown   the request left and no answer came: ask the provider, or send again once

A message that came in and could not be taken ends in `Busy`: nothing was written, its provider should deliver it again.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from flows.events import Event


class Inbound(msgspec.Struct, frozen=True):
    """One message or tap of a person. `id` is the provider's and marks duplicates; `received` is epoch seconds.

    `missed`: found in the provider's list, and perhaps no hook told of it when it came. `quiet`: a page shows what is
    said to it, as long as there is one.
    """

    id: str
    channel: str
    address: str
    event: Event
    received: float
    language: str | None = None
    tapped: Tapped | None = None
    quiet: bool = False
    missed: bool = False


class Tapped(msgspec.Struct, frozen=True):
    """The Telegram message a button stood under, so that it can be answered and edited; `bold` as in `Words`."""

    query: str
    message: str
    text: str = ""
    bold: int = 0


class Button(msgspec.Struct, frozen=True):
    """An inline button; `data` comes back with the tap, at most 64 bytes."""

    label: str
    data: str


class Words(msgspec.Struct, frozen=True, tag="words"):
    """A text for a person, with buttons where the channel has them.

    `bold` is how much of its beginning is a heading, in UTF-16 units as Telegram counts. `share` labels a button under
    the line one writes in, which sends one's own telephone number; `unshare` takes that button away. `ballot` is the
    item that its buttons vote on in a room: they stay while something else is asked.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    bold: int = 0
    share: str = ""
    unshare: bool = False
    ballot: str = ""

    def shown_as(self, message: str) -> str | None:
        """What is noted once it is on the screen as this message: "70", or "70@ppe"; None if it has no buttons."""
        return ("@".join(filter(None, (message, self.ballot)))) if self.buttons else None


class Notice(Words, frozen=True, tag="notice"):
    """A text for somebody at ARM. Its buttons belong to no conversation, so they stay whatever is asked there."""

    def shown_as(self, message: str) -> None:
        """Nothing is noted."""


class Edit(msgspec.Struct, frozen=True, tag="edit"):
    """Replace the text of a message sent earlier and its buttons; without buttons they are taken away."""

    message: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    bold: int = 0


class Bare(msgspec.Struct, frozen=True, tag="bare"):
    """Take the buttons of a message sent earlier away, and leave its text."""

    message: str


class Ack(msgspec.Struct, frozen=True, tag="ack"):
    """Stop the spinner of a tapped button; `text` is shown for a moment."""

    query: str
    text: str = ""


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A PNG with a caption."""

    png: bytes
    caption: str


class Voice(msgspec.Struct, frozen=True, tag="voice"):
    """A recorded question; `file` is its place in the folder of recordings, such as "es/role.ogg"."""

    file: str


class Attachment(msgspec.Struct, frozen=True):
    """A file of a mail."""

    name: str
    mime: str
    content: bytes


class Mail(msgspec.Struct, frozen=True, tag="mail"):
    """A mail, worded once; `id` is the local part of its fixed Message-ID."""

    id: str
    subject: str
    text: str
    html: str
    locale: str
    attachments: tuple[Attachment, ...] = ()


class Hook(msgspec.Struct, frozen=True, tag="hook"):
    """What a program of ARM's is told: JSON, signed when it leaves."""

    payload: bytes


class Job(msgspec.Struct, frozen=True, tag="job"):
    """Work that a turn leaves behind, done by the worker: `name` says which, `payload` is its own JSON."""

    name: str
    payload: bytes


Body = Words | Notice | Edit | Bare | Ack | Picture | Voice | Mail | Hook | Job


class Outgoing(msgspec.Struct, frozen=True):
    """One thing to deliver. `channel` and `address` say where; `id` is ours and never changes over retries."""

    id: str
    channel: str
    address: str
    body: Body
    created: float


def renamed(out: Outgoing, name: str) -> Outgoing:
    """The same under another id; a mail bears its id itself."""
    body = msgspec.structs.replace(out.body, id=name) if isinstance(out.body, Mail) else out.body
    return msgspec.structs.replace(out, id=name, body=body)


class Box(Protocol):
    """Where things to deliver are put; an id that was put before does nothing."""

    async def put(self, *outs: Outgoing) -> None:
        """Queue them."""


class SendError(Exception):
    """A delivery that did not end well."""


class Stop(SendError):
    """The person is out of reach by their own wish: never try again."""


class Later(SendError):
    """Try again later; `after` seconds if the provider named a time."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Waits(Later):
    """Try again until it works: a release or a contact is missing here, and nobody else can do it."""

    def __init__(self, reason: str, after: float = 600) -> None:
        super().__init__(reason, after)
        self.after: float = after


class GiveUp(SendError):
    """It will never work."""


class Unknown(SendError):
    """The request left, no answer came: it may or may not have been delivered."""


class Busy(Exception):
    """The chat's version moved at every try: the provider should deliver the message again."""


class Ahead(Busy, Waits):
    """The chat's session is of a content version or schema that this process does not have (yet)."""


class Channel(Protocol):
    """One way out. A channel knows neither the store nor its neighbours.

    `can_be_asked`: whether `find` really tells what arrived.
    """

    name: str
    can_be_asked: bool

    def cost(self, body: Body) -> int:
        """How much of the provider's rate this takes (SMS: parts; else 1)."""

    async def send(self, out: Outgoing) -> str:
        """Deliver; returns the provider's id. Raises a `SendError`."""

    async def find(self, out: Outgoing, since: float) -> str | None:
        """After `Unknown`: the provider's id if it did arrive since then (epoch seconds), else None.

        Raises `Later` where the provider can't say yet.
        """

    async def close(self) -> None:
        """Give back connections."""
