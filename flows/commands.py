"""The commands that a person can send at any time, by key or by word, in any language.

What a command does is in `doing`. A question's own words win over commands, except for opting out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from flows.model import Kind
from flows.reading import Question
from flows.typed.matching import bare, beginning, exactly, says, slack
from flows.words import Words, plain, said, tidy

NAMES = (
    *("stop", "delete", "menu", "next", "back", "why", "person", "change", "continue", "language"),
    *("start", "again", "status", "thanks", "hello", "together", "single"),
    *("omit", "means", "enough", "undo", "data", "others", "lock", "group", "leave", "questions", "private"),
)
_KEYS = {"0": "back", "00": "back", "9": "menu", "99": "menu", "8": "next"}
_DIGITS_ARE_NUMBERS = frozenset({"number", "quantity"})
CARRIER_STOP = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
_CARRIER_START = frozenset({"start", "unstop"})
"""Twilio, "Support for opt-out keywords"; YES is not among them here, as it answers questions."""
_FIRM = frozenset({"again", "delete", "stop"})
"""Never understood from a misspelt word: they put everything away, or end the messages."""
_OWNERS = frozenset({"role", "organised", "community_based"})
_PEOPLE = frozenset({"hired", "others_in_area", "children", "minors_danger", "forced_work"})
_CHECKING = frozenset({"internal_control", "mercury_handlers", "explosives_safe"})
_GROUPS = frozenset({"organised", "community_based", "others_in_area", "hired"})
_NOT_AT = {
    "private": _OWNERS,
    "person": _PEOPLE | _CHECKING | {"organised", "community_based"},
    "group": _GROUPS,
}
"""Where what may be an answer ("privada", "una persona") is none of these commands; whole sentences are."""
_LETTERS_FOR_TYPOS = 6
_ANSWERS = ("words.yes", "words.no", "words.unknown")
_LONGEST = 80


class Command(msgspec.Struct, frozen=True):
    """A command; `argument` is the item's number of "change", or the locale of "language"."""

    name: str
    argument: str = ""


def command(
    words: Words, locale: str, text: str, *, kind: Kind | None, question: Question | None = None
) -> Command | None:
    """The command that the whole message is, or None.

    `kind` is that of the pending question: where numbers are asked for only 00 and 99 are keys, and at free text only
    opt-out words, keys and the word for menu count. With `question`, its own labels and synonyms are no commands.
    """
    if len(text) > _LONGEST:
        return None
    key = _key(text, kind)
    if key:
        return Command(key)
    if _slashed(text) == "start":
        return Command("start")  # Telegram's button wrote it, whatever is asked
    worded = _slashed(text) or plain(text)
    if not worded or worded.isdecimal():
        return None
    return Command("stop") if _is_stop(words, worded) else _other(words, locale, worded, kind, question)


def _other(words: Words, locale: str, text: str, kind: Kind | None, question: Question | None) -> Command | None:
    """A command other than opting out, by word."""
    if kind == "text":
        return Command("menu") if text in _menu_words(words) else None
    if question is not None and _own_word(words, locale, text, question):
        return None
    found = _worded(words, locale, text)
    if found is None:
        return _misspelt(words, text, locale, question) if _typed(kind) and not _vague(words, text) else None
    return None if question is not None and _may_answer(words, found.name, text, question.id) else found


def _may_answer(words: Words, name: str, text: str, question: str) -> bool:
    """Whether the word for this command may be an answer to the question, so that it is no command there."""
    if name == "group":
        return question in _GROUPS or (question != "role" and _vague(words, text))
    counted = name == "person" and question == "miners" and " " in text  # "una persona" is how many work there
    return (counted or question in _NOT_AT.get(name, ())) and _vague(words, text)


def _vague(words: Words, text: str) -> bool:
    return says(words, "words.vague", text)


def _key(text: str, kind: Kind | None) -> str | None:
    if kind in _DIGITS_ARE_NUMBERS:
        return {"00": "back", "99": "menu"}.get(tidy(text).strip())
    key = _KEYS.get(tidy(text).strip(" \t\r\n.)(#"))
    return None if kind == "text" and key == "next" else key


def _slashed(text: str) -> str | None:
    """The word of a Telegram command: "menu" of "/menu@BateaBot"; what follows "/start" is for the channel."""
    slashed = re.match(r"\s*/([A-Za-z0-9_]+)(?:@\w+)?(?:\s|$)", text)
    return plain(slashed[1]) if slashed else None


