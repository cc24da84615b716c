"""Small counts stay unknown: whoever sees all that is shown, and knows what the marks mean, can't work one out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.hiding import ALSO, FEW, part, row, table

COUNTS = st.lists(st.lists(st.integers(0, 12), min_size=2, max_size=2), min_size=2, max_size=2)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 4, "b": 9, "c": 7}, {"a": FEW, "b": 9, "c": ALSO}),
        ({"a": 4, "b": 4, "c": 40}, {"a": FEW, "b": FEW, "c": ALSO}),
        ({"a": 0, "b": 5, "c": 50}, {"a": FEW, "b": ALSO, "c": ALSO}),
        ({"a": 3}, {"a": FEW}),
        ({}, {}),
    ],
)
def test_counts_that_make_up_a_whole(counts: dict[str, int], shown: dict[str, int | str]) -> None:
    assert row(counts) == shown


@pytest.mark.parametrize(("count", "shown"), [(4, FEW), (0, FEW), (5, 5), (45, 45), (46, ALSO), (49, ALSO), (50, 50)])
def test_a_part_of_fifty_shows_neither_few_with_nor_few_without(count: int, shown: int | str) -> None:
    assert part(count, 50) == shown


def test_a_table_hides_sums_too() -> None:
    cells, sums, columns = table([[4, 20, 30], [10, 20, 30], [0, 0, 3]])
    assert cells == [[FEW, ALSO, ALSO], [ALSO, 20, 30], [FEW, FEW, FEW]]
    assert sums == [ALSO, 60, FEW]
    assert columns == [14, 40, 63, 117]


@settings(deadline=None, max_examples=300)
@given(COUNTS)
def test_no_hidden_count_can_be_worked_out(counts: list[list[int]]) -> None:
    """All tables are tried that look the same: a small count is never one number only."""
    cells, sums, columns = table(counts)
    shown = [*cells[0], *cells[1], *sums, *columns]
    alike = [four for four in product(*map(_possible, shown[:4])) if _fits(four, shown)]
    assert alike
    for at, figure in enumerate(shown[:4]):
        if figure == FEW:
            assert len({four[at] for four in alike}) > 1


def _possible(figure: int | str) -> range:
    if isinstance(figure, int):
        return range(figure, figure + 1)
    return range(5) if figure == FEW else range(5, 14)


def _fits(four: tuple[int, ...], shown: list[int | str]) -> bool:
    a, b, c, d = four
    told = (*four, a + b, c + d, a + c, b + d, a + b + c + d)
    return all(_is(figure, count) for figure, count in zip(shown, told, strict=True))


def _is(figure: int | str, count: int) -> bool:
    return figure == count if isinstance(figure, int) else (count < 5) == (figure == FEW)
