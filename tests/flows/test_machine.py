"""The machine against facts.md's "The way through": every branch, the first result, calls on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.load import load
from flows.machine import Road, road, states
from flows.phases import CHOICES
from tests.flows.walk import FINE, Walk
from tests.flows.way import ANYTHING, BASICS, CHECKLIST, FIXED, WORDS, expected

if TYPE_CHECKING:
    from flows.model import Answer

    Answers = dict[str, Answer]


def walk(*, private: bool = False, **known: object) -> Walk:
    found = Walk(CHECKLIST, WORDS, private=private, **known)
    found.say("1")
    return found


@settings(max_examples=150, deadline=None)
@given(ANYTHING, st.booleans())
def test_the_way_through(said: Answers, private: bool) -> None:  # noqa: FBT001 -- drawn
    everything = {**said, **FIXED}
    assert walk(private=private).follow(everything) == expected(everything, private=private)


def test_the_language_is_asked_only_where_it_cannot_be_known() -> None:
    unknown = walk(locale=None)
    assert unknown.state == "language"
    unknown.answer("en")
    assert (unknown.state, unknown.session.locale) == ("welcome", "en")
    assert walk(locale="en").state == "welcome"


@pytest.mark.parametrize("state", ["welcome", "consent"])
def test_a_no_at_the_door_keeps_nothing(state: str) -> None:
    person = walk()
    person.follow(FINE, until=state)
    turn = person.answer("no")
    assert turn.session is None
    assert turn.cancel
    assert [say.id for say in turn.says] == ["farewell"]


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"country": "ES"}, "country"),
        ({"metals": ("other",)}, "metals"),
        ({"organised": "alone"}, "organised"),
        ({"registered": "no"}, "registered"),
        ({"legal_title": "none"}, "legal_title"),
    ],
)
def test_the_first_result_comes_at_once_where_something_decides(said: Answers, at: str) -> None:
    person = walk()
    way = person.follow({**FINE, **said}, until="checkpoint")
    assert way[-1] == at
    assert person.session.first_given
    assert (
        person.turns[-1].says[0].id == f"first.{'outside_scope' if at in ('country', 'metals') else 'formalise_first'}"
    )
    assert person.turns[-1].says[1].id == "checkpoint.ask.anyway"


def test_going_on_asks_all_that_is_left_and_gives_no_second_first_result() -> None:
    person = walk()
    way = person.follow({**FINE, "country": "ES", "legal_title": "none"})
    assert way.count("checkpoint") == 1
    assert set(BASICS) <= set(way)
    assert sum(say.id.startswith("first.") for turn in person.turns for say in turn.says) == 1


def test_another_day_stays_at_the_checkpoint() -> None:
    person = walk()
    person.follow(FINE, until="checkpoint")
    for _ in range(3):
        person.answer("later")
        assert person.state == "checkpoint"
    assert person.answer("go").session is not None
    assert person.state == "permits"


def test_a_call_asked_for_on_the_way_comes_back_to_the_same_question() -> None:
    for stop in ("role", "legal_title", "checkpoint", "hired", "gold_month", "scale", "send", "advice", "taxes"):
        for answers, after in ((("yes", "only_batea"), stop), (("no",), stop)):
            person = walk()
            person.follow({**FINE, "send": "no", "call_back": "no", "advice": "yes"}, until=stop)
            before = {**person.answers}
            person.say("hablar con una persona")
            assert person.state == "call_back"
            for code in answers:
                person.answer(code)
            assert person.state == after
            assert before.items() - {"call_back": "no"}.items() <= person.answers.items()


def test_a_call_settled_earlier_is_not_offered_again() -> None:
    person = walk()
    person.follow(FINE, until="ppe")
    person.says("persona", "2")
    assert "call_back" not in person.follow({**FINE, "send": "no"})


def test_a_no_to_the_offer_to_talk_is_no_answer_to_arms_following_up() -> None:
    person = walk()
    way = person.follow({**FINE, "call_back": "no"})
    assert way.count("call_back") == 2
    assert way.index("send") < len(way) - 1 - way[::-1].index("call_back")


def test_nobody_is_called_without_a_yes() -> None:
    person = walk(private=True)
    way = person.follow({**FINE, "call_back": "no"})
    assert "call_how" not in way
    assert person.answers["call_back"] == "no"


def test_there_is_one_machine_for_a_checklist_and_it_does_not_grow() -> None:
    known = road(CHECKLIST)
    walk().follow(FINE)
    assert road(CHECKLIST) is known
    assert known.machine.models == []
    assert road(load("2026-11")) is not known


def test_every_state_is_a_question_and_the_machine_knows_no_other() -> None:
    names = list(states(CHECKLIST))
    assert len(names) == len(set(names))
    assert set(names) == {*CHECKLIST.items, *FIXED, *CHOICES, "people", "done"} - {"delete"}
    assert set(Road(CHECKLIST).machine.states) == set(names)
