"""Answers -> Assessment: where an organisation stands against the entry requirements.

The ladder and its lists are facts.md's "The five results"; it is guidance, ARM and an auditor decide. How an
assessment is told to somebody is for `summary`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from flows.applies import Answers, applies, asked_items, codes, counted, is_unknown, is_worker
from flows.model import Checklist, Item
from flows.scale import FEEDS, verdict

Result = Literal["outside_scope", "formalise_first", "close_gaps", "find_out", "apply_now"]
Ecological = Literal["not_yet", "ask_arm", "not_asked", "possible"]
LADDER: tuple[Result, ...] = ("outside_scope", "formalise_first", "close_gaps", "find_out", "apply_now")
DECIDERS = ("country", "metals", "organised", "registered", "legal_title")
FIRST_THINGS = (*DECIDERS, "community_based")
"""What has to be known before anybody is told that the first things are in place."""
_WEIGHT = {"life": 0, "papers": 1, "systems": 2}
COUNTS = {"outside_scope", "formalise_first", "gap", "ask_arm", "urgent"}
_TOPICS = ("country", "legal_title", "community_based")


class Private(msgspec.Struct, frozen=True):
    """What section 7 adds. Only a protection contact with the person's own consent may see it."""

    result: Result
    asked: bool
    urgent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    ask_arm: tuple[str, ...] = ()
    talk: bool = False


class Assessment(msgspec.Struct, frozen=True):
    """Where the organisation stands. Lists hold item ids, in the order in which they are told."""

    version: str
    result: Result
    complete: bool
    view: Literal["organisation", "worker"]
    stops: tuple[str, ...]
    gaps: tuple[str, ...]
    unknown: tuple[str, ...]
    ask_arm: tuple[str, ...]
    advice: tuple[str, ...]
    ecological: Ecological
    private: Private


Effects = Mapping[str, str | None]
"""Item id -> what its answer does, in the order of the questions."""


def assess(checklist: Checklist, answers: Answers, *, private: bool) -> Assessment:
    """The assessment of what was answered so far; `private` tells whether section 7 belongs to this session."""
    items = list(asked_items(checklist, answers, private=False))
    effects = {item.id: effect(item, checklist, answers) for item in items}
    stops = tuple(_stops(checklist, answers, effects))
    gaps = _gaps(checklist, effects)
    unknown = _unknown(checklist, answers, items)
    ask_arm = tuple(_ask_arm(checklist, answers, effects))
    result = _result(checklist, stops, gaps, unknown + ask_arm, worker=is_worker(answers))
    missing = [item for item in asked_items(checklist, answers, private=private) if _missing(item, checklist, answers)]
    return Assessment(
        version=checklist.version,
        result=result,
        complete="role" in answers and not missing,
        view="worker" if is_worker(answers) else "organisation",
        stops=stops,
        gaps=gaps,
        unknown=unknown,
        ask_arm=ask_arm,
        advice=tuple(_advice(checklist, answers)),
        ecological=ecological(checklist, answers),
        private=_private(checklist, answers, result, asked=private),
    )


def decided(checklist: Checklist, answers: Answers) -> bool:
    """Whether an answer so far stops the application: then the first result is given at once."""
    items = [checklist.items[name] for name in DECIDERS if applies(checklist.items[name], checklist, answers)]
    return any(_stops(checklist, answers, {item.id: effect(item, checklist, answers) for item in items}))


def worded(found: Assessment) -> str:
    """The ending of the result's message ids: for a worker, and where its usual words would say too much.

    "Nothing is missing" needs a worker who knew everything, "the first things are in place" that they are known.
    """
    if found.view == "worker":
        return ".worker.unsure" if found.result == "find_out" and found.unknown else ".worker"
    open_ = {*found.unknown, *found.ask_arm}.intersection(FIRST_THINGS)
    return ".unsure" if found.result == "close_gaps" and open_ else ""


def effect(item: Item, checklist: Checklist, answers: Answers) -> str | None:
    """What the item's answer does by its rule; None where it does nothing or does not count."""
    answer = counted(item, checklist, answers)
    if item.id == "country":
        return _country_effect(checklist, answer)
    found = {item.rule.get(code) for code in codes(answer)}
    return found.pop() if len(found) == 1 else None


