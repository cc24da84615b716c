"""How the answers were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.pace import LONG_RUN, Pace, pace
from tests.flows.walk import FINE

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk


def given(person: Walk) -> Pace:
    return pace(person.checklist, person.session)


def test_a_long_run_of_the_same_option_is_told(begin: Begin) -> None:
    assert given(begin(until="send")).run >= LONG_RUN


def test_changing_answers_are_no_run(begin: Begin) -> None:
    answers = FINE | {"safety_rules": "no", "internal_control": "no", "registered": "no", "emergency": "no"}
    assert given(begin(until="send", answers=answers | {"permits": "no", "ppe": "no"})).run == 0


def test_what_is_delicate_is_in_no_run(begin: Begin) -> None:
    person, alike = (
        begin(until="send", private=True),
        begin(until="send", private=False, answers=FINE | {"call_back": "no"}),
    )
    assert given(person).run == given(alike).run


def test_a_minute_an_answer_is_not_fast(begin: Begin) -> None:
    assert given(begin(until="send")).fast == ()


def test_a_section_in_seconds_is_told(begin: Begin) -> None:
    person = begin(until="permits")
    for _ in range(5):
        person.now -= 59
        person.say("1")
    assert given(person).fast == ("organisation",)


def test_answers_that_came_in_rows_are_counted(begin: Begin) -> None:
    person = begin(until="permits")
    person.says("1 1 1", "1 1")
    assert given(person).rows == 5
