"""The machine of a referral: what can be done from where, and that nothing else can."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from flows.case import Case, Impossible, Move, State, Step, move, possible

LED: dict[tuple[State, Move], State] = {
    ("new", "take"): "taken",
    ("new", "assign"): "taken",
    ("new", "close"): "closed",
    ("new", "withdraw"): "withdrawn",
    ("taken", "assign"): "taken",
    ("taken", "contacted"): "contact",
    ("taken", "close"): "closed",
    ("taken", "withdraw"): "withdrawn",
    ("contact", "assign"): "taken",
    ("contact", "contacted"): "contact",
    ("contact", "close"): "closed",
    ("contact", "withdraw"): "withdrawn",
    ("closed", "reopen"): "taken",
    ("closed", "withdraw"): "withdrawn",
    ("closed", "renew"): "new",
    ("withdrawn", "renew"): "new",
}
ALL = list(product(get_args(State), get_args(Move)))


@pytest.mark.parametrize(("state", "what"), ALL)
def test_every_move_from_every_state(state: State, what: Move) -> None:
    case = Case("B", 100.0, state=state, holder="Ana" if state in {"taken", "contact"} else "")
    led = LED.get((state, what))
    assert (what in possible(case)) == (led is not None)
    if led is None:
        with pytest.raises(Impossible):
            move(case, Step(5.0, "Ana", what))
    else:
        assert move(case, Step(5.0, "Ana", what)).state == led


def test_who_has_it() -> None:
    taken = move(Case("A", None), Step(1.0, "Ana", "take"))
    assert taken.holder == "Ana"
    called = move(taken, Step(2.0, "Luz", "contacted"))
    assert called.holder == "Ana"
    given = move(called, Step(3.0, "Jefa", "assign"), holder="Luz")
    assert (given.state, given.holder) == ("taken", "Luz")
    closed = move(given, Step(4.0, "Luz", "close", "visita hecha"), outcome="applies")
    assert (closed.holder, closed.outcome, closed.open) == ("", "applies", False)
    assert [step.to for step in closed.history] == ["taken", "contact", "taken", "closed"]
    assert closed.history[-1] == Step(4.0, "Luz", "close", "visita hecha", "closed")
    again = move(closed, Step(5.0, "Luz", "reopen"))
    assert (again.holder, again.outcome) == ("Luz", None)


def test_only_one_of_two_takes_it() -> None:
    taken = move(Case("A", None), Step(1.0, "Ana", "take"))
    with pytest.raises(Impossible, match="take from taken"):
        move(taken, Step(1.0, "Luz", "take"))
