"""Plays a transcript: a text file of what a person sent, what Batea answered and where it ended.

It begins with `number: +573001234567`, a phone on SMS; `private: yes` where a protection contact is there; `locale: en`
to fix the language. A line `> 1` is a message of the person; `< Hola` an answer as it was sent, its further lines
indented by two spaces; `@ photo` an event (photo, call, a timer, the carrier's stop, or time that passes: 3 days);
`= {...}` where it ended.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.talk import Talk
from bot.texts import Texts
from flows.events import Called, Event, OptedOut, TimerDue, Unreadable
from flows.model import Checklist
from flows.words import Words

DAY = 86_400
EVENTS: dict[str, Event] = {
    "photo": Unreadable("photo"),
    "reminder": TimerDue("reminder"),
    "refer": TimerDue("refer"),
    "recheck": TimerDue("recheck"),
    "erase": TimerDue("erase"),
    "call": Called(),
    "stop": OptedOut(tell=False),
}
TOLD = ("state", "result", "complete", "version", "reference", "assessment")


def play(path: Path, checklist: Checklist, words: Words, texts: Texts) -> str:
    """The transcript as it comes out today: the person's lines as they are, everything else anew."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = list(itertools.takewhile(lambda line: not line.startswith(("<", ">", "@")), lines))
    clock = [1_770_000_000.0]
    talk = _talk(head, checklist, words, texts, clock)
    told = talk.open()
    out = [*head, *_answers(told)]
    for line in (line for line in lines if line.startswith((">", "@"))):
        clock[0] += 60
        happened = _move(talk, line, clock)
        told = happened or told
        out += ["", line, *_answers(happened or {"messages": []})]
    ended = {key: told[key] for key in TOLD if key in told}
    return "\n".join([*out, "", f"= {json.dumps(ended, ensure_ascii=False)}", ""])


def _talk(head: list[str], checklist: Checklist, words: Words, texts: Texts, clock: list[float]) -> Talk:
    given = dict(line.split(": ", 1) for line in head if ": " in line and not line.startswith("#"))
    chance = itertools.count(123_456_789_012)
    return Talk(
        checklist,
        words,
        texts,
        number=given["number"],
        private=given.get("private") == "yes",
        locale=given.get("locale"),
        clock=lambda: clock[0],
        chance=lambda: next(chance),
    )


def _move(talk: Talk, line: str, clock: list[float]) -> dict[str, Any] | None:
    if line.startswith(">"):
        return talk.reply(line[2:])
    name = line[2:].strip()
    if name.endswith(("day", "days")):
        clock[0] += int(name.split()[0]) * DAY
        return None
    return talk.happen(EVENTS[name])


def _answers(told: dict[str, Any]) -> Iterator[str]:
    yield from ("< " + message.replace("\n", "\n  ") for message in told["messages"])
