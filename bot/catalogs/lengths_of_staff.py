"""What is told of the staff's steps, at its longest, and the parts it may have: see `lengths`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.desk.talking import READY
from flows import staff
from flows.model import Param, Say

_NAME = "x" * staff.LONGEST_NAME


def staff_cases(reference: str, by: tuple[Say, ...]) -> Iterator[tuple[Say, int]]:
    """What is told and what `status` says; `by` is the line with the longest day."""
    for who in (_NAME, Say("staff.somebody")):
        params: dict[str, Param] = {"reference": reference, "who": who}
        for what in staff.STANDS:
            lines = by if what == "taken" else ()
            yield Say(f"status.{what}", params, lines=lines), 1
            if what in staff.TOLD:
                yield Say(f"staff.{what}", params, lines=lines), 1
    yield from ((Say(key), 1) for key in ("staff.news", "held.over", "held.over.question"))
    for name in READY:
        text = Say(f"talk.ready.{name}", {"when": "x" * 20})
        yield Say("held.wrote", {"who": _NAME, "text": text}), 1
