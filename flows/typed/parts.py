"""Choices of which a text says only a part, or with typos: taken where it says enough, else asked again.

A part of a synonym that many things begin with ("permission", "grupo de mineros") is no answer: a wrong silent reading
is worse than one more question, and worst where the choice would stop the application.
"""

from __future__ import annotations

from flows.assess import LADDER
from flows.reading import Heard
from flows.typed.matching import bare, beginning, nearest, says, sides, typos, without
from flows.words import said

_SMALL = ("words.small", "words.filler", "words.polite", "words.about", "words.one")
_EMPTY = (*_SMALL, "words.not", "words.yes", "words.no", "words.or", "words.and")
_GENERAL = (*_EMPTY, "words.people", "words.group")
"""Lists of words that tell nothing by themselves; those of the last two tell something in a label."""
_SAYING = 2
"""Words that a part of a synonym has to have which tell something; of a label one is enough, unless it would stop."""


def partly(heard: Heard, *texts: str) -> tuple[str, ...]:
    """The choices that one of the texts begins, else is nearest to; one alone only where the text says enough."""
    found = begun(heard, *texts)
    if found is None:
        found = next(filter(None, (_near(heard, text) for text in texts)), ())
    return found


def begun(heard: Heard, *texts: str) -> tuple[str, ...] | None:
    """The choices that the first of these texts begins, as in `partly`; None where none begins any."""
    for text in texts:
        found = beginning(text, heard.labels(), heard.either())
        if found:
            return found if len(found) > 1 or _says_enough(heard, text, found[0]) else ()
    return None


def _near(heard: Heard, text: str) -> tuple[str, ...]:
    labels = heard.labels()
    found = nearest(text, labels, said(heard.words, "words.not"))
    whole = len(found) != 1 or any(typos(text, phrase) is not None for phrase in labels[found[0]])
    return found if whole or _says_enough(heard, text, found[0]) else ()


def agrees(heard: Heard, key: str, text: str) -> bool:
    """Whether the text is a yes (or a no): in the person's own language, else in one where it is not just "the" here.

    Where it could do harm only their own language counts.
    """
    own = heard.words.of(heard.locale, key)
    if text in own or bare(heard.words, text) in own:
        return True
    small = {word for name in _SMALL for word in heard.words.of(heard.locale, name)}
    return not heard.question.sensitive and text not in small and says(heard.words, key, text)


def _says_enough(heard: Heard, text: str, code: str) -> bool:
    either, label = heard.either(), heard.labels()[code][:1]
    if beginning(text, {code: label}, either):
        return text in sides(label[0], either) or _telling(heard, text, _EMPTY) > stops(heard, code)
    return _telling(heard, text, _GENERAL) >= _SAYING and not stops(heard, code)


def _telling(heard: Heard, text: str, empty: tuple[str, ...]) -> int:
    return len(without(text.split(), said(heard.words, *empty)))


def stops(heard: Heard, code: str) -> bool:
    """Whether the choice would stop the application."""
    item = heard.checklist.items.get(heard.question.id)
    return item is not None and item.rule.get(code) in LADDER[:2]
