"""Numbers as people say them, in figures and in words, and the answer to a question for a whole number.

text2num reads the words; it knows nothing of "unos", of figures, or of Spanish without accents: that is done here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from text_to_num import text2num  # type: ignore[import-untyped]

from flows.model import UNKNOWN
from flows.reading import Heard, Outcome, Question, Read, Unclear
from flows.typed.matching import is_unknown, marked, without
from flows.words import Words, said, tidy

_TOKEN = re.compile(r"\d{1,2}(?: \d{3})+(?![\d.,'])|\d+(?:[.,']\d+)*|[^\W\d_]+|[^\w\s]|_")
_JOINED = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])|/(?!\s*\d)|(?<!\d)/")
"""A hyphen between words, and a stroke that divides no figures ("90 gramos/mes")."""
_POINT = re.compile(r"(?:(?<=\s)|^)\.(?=\d)|^,(?=\d)")
"""A decimal mark with nothing before it: ".5"."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,' ])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_BOTH = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+,|(?:,\d{3})+\.)\d+")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_LANGUAGES = ("es", "en", "fr", "pt")
_ACCENTED = {
    "es": {"veintidos": "veintidós", "veintitres": "veintitrés", "veintiun": "veintiún"},
    "fr": {"zero": "zéro"},
    "pt": {"milhao": "milhão", "milhoes": "milhões"},
    "en": {"a": "one", "an": "one"},
}
_NO_NUMBERS = (
    ["o"],
    ["os"],
    ["a"],
    ["an"],
    *([word] for word in ("tens", "hundreds", "thousands", "cientos", "miles")),
)
_FALSE_FRIENDS = {"en": ["once"]}
"""A number in another language, and none in this one: "once a month"."""
_ROUND = {"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40} | {
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}
"""French for about so many: "une vingtaine"."""
_MOST_WORDS = 12
_DOZEN, _THOUSAND = 12, 1000
_OF: tuple[list[str], ...] = ([], ["de"], ["d"], ["of"])
_LEAVE_OUT = frozenset(".,;:!¡()~*\"'+")
_COUNTED = {"days_month": "words.days"}
"""What the number of a question counts, where it is not people: "20 personas" is no number of days."""
_DIGITS = 9
"""Figures longer than this count no people and weigh no gold."""


def tokens(text: str) -> list[str]:
    """The figures (with their marks), words and signs of a text, without accents, case and hyphens between words."""
    return _TOKEN.findall(_JOINED.sub(" ", _POINT.sub("0.", tidy(text))))


def spoken(text: str) -> list[str]:
    """`tokens` without punctuation that means nothing beside a number."""
    return [token for token in tokens(text) if token not in _LEAVE_OUT]


def is_negative(said_tokens: Sequence[str]) -> bool:
    """Whether the text begins with a minus and a figure."""
    return len(said_tokens) > 1 and said_tokens[0] == "-" and said_tokens[1][0].isdigit()


def amounts(figures: str) -> tuple[float, ...]:
    """What figures can mean: two numbers for exactly three digits after a single mark, () where they mean none."""
    if len(figures) > 2 * _DIGITS:
        return ()
    if _AMBIGUOUS.fullmatch(figures):
        return _two_readings(float(re.sub("[.,]", "", figures)), float(figures.replace(",", ".")))
    if figures.isdecimal():
        return (float(figures),)
    if _GROUPED.fullmatch(figures):
        return (float(re.sub("[.,' ]", "", figures)),)
    if _BOTH.fullmatch(figures):
        head, tail = re.split(r"[.,](?=\d+$)", figures)
        return (float(f"{re.sub('[.,]', '', head)}.{tail}"),)
    decimal = _DECIMAL.fullmatch(figures)
    return (float(f"{decimal[1]}.{decimal[2]}"),) if decimal else ()


def _two_readings(thousands: float, decimal: float) -> tuple[float, float]:
    """Thousands first, except for "1.000": there the reply 1 must mean 1."""
    return (decimal, thousands) if decimal == 1 else (thousands, decimal)


def whole(figures: str) -> int | None:
    """The whole number that figures mean, three digits after a mark being thousands; None if it is not one."""
    if not figures.isdecimal() and not _GROUPED.fullmatch(figures):
        return None
    return int(re.sub("[.,' ]", "", figures))


def worded(words: Words, locale: str, parts: Sequence[str]) -> int | None:
    """The number these words say ("mil quinientos", "15 mil"), in the reader's language first; None if it is none."""
    if not 0 < len(parts) <= _MOST_WORDS or list(parts) == _FALSE_FRIENDS.get(locale[:2]):
        return None
    found = (_spelled(language, parts) for language in _languages(words, locale))
    number = next((value for value in found if value is not None), None)
    if number is None:
        number = _dozens(words, locale, parts)
    return _thousands(words, locale, parts) if number is None else number


def _dozens(words: Words, locale: str, parts: Sequence[str]) -> int | None:
    """The number of "dos docenas" and the like, also where "de" follows; "docenas" alone is none."""
    at = next((at for at, part in enumerate(parts) if part in said(words, "words.dozen")), None)
    if at is None or [*parts[at + 1 :]] not in _OF or (at == 0 and parts[0].endswith("s")):
        return None
    many = 1 if " ".join(parts[:at]) in said(words, "words.one") else _small(words, locale, parts[:at], 1)
    return None if many is None else many * _DOZEN


