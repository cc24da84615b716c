from __future__ import annotations

import pytest

from bot.workbook.conditions import BadCondition, parsed, written
from flows.load import load

CHOICES = {"organised": ("cooperative", "association"), "mercury": ("yes", "no"), "miners": ("unknown",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("mercury=yes", [{"mercury": ("yes",)}]),
        (" Mercury = YES ", [{"mercury": ("yes",)}]),
        (
            "organised=cooperative,association & mercury=yes | miners=unknown",
            [{"organised": ("cooperative", "association"), "mercury": ("yes",)}, {"miners": ("unknown",)}],
        ),
    ],
)
def test_a_condition_is_read(text: str, expected: list[object]) -> None:
    assert parsed(text, CHOICES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mercury", ["“mercury” is no condition: write question=code"]),
        ("mercury=", ["“mercury=” is no condition"]),
        ("mercury=yes |", ["“” is no condition"]),
        ("mercury=yes,,no", ["“mercury=yes,,no” is no condition"]),
        ("mercury=yes and miners=unknown", ["yes and miners=unknown is no answer to mercury"]),
        ("mercuri=yes", ["there is no question mercuri; is it mercury?"]),
        ("mercury=yess", ["yess is no answer to mercury; is it yes?"]),
        ("mercury=yes & mercury=no", ["mercury stands twice in “mercury=yes & mercury=no”"]),
        ("mercury=oui | gold=yes & x", ["oui is no answer", "there is no question gold", "“x” is no condition"]),
    ],
)
def test_every_mistake_of_a_condition_is_named(text: str, expected: list[str]) -> None:
    with pytest.raises(BadCondition) as caught:
        parsed(text, CHOICES)
    assert len(caught.value.mistakes) == len(expected)
    assert all(one.startswith(start) for one, start in zip(caught.value.mistakes, expected, strict=True))


def test_what_is_written_is_read_again() -> None:
    items = load("2026-11").items.values()
    choices = {item.id: item.choices for item in items}
    assert sum(bool(item.when) for item in items) > 10
    assert all(parsed(written(item.when), choices) == list(item.when) for item in items)
