"""A form of the page -> the replies that the chat would get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.events import OnPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST = 7
"""Options of a question."""
_LONGEST = 200


def acts(form: Mapping[str, str]) -> tuple[OnPage, ...]:
    """What was done, in order: raised hands come before the reply that closes the vote."""
    state, turn = form.get("state", ""), form.get("turn", "")
    asked = int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < _MOST else 0
    if "command" in form:
        return (OnPage(state, asked, command=form["command"]),)
    return tuple(OnPage(state, asked, reply) for reply in _replies(form)) or (OnPage(state, asked),)


def _replies(form: Mapping[str, str]) -> Iterator[str]:
    rows = (numbers(form, "hand"), numbers(form, "who"), picked(form, "pick"), form.get("text", "").strip()[:_LONGEST])
    yield from (row for row in rows if row)
    if form.get("reply"):
        yield " ".join((form["reply"], *form.get("note", "").split()))[:_LONGEST]


def numbers(form: Mapping[str, str], name: str) -> str:
    """The fields `name`1, `name`2 and so on as a row "12 3 2": what is left empty is 0; "" where all of it is."""
    given = [form[f"{name}{n}"].strip() for n in range(1, _MOST + 1) if f"{name}{n}" in form]
    return " ".join(one or "0" for one in given) if any(given) else ""


def picked(form: Mapping[str, str], name: str) -> str:
    """The boxes `name`1, `name`2 and so on that were ticked, as "1+3"."""
    return "+".join(str(n) for n in range(1, _MOST + 1) if f"{name}{n}" in form)
