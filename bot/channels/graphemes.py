"""Where one written character ends and the next begins, as Twilio's segment calculator sees it.

The rules are UAX #29's of Unicode 10, which that calculator is built on; marks are known by Python's own tables, so
scripts that came to Unicode later may be cut at other places.
"""

from __future__ import annotations

import re
import unicodedata

_RANGES = {
    "c": "00AD 061C 180E 200B 200E-200F 2028-202E 2060-206F FEFF FFF0-FFFB 1BCA0-1BCA3 1D173-1D17A E0000-E001F",
    "P": "0600-0605 06DD 070F 08E2 0D4E 110BD 111C2-111C3 11A3A 11A86-11A89 11D46",
    "e": "200C FF9E-FF9F E0020-E007F",
    "s": "0E33 0EB3",
    "o": "102B-102C 1038 1062-1064 1067-106D 1083 1087-108C 108F 109A-109C 1715 1A61 1A63-1A64 AA7B AA7D 11145-11146",
    "z": "200D",
    "R": "1F1E6-1F1FF",
    "L": "1100-115F A960-A97C",
    "V": "1160-11A7 D7B0-D7C6",
    "T": "11A8-11FF D7CB-D7FB",
    "m": "1F3FB-1F3FF",
    "B": "261D 26F9 270A-270D 1F385 1F3C2-1F3C4 1F3C7 1F3CA-1F3CC 1F442-1F443 1F446-1F450 1F46E 1F470-1F478 1F47C"
    " 1F481-1F483 1F485-1F487 1F4AA 1F574-1F575 1F57A 1F590 1F595-1F596 1F645-1F647 1F64B-1F64F 1F6A3 1F6B4-1F6B6"
    " 1F6C0 1F6CC 1F918-1F91C 1F91E-1F91F 1F926 1F930-1F939 1F93D-1F93E 1F9D1-1F9DD",
    "E": "1F466-1F469",
    "G": "2640 2642 2695-2696 2708 2764 1F308 1F33E 1F373 1F393 1F3A4 1F3A8 1F3EB 1F3ED 1F48B 1F4BB-1F4BC 1F527 1F52C"
    " 1F5E8 1F680 1F692",
}
"""Letter of a class -> its code points, from GraphemeBreakProperty-10.0.0. The letters are those of `_CLUSTER`."""

_BY_CATEGORY = {"Mn": "e", "Me": "e", "Mc": "s", "Cc": "c", "Cs": "c"}
_SYLLABLES = range(0xAC00, 0xD7A4)

_CLUSTER = re.compile(
    r"""c                                             # a control character stands alone
    | (?: P*(?: L*(?:[VH]V*|K)T* | L+ | T+            # a Hangul syllable
              | RR?                                   # a flag
              | [BE](?:e?m)?                          # a person, with a colour of skin
              | [^cP] )
        | P+ )
      [sz]* (?: (?<=z)(?:G|Em?)[sz]* )*               # what is glued on by a joiner
      [esz]* (?: (?<=z)(?:G|E(?:em)?)[esz]* )*        # the same after a mark: that hides a later colour from Twilio
    """,
    re.VERBOSE,
)


def _points(ranges: str) -> list[int]:
    pairs = (part.partition("-") for part in ranges.split())
    return [point for first, _, last in pairs for point in range(int(first, 16), int(last or first, 16) + 1)]


class _Classes(dict[int, str]):
    """Code point -> letter of its class; learnt as they come by, since a text uses few."""

    def __missing__(self, point: int) -> str:
        self[point] = letter = _letter(point)
        return letter


def _letter(point: int) -> str:
    if point in _SYLLABLES:
        return "K" if (point - _SYLLABLES.start) % 28 else "H"
    return _BY_CATEGORY.get(unicodedata.category(chr(point)), "o")


_CLASS = _Classes({point: letter for letter, ranges in _RANGES.items() for point in _points(ranges)})


def lengths(text: str) -> list[int]:
    """The UTF-16 units of each written character in `text`; a line end of CR LF is two."""
    found = _CLUSTER.finditer(text.translate(_CLASS))
    return [utf16(text[match.start() : match.end()]) for match in found]


def utf16(text: str) -> int:
    """How many UTF-16 units `text` takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
