"""Counts that may be shown: what is under five is hidden, and so much beside it that it can't be worked out.

The sum of all is taken as known, wherever it stands, once it is not under five itself.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

FEWEST = 5
FEW, ALSO = f"<{FEWEST}", "-"
"""Instead of a count so small that it may tell of somebody, and of one from which such a one could be worked out."""

Shown = int | str
K = TypeVar("K", bound=Hashable)


def row(counts: Mapping[K, int]) -> dict[K, Shown]:
    """Counts that make up a whole, as they may be shown: each that is told to be few may be anything from 0 to 4."""
    hidden = {key: count for key, count in counts.items() if count < FEWEST}
    left = sorted((key for key in counts if key not in hidden), key=counts.__getitem__, reverse=True)
    while left and not _safe(hidden.values()):
        smallest = left.pop()
        hidden[smallest] = counts[smallest]
    if not _safe(hidden.values()) and sum(counts.values()) >= FEWEST:
        return dict.fromkeys(counts, ALSO)
    return {key: _mark(count) if key in hidden else count for key, count in counts.items()}


def part(count: int, whole: int) -> Shown:
    """So many of a whole that is known: neither these nor the others may be few, unless there are none of them."""
    if 0 < whole - count < FEWEST <= count:
        return ALSO
    return figure(count)


def steps(counts: Iterable[int]) -> list[Shown]:
    """Counts of which each is what is left of the one before: that few were lost between two is not shown either."""
    found: list[Shown] = []
    last: int | None = None
    for count in counts:
        lost = last is not None and 0 < abs(last - count) < FEWEST <= count
        found.append(ALSO if lost else figure(count))
        last = last if lost or count < FEWEST else count
    return found


def figure(count: int) -> Shown:
    """A count that belongs to no whole."""
    return FEW if count < FEWEST else count


def _safe(hidden: Iterable[int]) -> bool:
    """Whether their sum leaves it open how small the small ones are.

    One is hidden beside them that is known to be five or more, and it may be so much more that they are none, or so
    much less that any of them is four.
    """
    counts = list(hidden)
    large = sum(count >= FEWEST for count in counts)
    return not counts or (large > 0 and sum(counts) - FEWEST * large >= FEWEST - 1)


def _mark(count: int) -> str:
    return FEW if count < FEWEST else ALSO
