"""Whether every question of a checklist can come to be asked: conditions, other wordings, branches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.model import Checklist, Condition, Item

_Needs = dict[str, frozenset[str]]
"""Item -> the codes of which it must have one."""
_WORKERS = frozenset({"worker", "independent"})


def conditions(checklist: Checklist) -> list[str]:
    """What is wrong with `when` and `variants`, and which questions can never be asked."""
    items = checklist.items.values()
    wrong = [mistake for item in items for mistake in _named(item, checklist)]
    return wrong or [mistake for item in items for mistake in _reached(item, checklist)]


def _named(item: Item, checklist: Checklist) -> Iterator[str]:
    """Mistakes in what the conditions name."""
    yield from _in_condition(item, "when", item.when, checklist)
    for variant in item.variants:
        yield from _in_condition(item, f"variants.{variant.name}", (variant.when,), checklist)


def _in_condition(item: Item, key: str, found: Iterable[Condition], checklist: Checklist) -> Iterator[str]:
    earlier = list(checklist.items)[: list(checklist.items).index(item.id)]
    for name, codes in ((name, codes) for condition in found for name, codes in condition.items()):
        place, other = f"{item.id}: {key}: {name}", checklist.items.get(name)
        if other is None:
            yield f"{place}: there is no such item"
            continue
        if name not in earlier:
            yield f"{place}: is asked later"
        yield from (f"{place}: {code} is none of its codes" for code in codes if code not in other.choices)


def _reached(item: Item, checklist: Checklist) -> Iterator[str]:
    if not _ways(item, checklist):
        yield f"{item.id}: when: nothing leads to it"
    elif item.worker and not any(_by_worker(needs, checklist) for needs in _ways(item, checklist)):
        yield f"{item.id}: when: no worker is asked what leads to it"
    for variant in item.variants:
        if not any(_joined(needs, variant.when, checklist) for needs in _ways(item, checklist)):
            yield f"{item.id}: variants.{variant.name}: nothing leads to it"


def _ways(item: Item, checklist: Checklist) -> list[_Needs]:
    """Each way to the item: what has to be answered before, its own conditions and those of what they name."""
    ways: list[_Needs] = []
    for condition in item.when or ({},):
        ways += _joined({}, condition, checklist)
    return ways


def _joined(needs: _Needs, condition: Condition, checklist: Checklist) -> list[_Needs]:
    """The ways to meet the condition on top of these needs; none where they exclude each other."""
    found = [needs]
    for name, codes in condition.items():
        before = _ways(checklist.items[name], checklist)
        found = [both for one in found for way in before if (both := _both(one, way, checklist)) is not None]
        found = [both for one in found if (both := _both(one, {name: frozenset(codes)}, checklist)) is not None]
    return found


def _both(one: _Needs, other: _Needs, checklist: Checklist) -> _Needs | None:
    """Both needs together; None where an item would need two codes and takes one. Of several codes any will do."""
    merged = dict(one)
    for name, codes in other.items():
        several = checklist.items[name].kind == "several"
        merged[name] = codes if several or name not in merged else merged[name] & codes
    return merged if all(merged.values()) else None


def _by_worker(needs: _Needs, checklist: Checklist) -> bool:
    """Whether a worker can meet the needs: each item is asked of workers, or its answer is assumed."""
    for name, codes in needs.items():
        item = checklist.items[name]
        if name == "role" and not codes & _WORKERS:
            return False
        if not item.worker and item.assumed not in codes:
            return False
    return True
