from __future__ import annotations

import pytest

from bot.desk.next_step import guarding, proposed
from flows.case import Case
from tests.bot.casework import ALL, drafted

NOW = 1_800_000_000.0
SOON, OVER = NOW + 1, NOW - 1


@pytest.mark.parametrize(
    ("case", "said", "steps"),
    [
        (Case("A", SOON), {}, ["take", "call_batea.due"]),
        (Case("A", OVER), {}, ["take", "call_batea.late"]),
        (Case("A", None), {"call_how": "any_day"}, ["take", "call"]),
        (Case("A", SOON), {"call_how": "any_day"}, ["take", "call.due"]),
        (Case("A", SOON), {"call_how": "not_safe"}, ["not_safe", "take.no_call"]),
        (Case("A", None), {"call_back": "no"}, ["no_call", "take.no_call"]),
        (Case("A", SOON, "taken", "Ana"), {}, ["call_batea.due", "called"]),
        (Case("A", SOON, "taken", "Ana"), {"call_back": "no"}, ["no_call", "close"]),
        (Case("A", SOON, "taken", "Ben"), {}, ["other"]),
        (Case("A", OVER, "contact", "Ana"), {}, ["follow", "close"]),
        (Case("A", OVER, "contact", "Ana"), {"send": "no"}, ["follow.talk", "close"]),
        (Case("A", OVER, "contact", "Ben"), {}, ["other"]),
        (Case("A", OVER, "closed"), {}, ["closed"]),
        (Case("A", None, "withdrawn"), {}, ["withdrawn"]),
        (Case("A", SOON), {"send": "no", "call_back": "no"}, ["withdrawn"]),
    ],
)
def test_what_ana_does_next(case: Case, said: dict[str, str], steps: list[str]) -> None:
    found = proposed(drafted(answers=ALL | said), case, "Ana", NOW)
    assert [step.id for step in found] == [f"desk.next.{step}" for step in steps]


def test_where_nothing_was_said_of_the_phone_only_batea_is_said() -> None:
    answers = {name: said for name, said in ALL.items() if name != "call_how"}
    [_, call] = proposed(drafted(answers=answers), Case("A", SOON), "Ana", NOW)
    assert call.id == "desk.next.call_batea.due"
    assert call.due == SOON


def test_whoever_asked_in_private_is_called_saying_only_batea() -> None:
    asked = drafted(answers=ALL | {"call_how": "any_day"}, quiet=True)
    found = proposed(asked, Case("P", SOON), "Luz", NOW)
    assert [step.id for step in found] == ["desk.next.take", "desk.next.call_batea.due"]


@pytest.mark.parametrize(
    ("how", "step"), [("any_day", "call_batea.due"), ("only_batea", "call_batea.due"), ("not_safe", "not_safe")]
)
def test_protection_calls_by_its_own_day_or_not_at_all(how: str, step: str) -> None:
    [found] = guarding(drafted(answers=ALL | {"call_how": how}), Case("P", SOON), NOW)
    assert found.id == f"desk.next.{step}"
