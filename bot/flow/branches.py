"""What opens what: conditions in words, and which answer leads to which question."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.applies import WORKER_ROLES
from flows.assess import COUNTS, DECIDERS
from flows.model import UNKNOWN, Checklist, Condition, Item
from flows.scale import FEEDS

EFFECTS = {
    "outside_scope": "Fairmined is not for this mine",
    "formalise_first": "this comes first, before anything else",
    "gap": "a gap",
    "ask_arm": "a question for ARM",
    "advice": "advice, the result stays",
    "urgent": "urgent, told only to a protection contact",
    "scale": "gold per person and day is worked out or asked otherwise",
}
Label = Callable[[str], str]
"""Message id -> words."""


def when(item: Item, checklist: Checklist, label: Label) -> str:
    """On which answers the item is asked, in words; "" where always."""
    return ", or ".join(together(condition, checklist, label) for condition in item.when)


def together(condition: Condition, checklist: Checklist, label: Label) -> str:
    """All that has to hold, in words."""
    return " and ".join(
        f"{_numbered(name, checklist)} is {_either(name, codes, label)}" for name, codes in condition.items()
    )


def asked_of(item: Item, checklist: Checklist) -> str:
    """Of whom the item is asked, in words."""
    if not item.worker:
        assumed = f"; the answer is taken to be “{item.assumed}”" if item.assumed else ""
        return f"not asked of workers{assumed}"
    passed = [_numbered(name, checklist) for name in _named(item) if checklist.items[name].assumed]
    return f"asked of workers too{', without asking ' + ', '.join(passed) if passed else ''}"


def opened_by(item: Item, code: str, checklist: Checklist) -> tuple[Item, ...]:
    """The items that this answer helps to open."""
    found = (other for other in checklist.items.values() if other.id != item.id)
    return tuple(other for other in found if any(code in condition.get(item.id, ()) for condition in other.when))


def leads_to(item: Item, code: str, checklist: Checklist) -> str:
    """What an answer does, in words; "" where nothing but that it is noted."""
    return "; ".join(_effects(item, code, checklist))


def _effects(item: Item, code: str, checklist: Checklist) -> Iterator[str]:
    if code in item.rule:
        yield EFFECTS[item.rule[code]]
    elif code == UNKNOWN and _counts(item):
        yield "to find out"
    opened = opened_by(item, code, checklist)
    if opened:
        yield "asks " + ", ".join(f"{other.number} {other.id}" for other in opened)
    if item.id == "role" and code in WORKER_ROLES:
        yield "asks only what a worker can see"


def _counts(item: Item) -> bool:
    return item.opener or item.id in DECIDERS or item.id in FEEDS or bool(COUNTS.intersection(item.rule.values()))


def _either(name: str, codes: tuple[str, ...], label: Label) -> str:
    return " or ".join(f"“{label(f'{name}.{code}')}”" for code in codes)


def _numbered(name: str, checklist: Checklist) -> str:
    return f"{checklist.items[name].number} {name}" if name in checklist.items else name


def _named(item: Item) -> Iterator[str]:
    yield from dict.fromkeys(name for condition in item.when for name in condition)
