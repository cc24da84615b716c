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
_ANY = 10**9
"""More than there will ever be."""


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
    lines = list(_lines(len(whole), len(whole[0])))
    hidden = {place for place, count in _cells(whole) if count < FEWEST}
    while more := _one_more(whole, lines, hidden):
        hidden.add(more)
    shown = [
        [(FEW if n < FEWEST else ALSO) if (y, x) in hidden else n for x, n in enumerate(line)]
        for y, line in enumerate(whole)
    ]
    return [line[:-1] for line in shown[:-1]], [line[-1] for line in shown[:-1]], shown[-1]


def _cells(whole: list[list[int]]) -> Iterator[tuple[_Place, int]]:
    return (((y, x), count) for y, line in enumerate(whole) for x, count in enumerate(line))


def _lines(height: int, width: int) -> Iterator[list[_Place]]:
    """Every row and column, its sum last; and all cells, with the sum of all."""
    yield [*((y, x) for y in range(height - 1) for x in range(width - 1)), (height - 1, width - 1)]
    yield from ([(y, x) for x in range(width)] for y in range(height))
    yield from ([(y, x) for y in range(height)] for x in range(width))


def _one_more(whole: list[list[int]], lines: list[list[_Place]], hidden: set[_Place]) -> _Place | None:
    """What else has to be hidden, so that a small count may be anything from 0 to 4; None where all of them may.

    It is the smallest count in a line of the one that is given away, and a sum only where there is nothing else.
    """
    least, most = _bounds(whole, lines, hidden)
    for given_away in (at for at, n in _cells(whole) if n < FEWEST and (least[at] > 0 or most[at] < FEWEST - 1)):
        beside = [line for line in lines if given_away in line]
        parts = [at for line in beside for at in line[:-1] if at not in hidden]
        sums = [line[-1] for line in beside if line[-1] not in hidden]
        if parts or sums:
            return min(parts or sums, key=lambda at: (whole[at[0]][at[1]], at))
    return None


def _bounds(
    whole: list[list[int]], lines: list[list[_Place]], hidden: set[_Place]
) -> tuple[dict[_Place, int], dict[_Place, int]]:
    """How small and how large each count can be, for somebody who sees the rest and knows what the marks mean."""
    least = {at: n if at not in hidden else 0 if n < FEWEST else FEWEST for at, n in _cells(whole)}
    most = {at: n if at not in hidden else FEWEST - 1 if n < FEWEST else _ANY for at, n in _cells(whole)}
    while any([_narrowed(line, least, most) for line in lines]):
        pass
    return least, most


def _narrowed(line: list[_Place], least: dict[_Place, int], most: dict[_Place, int]) -> bool:
    """Whether the sum of a line told more of its counts, or they of the sum."""
    *parts, total = line
    before = [(least[at], most[at]) for at in line]
    low, high = sum(least[at] for at in parts), sum(most[at] for at in parts)
    least[total], most[total] = max(least[total], low), min(most[total], high)
    for at in parts:
        narrow = least[total] - (high - most[at]), most[total] - (low - least[at])
        least[at], most[at] = max(least[at], narrow[0]), min(most[at], narrow[1])
    return before != [(least[at], most[at]) for at in line]
