"""The number of a case: eight characters that can be dictated, such as 7K3M-2QX8.

Crockford's base 32 without I, L, O and U: one character for the partition, six by chance, one check character
(ISO 7064, hybrid system): one wrong character is always noticed, two swapped ones nearly always.
"""

from __future__ import annotations

from stdnum.iso7064 import mod_37_36

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", ".": ""})
EXAMPLE = "7K3M-2QX8"
_CHANCE = 6


def make(partition: int, chance: int) -> str:
    """The reference of a partition (0 to 31) and a random number."""
    body = ALPHABET[partition % 32] + "".join(ALPHABET[(chance >> 5 * place) % 32] for place in range(_CHANCE))
    whole = body + mod_37_36.calc_check_digit(body, ALPHABET)
    return f"{whole[:4]}-{whole[4:]}"


def read(text: str) -> str | None:
    """A reference as somebody typed or dictated it, in its written form; None if it is none."""
    bare = text.upper().translate(LOOKALIKES)
    if len(bare) != _CHANCE + 2 or not mod_37_36.is_valid(bare, ALPHABET):
        return None
    return f"{bare[:4]}-{bare[4:]}"


def partition(reference: str) -> int:
    """The partition a reference was made in."""
    return ALPHABET.index(reference[0])
