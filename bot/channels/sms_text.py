"""What a text costs as SMS, and how it is written to cost less: GSM-7 has é ñ ¿ but neither á nor “.

Which words are sent is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from typing import Literal, NamedTuple

from bot.channels import graphemes

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = "\f^{}\\[~]|€"
"""3GPP TS 23.038, 6.2.1: the default alphabet and the characters that take two places in it."""

_ALONE, _JOINED = 160, 153
_UCS2_ALONE, _UCS2_JOINED = 70, 67
"""Units of a message of one part, and of each part of a longer one."""

_ALL_GSM = re.compile(f"[{re.escape(_BASIC + _EXTENDED)}]*").fullmatch
_DOUBLE = re.compile(f"[{re.escape(_EXTENDED)}]")

_PLAIN = {
    "'": "‘’‚‛′´`ʼ‹›",
    '"': "“”„‟″«»",
    "-": "‐‑‒–—―−•‣◦▪●·∙",
    "...": "…",
    " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "\n": "\r\u0085\u2028\u2029",
    "": "\u00ad\u200b\u200e\u200f\u2060\ufeff",
    "/": "÷⁄∕",
    "oe": "œ",
    "OE": "Œ",
    "d": "đð",
    "D": "ĐÐ",
    "l": "ł",
    "L": "Ł",
    "h": "ħ",
    "i": "ı",
    "o": "º°",
    "a": "ª",
    "x": "×",
    "1/2": "½",
    "1/4": "¼",
    "3/4": "¾",
    "1": "¹",
    "2": "²",
    "3": "³",
    "->": "→",
    "<=": "≤",
    ">=": "≥",
    "(c)": "©",
    "(r)": "®",
    "(tm)": "™",
}
"""What is written -> what it stands for."""

_ACCENTED = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
_LOOSE_ACCENT = re.compile("(?<=[A-Za-zÀ-ɏ])[\u0300-\u036f]+")
_GUILLEMETS = re.compile(r"«\s*|\s*»")


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _table() -> dict[int, str]:
    accented = (chr(point) for points in _ACCENTED for point in points)
    table = {ord(letter): _bare(letter) for letter in accented if not _ALL_GSM(letter) and _ALL_GSM(_bare(letter))}
    return table | {ord(written): plain for plain, many in _PLAIN.items() for written in many}


_FOLDED = _table()


class Units(NamedTuple):
    """What a text takes: septets of GSM-7 or 16-bit units of UCS-2, and the parts it is sent and paid in."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    segments: int


def fold(text: str, locale: str) -> str:
    """`text` composed (NFC) and, where it can be said in GSM-7, said in it; other scripts and emoji stay.

    Twilio's own smart encoding folds no accent, and tears a decomposed ñ apart: hence before it, and by ourselves.
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if _ALL_GSM(composed) and "\r" not in composed:
        return composed
    if locale.startswith("fr"):
        # French sets its guillemets off with spaces; plain quotes stand close.
        composed = _GUILLEMETS.sub('"', composed)
    return _LOOSE_ACCENT.sub("", composed).translate(_FOLDED)


def units(text: str) -> Units:
    """Encoding, units and segments of `text` as it stands; the same as Twilio's segment calculator says."""
    if _ALL_GSM(text):
        doubles = len(_DOUBLE.findall(text))
        return Units("GSM-7", len(text) + doubles, _gsm_segments(text, len(text) + doubles))
    total = graphemes.utf16(text)
    return Units("UCS-2", total, _ucs2_segments(text, total))


def segments(text: str) -> int:
    """How many SMS `text` is sent in, at least one."""
    return units(text).segments


def _gsm_segments(text: str, total: int) -> int:
    if total <= _ALONE:
        return 1
    if total == len(text):
        return -(-total // _JOINED)
    return _parts([2 if char in _EXTENDED else 1 for char in text], _ALONE, _JOINED)


def _ucs2_segments(text: str, total: int) -> int:
    return 1 if total <= _UCS2_ALONE else _parts(graphemes.lengths(text), _UCS2_ALONE, _UCS2_JOINED)


def _parts(sizes: list[int], alone: int, part: int) -> int:
    """The parts that characters of these sizes fill, none of them cut, knowing that they do not fit into one.

    As the calculator does it: the first part is filled as if it were alone; when it overflows it makes room for the
    header, and what it gives up goes into the second together with the character that did not fit.
    """
    sums = list(accumulate(sizes))
    first = next(index for index, total in enumerate(sums) if total > alone)
    kept = max((total for total in sums[:first] if total <= part), default=0)
    count, used = 2, sums[first] - kept
    for size in sizes[first + 1 :]:
        fits = used + size <= part
        count, used = (count, used + size) if fits else (count + 1, size)
    return count
