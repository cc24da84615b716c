"""The number of a case: easy to dictate, and one wrong character is always noticed."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from flows.reference import ALPHABET, make, partition, read

PARTITIONS, CHANCES = st.integers(0, 31), st.integers(0, 2**64 - 1)
REFERENCES = st.builds(make, PARTITIONS, CHANCES)


@given(PARTITIONS, CHANCES)
def test_two_groups_of_four_that_name_their_partition(number: int, chance: int) -> None:
    made = make(number, chance)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", made)
    assert partition(made) == number
    assert read(made) == made


@given(REFERENCES)
def test_it_is_read_as_people_write_it(made: str) -> None:
    for written in (made.lower(), made.replace("-", ""), made.replace("-", " "), f" {made} ", ".".join(made)):
        assert read(written) == made
    assert read(made.replace("0", "O").replace("1", "I")) == made
    assert read(made.replace("1", "l")) == made


@given(REFERENCES, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(made: str, at: int, other: str) -> None:
    bare = made.replace("-", "")
    assume(bare[at] != other)
    assert read(bare[:at] + other + bare[at + 1 :]) is None


@given(st.lists(REFERENCES, min_size=200, max_size=200, unique=True))
def test_swapped_neighbours_are_nearly_always_noticed(many: list[str]) -> None:
    noticed, swaps = 0, 0
    for made in (one.replace("-", "") for one in many):
        for at in range(7):
            if made[at] != made[at + 1]:
                swaps += 1
                noticed += read(made[:at] + made[at + 1] + made[at] + made[at + 2 :]) is None
    assert noticed >= 0.95 * swaps


@given(st.text(max_size=12))
def test_anything_else_is_no_reference(text: str) -> None:
    found = read(text)
    assert found is None or len(found) == 9


def test_chance_makes_different_ones() -> None:
    assert len({make(3, chance) for chance in range(2000)}) == 2000
