"""However long a text is, reading it costs about as much as reading a short one: nobody can hold up the others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from flows.events import Arrival, Text
from flows.turn import advance

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk

LONGEST = 4096
"""Characters of a message on Telegram; an SMS has 1,600."""
TIMES = 50
LEAST = 5e-4
"""Seconds: below it a short text is a matter of chance."""


@pytest.mark.parametrize("until", ["welcome", "role", "miners", "name"])
@pytest.mark.parametrize("letter", ["a", "1", " ", "a1", "a ", "ñ"])
def test_a_text_of_the_greatest_length_costs_little_more(begin: Begin, until: str, letter: str) -> None:
    person = begin(until=until)
    short, long = letter * 3, (letter * LONGEST)[:LONGEST]
    assert _seconds(person, long) < TIMES * max(_seconds(person, short), LEAST)


def _seconds(person: Walk, text: str) -> float:
    """The best of several turns, which change nothing."""
    arrival = Arrival(Text(text), locale="es", country="CO")

    def once() -> float:
        began = time.perf_counter()
        advance(person.checklist, person.words, person.session, arrival, 1_800_000_000.0)
        return time.perf_counter() - began

    return min(once() for _ in range(4))
