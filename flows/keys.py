"""Every message id that a checklist and the conversation build while they run, with a word for the translator.

Ids that stand whole in the code are found there by `bot.catalogs.extract`; what they say is in the catalogs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from flows import open_points, reminding, staff
from flows.assess import COUNTS, DECIDERS, LADDER
from flows.blocks import joins, plainly, room
from flows.commands import NAMES
from flows.detours import resuming
from flows.menu import INFO, MENU, MORE
from flows.model import Checklist, Item
from flows.phases import CHOICES, DETAILS
from flows.room import asking, opening, seat
from flows.scale import FEEDS

_NO_SYNONYMS = ("send_private", "delete")
"""Phases whose options are only yes and no."""
_NTH = range(1, 8)
_NO_WEIGHT, _NO_PERIOD = "words.unit.unclear", "words.period.year"
_HINTS = (
    *("choice", "several", "number", "number_range", "whole", "limits", "quantity", "unit_weight", "period_day"),
    *("country", "text", "people", "hands"),
)
_DONE = ("sent", "updated", "talk", "uncalled", "kept")


class Key(msgspec.Struct, frozen=True):
    """A message id, what a translator has to know about it, and whether it has a plural."""

    id: str
    comment: str
    plural: bool = False


def keys(checklist: Checklist) -> Iterator[Key]:
    """What the content needs: sections, questions with all that belongs to them, units."""
    for section in checklist.sections:
        yield Key(f"section.{section.id}", "One short word: it stands before every question of the section.")
        for item in section.items:
            yield from _item(item)
    for unit in checklist.units:
        yield Key(f"unit.{unit}", "A unit of gold weight, as an option.")
        yield Key(f"words.unit.{unit}", "What people call this unit, separated by |.")
    for period in checklist.periods:
        yield Key(f"words.period.{period}", "How people say it, separated by |.")


def phase_keys() -> Iterator[Key]:
    """The questions of the conversation itself."""
    for phase, codes in CHOICES.items():
        key = f"menu.{phase}.ask" if phase == "delete" else f"{phase}.ask"
        yield Key(key, "A question; with its options one SMS.")
        yield from (Key(f"{phase}.{code}", f"An option of {phase}.") for code in codes)
        if phase not in _NO_SYNONYMS:
            yield from (Key(f"{phase}.{code}.words", "Other words for the option, separated by |.") for code in codes)
    yield from (Key(f"{name}.ask", "A question answered in free text; one SMS.") for name in ("language", *DETAILS))
    yield from (Key(f"{name}.ask.{how}", "The same question, otherwise put; one SMS.") for name, how in _VARIANTS)


_VARIANTS = (("checkpoint", "anyway"), ("checkpoint", "worker"), ("call_back", "talk"), ("scale", "band"))


def built_keys(locales: Iterable[str]) -> Iterator[Key]:
    """What the engine says in so many ways: results, hints, menus, the names of the languages, command words."""
    for name in LADDER[:2]:
        yield Key(f"first.{name}", "The first result, after the first questions; all of it is at most two SMS.")
        yield Key(f"first.{name}.next", "What else there is, and that this is guidance.")
    yield from _results()
    yield from (Key(f"ecological.{name}", "A line of the result.") for name in ("possible", "ask_arm"))
    yield from (Key(f"scale.{name}", "Gold per person and day.") for name in ("short", "stop", "arm"))
    yield Key("phase.why", "Why a question that is none of the checklist's is asked.")
    yield from (
        Key(f"talk.{name}", "When somebody calls, inside the sentence of talk.") for name in ("any_day", "only_batea")
    )
    yield from (Key(f"done.{name}", "The last message.") for name in _DONE)
    for why in _HINTS:
        yield Key(f"hint.{why}", "The answer was not understood; one SMS.")
        yield Key(f"hint.{why}.example", "The second time: what to do instead, with an example; one SMS.")
    yield from (Key(f"hint.way_out{keys}", "The third time: ways out; one SMS.") for keys in ("", ".number"))
    yield from (Key(f"askback.{why}", "Puts a question back.") for why in ("unit", "reading", "country", "which"))
    yield from (Key(f"staff.{what}", "Told to the person when ARM does it; one SMS.") for what in staff.TOLD)
    yield from (Key(f"status.{what}", "Where the case stands; one SMS.") for what in staff.STANDS)
    yield from _menus()
    yield from _rooms()
    yield from _languages(locales)
    yield from (Key(f"words.{name}", "What people send for this command, separated by |.") for name in NAMES)
    yield from (Key(f"words.nth.{n}", f"Number {n} of a list, separated by |.") for n in _NTH)
    yield from (Key(key, "Words that have to be asked back about, separated by |.") for key in (_NO_WEIGHT, _NO_PERIOD))
    yield Key("words.vague", "Commands that may be an answer where people or owners are asked about, separated by |.")
    yield Key("words.small", "Words that tell nothing by themselves, such as articles, separated by |.")


def _results() -> Iterator[Key]:
    for name in LADDER:
        yield Key(f"result.{name}", "How the result begins; all of it is at most four SMS.", name == "close_gaps")
        if name != "close_gaps":
            yield Key(f"result.{name}.next", "What can be done now.")
    for name in ("outside_scope", "close_gaps", "find_out"):
        yield Key(f"result.{name}.worker", "The same for a worker.", name == "close_gaps")
    yield Key(
        "result.close_gaps.unsure", "The same where country, organisation or title are not all known.", plural=True
    )
    yield Key("result.find_out.worker.unsure", "The same for a worker who does not know everything that was asked.")


def _menus() -> Iterator[Key]:
    yield from (Key(f"menu.{name}.ask", "Above the menu.") for name in ("menu", "more", "language"))
    yield from (Key(f"menu.{name}", "A line of the menu.") for name in MENU)
    yield from (Key(f"more.{name}", "A line of the menu's second page.") for name in MORE)
    for menu, names in _FURTHER.items():
        yield from (Key(f"menu.{menu}.{name}", "An option.") for name in names)
    for name in INFO:
        yield Key(f"info.{name}.label", "A line of the menu of information.")
        yield Key(f"info.{name}", "Read from the menu; at most two SMS.")


_FURTHER = {"resume": resuming.CHOICES, "reminder": reminding.CHOICES, "recheck": open_points.CHOICES}
"""Menus that open by themselves, and their options."""


def _rooms() -> Iterator[Key]:
    yield Key("people.ask", "Asks the leader of a group who is present: four figures; one SMS.")
    yield from (Key(f"menu.room.{name}", "A line of the menu of a group's leader.") for name in opening.MENU)
    yield from (Key(f"menu.room_over.{name}", "An option.") for name in seat.OVER)
    for step, names in asking.CHOICES.items():
        yield from (Key(f"{step}.{name}", "What the leader of a group can choose.") for name in names)
        yield from (Key(f"{step}.{name}.words", "Other words for it, separated by |.") for name in names)
    yield from (Key(f"room.{name}", "One SMS to somebody in a group.") for name in ("early", "closed"))
    yield Key("words.join", "The word before the code by which a phone comes into a group, separated by |.")


def _languages(locales: Iterable[str]) -> Iterator[Key]:
    for locale in locales:
        yield Key(f"language.{locale}", "The language's name in itself.")
        yield Key(f"words.language.{locale}", "Names of this language, separated by |.")


def _item(item: Item) -> Iterator[Key]:
    what = f"question {item.number} ({item.section})"
    yield Key(f"{item.id}.ask", f"{what}; with its options one SMS.")
    yield from (Key(f"{item.id}.ask.{variant.name}", f"{what}, otherwise put.") for variant in item.variants)
    if item.kind == "country":
        yield Key(f"{item.id}.ask.guess", f"{what}, with a guess as its first option.")
    for code in item.choices:
        yield Key(f"{item.id}.{code}", f"An option of {what}{_leads_to(item, code)}.")
    yield from (Key(f"{item.id}.{code}.words", "Other words for it, separated by |.") for code in item.synonyms)
    yield Key(f"{item.id}.why", f"Why {what} is asked; at most two SMS.")
    yield Key(f"{item.id}.means", f"What the words of {what} mean, with an example; at most two SMS.")
    yield Key(f"{item.id}.short", f"A few words that name {what}.")
    if joins(item):
        yield Key(f"{item.id}.block", _short_form(item, what))
    yield from _effects(item)


def _short_form(item: Item, what: str) -> str:
    if plainly(item) or item.kind == "number":
        return f"{what} in at most {room(item)} characters, without options: these stand above."
    return f"{what} with its options 1 2 3 on one line, in at most {room(item)} characters."


def _leads_to(item: Item, code: str) -> str:
    return f": {item.rule[code]}" if code in item.rule else ""


def _effects(item: Item) -> Iterator[Key]:
    effects = set(item.rule.values())
    if effects & {"gap", "advice", "urgent"}:
        yield Key(f"{item.id}.gap", "What is missing and its first step.")
        yield Key(f"{item.id}.help", "Who can help with it.")
    if effects & set(LADDER[:2]) or item.kind == "country":
        yield Key(f"{item.id}.stop", "Why this comes first, in one sentence.")
    if "ask_arm" in effects or item.kind == "country":
        yield Key(f"{item.id}.arm", "The question to ARM.")
    if item.opener or item.id in DECIDERS or item.id in FEEDS or effects & COUNTS:
        yield Key(f"{item.id}.who", "Whom in the group to ask, and what.")
