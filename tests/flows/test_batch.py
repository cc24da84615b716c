"""Several answers in one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.batch import is_row
from tests.flows.walk import FINE, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin

TAKEN = [
    (
        "organised",
        "1 1 2",
        "community_based",
        {"organised": "cooperative", "registered": "yes", "legal_title": "agreement"},
    ),
    ("registered", "1, 1,2", "miners", {"registered": "yes", "legal_title": "own", "community_based": "investor"}),
    ("registered", "1 1 1 25 20", "checkpoint", {"miners": 25, "days_month": 20}),
    ("miners", "25 20", "checkpoint", {"miners": 25, "days_month": 20}),
    ("miners", "? ?", "checkpoint", {"miners": "unknown", "days_month": "unknown"}),
    ("role", "1 1 1+2 1", "registered", {"metals": ("gold", "silver"), "organised": "cooperative"}),
    (
        "others_in_area",
        "1 1+3 2 1",
        "ppe",
        {"mine_type": ("underground", "river"), "hired": "no", "safety_rules": "yes"},
    ),
    ("permits", "1\n1\n2", "equal_treatment", {"permits": "yes", "production_map": "yes", "miner_register": "no"}),
    ("permits", "1;1;?.", "equal_treatment", {"miner_register": "unknown"}),
    ("explosives", "1 1 1 1", "cyanide", {"explosives": "no", "emergency": "yes", "mercury": "no"}),
    ("community_based", "1 1 500 20", "checkpoint", {"miners": 1500, "days_month": 20}),
    ("role", "1 1 1 + 2 1!", "registered", {"metals": ("gold", "silver"), "organised": "cooperative"}),
    ("audits", "2 1 1 90", "gold_month", {"audits": "no", "ecological": "yes", "restoration": "yes"}),
    ("role", "3 1 1 1 1 1", "checkpoint", {"role": "worker", "metals": ("gold",)}),
]


@pytest.mark.parametrize(("state", "text", "then", "kept"), TAKEN)
def test_a_row_answers_the_next_questions_as_far_as_they_apply(
    begin: Begin, state: str, text: str, then: str, kept: dict[str, object]
) -> None:
    person = begin(until=state)
    person.say(text)
    assert person.state == then
    assert kept.items() <= person.answers.items()


ONE_ANSWER = [
    ("miners", "1 500", 1500),
    ("miners", "mil quinientos", 1500),
    ("metals", "1 2", ("gold", "silver")),
    ("metals", "1, 2, 3", ("gold", "silver", "platinum")),
    ("mine_type", "1 2 3", ("underground", "open_pit", "river")),
]


@pytest.mark.parametrize(("state", "text", "answer"), ONE_ANSWER)
def test_what_is_one_answer_stays_one(begin: Begin, state: str, text: str, answer: object) -> None:
    person = begin(until=state)
    person.say(text)
    assert person.answers[state] == answer


NOT_TAKEN = [
    ("permits", "8 1 1", "permits"),
    ("permits", "11", "permits"),
    ("permits", "1123", "permits"),
    ("welcome", "1 1", "welcome"),
    ("consent", "1 1 1", "consent"),
    ("checkpoint", "1 1 1", "checkpoint"),
    ("gold_month", "90 1 1", "gold_month"),
    ("miners", "15 20 personas", "miners"),
    ("metals", "1 1 2 3", "metals"),
    ("mine_type", "1 1 1 2 1", "mine_type"),
    ("miners", "15 a 20", "miners"),
    ("organised", "? 5", "organised"),
    ("country", "? 1", "country"),
    ("children", "1 1 1", "children"),
    ("send", "1 1 1", "send"),
]


@pytest.mark.parametrize(("state", "text", "then"), NOT_TAKEN)
def test_no_row_is_taken_where_each_question_counts_by_itself(begin: Begin, state: str, text: str, then: str) -> None:
    person = begin(until=state, private=True)
    before = person.answers
    person.say(text)
    assert (person.state, person.answers) == (then, before)


def test_a_row_stops_at_the_first_unclear_sign_and_says_what_it_took(begin: Begin) -> None:
    person = begin(until="permits")
    turn = person.say("1 2 1 8 1 1 1 1")
    assert person.state == "equal_treatment"
    assert said(turn) == ["batch.took", "batch.unclear", "equal_treatment.ask"]
    assert turn.says[0].params["answers"] == "1 2 1"
    assert turn.says[1].params["what"] == "8"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("gracias", "gracias"),
        ("👍", "..."),
        ("90g", "..."),
        ("90 gramos", "..."),
        ("año\x00", "ano"),
        ("x" * 40, "x" * 12),
    ],
)
def test_an_unclear_sign_is_told_back_in_few_letters_of_the_sms_alphabet(begin: Begin, typed: str, told: str) -> None:
    turn = begin(until="permits").say(f"1 2 {typed}")
    assert turn.says[1].params["what"] == told


@pytest.mark.parametrize(("state", "rest"), [("own_metal", "gold_month"), ("miners", "checkpoint")])
def test_a_row_stops_before_what_is_answered_by_itself(begin: Begin, state: str, rest: str) -> None:
    person = begin(until=state, answers=FINE | {"mercury": "yes"})
    turn = person.say("1 1 1 2 2 2 2")
    assert person.state == rest
    assert turn.says[0].id == "batch.took"
    assert turn.says[1].id == "batch.alone"


def test_a_row_that_stops_an_application_stops_with_its_result(begin: Begin) -> None:
    person = begin(until="role")
    turn = person.say("1 1 1 5 1 1 1")
    assert person.state == "checkpoint"
    assert "first.formalise_first" in said(turn)
    assert person.answers["organised"] == "informal"
    assert "registered" not in person.answers


def test_another_country_in_a_row_is_asked_for_by_name(begin: Begin) -> None:
    person = begin(until="role")
    turn = person.say("1 2 1 1")
    assert person.state == "country"
    assert said(turn) == ["batch.took", "batch.alone", "country.ask"]
    person.say("perú")
    assert person.answers["country"] == "PE"


def test_each_answer_of_a_row_is_taken_back_by_itself(begin: Begin) -> None:
    person = begin(until="permits")
    person.says("1 2 1", "0", "0")
    assert person.state == "production_map"
    assert person.answers["permits"] == "yes"


def test_rows_are_mentioned_once_after_two_single_answers(begin: Begin) -> None:
    person = begin(until="done")
    hints = [say.id for turn in person.turns for say in turn.says if say.id == "batch.hint"]
    told = next(turn for turn in person.turns if "batch.hint" in said(turn))
    assert hints == ["batch.hint"]
    assert said(told) == ["batch.hint", "organised.ask"]


def test_rows_are_not_mentioned_where_messages_cost_nothing(begin: Begin) -> None:
    person = begin(until="permits", channel="telegram")
    assert not any("batch.hint" in said(turn) for turn in person.turns)
    person.say("1 1 2")
    assert person.state == "equal_treatment"


@pytest.mark.parametrize("text", ["1 1", "1,2", "25 20", "1+3 2", "1 + 3 2", "? 1", "1 2 no"])
def test_what_looks_like_a_row(text: str) -> None:
    assert is_row(text)


@pytest.mark.parametrize("text", ["1", "11", "1-15", "1 y 2", "1 casa", "si no", "1/2 2", "hola 1", "", "1.5 2"])
def test_what_does_not_look_like_a_row(text: str) -> None:
    assert not is_row(text)


@pytest.mark.parametrize(("until", "text"), [("miners", "30,5"), ("days_month", "22,5"), ("miners", "30,5 22")])
def test_a_comma_between_figures_parts_no_number_in_two(begin: Begin, until: str, text: str) -> None:
    person = begin(until=until)
    turn = person.say(text)
    assert (person.state, until in person.answers) == (until, False)
    assert said(turn)[0].startswith("hint.")


def test_a_row_ends_at_a_number_with_a_comma(begin: Begin) -> None:
    person = begin(until="legal_title")
    person.say("1 1 30,5")
    assert (person.state, person.answers["community_based"]) == ("miners", "workers")


def test_in_a_row_of_commas_each_parts_two_answers(begin: Begin) -> None:
    person = begin(until="legal_title")
    person.say("1,1,30,20")
    assert (person.answers["miners"], person.answers["days_month"]) == (30, 20)
    person = begin(until="miners")
    person.say("30, 20")
    assert (person.answers["miners"], person.answers["days_month"]) == (30, 20)
