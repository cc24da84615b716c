"""Counts of a table that may be shown: what is under five is hidden, and so much beside it that it can't be worked out.

The sums of rows and columns stand in other tables too: they are taken as known wherever they are not hidden here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

FEWEST = 5
FEW, ALSO = f"<{FEWEST}", "-"
"""Instead of a count so small that it may tell of somebody, and of one that would give such a one away."""

Shown = int | str
K = TypeVar("K", bound=Hashable)
_Place = tuple[int, int]


def row(counts: Mapping[K, int]) -> dict[K, Shown]:
    """Counts that make up a whole, as they may be shown."""
    [shown], _, _ = table([list(counts.values())])
    return dict(zip(counts, shown, strict=True))


def part(count: int, whole: int) -> Shown:
    """So many of a whole that is known: neither these nor the others may be few, unless there are none of them."""
    if 0 < whole - count < FEWEST <= count:
        return ALSO
    return FEW if count < FEWEST else count


def table(counts: Sequence[Sequence[int]]) -> tuple[list[list[Shown]], list[Shown], list[Shown]]:
    """The rows of a table as they may be shown, the sums of its rows, and those of its columns; the last is all."""
    whole = [[*line, sum(line)] for line in counts]
    whole.append([sum(column) for column in zip(*whole, strict=True)])
    hidden = {at for at, count in _cells(whole) if count < FEWEST}
    while more := next((cell for line in _lines(whole) if (cell := _one_more(whole, line, hidden))), None):
        hidden.add(more)
    shown = [
        [(FEW if n < FEWEST else ALSO) if (y, x) in hidden else n for x, n in enumerate(line)]
        for y, line in enumerate(whole)
    ]
    return [line[:-1] for line in shown[:-1]], [line[-1] for line in shown[:-1]], shown[-1]


def _cells(whole: list[list[int]]) -> Iterator[tuple[_Place, int]]:
    return (((y, x), count) for y, line in enumerate(whole) for x, count in enumerate(line))


def _lines(whole: list[list[int]]) -> Iterator[list[_Place]]:
    """Every row and column, its sum last; and all cells, with the sum of all."""
    height, width = len(whole), len(whole[0])
    yield [*((y, x) for y in range(height - 1) for x in range(width - 1)), (height - 1, width - 1)]
    yield from ([(y, x) for x in range(width)] for y in range(height))
    yield from ([(y, x) for y in range(height)] for x in range(width))


def _one_more(whole: list[list[int]], line: list[_Place], hidden: set[_Place]) -> _Place | None:
    """What else has to be hidden in this line; None where nothing hidden can be worked out from the rest.

    A count that is known to be small stays unknown (0 to 4) where the sum is hidden as well, or where a count beside it
    is hidden that may be anything from 5 on.
    """
    *parts, total = line
    gone = [whole[y][x] for y, x in parts if (y, x) in hidden]
    left = sorted((whole[y][x], (y, x)) for y, x in parts if (y, x) not in hidden)
    if total in hidden:
        return left[0][1] if left and not gone else None
    large = [count for count in gone if count >= FEWEST]
    slack = sum(gone) - FEWEST * len(large) >= FEWEST - 1
    if not gone or (large and slack):
        return None
    return left[0][1] if left else total
