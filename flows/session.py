"""Where one conversation stands: frozen, kept as JSON with a schema number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from flows.model import Answer
from flows.room.model import Room, Seat

SCHEMA = 1
ERASED = "erased"
"""The state in which there is nothing to see."""


class Mark(msgspec.Struct, frozen=True):
    """A step that can be taken back: where the person was, and what `key` and others beside it held before.

    Those of them in `skipped` had been passed over.
    """

    state: str
    key: str
    had: Answer | None = None
    beside: dict[str, Answer | None] = {}
    skipped: tuple[str, ...] = ()


class Candidate(msgspec.Struct, frozen=True):
    """One reading of what was typed, waiting to be chosen: its code in `options`, the answer it stands for."""

    value: str
    answer: Answer | None


class Pending(msgspec.Struct, frozen=True):
    """A question put back about the answer itself: which unit, which reading, which country."""

    why: str
    said: str
    candidates: tuple[Candidate, ...]


class Aside(msgspec.Struct, frozen=True):
    """Where a talk in private leads back to: the step, and how far its question had come."""

    step: Mark
    pending: Pending | None = None
    picked: tuple[str, ...] = ()


class Span(msgspec.Struct, frozen=True):
    """When the first question of a section was put and its last answer came, in epoch seconds; how many came."""

    begun: float
    ended: float
    answers: int


class Progress(msgspec.Struct, frozen=True):
    """How far ARM is with what was sent: `what` and `who` as in `events.StaffStep`; whether the person was told."""

    what: str
    who: str = ""
    told: bool = False


class Hold(msgspec.Struct, frozen=True):
    """A person at ARM, `who`, holds the conversation for a case; they wrote last at `since`. Epoch seconds."""

    until: float
    reference: str
    who: str
    since: float


class Postponed(msgspec.Struct, frozen=True):
    """What `who` at ARM wrote for a case while the person was at something private; it is said when that is over."""

    reference: str
    text: str
    who: str


class Session(msgspec.Struct, frozen=True):
    """One assessment of one chat. `answers` holds items and phases alike, by the state they answer.

    `together` shows the next questions in blocks; `batch_told` says that rows of answers were mentioned; `batched`
    counts the answers that came in rows, `spans` tells by section when they came. `passed`: steps of the funnel.
    `paused` until the next answer, with a reminder at `hour` if one was chosen; `compared` is what is asked again after
    a month, `recheck` when that is due (0: never). `before` is the assessment that was started again, `hidden` what was
    deleted (at `deleted`) and can come back for a day; `sent` are the references of all that left for ARM, also from
    assessments that are not kept any more. `shelf` holds the other assessments of the phone, each with its `nickname`.
    Where `pin` is set, `unlocked` is when it was last given, `wrong` how often something else was, `wanted` the command
    that waits for it.
    `call_by` is the day by which a call was promised.
    `room`: the assessment is a group's, and this phone leads it; `seat`: this phone takes part in another one's room,
    which it came into after so many `tries` (epoch seconds); `aside` is where a talk in private leads back to.
    `progress`: how far ARM is with it, None until somebody there did something.
    `held`: somebody at ARM holds the conversation, and Batea is silent; `postponed` is what they wrote meanwhile.
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
    recheck: float = 0
    deleted: float = 0
    sent: tuple[str, ...] = ()
    voice: str = ""
    passed: tuple[str, ...] = ()
    call_by: date | None = None
    room: Room | None = None
    seat: Seat | None = None
    tries: tuple[float, ...] = ()
    aside: Aside | None = None
    progress: Progress | None = None
    held: Hold | None = None
    postponed: tuple[Postponed, ...] = ()


def marked_since(before: Session | None, after: Session) -> tuple[str, ...]:
    """What was answered or skipped between the two, by the marks of its steps; nothing after a step back."""
    return tuple(mark.key for mark in after.trail[len(before.trail) :]) if before else ()


def every(session: Session) -> Iterator[Session]:
    """The session and all that is kept inside it: started again, deleted, on the shelf."""
    yield session
    for kept in (session.before, session.hidden, *session.shelf):
        if kept is not None:
            yield from every(kept)


def home(session: Session | None) -> str:
    """The country of the mine as it was answered, else as it was guessed; "" while neither is known."""
    return str((session and (session.answers.get("country") or session.country_guess)) or "")


def references(session: Session | None) -> tuple[str, ...]:
    """Of all that left for ARM from the session and from what is kept inside it."""
    kept = () if session is None else tuple(every(session))
    here = tuple(one.reference for one in kept if one.referred and one.reference)
    return tuple(dict.fromkeys((*(name for one in kept for name in one.sent), *here)))


def gone(session: Session, hidden: Session | None) -> Session:
    """What is left of a session that was deleted: whom it was with, and what can come back for a day."""
    return Session(
        version=session.version,
        locale=session.locale,
        channel=session.channel,
        state=ERASED,
        private=session.private,
        started=session.started,
        turn=session.turn,
        opted_out=session.opted_out,
        passed=session.passed,
        hidden=hidden,
    )


def mark(session: Session, key: str, *others: str) -> Mark:
    """The step by which `key`, and others beside it, get what they had back."""
    skipped = tuple(name for name in (key, *others) if name in session.skipped) if session.skipped else ()
    beside = {name: session.answers.get(name) for name in others}
    return Mark(session.state, key, session.answers.get(key), beside, skipped)


def without(names: tuple[str, ...], *some: str) -> tuple[str, ...]:
    """The names but for some."""
    return tuple(name for name in names if name not in some) if names else names


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
