"""A room that was begun and in which nothing was said yet: one key brings back what was put aside for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.walk import said

if TYPE_CHECKING:
    from tests.flows.walk import Begin


@pytest.mark.parametrize("until", ["miners", "ppe", "done"])
def test_a_step_back_brings_the_assessment_back(begin: Begin, until: str) -> None:
    person = begin(until=until)
    before = person.answers
    assert said(person.say("grupo"))[0] == "room.begun"
    assert said(person.say("0"))[0] == "undo.done"
    assert (person.state, person.answers, person.session.room, person.session.shelf) == (until, before, None, ())


def test_also_where_nothing_was_answered_before(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("otra organización", "2", "La Paloma")
    before = person.answers
    person.says("somos varios", "0")
    assert (person.state, person.answers, person.session.nickname) == ("role", before, "La Paloma")
    assert len(person.session.shelf) == 1


def test_once_something_was_said_a_step_back_is_one_step(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("grupo", "Coop", "0")
    assert (person.state, len(person.session.shelf)) == ("organisation", 1)
    assert person.session.room


def test_assessments_without_a_name_are_told_apart(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("grupo", "9", "8", "6")
    names = [option.label.id for option in person.turns[-1].says[0].options]
    assert names[:2] == ["others.unnamed.group", "others.unnamed"]
    person.says("4", "9", "8", "6")
    options = person.turns[-1].says[0].options
    assert len({str(option.label) for option in options}) == len(options)
