from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import dates

FIRST, NINTH = datetime(2026, 12, 1, 14, 5, 59, tzinfo=UTC), datetime(2026, 12, 9, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("locale", "first", "ninth", "near"),
    [
        ("en", "1 December 2026", "9 Dec 2026, 09:05", "Tuesday 1 December"),
        ("es", "1 de diciembre de 2026", "9 dic 2026, 9:05", "martes 1 de diciembre"),
        ("fr", "1er décembre 2026", "9 déc. 2026, 09:05", "mardi 1er décembre"),
        ("pt", "1º de dezembro de 2026", "9 de dez. de 2026 09:05", "terça-feira 1º de dezembro"),
        ("pt_BR", "1º de dezembro de 2026", "9 de dez. de 2026 09:05", "terça-feira 1º de dezembro"),
    ],
)
def test_days_and_times_as_people_write_them(locale: str, first: str, ninth: str, near: str) -> None:
    assert (dates.day(locale, FIRST), dates.moment(locale, NINTH), dates.weekday(locale, FIRST)) == (first, ninth, near)


@pytest.mark.parametrize("day", [11, 21, 31])
def test_only_the_first_of_a_month_is_written_so(day: int) -> None:
    assert dates.day("fr", FIRST.replace(day=day)) == f"{day} décembre 2026"
