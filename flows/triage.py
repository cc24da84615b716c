"""How urgent a case is for ARM, as one letter: what staff are told of it, and by when somebody calls."""

from __future__ import annotations

from typing import Literal

from flows.applies import Answers
from flows.assess import assess
from flows.model import Checklist

Letter = Literal["P", "A", "B", "F", "D"]
"""P something to be talked of in private, A can apply, B has gaps, F has to formalise first, D has to find out."""
_LETTERS: dict[str, Letter] = {"apply_now": "A", "close_gaps": "B", "formalise_first": "F", "find_out": "D"}


def triage(checklist: Checklist, answers: Answers, *, private: bool, quiet: bool = False) -> Letter | None:
    """The letter of what leaves for ARM; None outside of its scope. `private`: section 7 belongs to the session.

    A call alone tells nothing of the mine: that is to be found out. P needs what only the protection contact sees, and
    the person's consent to that; or a call was asked for in private, and is `quiet`.
    """
    if quiet:
        return "P"
    if answers.get("send") != "yes":
        return "D"
    found = assess(checklist, answers, private=private)
    shared = answers.get("send_private") == "yes"
    return "P" if shared and (found.private.urgent or found.private.talk) else _LETTERS.get(found.result)