def ecological(checklist: Checklist, answers: Answers) -> Ecological:
    """The ecological line, first match of facts.md."""
    said = {name: codes(counted(checklist.items[name], checklist, answers)) for name in _ECOLOGICAL}
    chemicals = {*said["mercury"], *said["cyanide"]}
    if "yes" in chemicals:
        return "not_yet"
    if not said["mercury"] or not said["cyanide"] or "unknown" in chemicals or _elsewhere(said["processing"]):
        return "ask_arm"
    if said["ecological"] != ("yes",):
        return "not_asked"
    return "possible" if said["restoration"] == ("yes",) else "not_yet"


_ECOLOGICAL = ("mercury", "cyanide", "processing", "ecological", "restoration")


def _elsewhere(processing: tuple[str, ...]) -> bool:
    return not processing or bool({"other_plant", "sell_ore", "unknown"}.intersection(processing))


def _country_effect(checklist: Checklist, answer: object) -> str | None:
    if not isinstance(answer, str):
        return None
    country = checklist.countries.get(answer)
    if country is None:
        return "outside_scope"
    return None if country.dac_2024_25 else "ask_arm"


def _stops(checklist: Checklist, answers: Answers, effects: Effects) -> Iterator[str]:
    for wanted in LADDER[:2]:
        yield from (name for name, what in effects.items() if what == wanted)
        if wanted == "outside_scope" and verdict(checklist, answers) == wanted:
            yield "scale"


def _gaps(checklist: Checklist, effects: Effects) -> tuple[str, ...]:
    found = [checklist.items[name] for name, what in effects.items() if what == "gap"]
    return tuple(item.id for item in sorted(found, key=lambda item: _WEIGHT[item.severity or "systems"]))


def _unknown(checklist: Checklist, answers: Answers, items: list[Item]) -> tuple[str, ...]:
    """An unknown title is named first, whatever the result."""
    found = [item.id for item in items if _counts_unknown(item, checklist, answers)]
    return tuple(sorted(found, key=lambda name: name != "legal_title"))


def _counts_unknown(item: Item, checklist: Checklist, answers: Answers) -> bool:
    answer = counted(item, checklist, answers)
    if answer is not None and not is_unknown(answer):
        return False
    if item.id in FEEDS:
        return _feeds_unknown(item, checklist, answers)
    return item.opener or item.id in DECIDERS or bool(COUNTS.intersection(item.rule.values()))


def _feeds_unknown(item: Item, checklist: Checklist, answers: Answers) -> bool:
    """The band is asked for only where the gold was."""
    if item.id == "gold_band" and "gold_month" not in answers:
        return False
    return item.id not in answers or verdict(checklist, answers) == "unknown"


def _ask_arm(checklist: Checklist, answers: Answers, effects: Effects) -> Iterator[str]:
    yield from (name for name, what in effects.items() if name in _TOPICS and what == "ask_arm")
    if verdict(checklist, answers) == "ask_arm":
        yield "scale"


def _advice(checklist: Checklist, answers: Answers) -> Iterator[str]:
    yield from (item.id for item in checklist.items.values() if effect(item, checklist, answers) == "advice")


def _missing(item: Item, checklist: Checklist, answers: Answers) -> bool:
    return counted(item, checklist, answers) is None


def _result(
    checklist: Checklist, stops: tuple[str, ...], gaps: tuple[str, ...], open_: tuple[str, ...], *, worker: bool
) -> Result:
    if stops:
        first = stops[0]
        outside = first in ("country", "scale") or "outside_scope" in checklist.items[first].rule.values()
        return "outside_scope" if outside else "formalise_first"
    if gaps:
        return "close_gaps"
    return "find_out" if open_ or worker else "apply_now"


def _private(checklist: Checklist, answers: Answers, result: Result, *, asked: bool) -> Private:
    if not asked:
        return Private(result=result, asked=False)
    items = [item for section in checklist.sections if section.id == "private" for item in section.items]
    effects = {item.id: effect(item, checklist, answers) for item in items}
    urgent = tuple(name for name, what in effects.items() if what == "urgent")
    ask_arm = tuple(name for name, what in effects.items() if what == "ask_arm")
    unknown = tuple(item.id for item in items if _counts_unknown(item, checklist, answers))
    return Private(
        result=_at_least(result, "close_gaps" if urgent else "find_out" if unknown or ask_arm else result),
        asked=True,
        urgent=urgent,
        unknown=unknown,
        ask_arm=ask_arm,
        talk=answers.get("security_talk") == "yes",
    )


def _at_least(result: Result, least: Result) -> Result:
    return min(result, least, key=LADDER.index)
