"""The address of the list -> what is looked for, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from urllib.parse import urlencode

import msgspec

from bot.referral.index import OUT_OF_SCOPE, Filters
from flows.assess import LADDER
from flows.case import State
from flows.triage import Letter

if TYPE_CHECKING:
    from collections.abc import Mapping

NOBODY = "-"
"""In the address: nobody has it yet."""
LETTERS, STATES, RESULTS = (*get_args(Letter), OUT_OF_SCOPE), get_args(State), LADDER
_LONGEST, _MOST_PAGES = 80, 100_000
_FREE = ("country", "language", "holder")
_FROM = {"letter": LETTERS, "state": STATES, "result": RESULTS}


def filters(query: Mapping[str, str]) -> Filters:
    """What the address asks for; whatever makes no sense is left out."""
    chosen = {name: query[name] for name, codes in _FROM.items() if query.get(name) in codes}
    chosen |= {name: query[name][:_LONGEST] for name in _FREE if query.get(name)}
    if chosen.get("holder") == NOBODY:
        chosen["holder"] = ""
    given = {**chosen, "text": query.get("text", "").strip()[:_LONGEST], "late": query.get("late") == "1"}
    return msgspec.convert(given, Filters)


def address(found: Filters, number: int = 1) -> str:
    """The query that asks for this, and for this page of it."""
    given = {name: value for name, value in msgspec.structs.asdict(found).items() if value not in {None, False}}
    given |= {"holder": given["holder"] or NOBODY} if "holder" in given else {}
    given |= {"late": 1} if found.late else {}
    given |= {"page": number} if number > 1 else {}
    return urlencode({name: value for name, value in given.items() if value != ""})


def page_number(query: Mapping[str, str]) -> int:
    """Which page is asked for, from 1."""
    asked = query.get("page", "")
    return min(int(asked), _MOST_PAGES) if asked.isascii() and asked.isdecimal() and asked.strip("0") else 1