def _languages(words: Words, locale: str) -> list[str]:
    known = [locale, *words.locales]
    return list(dict.fromkeys(name[:2] for name in known if name[:2] in _LANGUAGES))


def _spelled(language: str, parts: Sequence[str]) -> int | None:
    if list(parts) in _NO_NUMBERS:
        return None  # text2num takes "o" and "os" for zeros in English; "a" alone is no one
    accents = _ACCENTED[language]
    try:
        return int(text2num(" ".join(accents.get(part, part) for part in parts), language))
    except ValueError:
        return _tens(language, parts) or _round(parts)


def _tens(language: str, parts: Sequence[str]) -> int | None:
    """Tens and ones apart: "diez y seis" and "veinte y cinco", as many write them."""
    if [*parts[1:2]] not in (["y"], ["e"]):
        return None
    tens, ones = _spelled(language, parts[:1]), _spelled(language, parts[2:])
    return None if tens not in {10, 20} or ones not in range(1, 10) else (tens or 0) + (ones or 0)


def _round(parts: Sequence[str]) -> int | None:
    return _ROUND.get(" ".join(parts).removeprefix("une ").removeprefix("un "))


def _thousands(words: Words, locale: str, parts: Sequence[str]) -> int | None:
    at = next((at for at, part in enumerate(parts) if part in said(words, "words.thousand")), None)
    if at is None:
        return None
    many, rest = _small(words, locale, parts[:at], 1), _small(words, locale, parts[at + 1 :], 0)
    return None if many is None or rest is None else many * _THOUSAND + rest


def _small(words: Words, locale: str, parts: Sequence[str], empty: int) -> int | None:
    """A number under a thousand beside the word "thousand", in figures or words."""
    if not parts:
        return empty
    value = int(parts[0]) if len(parts) == 1 and parts[0].isdecimal() else worded(words, locale, parts)
    return value if value is not None and value < _THOUSAND else None


def numeral(words: Words, locale: str, parts: Sequence[str]) -> float | None:
    """The one number that these tokens say, None where they say none, several or one with two readings."""
    if len(parts) == 1 and parts[0][0].isdigit():
        readings = amounts(parts[0])
        return readings[0] if len(readings) == 1 else None
    number = worded(words, locale, parts)
    return None if number is None else float(number)


def says_several(words: Words, locale: str, parts: Sequence[str]) -> bool:
    """Whether the tokens hold more than one number: "15 o 20", "entre 15 y 20", "quince a veinte"."""
    between = said(words, "words.range") | {"-", "/"}
    pieces, piece = 0, list[str]()
    for token in [*parts, "-"]:
        if token not in between:
            piece.append(token)
            continue
        pieces += _is_number(words, locale, piece)
        piece = []
    return pieces > 1 or sum(token[0].isdigit() for token in parts) > 1


def _is_number(words: Words, locale: str, piece: list[str]) -> bool:
    return any(token[0].isdigit() for token in piece) or worded(words, locale, piece) is not None


def read_number(heard: Heard) -> Outcome:
    """The answer to a question for a whole number, within its limits."""
    figures = heard.text.strip()
    if figures.isascii() and figures.isdecimal():
        return _within(heard.question, figures)
    if UNKNOWN in heard.question.choices and is_unknown(heard.words, heard.text):
        return Read(UNKNOWN)
    parts = marked(spoken(heard.text), _half_dozens(heard.words))
    if is_negative(parts):
        return Unclear("limits")
    return _counted(heard, without(parts, _beside(heard)))


@lru_cache(maxsize=8)
def _half_dozens(words: Words) -> Mapping[str, str]:
    """What people say for six, "media docena" -> the number, before "media" is taken for "about"."""
    halves, dozens = said(words, "words.half"), said(words, "words.dozen")
    phrases = (f"{half} {dozen}{of}" for half in halves for dozen in dozens for of in ("", " de", " d", " of"))
    return dict.fromkeys(phrases, str(_DOZEN // 2))


def _beside(heard: Heard) -> frozenset[str]:
    """What may stand beside the number: "unos", "somos", and what this question counts."""
    counted = _COUNTED.get(heard.question.id, "words.people")
    return said(heard.words, "words.about", "words.filler", "words.polite", counted)


def _counted(heard: Heard, parts: list[str]) -> Outcome:
    if len(parts) == 1 and whole(parts[0]) is not None:
        return _within(heard.question, re.sub("[.,' ]", "", parts[0]))
    if len(parts) == 1 and parts[0][0].isdigit():
        return Unclear("whole" if amounts(parts[0]) else "number")
    number = worded(heard.words, heard.locale, parts)
    if number is not None:
        return _within(heard.question, str(number))
    return Unclear("number_range" if says_several(heard.words, heard.locale, parts) else "number")


def _within(question: Question, figures: str) -> Outcome:
    if len(figures.lstrip("0")) > _DIGITS:
        return Unclear("limits")
    number = int(figures)
    low = question.least is not None and number < question.least
    high = question.most is not None and number > question.most
    return Unclear("limits") if low or high else Read(number)
