"""What changed between two content versions, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher

import msgspec

from bot.flow.branches import EFFECTS, together, when
from flows.keys import keys
from flows.model import Checklist, Item

_MARKS = ("worker", "opener", "sensitive", "gold")
_PLAIN = ("kind", "evidence", "severity", "cost", "assumed", "least", "most", "room")


def changes(old: Checklist, new: Checklist) -> list[str]:
    """Each change in a line; empty where only the version differs."""
    return [line for look in _LOOKS for line in look(old, new)]


def _source(old: Checklist, new: Checklist) -> Iterator[str]:
    if old.source != new.source:
        yield f"source: “{old.source}” is now “{new.source}”"


def _sections(old: Checklist, new: Checklist) -> Iterator[str]:
    ids = [[section.id for section in checklist.sections] for checklist in (old, new)]
    yield from _came_and_went("section", *ids)
    yield from (f"section {name}: moved" for name in _moved(*ids))


def _items(old: Checklist, new: Checklist) -> Iterator[str]:
    yield from (f"{_named(item)}: added in section {item.section}" for item in _only_in(new, old))
    yield from (f"{_named(item)}: removed" for item in _only_in(old, new))
    moved = {*_moved(list(old.items), list(new.items))}
    for name, was in old.items.items():
        if name in new.items:
            yield from (f"{_named(new.items[name])}: {line}" for line in _item(name, old, new))
            if name in moved and was.section == new.items[name].section:
                yield f"{_named(new.items[name])}: moved, now after {_before(name, new)}"


def _item(name: str, before: Checklist, after: Checklist) -> Iterator[str]:
    old, new = before.items[name], after.items[name]
    if old.section != new.section:
        yield f"moved from section {old.section} to {new.section}"
    if old.number != new.number:
        yield f"number {old.number} is now {new.number}"
    for field in _PLAIN:
        was, is_now = getattr(old, field), getattr(new, field)
        if was != is_now:
            yield f"{field} was {_said(was)}, is now {_said(is_now)}"
    yield from (
        f"is {'now' if getattr(new, mark) else 'no longer'} {mark}" for mark in _MARKS if _differ(old, new, mark)
    )
    yield from _choices(old, new)
    yield from _rules(old, new)
    yield from _conditions(name, before, after)


def _choices(old: Item, new: Item) -> Iterator[str]:
    yield from _came_and_went("choice", old.choices, new.choices)
    common = [[code for code in item.choices if code in old.choices and code in new.choices] for item in (old, new)]
    if common[0] != common[1]:
        yield f"choices stand in another order: {', '.join(new.choices)}"
    yield from _came_and_went("other words for", old.synonyms, new.synonyms)


def _rules(old: Item, new: Item) -> Iterator[str]:
    for code in dict.fromkeys((*old.rule, *new.rule)):
        was, is_now = (EFFECTS.get(item.rule.get(code, ""), "nothing") for item in (old, new))
        if was != is_now:
            yield f"rule: “{code}” led to {was}, leads now to {is_now}"


def _conditions(name: str, before: Checklist, after: Checklist) -> Iterator[str]:
    old, new = before.items[name], after.items[name]
    if old.when != new.when:
        yield f"was asked {_asked(old, before)}; is now asked {_asked(new, after)}"
    if old.variants != new.variants:
        found = [f"{variant.name} if {together(variant.when, after, _code)}" for variant in new.variants]
        yield f"other wordings are now: {'; '.join(found) or 'none'}"


def _asked(item: Item, checklist: Checklist) -> str:
    return f"if {when(item, checklist, _code)}" if item.when else "always"


def _tables(old: Checklist, new: Checklist) -> Iterator[str]:
    for name in ("units", "periods", "countries"):
        was, is_now = getattr(old, name), getattr(new, name)
        yield from _came_and_went(name, was, is_now)
        yield from (f"{name}: {key}: changed" for key in was if key in is_now and was[key] != is_now[key])


def _texts(old: Checklist, new: Checklist) -> Iterator[str]:
    """Texts are shared by all versions by key: a key that stays keeps its words."""
    was, is_now = ([key.id for key in keys(checklist)] for checklist in (old, new))
    yield from (f"text {key}: new" for key in is_now if key not in was)
    yield from (f"text {key}: no longer used by this version" for key in was if key not in is_now)


_LOOKS: tuple[Callable[[Checklist, Checklist], Iterator[str]], ...] = (_source, _sections, _items, _tables, _texts)


def _only_in(one: Checklist, other: Checklist) -> list[Item]:
    return [item for name, item in one.items.items() if name not in other.items]


def _came_and_went(what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    was, is_now = list(old), list(new)
    yield from (f"{what} {name}: added" for name in is_now if name not in was)
    yield from (f"{what} {name}: removed" for name in was if name not in is_now)


def _moved(old: list[str], new: list[str]) -> Iterator[str]:
    """What stands elsewhere among what both have; as little as explains the difference."""
    was, is_now = [name for name in old if name in new], [name for name in new if name in old]
    blocks = SequenceMatcher(None, was, is_now, autojunk=False).get_matching_blocks()
    kept = {name for block in blocks for name in was[block.a : block.a + block.size]}
    yield from (name for name in is_now if name not in kept)


def _before(name: str, checklist: Checklist) -> str:
    ids = list(checklist.items)
    place = ids.index(name)
    return ids[place - 1] if place else "nothing: it is the first"


def _differ(old: Item, new: Item, field: str) -> bool:
    return bool(getattr(old, field) != getattr(new, field))


def _said(value: object) -> str:
    return "not set" if value is None else str(msgspec.to_builtins(value))


def _named(item: Item) -> str:
    return f"{item.number} {item.id}"


def _code(key: str) -> str:
    return key.partition(".")[2]
