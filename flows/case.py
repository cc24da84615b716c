"""A referral on its way through the desk: who took it, what became of it. A `transitions` machine; it sends nothing.

What was referred is in the draft; here is only what staff do with it, every step with who and when.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args

import msgspec
from msgspec.structs import replace
from transitions import Machine

from flows.triage import Letter

State = Literal["new", "taken", "contact", "closed", "withdrawn"]
Move = Literal["take", "assign", "contacted", "close", "reopen", "withdraw", "renew"]
Outcome = Literal["applies", "works_on_it", "talked", "elsewhere", "not_reached", "not_now"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
OPEN: tuple[State, ...] = ("new", "taken", "contact")
_HELD = ("taken", "contact")
_TRANSITIONS: tuple[tuple[Move, tuple[State, ...], State], ...] = (
    ("take", ("new",), "taken"),
    ("assign", OPEN, "taken"),
    ("contacted", ("taken", "contact"), "contact"),
    ("close", OPEN, "closed"),
    ("reopen", ("closed",), "taken"),
    ("withdraw", (*OPEN, "closed"), "withdrawn"),
    ("renew", ("closed", "withdrawn"), "new"),
)


class Impossible(Exception):
    """The case is not where this can be done: somebody else may have been quicker."""


class Step(msgspec.Struct, frozen=True):
    """One step: when (epoch seconds), who ("" is Batea itself), what, a note, and where it led."""

    at: float
    who: str
    move: Move
    note: str = ""
    to: State = "new"


class Case(msgspec.Struct, frozen=True):
    """Where a referral stands. `due`: by when somebody was to call (epoch seconds), None where nothing was promised.

    `holder` is the contact who has it; `late`: that the leads were told it is overdue.
    """

    letter: Letter | None
    due: float | None
    state: State = "new"
    holder: str = ""
    outcome: Outcome | None = None
    late: bool = False
    history: tuple[Step, ...] = ()

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN


class _Cursor:
    """What the shared machine moves while one step is worked out."""

    def __init__(self, state: State) -> None:
        self.state: Any = state


@cache
def machine() -> Machine:
    """The machine of all cases."""
    moves = [{"trigger": move, "source": list(sources), "dest": to} for move, sources, to in _TRANSITIONS]
    return Machine(model=None, states=list(get_args(State)), transitions=moves, initial="new", auto_transitions=False)


def possible(case: Case) -> tuple[Move, ...]:
    """What can be done with the case as it stands."""
    return tuple(move for move, sources, _ in _TRANSITIONS if case.state in sources)


def move(case: Case, step: Step, *, holder: str = "", outcome: Outcome | None = None) -> Case:
    """The case after the step, which leads where the machine says. Raises `Impossible` where it can't be done."""
    if step.move not in possible(case):
        message = f"{step.move} from {case.state}"
        raise Impossible(message)
    cursor = _Cursor(case.state)
    machine().events[step.move].trigger(cursor)
    history = (*case.history, replace(step, to=cursor.state))
    held = _holder(case, step, holder) if cursor.state in _HELD else ""
    return replace(case, state=cursor.state, holder=held, outcome=outcome, history=history)


def _holder(case: Case, step: Step, holder: str) -> str:
    """Whoever took it or was given it; a call leaves it where it was."""
    return case.holder if step.move == "contacted" else holder or step.who
