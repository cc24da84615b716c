"""Where one conversation stands: frozen, kept as JSON with a schema number."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from flows.model import Answer

SCHEMA = 1


class Mark(msgspec.Struct, frozen=True):
    """A step that can be taken back: where the person was, and what `key` and others beside it held before."""

    state: str
    key: str
    had: Answer | None = None
    beside: dict[str, Answer | None] = {}


class Candidate(msgspec.Struct, frozen=True):
    """One reading of what was typed, waiting to be chosen: its code in `options`, the answer it stands for."""

    value: str
    answer: Answer | None


class Pending(msgspec.Struct, frozen=True):
    """A question put back about the answer itself: which unit, which reading, which country."""

    why: str
    said: str
    candidates: tuple[Candidate, ...]


class Span(msgspec.Struct, frozen=True):
    """When the first question of a section was put and its last answer came, in epoch seconds; how many came."""

    begun: float
    ended: float
    answers: int


class Session(msgspec.Struct, frozen=True):
    """One assessment of one chat. `answers` holds items and phases alike, by the state they answer.

    `together` shows the next questions in blocks; `batch_told` says that rows of answers were mentioned; `batched`
    counts the answers that came in rows, `spans` tells by section when they came. `passed`: steps of the funnel.
    `paused` until the next answer, with a reminder at `hour` if one was chosen; `compared` is what is asked again after
    a month. `before` is the assessment that was started again, `hidden` what was deleted and can come back for a day;
    `shelf` holds the other assessments of the phone, each with its `nickname`. Where `pin` is set, `unlocked` is when
    it was last given, `wrong` how often something else was, `wanted` the command that waits for it.
    `voice`: the language in which questions are heard beside being read, "" for that of the texts.
    """

    version: str
    locale: str
    channel: str
    state: str
    private: bool
    started: float
    schema: int = SCHEMA
    turn: int = 0
    asked: int = 0
    touched: float = 0
    country_guess: str | None = None
    answers: dict[str, Answer] = {}
    skipped: tuple[str, ...] = ()
    trail: tuple[Mark, ...] = ()
    pending: Pending | None = None
    menu: str = ""
    page: int = 0
    picked: tuple[str, ...] = ()
    reminders: int = 0
    misses: int = 0
    reference: str | None = None
    referred: int = 0
    decided: bool = False
    first_given: bool = False
    result_given: bool = False
    person: bool = False
    opted_out: bool = False
    stuck_since: float = 0
    stuck: int = 0
    together: bool = False
    batch_told: bool = False
    batched: int = 0
    spans: dict[str, Span] = {}
    paused: bool = False
    hour: int | None = None
    offered: bool = False
    compared: tuple[str, ...] = ()
    before: Session | None = None
    hidden: Session | None = None
    nickname: str = ""
    shelf: tuple[Session, ...] = ()
    pin: str = ""
    unlocked: float = 0
    wrong: int = 0
    wanted: tuple[str, str] = ("", "")
    voice: str = ""
    passed: tuple[str, ...] = ()


def every(session: Session) -> Iterator[Session]:
    """The session and all that is kept inside it: started again, deleted, on the shelf."""
    yield session
    for kept in (session.before, session.hidden, *session.shelf):
        if kept is not None:
            yield from every(kept)


class Unreadable(ValueError):
    """The stored bytes are no session of a schema known here; `args[0]` says what is wrong."""


def dump(session: Session) -> bytes:
    """The session as JSON."""
    return msgspec.json.encode(session)


def load(data: bytes) -> Session:
    """The session in `data`. Raises `Unreadable` where it is damaged or from a newer Batea."""
    try:
        session = msgspec.json.decode(data, type=Session)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error
    if session.schema != SCHEMA:
        message = f"schema {session.schema}, and this Batea reads {SCHEMA}"
        raise Unreadable(message)
    return session
