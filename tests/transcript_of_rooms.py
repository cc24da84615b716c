"""Plays a transcript with many voices: lines of phones in one room, and what each of them was sent.

It begins with `locale: es`. `L> 1` is a message of the phone L; those whose names begin with T are on Telegram, the
others on SMS. CODE stands for the code of the room. `L< Hola` was sent to L, its further lines indented; `A. vote`
says that nothing was sent, and why; `@ 3 days` passes time; `A! only_batea` is a call in private that left.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.render import render_sms
from bot.texts import Texts
from flows.model import Checklist
from flows.scene import Turn
from flows.words import Words
from tests.flows.meeting import Meeting

DAY = 86_400


def play(path: Path, checklist: Checklist, words: Words, texts: Texts) -> str:
    """The transcript as it comes out today: what the phones said as it is, everything else anew."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith(("#", "locale: "))]
    locale = next(line for line in head if line.startswith("locale: ")).partition(": ")[2]
    meeting = Meeting(checklist, words, locale=locale)
    out = list(head)
    meeting.heard = lambda name, turn: out.extend(_told(texts, meeting, name, turn))
    for line in (line for line in lines if line.startswith("@") or line[1:3] == "> "):
        out += ["", line]
        if line.startswith("@"):
            meeting.now += int(line.split()[1]) * DAY
        else:
            meeting.say(line[0], line[3:])
    return "\n".join([*out, ""])


def _told(texts: Texts, meeting: Meeting, name: str, turn: Turn) -> Iterator[str]:
    locale = turn.session.locale if turn.session else meeting.locale
    for text in render_sms(texts, turn.says, locale):
        first, *rest = text.splitlines()
        yield f"{name}< {first}"
        yield from (f"   {line}" for line in rest)
    if turn.silence and not turn.says:
        yield f"{name}. {turn.silence}"
    if turn.talk:
        yield f"{name}! {turn.talk.answers['call_how']}"
