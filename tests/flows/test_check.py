"""Each rule of the lint has a broken checklist, or broken words, that it alone finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.check import lint
from flows.check_words import lint_words
from flows.load import load
from flows.model import Country, Variant
from flows.words import Lexicon, Words

if TYPE_CHECKING:
    from flows.model import Checklist, Item

CHECKLIST = load("2026-11")


def with_items(*items: Item, checklist: Checklist = CHECKLIST) -> Checklist:
    """The checklist with these items in the place of those of the same id."""
    known = {item.id: item for item in items}
    sections = tuple(
        replace(section, items=tuple(known.get(item.id, item) for item in section.items))
        for section in checklist.sections
    )
    return replace(checklist, sections=sections, items={item.id: item for s in sections for item in s.items})


def changed(name: str, **changes: object) -> Checklist:
    return with_items(replace(CHECKLIST.items[name], **changes))


def moved(name: str, section: str, at: int) -> Checklist:
    """The checklist with an item moved to this place of a section."""
    item = replace(CHECKLIST.items[name], section=section)
    sections = []
    for known in CHECKLIST.sections:
        items = [one for one in known.items if one.id != name]
        if known.id == section:
            items.insert(at, item)
        sections.append(replace(known, items=tuple(items)))
    return replace(CHECKLIST, sections=tuple(sections), items={one.id: one for s in sections for one in s.items})


def renamed(name: str, new: str) -> Checklist:
    sections = tuple(
        replace(section, items=tuple(replace(item, id=new) if item.id == name else item for item in section.items))
        for section in CHECKLIST.sections
    )
    return replace(CHECKLIST, sections=sections, items={item.id: item for s in sections for item in s.items})


def without(name: str) -> Checklist:
    sections = tuple(
        replace(section, items=tuple(item for item in section.items if item.id != name))
        for section in CHECKLIST.sections
    )
    return replace(CHECKLIST, sections=sections, items={item.id: item for s in sections for item in s.items})


def test_the_published_checklist_is_sound() -> None:
    assert lint(CHECKLIST) == []


GAP = {"no": "gap"}
BROKEN: list[tuple[Checklist, str]] = [
    (changed("ppe", when=({"nosuch": ("yes",)},)), "ppe: when: nosuch: there is no such item"),
    (changed("ppe", when=({"mercury": ("yes",)},)), "ppe: when: mercury: is asked later"),
    (changed("ppe", when=({"ppe": ("yes",)},)), "ppe: when: ppe: is asked later"),
    (changed("pay_hours", when=({"hired": ("maybe",)},)), "pay_hours: when: hired: maybe is none of its codes"),
    (changed("gold_month", when=({"miners": ("12",)},)), "gold_month: when: miners: 12 is none of its codes"),
    (changed("tailings_water", variants=(Variant("river", {"mine": ("x",)}),)), "tailings_water: variants.river: mine"),
    (changed("pay_hours", when=({"hired": ()},)), "pay_hours: when: nothing leads to it"),
    (
        changed("mercury_less", when=({"mercury": ("yes",), "mercury_burning": ("no",), "cyanide": ("no",)},)),
        "mercury_less: when: cyanide: is asked later",
    ),
    (
        changed("cyanide_plant", when=({"mercury": ("no",), "mercury_burning": ("yes",)},)),
        "cyanide_plant: when: nothing leads to it",
    ),
    (
        changed("registered", variants=(Variant("alone", {"organised": ("alone",)}),)),
        "registered: variants.alone: nothing leads to it",
    ),
    (changed("ppe", when=({"permits": ("yes",)},)), "ppe: when: no worker is asked what leads to it"),
    (changed("hired", assumed=None), "pay_hours: when: no worker is asked what leads to it"),
    (changed("hired", assumed="often"), "hired: assumed: often is not among the choices"),
    (changed("ppe", sensitive=True), "ppe: sensitive: may not be asked in section work"),
    (changed("children", sensitive=False), "children: sensitive: everything in section private is"),
    (changed("children", choices=("no", "yes")), "children: choices: a sensitive question can always be passed over"),
    (changed("children", rule={"yes": "gap"}), "children: rule: gap would be told"),
    (changed("children", room="paper"), "children: room: what can harm is never asked in one"),
    (changed("gold_month", room="paper"), "gold_month: room: what can harm is never asked in one"),
    (changed("processing", room="vote", choices=("pan", "unknown")), "processing: room: a vote is on one choice, and"),
    (changed("others_in_area", room="vote"), "others_in_area: room: 4 choices, and a vote has at most 3"),
    (changed("ppe", choices=("yes", "no")), "ppe: room: a vote can always be on unknown"),
    (changed("ppe", rule={"no": "urgent"}), "ppe: rule: urgent is for sensitive questions"),
    (moved("gold_month", "going_on", 0), "gold_month: gold: has to come last in section going_on"),
    (moved("gold_band", "traceability", 4), "gold_band: gold: may only be asked in section going_on"),
    (changed("mine_type", choices=tuple("abcdefgh")), "mine_type: choices: 8, and a question has at most 7"),
    (changed("ppe", choices=("yes",), rule={}), "ppe: choices: fewer than two"),
    (changed("ppe", choices=("yes", "yes", "no")), "ppe: choices: yes is there twice"),
    (changed("miners", choices=("unknown", "many")), "miners: choices: a number has none but unknown"),
    (changed("country", choices=("CO",)), "country: choices: a country has none"),
    (
        changed("days_month", rule={"unknown": "formalise_first"}),
        "days_month: rule.unknown: formalise_first is too much",
    ),
    (changed("ppe", evidence="topic", rule={"no": "outside_scope"}), "ppe: rule.no: outside_scope is too much"),
    (changed("ppe", evidence="practice", rule=GAP), "ppe: rule.no: gap is too much for evidence of the kind practice"),
    (changed("ppe", evidence="practice", rule={"no": "ask_arm"}), "ppe: rule.no: ask_arm is too much"),
    (changed("ppe", evidence=None), "ppe: evidence: a rule needs one"),
    (changed("ppe", cost=None), "ppe: severity, cost: a rule of the kind gap needs both"),
    (changed("ppe", cost=4), "ppe: severity, cost: a rule of the kind gap needs both, the cost from 1 to 3"),
    (changed("children", severity=None), "children: severity, cost: a rule of the kind urgent needs both"),
    (changed("taxes", evidence="stated", severity="papers", cost=1, rule=GAP), "taxes: rule: gap: the pack of advice"),
    (changed("ppe", rule={"never": "gap"}), "ppe: rule.never: not among the choices"),
    (changed("miners", choices=("unknown",), rule={"12": "scale"}), "miners: rule: a number has no options for one"),
    (changed("ppe", least=1), "ppe: least, most: only a number has them"),
    (changed("days_month", least=32), "days_month: least, most: nothing lies between"),
    (without("cyanide"), "cyanide: the engine needs an item of this id"),
    (moved("legal_title", "organisation", 0), "legal_title: has to be in the first section"),
    (renamed("waste", "send"), "send: id: is taken by the conversation itself"),
    (replace(CHECKLIST, sections=CHECKLIST.sections[::-1]), "section private, section advice: have to be the last two"),
    (replace(CHECKLIST, sections=CHECKLIST.sections[:-1]), "section advice: is missing"),
    (replace(CHECKLIST, sections=(*CHECKLIST.sections[:1], *CHECKLIST.sections)), "section basics: is there twice"),
    (
        replace(CHECKLIST, countries={**CHECKLIST.countries, "XX": Country("XX", "asia", "", "", "")}),
        "countries.csv: XX: is on neither list",
    ),
]


@pytest.mark.parametrize(("broken", "expected"), BROKEN, ids=[expected for _, expected in BROKEN])
def test_each_rule_finds_its_mistake(broken: Checklist, expected: str) -> None:
    found = lint(broken)
    assert any(mistake.startswith(expected) for mistake in found), found


def test_conditions_in_a_circle_are_named_and_end() -> None:
    first = replace(CHECKLIST.items["hired"], when=({"pay_hours": ("yes",)},))
    found = lint(with_items(first))
    assert "hired: when: pay_hours: is asked later" in found


def test_one_mistake_does_not_hide_the_next() -> None:
    two = with_items(replace(CHECKLIST.items["ppe"], cost=None), replace(CHECKLIST.items["waste"], sensitive=True))
    assert len(lint(two)) >= 2


# -- words ------------------------------------------------------------------------------------------------------------


def told(words: Words, **phrases: tuple[str, ...]) -> Words:
    """The words with some phrases of Spanish put in their place; `__` stands for a dot."""
    lexicon = words.locales["es"].phrases | {key.replace("__", "."): found for key, found in phrases.items()}
    return Words({**words.locales, "es": Lexicon(lexicon)})


def test_the_words_of_every_language_are_apart(words: Words) -> None:
    assert [mistake for locale in words.locales for mistake in lint_words(CHECKLIST, words, locale)] == []


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (
            {"ppe__yes": ("si siempre",), "ppe__no": ("no", "si siempre")},
            "es: ppe: “si siempre” is taken for yes and for no",
        ),
        ({"send__yes": ("si", "no"), "send__no": ("no",)}, "es: send: “no” is taken for yes and for no"),
        ({"ppe__yes": ("baja",)}, "es: ppe.yes: “baja” is the command stop"),
        ({"ppe__yes": ("end",)}, "es: ppe.yes: “end” is the command stop"),
        ({"consent__no": ("no", "borrar")}, "es: consent.no: “borrar” is the command delete"),
        ({"ppe__no": ("no", "ni idea")}, "es: ppe.no: “ni idea” is not knowing"),
        ({"ppe__no": ("no", "2")}, "es: ppe.no: “2” is the number of an option"),
        ({"words__menu": ("volver",)}, "es: “volver” is the command menu and back"),
    ],
)
def test_words_that_mean_two_things(words: Words, phrases: dict[str, tuple[str, ...]], expected: str) -> None:
    assert lint_words(CHECKLIST, told(words, **phrases), "es") == [expected]
