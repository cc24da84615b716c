"""By when somebody calls, where ARM promises a day: told with the call, at the end, and whenever it is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.model import Say
from flows.phases import DONE
from tests.flows.walk import FINE, NOON, ids, said

if TYPE_CHECKING:
    from flows.scene import Turn
    from tests.flows.walk import Begin

HOUR, DAY = 3600.0, 86_400.0
WITHIN = {"P": 1, "A": 3, "B": 6, "D": 10}
LIMA = -5 * HOUR
TODAY = date(2026, 2, 1)
"""At NOON in Lima, where it is half past nine in the evening; by UTC it is the second."""


def day(turn: Turn, key: str) -> date:
    """The day that the message of this id tells."""
    for say in turn.says:
        when = say.params.get("when")
        for one in (say, *say.lines, *([when] if isinstance(when, Say) else [])):
            told = one.params.get("day")
            if say.id == key and isinstance(told, date):
                return told
    raise AssertionError(turn.says)


@pytest.mark.parametrize(("zone", "first"), [(LIMA, TODAY), (None, date(2026, 2, 2))])
def test_the_day_is_told_with_the_call_as_it_is_where_the_phone_is(
    begin: Begin, zone: float | None, first: date
) -> None:
    person = begin(until="ppe", zone=zone, within_days=WITHIN)
    assert day(person.says("persona", "1", "1"), "talk") == date.fromordinal(first.toordinal() + 10)
    assert day(person.say("estado"), "status.sent") == date.fromordinal(first.toordinal() + 10)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("1", ["talk", "talk.by"]),
        ("2", ["talk", "talk.by.when", "talk.only_batea"]),
        ("1 a las 6", ["talk", "talk.by.when", "talk.note"]),
        ("3", ["talk.not_safe"]),
    ],
)
def test_the_wish_is_told_beside_the_day(begin: Begin, reply: str, told: list[str]) -> None:
    turn = begin(until="ppe", within_days=WITHIN).says("persona", "1", reply)
    found = list(ids(turn.says[0]))
    inner = turn.says[0].params.get("when")
    assert found + [one for one in (ids(inner) if isinstance(inner, Say) else ()) if one not in found] == told


@pytest.mark.parametrize("within", [{}, {"A": 3}])
def test_nothing_is_promised_that_nobody_stated(begin: Begin, within: dict[str, int]) -> None:
    person = begin(until="ppe", within_days=within)
    turns = [person.says("persona", "1", "1"), person.say("estado")]
    assert person.session.call_by is None
    assert not any(key.endswith(("by", "by.when")) for turn in turns for say in turn.says for key in ids(say))


@pytest.mark.parametrize(
    ("answers", "letter"), [({}, "A"), ({"ppe": "no"}, "B"), ({"security_talk": "yes"}, "A"), ({"ppe": "unknown"}, "D")]
)
def test_after_sending_the_day_is_that_of_the_result(begin: Begin, answers: dict[str, str], letter: str) -> None:
    person = begin(until=DONE, answers={**FINE, **answers}, private=True, zone=LIMA, within_days=WITHIN)
    by = date.fromordinal(TODAY.toordinal() + WITHIN[letter])
    assert day(next(turn for turn in person.turns if "sent" in said(turn)), "sent") == by
    assert day(person.turns[-1], "done.sent") == by
    person.now += DAY / 2
    assert day(person.say("estado"), "status.sent") == by


def test_whoever_is_not_to_be_called_is_promised_nothing(begin: Begin) -> None:
    person = begin(until=DONE, answers={**FINE, "call_how": "not_safe"}, private=True, within_days=WITHIN)
    assert person.turns[-1].says[0] == Say("done.sent", {"reference": person.session.reference or ""})


def test_an_earlier_day_stands_and_a_more_urgent_result_brings_it_nearer(begin: Begin) -> None:
    person = begin(until="ppe", zone=LIMA, within_days=WITHIN)
    assert day(person.says("persona", "1", "1"), "talk") == date(2026, 2, 11)
    person.now += 2 * DAY
    assert day(person.says("persona", "1", "1"), "talk") == date(2026, 2, 11)
    person.follow(FINE)
    assert day(person.turns[-1], "done.updated") == date(2026, 2, 6)


def test_a_day_that_has_gone_by_is_told_no_more_until_a_call_is_asked_for_again(begin: Begin) -> None:
    person = begin(until="ppe", zone=LIMA, within_days=WITHIN)
    person.says("persona", "1", "1")
    person.now += 11 * DAY
    assert person.say("estado").says[0].lines == ()
    person.follow({**FINE, "send": "no"})
    assert person.turns[-1].says[-1].lines == ()
    assert day(person.says("persona", "1", "1"), "talk") == date(2026, 2, 22)


def test_the_promise_stays_where_it_is_no_longer_configured(begin: Begin) -> None:
    person = begin(until="ppe", zone=LIMA, within_days=WITHIN)
    person.says("persona", "1", "1")
    person.known = replace(person.known, within_days={})
    assert day(person.say("estado"), "status.sent") == date(2026, 2, 11)
    assert person.now < NOON + DAY
