"""Several phones in one room, without a network: what one chat posts to another arrives at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import count

from msgspec.structs import replace

from flows.events import Arrival, Event, FromRoom, Phone, Post, Tap, Text, ToRoom
from flows.model import Checklist
from flows.scene import Turn
from flows.session import Session, dump, load
from flows.turn import advance
from flows.words import Words

START = 1_770_000_000.0
OPENING = ("hola", "1", "1", "grupo", "Coop La Esperanza, Suarez", "3 12 5 8")
"""From nothing to the first question of a room with 20 people, 8 of them women."""
TO_THE_VOTE = ("1", "1", "1", "1", "1", "1", "1", "1", "20", "22", "1", "2", "2", "2")
"""On to the first vote, question 13."""


class Meeting:
    """The phones by name, their sessions as they are stored, and the open doors."""

    def __init__(self, checklist: Checklist, words: Words, *, private: bool = True, locale: str = "es") -> None:
        self.checklist, self.words, self.private, self.locale = checklist, words, private, locale
        self.kept: dict[str, bytes] = {}
        self.doors: dict[str, str] = {}
        self.now = START
        self.heard: Callable[[str, Turn], None] = lambda _, __: None
        self._chance = (hashlib.sha256(str(n).encode()).digest() for n in count())

    def session(self, name: str) -> Session:
        """What the phone's chat holds."""
        return load(self.kept[name])

    def say(self, name: str, *texts: str) -> list[str]:
        """The messages that this phone gets in answer, by id; CODE stands for the code of the room."""
        return [told for text in texts for told in self.happen(name, Text(text.replace("CODE", self.code)))]

    def tap(self, name: str, reply: str) -> Turn:
        """A button under the message that was sent last."""
        return self.turn(name, Tap("", 0, reply))

    @property
    def code(self) -> str:
        """The code by which phones come in, the latest one; "XXXXX" while there is none."""
        return next((code for code in reversed(self.doors) if len(code) == 5), "XXXXX")

    def happen(self, name: str, event: Event) -> list[str]:
        """The messages of the turn."""
        return [say.id for say in self.turn(name, event).says]

    def turn(self, name: str, event: Event) -> Turn:
        """One turn of a phone, and after it those that its posts bring."""
        self.now += 10
        before = self.session(name) if name in self.kept else None
        turn = advance(self.checklist, self.words, before, self._arrival(name, event), self.now)
        self._keep(name, turn)
        self.heard(name, turn)
        for post in turn.posts:
            self.deliver(post)
        return turn

    def deliver(self, post: Post) -> None:
        """What one chat tells another; to a door that nobody opened, the knocker hears so."""
        event, to = post.event, post.to
        if isinstance(event, ToRoom):
            event = replace(event, mark=hashlib.sha256(event.phone.address.encode()).hexdigest()[:32])
        name = to.address if isinstance(to, Phone) else self.doors.get(to)
        if name is None and isinstance(event, ToRoom):
            name, event = event.phone.address, FromRoom("", "wrong")
        self.turn(str(name), event)

    def join(self, *names: str) -> None:
        """The phones come in."""
        for name in names:
            assert self.say(name, "unir CODE") == [], name

    def _arrival(self, name: str, event: Event) -> Arrival:
        channel = "telegram" if name.startswith("T") else "sms"
        chance = int.from_bytes(next(self._chance)[:8])
        return Arrival(
            event,
            channel=channel,
            locale=self.locale,
            country={"es": "CO", "en": "GH", "fr": "BF", "pt": "BR"}[self.locale],
            private=self.private,
            partition=3,
            chance=chance,
            phone=Phone(channel, name),
        )

    def _keep(self, name: str, turn: Turn) -> None:
        if turn.session is None:
            self.kept.pop(name, None)
        else:
            self.kept[name] = dump(turn.session)
        for door in turn.doors:
            if door.seconds:
                assert door.code not in self.doors
                self.doors[door.code] = name
            else:
                self.doors.pop(door.code, None)


def opened(checklist: Checklist, words: Words, *names: str, private: bool = True) -> Meeting:
    """A room led by L at its first vote, with these phones in it."""
    meeting = Meeting(checklist, words, private=private)
    meeting.say("L", *OPENING)
    meeting.join(*names)
    meeting.say("L", *TO_THE_VOTE)
    return meeting


def recorded(meeting: Meeting) -> Iterator[list[tuple[str, Turn]]]:
    """The turns from here on."""
    turns: list[tuple[str, Turn]] = []
    meeting.heard = lambda name, turn: turns.append((name, turn))
    yield turns
