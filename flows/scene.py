"""What a turn is worked out with, and what it ends in."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from flows.events import Arrival, Door, Heard, Post
from flows.model import Checklist, Say, Timer
from flows.phases import DONE, question
from flows.reading import Question
from flows.room.asking import ask
from flows.session import Session
from flows.words import Words


@dataclass(frozen=True)
class Scene:
    """The checklist, the words people may use, what arrived and when (epoch seconds)."""

    checklist: Checklist
    words: Words
    arrival: Arrival
    now: float

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages there are, in the order in which they are offered."""
        return tuple(self.words.locales)

    def ask(self, session: Session) -> Say:
        """The pending question of the session; at the end, what can still be done."""
        return Say("done.menu") if session.state == DONE else ask(self.checklist, session, self.locales)

    def question(self, session: Session) -> Question:
        """What the pending question takes for an answer."""
        return question(self.checklist, session, self.locales)


class Turn(msgspec.Struct, frozen=True):
    """What a turn leaves behind. `session=None` means that nothing is kept.

    `cancel` drops what is still queued; `refer` makes or updates the referral; `chosen` is written over a tapped
    question, `redraw` is put over it again, `toast` is shown for a moment; `silence` says why no message; `steps` are
    those of the funnel that were reached; `forget` are references of referrals to be erased. `posts` go to other chats,
    `doors` are codes by which this one is found; `page` is the code of the room's page, to be sent as a link. `talk` is
    a call in private that leaves as a referral of its own. `closed` is the item of a vote that came too late.
    `heard` is for the case of whoever holds the conversation.
    """

    session: Session | None
    says: tuple[Say, ...] = ()
    timers: tuple[Timer, ...] = ()
    cancel: bool = False
    refer: bool = False
    chosen: Say | None = None
    redraw: Say | None = None
    toast: Say | None = None
    silence: str = ""
    happened: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    forget: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    doors: tuple[Door, ...] = ()
    page: str = ""
    talk: Session | None = None
    closed: str = ""
    heard: Heard | None = None

    @property
    def kept(self) -> Session:
        """The session of a turn that keeps one. Raises `AssertionError` for a turn that forgets."""
        if self.session is None:
            message = "a session that moves is kept"
            raise AssertionError(message)
        return self.session


def silent(session: Session | None, why: str) -> Turn:
    """A turn without a message, and the reason."""
    return Turn(session=session, silence=why)