def _is_stop(words: Words, text: str) -> bool:
    return text in CARRIER_STOP or text in said(words, "words.stop")


@lru_cache(maxsize=8)
def _menu_words(words: Words) -> frozenset[str]:
    """The word for menu itself: "ayuda" and "info" may be part of a name."""
    phrases = (lexicon.phrases.get("words.menu", ()) for lexicon in words.locales.values())
    return frozenset(first for first, *_ in filter(None, phrases))


def _own_word(words: Words, locale: str, text: str, question: Question) -> bool:
    if question.id == "role" and text in said(words, "words.group"):
        return False  # "I assist the group" is no answer to be had with that one word
    labels = {code: words.of(locale, f"{question.id}.{code}") for code in question.choices}
    begun = () if question.sensitive else beginning(text, labels, frozenset(words.of(locale, "words.or")))
    return bool(exactly(text, labels) or begun)


def _worded(words: Words, locale: str, text: str) -> Command | None:
    for candidate in (text, bare(words, text)):
        found = _phrases(words, locale).get(candidate) or _with_argument(words, locale, candidate)
        if found:
            return found
    return None


@lru_cache(maxsize=32)
def _phrases(words: Words, locale: str) -> Mapping[str, Command]:
    """Every phrase -> its command; where languages differ, the person's own decides."""
    found = dict.fromkeys(_CARRIER_START, Command("start"))
    for language in (*(name for name in words.locales if name != locale), locale):
        found |= _phrases_of(words, language)
    for region in words.regions:
        found |= dict.fromkeys(words.names_of(region), Command("language", region))
    return found


@lru_cache(maxsize=32)
def _phrases_of(words: Words, locale: str) -> Mapping[str, Command]:
    """Every phrase of one language -> its command."""
    found: dict[str, Command] = {}
    for name in reversed(NAMES):
        found |= dict.fromkeys(words.of(locale, f"words.{name}"), Command(name))
    for code in words.locales:
        found |= dict.fromkeys(words.of(locale, f"words.language.{code}"), Command("language", code))
    return found


def _with_argument(words: Words, locale: str, text: str) -> Command | None:
    """A command with what it is about: "cambiar 27", "clave 1234", "idioma inglés"."""
    head, _, last = text.rpartition(" ")
    named = _phrases(words, locale).get(_without_option(words, head))
    if named == Command("change") and re.fullmatch(r"[0-9]{1,3}", last):
        return Command("change", str(int(last)))
    if named == Command("lock") and re.fullmatch(r"[0-9]+", last):
        return Command("lock", last)
    other = _phrases(words, locale).get(last) if named == Command("language") else None
    return other if other and other.name == "language" else None


def _without_option(words: Words, head: str) -> str:
    """The command before "la pregunta" or the like."""
    tokens = head.split()
    while len(tokens) > 1 and tokens[-1] in said(words, "words.option"):
        tokens.pop()
    return " ".join(tokens)


@lru_cache(maxsize=32)
def _long_phrases(words: Words, locale: str) -> tuple[str, ...]:
    """Those of the person's own language: "correcto" is no misspelt "correção"."""
    return tuple(phrase for phrase in _phrases_of(words, locale) if len(phrase) >= _LETTERS_FOR_TYPOS)


def _typed(kind: Kind | None) -> bool:
    """Where a small typo in a command is looked for: not where names and numbers are typed."""
    return kind in {None, "one", "several"}


def _misspelt(words: Words, text: str, locale: str, question: Question | None) -> Command | None:
    """The command whose word, of six letters or more, is nearest; none if an option is as near."""
    if len(text) < _LETTERS_FOR_TYPOS or any(says(words, key, text) for key in _ANSWERS):
        return None
    near = extract(text, _long_phrases(words, locale), scorer=OSA.distance, score_cutoff=slack(text), limit=9)
    best = min((int(distance) for _, distance, _ in near), default=0)
    commands = {_phrases_of(words, locale)[phrase] for phrase, distance, _ in near if distance == best}
    if len(commands) != 1 or _option_as_near(words, locale, text, best, question):
        return None
    found = commands.pop()
    elsewhere = question is not None and question.id in _NOT_AT.get(found.name, ())
    return None if elsewhere or found.name in _FIRM else found


def _option_as_near(words: Words, locale: str, text: str, distance: int, question: Question | None) -> bool:
    if question is None:
        return False
    phrases = (phrase for code in question.choices for phrase in words.of(locale, f"{question.id}.{code}"))
    return any(OSA.distance(text, phrase) <= distance for phrase in phrases)
