"""A long SMS as messages of one part each, marked 1/3, 2/3, 3/3: for networks that do not join the parts of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.channels.sms_text import segments

_WORDS = re.compile(r"\s*\S+")
_MOST = 99


def pieces(text: str) -> list[str]:
    """The text as it is where one SMS holds it; else cut at words, each piece one SMS with its mark."""
    if segments(text) == 1:
        return [text]
    for count in range(2, _MOST):
        found = list(_cut(text, count))
        if len(found) <= count:
            return [f"{_mark(at, len(found))}{piece}" for at, piece in enumerate(found, 1)]
    return [text]


def _mark(at: int, of: int) -> str:
    return f"{at}/{of} "


def _cut(text: str, count: int) -> Iterator[str]:
    """The pieces that the text falls into if their marks count up to `count`."""
    room = _mark(count, count)
    piece = ""
    for word in _whole(text, room):
        if piece and segments(room + piece + word) > 1:
            yield piece
            piece = word.lstrip()
        else:
            piece += word
    yield piece


def _whole(text: str, room: str) -> Iterator[str]:
    """The words with the gaps before them; one that no SMS holds, by letters."""
    for word in _WORDS.findall(text.strip()):
        yield from [word] if segments(room + word) == 1 else word
