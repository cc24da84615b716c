"""Choices of which a text says only a part, or with typos: taken where it says enough, else asked again.

A part of a synonym that many things begin with ("permission", "grupo de mineros") is no answer: a wrong silent reading
is worse than one more question, and worst where the choice would stop the application.
"""

from __future__ import annotations

from flows.assess import LADDER
from flows.reading import Heard
from flows.typed.matching import beginning, nearest, sides, typos, without
from flows.words import said

_EMPTY = (
    *("words.small", "words.filler", "words.polite", "words.about"),
    *("words.not", "words.yes", "words.no", "words.or", "words.and"),
)
_GENERAL = (*_EMPTY, "words.people", "words.group")
"""Lists of words that tell nothing by themselves; the last two only where they stand in a label."""
_SAYING = 2
"""Words that a part of a synonym has to have which tell something; of a label one is enough."""


def begun(heard: Heard, text: str) -> tuple[str, ...]:
    """The choices that begin with the text; one alone only where the text says enough."""
    labels = heard.labels()
    found = beginning(text, labels, heard.either())
    return found if len(found) != 1 or _says_enough(heard, text, found[0]) else ()


def near(heard: Heard, *texts: str) -> tuple[str, ...]:
    """The choices that are nearest to the first of the texts that is near any; one alone as in `begun`."""
    labels, negations = heard.labels(), said(heard.words, "words.not")
    for text in texts:
        found = nearest(text, labels, negations)
        if found:
            whole = any(typos(text, phrase) is not None for phrase in labels[found[0]])
            return found if len(found) > 1 or whole or _says_enough(heard, text, found[0]) else ()
    return ()


def _says_enough(heard: Heard, text: str, code: str) -> bool:
    either, label = heard.either(), heard.labels()[code][:1]
    if beginning(text, {code: label}, either):
        return text in sides(label[0], either) or _telling(heard, text, _EMPTY) > 0
    return _telling(heard, text, _GENERAL) >= _SAYING and not stops(heard, code)


def _telling(heard: Heard, text: str, empty: tuple[str, ...]) -> int:
    return len(without(text.split(), said(heard.words, *empty)))


def stops(heard: Heard, code: str) -> bool:
    """Whether the choice would stop the application."""
    item = heard.checklist.items.get(heard.question.id)
    return item is not None and item.rule.get(code) in LADDER[:2]
