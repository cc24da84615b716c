"""A conversation as a phone on SMS would have it, without store or network: for `batea chat` and for transcripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.channels.sms_text import segments
from bot.origin import clocks, origin
from bot.render import render_sms
from bot.texts import Texts
from flows.asking import ask_one
from flows.assess import assess
from flows.events import Arrival, Event, FromRoom, Text, ToRoom
from flows.menu import shown_menu
from flows.model import Checklist, Say
from flows.phases import DONE
from flows.scene import Scene, Turn
from flows.session import ERASED, Session, dump, home, load
from flows.turn import advance
from flows.words import Words

_TYPED = {"review": "number", "pin": "number", "nickname": "text"}
"""What is typed in the menus that have no options: the number of an answer to change, the key, a name."""


class Talk:
    """One conversation; between every two turns the session goes through JSON, as it does in the store."""

    def __init__(  # noqa: PLR0913 -- what a phone, a number and a clock are is for the caller to say
        self,
        checklist: Checklist,
        words: Words,
        texts: Texts,
        *,
        number: str,
        private: bool,
        clock: Callable[[], float],
        chance: Callable[[], int],
        locale: str | None = None,
    ) -> None:
        self.checklist, self.words, self.texts = checklist, words, texts
        self.clock, self.chance = clock, chance
        self.number = number
        country, known = origin(number)
        self.locale, self.country, self.private = locale or known, country, private
        self.kept: bytes | None = None
        self.last = Turn(session=None)
        self.ended = False

    def open(self) -> dict[str, Any]:
        """The first words, as for somebody who wrote something that answers nothing."""
        return self.happen(Text(""))

    def reply(self, line: str) -> dict[str, Any]:
        """What a typed line brings, as the JSON object of `batea chat --json`."""
        return self.happen(Text(line))

    def happen(self, event: Event) -> dict[str, Any]:
        """What any event brings."""
        before = load(self.kept) if self.kept else None
        now = self.clock()
        zone, around = clocks(self.number, home(before), now)
        arrival = Arrival(
            event,
            locale=self.locale,
            country=self.country,
            private=self.private,
            chance=self.chance(),
            brake=0,
            zone=zone,
            around=around,
        )
        turn = self._alone(advance(self.checklist, self.words, before, arrival, now), arrival, now)
        self.last = turn
        self.kept = dump(turn.session) if turn.session else None
        return self._told(turn, turn.session or before)

    def _alone(self, turn: Turn, arrival: Arrival, now: float) -> Turn:
        """The turn where there is no other phone: nobody opened the room whose code was given."""
        if not any(isinstance(post.event, ToRoom) and post.event.what == "join" for post in turn.posts):
            return turn
        return advance(self.checklist, self.words, turn.session, replace(arrival, event=FromRoom("", "wrong")), now)

    def _told(self, turn: Turn, session: Session | None) -> dict[str, Any]:
        if session is None:
            return {"state": DONE, "kind": "text", "messages": [], "segments": 0, "options": [], "reference": None}
        state = DONE if turn.session is None or session.state == ERASED else session.state
        messages = render_sms(self.texts, turn.says, session.locale)
        told = {"state": state, **self._asked(session, state), "messages": messages}
        told["segments"] = sum(map(segments, messages))
        if session.first_given:
            told |= self._assessed(session)
        if state == DONE:
            self.ended = True
            told["reference"] = session.reference if session.referred else None
        return told

    def _asked(self, session: Session, state: str) -> dict[str, Any]:
        if state == DONE:
            return {"kind": "text", "options": []}
        scene = Scene(self.checklist, self.words, Arrival(Text("")), self.clock())
        if session.menu in _TYPED:
            return {"kind": _TYPED[session.menu], "options": []}
        say = shown_menu(scene, session) if session.menu else self._question(scene, session)
        choosing = session.menu or (session.pending and session.pending.why != "country")
        kind = "one" if choosing else scene.question(session).kind
        return {"kind": kind, "options": _options(say)}

    def _question(self, scene: Scene, session: Session) -> Say:
        """The pending question by itself, also where it is shown in a block; in a room the step that it is at."""
        return scene.ask(session) if session.room else ask_one(self.checklist, session, scene.locales)

    def _assessed(self, session: Session) -> dict[str, Any]:
        found = assess(self.checklist, session.answers, private=session.private)
        whole = msgspec.to_builtins(found)
        version, result, complete = (whole.pop(name) for name in ("version", "result", "complete"))
        return {"result": result, "complete": complete, "assessment": whole, "version": version}


def _options(say: Say) -> list[dict[str, str]]:
    return [{"reply": option.reply, "value": option.value} for option in say.options]
