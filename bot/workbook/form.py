"""What the form needs to run in ODK and KoboToolbox as the conversation does: types, branches, limits.

What only the bot does (the result, blocks, undo, what is kept private) is not in the form.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.applies import WORKER_ROLES
from flows.model import UNKNOWN, Checklist, Condition, Item, Kind

COUNTRIES, UNITS = "countries", "units"
"""Lists of choices that are not of one question."""
TYPES: dict[str, Kind] = {"integer": "number", "decimal": "quantity", "text": "text"}
_WRITTEN = {kind: name for name, kind in TYPES.items()}
_WORKER = " or ".join(f"${{role}} = '{role}'" for role in WORKER_ROLES)


def type_of(item: Item) -> str:
    """The question's type in XLSForm; its list of choices has its own id."""
    if item.kind in _WRITTEN:
        return _WRITTEN[item.kind]
    kind = "select_multiple" if item.kind == "several" else "select_one"
    return f"{kind} {COUNTRIES if item.kind == 'country' else item.id}"


def form_columns(item: Item, checklist: Checklist) -> dict[str, str]:
    """The columns that follow from ours."""
    required = "yes" if item.kind in ("one", "several", "country") else ""
    return {"relevant": relevant(item, checklist), "required": required, "constraint": constraint(item)}


def relevant(item: Item, checklist: Checklist) -> str:
    """The XPath of when the item is asked; "" for always."""
    ways = [_all(condition, checklist) for condition in item.when]
    when = " or ".join(f"({way})" for way in ways) if len(ways) > 1 else "".join(ways)
    leaders = "" if item.worker else f"not({_WORKER})"
    both = [leaders, f"({when})" if len(ways) > 1 and leaders else when]
    return " and ".join(part for part in both if part)


def _all(condition: Condition, checklist: Checklist) -> str:
    return " and ".join(_any(checklist.items[name], codes, checklist) for name, codes in condition.items())


def _any(item: Item, codes: tuple[str, ...], checklist: Checklist) -> str:
    tests = [_is(item, code, checklist) for code in codes]
    if item.assumed in codes:
        tests.append(_WORKER)
    return f"({' or '.join(tests)})" if len(tests) > 1 else tests[0]


def _is(item: Item, code: str, checklist: Checklist) -> str:
    """A number that is not known is left empty; so is one that was not asked, and that does not count."""
    if item.kind in ("number", "quantity"):
        asked = relevant(item, checklist)
        return f"(${{{item.id}}} = '' and {asked})" if asked else f"${{{item.id}}} = ''"
    return f"selected(${{{item.id}}}, '{code}')"


def constraint(item: Item) -> str:
    """The XPath of what may be answered; "" for anything."""
    return " and ".join(_limits(item))


def _limits(item: Item) -> Iterator[str]:
    if item.least is not None:
        yield f". >= {item.least}"
    if item.most is not None:
        yield f". <= {item.most}"
    if item.kind == "quantity":
        yield ". > 0"
    if item.kind == "several" and UNKNOWN in item.choices:
        yield f"not(selected(., '{UNKNOWN}') and count-selected(.) > 1)"
