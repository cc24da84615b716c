"""Comparing phrases: polite words around them, whole-word beginnings, small typos, and what a bare "?" is.

All texts here are already through `plain`. It says how near things are; what follows from that is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rapidfuzz.distance import OSA

from flows.words import Words, plain, said

Labels = Mapping[str, Sequence[str]]
"""A choice's code -> its label and synonyms."""

_LETTERS = 4
"""Shorter texts begin nothing and are no typing error of anything."""
_WORDS = 6
"""No phrase to be taken out of a text has more."""
LONGEST = 300
"""Longer messages are no answer to a choice, a number or a country."""


def asks_nothing(text: str) -> bool:
    """Whether the message is only question marks, which stand for "I don't know"."""
    marks = text.strip()
    return bool(marks) and not marks.strip("?¿ \N{FULLWIDTH QUESTION MARK}\u2753\u2754\ufe0f")


def is_unknown(words: Words, text: str) -> bool:
    """Whether the whole message says that the person does not know."""
    return asks_nothing(text) or says(words, "words.unknown", plain(text))


def says(words: Words, key: str, text: str) -> bool:
    """Whether the text is a phrase of this key in any language, as it stands or without polite words around it."""
    phrases = said(words, key)
    return text in phrases or bare(words, text) in phrases


def bare(words: Words, text: str, *keys: str) -> str:
    """The text without polite words (or these keys') at its ends, nor repetition: "si si señor" is "si"."""
    tokens = text.split()
    padding = said(words, *(keys or ("words.polite",)))
    while (rest := _shorter(tokens, padding)) != tokens:
        tokens = rest
    return " ".join(once(tokens))


def once(tokens: Sequence[str]) -> list[str]:
    """The tokens without immediate repetitions."""
    return [token for at, token in enumerate(tokens) if at == 0 or token != tokens[at - 1]]


def _shorter(tokens: list[str], padding: frozenset[str]) -> list[str]:
    for size in range(min(4, len(tokens) - 1), 0, -1):
        if " ".join(tokens[:size]) in padding:
            return tokens[size:]
        if " ".join(tokens[-size:]) in padding:
            return tokens[:-size]
    return tokens


def without(tokens: Sequence[str], phrases: frozenset[str]) -> list[str]:
    """The tokens without these phrases, wherever they stand, the longest first."""
    return [token for token in _replaced(tokens, lambda phrase: "" if phrase in phrases else None) if token]


def marked(tokens: Sequence[str], phrases: Mapping[str, str]) -> list[str]:
    """The tokens with each of these phrases replaced by its mark, the longest first."""
    return _replaced(tokens, phrases.get)


def _replaced(tokens: Sequence[str], mark_of: Callable[[str], str | None]) -> list[str]:
    rest = list(tokens)
    for size in range(min(_WORDS, len(rest)), 0, -1):
        at = 0
        while at + size <= len(rest):
            mark = mark_of(" ".join(rest[at : at + size]))
            if mark is not None:
                rest[at : at + size] = [mark]
            at += 1
    return rest


def begins(phrase: str, beginning: str) -> bool:
    """Whether the phrase begins with these whole words."""
    return phrase == beginning or phrase.startswith(f"{beginning} ")


def exactly(text: str, labels: Labels) -> tuple[str, ...]:
    """The choices that have the text among their phrases."""
    return tuple(code for code, phrases in labels.items() if text in phrases)


def beginning(text: str, labels: Labels, either: frozenset[str]) -> tuple[str, ...]:
    """The choices of which a phrase, or a side of an "or" in it, begins with the text; a short text begins none."""
    if len(text) < _LETTERS:
        return ()
    return tuple(code for code, phrases in labels.items() if any(_begins(phrase, text, either) for phrase in phrases))


def _begins(phrase: str, text: str, either: frozenset[str]) -> bool:
    return begins(phrase, text) or any(begins(side, text) for side in sides(phrase, either)[1:])


def sides(phrase: str, either: frozenset[str]) -> list[str]:
    """What stands between the words for "or": "no o a medias" is "no" and "a medias"."""
    found: list[list[str]] = [[]]
    for token in phrase.split():
        if token in either:
            found.append([])
        else:
            found[-1].append(token)
    return [" ".join(side) for side in found]


def nearest(text: str, labels: Labels, negations: frozenset[str]) -> tuple[str, ...]:
    """The choices that differ from the text by the fewest small typos; several if equally near, () if none is near.

    A phrase with other negating words ("no", "sin") is never taken, nor one that is longer only at its front ("ilegal"
    and "legal"); but if it is as near, the text may have meant it, and both are returned.
    """
    found = {code: _least(text, phrases, negations) for code, phrases in labels.items()}
    best = min((typo for typo in found.values() if typo is not None), default=None)
    if best is None:
        return ()
    return tuple(code for code, phrases in labels.items() if found[code] == best or _as_near(text, phrases, best))


def _least(text: str, phrases: Sequence[str], negations: frozenset[str]) -> int | None:
    whole = (side for phrase in phrases for side in _beginnings(phrase, text))
    found = (typos(text, phrase) for phrase in whole if _same_sense(text, phrase, negations))
    return min((typo for typo in found if typo is not None), default=None)


def _beginnings(phrase: str, text: str) -> tuple[str, ...]:
    """The phrase, and as many of its first words as the text has, if these are several."""
    size = text.count(" ") + 1
    return (phrase, " ".join(phrase.split()[:size])) if 1 < size <= phrase.count(" ") else (phrase,)


def _as_near(text: str, phrases: Sequence[str], best: int) -> bool:
    return any(OSA.distance(text, side) <= best for phrase in phrases for side in _beginnings(phrase, text))


def _same_sense(text: str, phrase: str, negations: frozenset[str]) -> bool:
    if text.endswith(phrase) or phrase.endswith(text):
        return text == phrase
    typed, meant = text.split(), phrase.split()
    added = negations.intersection(typed).difference(meant)
    return not added and all(_has(typed, negation) for negation in negations.intersection(meant))


def _has(tokens: Sequence[str], negation: str) -> bool:
    """Whether the negation is among the tokens; a longer one may be misspelt ("nunka")."""
    return negation in tokens or any(len(token) > _LETTERS and typos(token, negation) is not None for token in tokens)


def typos(text: str, phrase: str) -> int | None:
    """How many typing errors lie between the two; None where that is more than their length allows."""
    allowed = slack(min(text, phrase, key=len))
    if not allowed or abs(len(text) - len(phrase)) > allowed:
        return None
    distance = OSA.distance(text, phrase, score_cutoff=allowed)
    return distance if distance <= allowed else None


def slack(text: str) -> int:
    """How many typing errors a text of this length may have; short texts and short words in a row may have none."""
    letters = len(text)
    if " " in text:
        return min(3, letters // 8)
    return 0 if letters < _LETTERS else min(2, 1 + letters // 9)
