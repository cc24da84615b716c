"""Answers sent in rows and in blocks give what they give one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.assess import assess
from flows.blocks import block, joins
from flows.phases import DONE
from tests.flows.walk import Walk
from tests.flows.way import ANYTHING, CHECKLIST, FIXED, WORDS

if TYPE_CHECKING:
    from flows.model import Item
    from tests.flows.way import Answers

BETWEEN = (" ", ", ", "\n", ",", "; ")
LENGTHS = st.lists(st.integers(2, 9), min_size=1, max_size=5)


def begun(answers: Answers) -> Walk:
    person = Walk(CHECKLIST, WORDS, country=answers["country"], private=True)
    person.say("hola")
    person.follow(answers, until="role")
    return person


def sign(item: Item, answer: object) -> str:
    """The answer as it stands in a row."""
    if item.kind == "country":
        return "1"
    if answer == "unknown" and item.kind == "number":
        return "?"
    if item.kind == "number":
        return str(answer)
    return "+".join(str(item.choices.index(code) + 1) for code in (answer if isinstance(answer, tuple) else (answer,)))


def in_a_row(person: Walk, states: list[str], most: int) -> list[Item]:
    """The next questions that a row may answer; a question with several choices begins none."""
    ahead = [CHECKLIST.items.get(name) for name in states[states.index(person.state) :][:most]]
    stop = next((at for at, item in enumerate(ahead) if item is None or not joins(item)), len(ahead))
    found = [item for item in ahead[:stop] if item is not None]
    return found if found and found[0].kind != "several" else []


@settings(max_examples=60, deadline=None)
@given(answers=ANYTHING, lengths=LENGTHS, together=st.booleans())
def test_rows_answer_as_single_answers_do(answers: Answers, lengths: list[int], together: bool) -> None:  # noqa: FBT001 -- hypothesis names it
    answers = {**answers, **FIXED, "call_back": "no"}
    single, rows = begun(answers), begun(answers)
    states = single.follow(answers)
    rows.say("juntas" if together else "sueltas")
    while rows.state != DONE:
        shown = block(CHECKLIST, rows.session) if together else ()
        items = shown or in_a_row(rows, states, lengths[len(rows.turns) % len(lengths)])
        row = BETWEEN[len(rows.turns) % len(BETWEEN)].join(sign(item, answers[item.id]) for item in items)
        rows.say(row) if len(items) > 1 else rows.answer(answers[rows.state])
    assert rows.answers == single.answers
    assert assess(CHECKLIST, rows.answers, private=True) == assess(CHECKLIST, single.answers, private=True)
