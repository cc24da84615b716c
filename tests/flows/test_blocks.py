"""The next questions shown together by SMS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.asking import example
from flows.blocks import HEAD, ROOM, block, joins, plainly, room
from tests.flows.walk import FINE, said

if TYPE_CHECKING:
    from flows.model import Checklist
    from tests.flows.walk import Begin, Walk


def together(begin: Begin, until: str, **known: object) -> Walk:
    person = begin(until=until, answers=FINE | {"mercury": "yes"}, **known)
    person.say("juntas")
    return person


def shown(person: Walk) -> list[str]:
    return [item.id for item in block(person.checklist, person.session)]


BLOCKS = [
    ("role", ["role", "country", "metals"]),
    ("registered", ["registered", "legal_title", "community_based", "miners", "days_month"]),
    ("mercury_burning", ["mercury_burning", "mercury_whole_ore", "mercury_less", "mercury_handlers", "cyanide"]),
    ("organised", []),
    ("metals", []),
    ("hired", []),
    ("gold_month", []),
    ("children", []),
    ("send", []),
]


@pytest.mark.parametrize(("state", "ids"), BLOCKS)
def test_a_block_holds_what_can_be_answered_without_knowing_its_own_answers(
    begin: Begin, state: str, ids: list[str]
) -> None:
    assert shown(together(begin, state, private=True)) == ids


def test_a_block_ends_where_an_answer_in_it_decides_what_is_asked_next(begin: Begin) -> None:
    person = together(begin, "permits")
    assert shown(person)[-1] == "hired"
    person.say("1 1 1 1 1 1 1")
    assert shown(person)[0] == "pay_hours"
    assert shown(person)[-1] == "explosives"


def test_no_block_is_wider_than_its_parts(begin: Begin) -> None:
    person = together(begin, "role", private=True)
    while person.state != "done":
        items = block(person.checklist, person.session)
        assert HEAD + sum(room(item) + 3 for item in items) <= ROOM
        assert all(map(joins, items))
        person.answer(FINE[person.state]) if not items else person.say(example(items))
        assert len(person.turns) < 60


@pytest.mark.parametrize("text", ["1 2 1 2 1", "12121", "A1 B2 C1 D2 E1", "A-1 B-2 C-1 D-2 E-1", "1,2,1,2,1"])
def test_a_block_is_answered_in_a_row_with_or_without_gaps_and_letters(begin: Begin, text: str) -> None:
    person = together(begin, "mercury_burning")
    turn = person.say(text)
    assert person.state == "cyanide_on_mercury"
    assert person.answers["mercury_handlers"] == "no"
    assert said(turn)[0] == "batch.all"


@pytest.mark.parametrize("text", ["121212", "B1 C2", "1,2,1,2,1x", "A1 C2 B1", "1 a 2"])
def test_what_does_not_fit_the_block_is_not_taken_as_if_it_did(begin: Begin, text: str) -> None:
    person = together(begin, "mercury_burning")
    person.say(text)
    assert "cyanide" not in person.answers


def test_a_yearly_audit_has_its_own_options_in_a_block(checklist: Checklist) -> None:
    """Depending on the price is none of "no, or partly"."""
    assert not plainly(checklist.items["audits"])
    assert all(plainly(checklist.items[name]) for name in ("permits", "records", "sale_receipt", "taxes"))


def test_a_range_is_no_line_of_a_block(begin: Begin) -> None:
    person = together(begin, "miners")
    turn = person.say("15 a 20")
    assert (person.state, said(turn)) == ("miners", ["hint.number_range"])


def test_what_a_row_answers_beyond_the_block_is_told(begin: Begin) -> None:
    person = together(begin, "permits")
    turn = person.say("1 1 1 1 1 1 1 1 1")
    assert turn.says[0].id == "batch.took"
    assert turn.says[0].params["answers"] == "1 1 1 1 1 1 1 1 1"


def test_what_is_asked_back_about_stands_alone(begin: Begin) -> None:
    person = together(begin, "legal_title")
    turn = person.say("licencia")
    assert said(turn) == ["askback.which"]
    assert shown(person) == []
    person.say("2 1 25 20")
    assert person.answers["legal_title"] == "provisional"
    assert person.state == "checkpoint"


def test_compact_digits_count_only_for_a_block_without_numbers(begin: Begin) -> None:
    person = together(begin, "registered")
    person.say("11125")
    assert person.state == "registered"
    person.says("sueltas", "11")
    assert person.state == "registered"


def test_what_a_row_left_open_is_shown_again_and_only_that(begin: Begin) -> None:
    person = together(begin, "mercury_burning")
    turn = person.say("1 1 9 1 1")
    assert said(turn) == ["batch.took", "batch.unclear", "block.ask"]
    assert shown(person) == ["mercury_less", "mercury_handlers", "cyanide"]


def test_one_answer_to_a_block_answers_its_first_question(begin: Begin) -> None:
    person = together(begin, "mercury_burning")
    person.say("2")
    assert person.answers["mercury_burning"] == "yes"
    assert person.state == "mercury_whole_ore"


def test_the_person_switches_back(begin: Begin) -> None:
    person = together(begin, "permits")
    turn = person.say("sueltas")
    assert said(turn) == ["block.off", "permits.ask"]


def test_nothing_is_shown_together_where_messages_cost_nothing(begin: Begin) -> None:
    person = together(begin, "permits", channel="telegram")
    assert said(person.turns[-1]) == ["permits.ask"]


def test_a_leader_sends_at_most_22_messages_up_to_the_result_and_16_without_section_7(begin: Begin) -> None:
    for private, most in ((True, 22), (False, 16)):
        person = begin(until="role", private=private)
        person.say("juntas")
        answers = FINE | {"mercury": "yes"}
        while person.state not in ("send", "call_back"):
            items = block(person.checklist, person.session)
            row = " ".join(_digit(person, item.id, answers[item.id]) for item in items)
            person.say(row) if items else person.answer(answers[person.state])
        assert len(person.turns) <= most
        assert person.answers["cyanide_on_mercury"] == "no"


def _digit(person: Walk, name: str, answer: object) -> str:
    if name == "country":
        return "1"
    choices = person.checklist.items[name].choices
    return (
        str(answer)
        if isinstance(answer, int)
        else str(choices.index(answer[0] if isinstance(answer, tuple) else str(answer)) + 1)
    )
