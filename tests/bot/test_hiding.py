"""Small counts stay unknown: whoever knows the sum, and what the marks mean, can't work one out."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.hiding import ALSO, FEW, figure, part, row, steps


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 4, "b": 9, "c": 7}, {"a": FEW, "b": 9, "c": ALSO}),
        ({"a": 4, "b": 4, "c": 40}, {"a": FEW, "b": FEW, "c": ALSO}),
        ({"a": 0, "b": 5, "c": 50}, {"a": FEW, "b": ALSO, "c": ALSO}),
        ({"a": 4, "b": 4}, {"a": ALSO, "b": ALSO}),
        ({"a": 0, "b": 8}, {"a": ALSO, "b": ALSO}),
        ({"a": 3}, {"a": FEW}),
        ({}, {}),
    ],
)
def test_counts_that_make_up_a_whole(counts: dict[str, int], shown: dict[str, int | str]) -> None:
    assert row(counts) == shown


@settings(deadline=None)  # of all ways to make up a sum
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_what_is_told_to_be_few_may_be_anything_from_none_to_four(counts: list[int]) -> None:
    """All counts of the same sum are tried that would look the same."""
    shown = list(row(dict(enumerate(counts))).values())
    known = sum(counts) if sum(counts) >= 5 else None
    ways = [way for way in product(*map(_possible, shown)) if known is None or sum(way) == known]
    few = [{way[at] for way in ways} for at, what in enumerate(shown) if what == FEW]
    assert all(values == {0, 1, 2, 3, 4} for values in few)
    assert [count for count, what in zip(counts, shown, strict=True) if what == count] == [
        what for what in shown if isinstance(what, int)
    ]
    assert not [count for count, what in zip(counts, shown, strict=True) if count < 5 and isinstance(what, int)]


def _possible(what: int | str) -> range:
    if isinstance(what, int):
        return range(what, what + 1)
    return range(5) if what == FEW else range(5, 44)


@pytest.mark.parametrize(("count", "shown"), [(4, FEW), (0, FEW), (5, 5), (45, 45), (46, ALSO), (49, ALSO), (50, 50)])
def test_a_part_of_fifty_shows_neither_few_with_nor_few_without(count: int, shown: int | str) -> None:
    assert part(count, 50) == shown


def test_a_figure_of_no_whole() -> None:
    assert [figure(count) for count in (0, 4, 5)] == [FEW, FEW, 5]


def test_between_two_steps_few_are_not_seen_to_be_lost() -> None:
    assert steps([40, 39, 37, 33, 33, 9, 8, 4, 0]) == [40, ALSO, ALSO, 33, 33, 9, ALSO, FEW, FEW]


@given(st.lists(st.integers(0, 60), max_size=12))
def test_no_two_steps_that_are_shown_differ_by_few(counts: list[int]) -> None:
    told = [one for one in steps(sorted(counts, reverse=True)) if isinstance(one, int)]
    assert not any(0 < before - after < 5 for before, after in pairwise(told))
