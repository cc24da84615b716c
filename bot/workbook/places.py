"""Where in the workbook a message id of the content stands: sheet, row, and field of texts."""

from __future__ import annotations

from typing import NamedTuple

from flows.model import Checklist

_FIELDS = {"ask": "label", "why": "hint"}
"""XLSForm has names of its own for what is asked and why."""


class Place(NamedTuple):
    """`row` names the row within its sheet by the ids it is about."""

    sheet: str
    row: tuple[str, ...]
    field: str


def place(key: str, checklist: Checklist) -> Place:
    """Where the texts of a key stand. Raises `KeyError` where the key belongs to nothing of the checklist."""
    owner, _, rest = key.partition(".")
    if owner == "section":
        name, _, field = rest.partition(".")
        return Place("survey", ("section", name), field or "label")
    if owner == "unit":
        return Place("units", (rest,), "label")
    if owner == "words":
        kind, _, name = rest.partition(".")
        return Place({"unit": "units", "period": "periods"}[kind], (name,), "words")
    return _of_item(owner, rest, checklist.items[owner].choices)


def _of_item(item: str, rest: str, choices: tuple[str, ...]) -> Place:
    first, _, last = rest.partition(".")
    if first in choices:
        return Place("choice_rules", (item, first), last) if last else Place("choices", (item, first), "label")
    if last:
        return Place("wordings", (item, first, last), "text")
    return Place("survey", ("item", item), _FIELDS.get(first, first))
