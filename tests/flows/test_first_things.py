"""What is told as long as the first things (country, organisation, title, owners) are not all known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.assess import assess
from flows.summary import first_result, partial, result
from tests.flows.walk import FINE, Walk, ids, said

if TYPE_CHECKING:
    from flows.model import Answer, Checklist, Say
    from tests.flows.walk import Begin

OPEN: list[dict[str, Answer]] = [
    {"registered": "unknown"},
    {"legal_title": "unknown"},
    {"legal_title": "provisional"},
    {"community_based": "unknown"},
    {"community_based": "both"},
    {"country": "CL"},
]


def first(person: Walk) -> Say:
    return next(say for say in person.turns[-1].says if say.id.startswith("first."))


def lines(say: Say) -> list[str]:
    return [list(ids(line))[1] for line in say.lines if line.id in ("line.unknown", "line.arm")]


@pytest.mark.parametrize("more", OPEN)
def test_nobody_is_told_that_the_first_things_are_in_place_while_they_are_not_known(
    begin: Begin, more: dict[str, Answer]
) -> None:
    known = begin(until="send", answers={**FINE, "ppe": "no"}, private=True)
    assert known.turns[-1].says[-2].id == "result.close_gaps"
    person = begin(until="send", answers={**FINE, "ppe": "no", **more}, private=True)
    assert person.turns[-1].says[-2].id == "result.close_gaps.unsure"
    assert person.turns[-1].says[-2].count == 1


@pytest.mark.parametrize("more", OPEN)
def test_the_first_result_says_which_of_the_first_things_is_open(begin: Begin, more: dict[str, Answer]) -> None:
    assert first(begin(until="checkpoint")).id == "first.open"
    person = begin(until="checkpoint", answers={**FINE, **more})
    say, name = first(person), next(iter(more))
    assert (say.id, lines(say)) == ("first.unsure", [f"{name}.{'who' if 'unknown' in more.values() else 'arm'}"])
    assert "first.unsure.next" in list(ids(say.tail))


def test_title_and_registration_are_both_named_and_the_title_first(begin: Begin) -> None:
    unknown: dict[str, Answer] = {"registered": "unknown", "legal_title": "unknown", "community_based": "unknown"}
    person = begin(until="checkpoint", answers={**FINE, **unknown})
    assert lines(first(person)) == ["legal_title.who", "registered.who"]
    found = assess(person.checklist, person.answers, private=False)
    written = first_result(replace(person.session, channel="telegram"), found)
    assert lines(written) == ["legal_title.who", "registered.who", "community_based.who"]


def test_a_title_that_was_passed_over_is_named_in_the_first_result_too(begin: Begin) -> None:
    person = begin(until="legal_title")
    person.say("saltar")
    person.follow(FINE, until="checkpoint")
    assert lines(first(person)) == ["legal_title.who"]


def test_an_unknown_title_is_named_first_where_something_else_stops_and_not_before_it_was_asked(begin: Begin) -> None:
    assert lines(first(begin(until="checkpoint", answers={**FINE, "registered": "no"}))) == []
    person = begin(until="community_based", answers={**FINE, "legal_title": "unknown"})
    person.say("cambiar 5")
    person.answer("no")
    assert [line.id for line in first(person).lines] == ["line.unknown", "registered.stop"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"country": "ES"}, "first.outside_scope"),
        ({"metals": ("other",)}, "first.outside_scope"),
        ({"organised": "informal"}, "first.formalise_first"),
        ({"legal_title": "none"}, "first.formalise_first"),
    ],
)
def test_a_first_result_that_stops_says_what_else_there_is(begin: Begin, more: dict[str, Answer], told: str) -> None:
    say = first(begin(until="checkpoint", answers={**FINE, **more}))
    assert (say.id, list(ids(say.tail))) == (told, [f"{told}.next"])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"country": "ES"}, "result.outside_scope"),
        ({"legal_title": "none"}, "result.formalise_first"),
        ({"role": "worker", "country": "ES"}, "result.outside_scope.worker"),
    ],
)
def test_who_stops_after_a_result_that_stops_reads_that_result(
    begin: Begin, more: dict[str, Answer], told: str
) -> None:
    person = begin(until="checkpoint", answers={**FINE, **more})
    person.answer("later")
    turn = person.say("8")
    assert said(turn) == [told]
    assert turn.says[0].lines[-1].id == f"{told.removesuffix('.worker')}.next"


def test_a_worker_who_does_not_know_is_not_told_that_nothing_is_missing(begin: Begin) -> None:
    sees = begin(until="send", answers={**FINE, "role": "worker"}, private=True)
    assert "result.find_out.worker" in said(sees.turns[-1])
    person = begin(until="send", answers={**FINE, "role": "worker", "ppe": "unknown"}, private=True)
    assert "result.find_out.worker.unsure" in said(person.turns[-1])


def test_a_worker_with_a_gap_hears_of_the_gap_whatever_else_is_open(checklist: Checklist, begin: Begin) -> None:
    answers: dict[str, Answer] = {**FINE, "role": "worker", "ppe": "unknown", "emergency": "no"}
    person = begin(until="send", answers=answers, private=True)
    found = assess(checklist, person.answers, private=True)
    assert result(checklist, person.session, found).id == "result.close_gaps.worker"
    assert partial(person.session, found).id == "partial"
