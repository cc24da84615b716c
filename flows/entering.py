"""The code by which a phone comes into a room, as people type it: "unir K7M2Q", the same in one, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.model import Kind
from flows.reference import ALPHABET, LOOKALIKES
from flows.typed.matching import bare
from flows.words import Words, plain, said

_LINKED = re.compile(r"\s*/start join-([0-9A-Za-z]{5})\s*")
_AT_END = re.compile(r"([^\W\d]+(?: [^\W\d]+){0,3}?) ((?:[0-9a-z] ?){4}[0-9a-z])")
_GLUED = re.compile(r"([^\W\d]{4,}?)((?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{5})")
_MIXES = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])")
_MIXED = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{5}")
_HALVES, _LONGEST = 2, 80
_NAMED = frozenset({"text", "number", "quantity"})
"""Where "Sala Verde" is a name, and "entre 15 y 20" how many."""


def entering(words: Words, locale: str, text: str, *, kind: Kind | None, new: bool) -> str:
    """The code that the whole message gives, else "".

    With `new` a code by itself will do: elsewhere it could be an answer such as "100gr". Where names and numbers are
    asked for (`kind`), only the very word that people are told to send leads in.
    """
    linked = _LINKED.fullmatch(text)
    if linked:
        return linked[1]
    core = bare(words, plain(text.lstrip("/ "))) if len(text) <= _LONGEST else ""
    found = _AT_END.fullmatch(core) or _GLUED.fullmatch(core)
    if found and _in_one(found[2]) and (_told if kind in _NAMED else _enters)(words, locale, found[1], found[2]):
        return found[2]
    return core if new and _MIXED.fullmatch(core) else ""


def _in_one(code: str) -> bool:
    """Whether its pieces are one code: sign by sign, or cut in two ("K7 M2Q"); "15 y 20" and "15 dia" are none."""
    pieces = code.split()
    return any(map(_MIXES.match, pieces)) if len(pieces) == _HALVES else len(pieces) in {1, len(code.replace(" ", ""))}


def _told(words: Words, locale: str, head: str, code: str) -> bool:
    """Whether this is the word that people are told to send, and a code that can be nothing else."""
    return head in words.of(locale, "words.join")[:1] and " " not in code and _has_figure(code)


def _enters(words: Words, _: str, head: str, code: str) -> bool:
    """Whether these are words for coming in; around them others may stand where the code has a figure in it."""
    if head in said(words, "words.join") and _has_figure(code):
        return True
    firsts = {words.of(locale, "words.join")[:1] for locale in words.locales}
    if (head,) in firsts:
        return " " not in code and set(code.upper().translate(LOOKALIKES)) <= set(ALPHABET)
    known, tokens = said(words, "words.join", "words.group"), head.split()
    return bool(_MIXED.fullmatch(code)) and any(" ".join(tokens[at:to]) in known for at, to in _spans(len(tokens)))


def _has_figure(code: str) -> bool:
    return any(map(str.isdecimal, code))


def _spans(size: int) -> Iterator[tuple[int, int]]:
    return ((at, to) for at in range(size) for to in range(at + 1, size + 1))
