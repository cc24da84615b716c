"""The codes of a room: five signs to come in by, twelve for its page. They are made of chance and can be dictated."""

from __future__ import annotations

from hashlib import blake2b

from flows.reference import ALPHABET, LOOKALIKES
from flows.scene import Scene

ENTRY, PAGE = 5, 12
OPEN_FOR = 12 * 3600
"""Seconds that a code holds."""
_BYTES = 8
_FIGURES, _LETTERS = ALPHABET[:10], ALPHABET[10:]


def make(scene: Scene, what: str, length: int) -> str:
    """A code for `what`: first the partition in which it is looked up, then chance.

    Among the first two signs is one figure: "unirme" and five letters could be a name.
    """
    rest, first = drawn(scene, what), ALPHABET[scene.arrival.partition % 32]
    other = _LETTERS if first in _FIGURES else _FIGURES
    signs = (ALPHABET[(rest >> 5 * place) % 32] for place in range(1, length - 1))
    return first + other[(rest >> 60) % len(other)] + "".join(signs)


def drawn(scene: Scene, what: str) -> int:
    """A number of 64 bits from the turn's chance; nothing of it tells of another one."""
    return int.from_bytes(blake2b(f"{scene.arrival.chance}:{what}".encode(), digest_size=_BYTES).digest())


def read(text: str) -> str | None:
    """The code of a room as somebody typed it; None if it is none."""
    bare = text.upper().translate(LOOKALIKES)
    return bare if len(bare) == ENTRY and set(bare) <= set(ALPHABET) else None
