"""Whether a checklist makes sense as a conversation, beyond what `load` sees. Each finding names item and key.

Its words are looked at in `check_words`; what messages cost to send is for `bot.catalogs.lint`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.assess import DECIDERS, LADDER
from flows.check_conditions import conditions
from flows.model import UNKNOWN, Checklist, Item
from flows.phases import CHOICES, DETAILS, DONE
from flows.scale import FEEDS

MOST_OPTIONS = 7
MOST_VOTED = 3
"""Hands are typed in a row, "12 3 2"; the last of them do not know."""
SECTIONS = ("basics", "going_on", "private", "advice")
NAMED = (*DECIDERS, *FEEDS, "role", "mercury", "cyanide", "processing", "ecological", "restoration", "security_talk")
"""Items that the engine knows by name: the ladder, the scale, the ecological line."""
_TAKEN = {*CHOICES, *DETAILS, DONE, "language", "section", "unit", "words", "info", "menu", "hint", "result", "first"}
_STOPS: set[str] = set(LADDER[:2])
_EVIDENCE: dict[str, set[str]] = {"topic": _STOPS, "practice": {*_STOPS, "gap", "urgent", "ask_arm", "scale"}}
"""Mark -> what it may not do (facts.md, "Honesty rules")."""
_COSTS = range(1, 4)


def lint(checklist: Checklist) -> list[str]:
    """Everything that is wrong with the structure; empty where nothing is."""
    items = list(checklist.items.values())
    found = [*_sections(checklist), *_named(checklist), *_order(checklist), *_countries(checklist)]
    found += conditions(checklist)
    return found + [f"{item.id}: {mistake}" for item in items for look in _LOOKS for mistake in look(item)]


def _sections(checklist: Checklist) -> Iterator[str]:
    ids = [section.id for section in checklist.sections]
    yield from (f"section {name}: is missing" for name in SECTIONS if name not in ids)
    yield from (f"section {name}: is there twice" for name in dict.fromkeys(ids) if ids.count(name) > 1)
    if ids[-2:] != ["private", "advice"]:
        yield "section private, section advice: have to be the last two"


def _named(checklist: Checklist) -> Iterator[str]:
    yield from (f"{name}: the engine needs an item of this id" for name in NAMED if name not in checklist.items)
    for section in checklist.sections[1:]:
        yield from (f"{item.id}: has to be in the first section" for item in section.items if item.id in DECIDERS)


def _order(checklist: Checklist) -> Iterator[str]:
    """Gold is asked last of section 6: its figures are what extortion is calculated from."""
    for section in checklist.sections:
        marks = [item.gold for item in section.items]
        golden = [item.id for item in section.items if item.gold]
        if section.id != "going_on":
            yield from (f"{name}: gold: may only be asked in section going_on" for name in golden)
        elif marks != sorted(marks):
            yield from (f"{name}: gold: has to come last in section going_on" for name in golden)


def _countries(checklist: Checklist) -> Iterator[str]:
    listed = (country for country in checklist.countries.values() if not country.dac_2024_25 and not country.dac_2005)
    yield from (f"countries.csv: {country.iso2}: is on neither list" for country in listed)


def _id(item: Item) -> Iterator[str]:
    if item.id in _TAKEN:
        yield "id: is taken by the conversation itself"


def _choices(item: Item) -> Iterator[str]:
    if len(item.choices) > MOST_OPTIONS:
        yield f"choices: {len(item.choices)}, and a question has at most {MOST_OPTIONS}"
    if item.kind in ("one", "several") and len(item.choices) < 2:  # noqa: PLR2004 -- one is no choice
        yield "choices: fewer than two"
    if item.kind in ("number", "quantity") and set(item.choices) - {UNKNOWN}:
        yield f"choices: a {item.kind} has none but {UNKNOWN}"
    if item.kind in ("country", "text") and item.choices:
        yield f"choices: a {item.kind} has none"
    yield from (f"choices: {code} is there twice" for code in set(item.choices) if item.choices.count(code) > 1)


def _rule(item: Item) -> Iterator[str]:
    yield from (f"rule.{code}: not among the choices" for code in item.rule if code not in item.choices)
    if item.kind in ("number", "quantity", "country", "text") and set(item.rule) - {UNKNOWN}:
        yield f"rule: a {item.kind} has no options for one"
    if item.rule and item.evidence is None:
        yield "evidence: a rule needs one"
    if item.assumed is not None and item.assumed not in item.choices:
        yield f"assumed: {item.assumed} is not among the choices"


def _evidence(item: Item) -> Iterator[str]:
    forbidden = _EVIDENCE.get(item.evidence or "", set())
    for code, effect in item.rule.items():
        if effect in forbidden:
            yield f"rule.{code}: {effect} is too much for evidence of the kind {item.evidence}"


def _severity(item: Item) -> Iterator[str]:
    weighed = {"gap", "urgent"}.intersection(item.rule.values())
    if weighed and (item.severity is None or item.cost not in _COSTS):
        yield f"severity, cost: a rule of the kind {'/'.join(sorted(weighed))} needs both, the cost from 1 to 3"


def _private(item: Item) -> Iterator[str]:
    if item.sensitive and item.section != "private":
        yield f"sensitive: may not be asked in section {item.section}"
    if item.section == "private" and not item.sensitive:
        yield "sensitive: everything in section private is"
    if item.sensitive and UNKNOWN not in item.choices:
        yield f"choices: a sensitive question can always be passed over with {UNKNOWN}"
    told = set(item.rule.values()) - {"urgent", "ask_arm"}
    if item.sensitive and told:
        yield f"rule: {'/'.join(sorted(told))} would be told"
    if not item.sensitive and "urgent" in item.rule.values():
        yield "rule: urgent is for sensitive questions"


def _advice(item: Item) -> Iterator[str]:
    more = set(item.rule.values()) - {"advice"}
    if item.section == "advice" and more:
        yield f"rule: {'/'.join(sorted(more))}: the pack of advice never changes the result"


def _limits(item: Item) -> Iterator[str]:
    if item.kind != "number" and (item.least is not None or item.most is not None):
        yield "least, most: only a number has them"
    elif item.least is not None and item.most is not None and item.least > item.most:
        yield "least, most: nothing lies between"


def _room(item: Item) -> Iterator[str]:
    if item.room and item.private:
        yield "room: what can harm is never asked in one"
    if item.room == "vote" and item.kind != "one":
        yield f"room: a vote is on one choice, and this is a {item.kind}"
    if item.room == "vote" and len(item.choices) > MOST_VOTED:
        yield f"room: {len(item.choices)} choices, and a vote has at most {MOST_VOTED}"
    if item.room == "vote" and UNKNOWN not in item.choices:
        yield f"room: a vote can always be on {UNKNOWN}"


_LOOKS: tuple[Callable[[Item], Iterator[str]], ...] = (
    *(_id, _choices, _rule, _evidence, _severity, _private, _advice, _limits, _room),
)
