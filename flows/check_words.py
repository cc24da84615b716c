"""Whether the words of one language keep the options of a question, and the commands, apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from flows.commands import CARRIER_STOP, NAMES
from flows.model import UNKNOWN, Checklist
from flows.phases import CHOICES
from flows.words import Words

_HARMFUL = ("stop", "delete", "again")
"""Commands that end or throw away something: no option may sound like them."""


def lint_words(checklist: Checklist, words: Words, locale: str) -> list[str]:
    """Words that mean two things; empty where none does."""
    questions = {**{name: item.choices for name, item in checklist.items.items()}, **CHOICES}
    found = [mistake for name, codes in questions.items() for mistake in _question(words, locale, name, codes)]
    return found + [f"{locale}: {mistake}" for mistake in _commands(words, locale)]


def _question(words: Words, locale: str, name: str, codes: Sequence[str]) -> Iterator[str]:
    labels = {code: words.of(locale, f"{name}.{code}") for code in codes}
    for phrase, found in _shared(labels).items():
        yield f"{locale}: {name}: “{phrase}” is taken for {' and for '.join(found)}"
    harmful = {phrase: command for command in _HARMFUL for phrase in words.of(locale, f"words.{command}")}
    harmful |= dict.fromkeys(CARRIER_STOP, "stop")
    unsure = set(words.of(locale, "words.unknown"))
    for code, phrase in ((code, phrase) for code, phrases in labels.items() for phrase in phrases):
        if phrase in harmful and (name, harmful[phrase]) != ("delete", "delete"):
            yield f"{locale}: {name}.{code}: “{phrase}” is the command {harmful[phrase]}"
        if phrase in unsure and code != UNKNOWN and UNKNOWN in codes:
            yield f"{locale}: {name}.{code}: “{phrase}” is not knowing"
        if phrase.isdecimal():
            yield f"{locale}: {name}.{code}: “{phrase}” is the number of an option"


def _commands(words: Words, locale: str) -> Iterator[str]:
    """Commands that share a word, unless one of them only answers politeness."""
    lists = {name: words.of(locale, f"words.{name}") for name in NAMES}
    for phrase, found in _shared(lists).items():
        yield f"“{phrase}” is the command {' and '.join(found)}"


def _shared(lists: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Phrases that stand in more than one list, with the lists."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, phrases in lists.items():
        for phrase in dict.fromkeys(phrases):
            found[phrase].append(name)
    return {phrase: names for phrase, names in found.items() if len(names) > 1}
