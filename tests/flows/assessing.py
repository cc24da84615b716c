"""The best answers with some of them changed, assessed; and the tables of facts.md that several tests read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from flows.assess import Assessment, assess
from flows.load import load
from flows.model import Quantity
from tests.flows.walk import FINE

if TYPE_CHECKING:
    from flows.model import Answer

CHECKLIST = load("2026-11")
PRIVATE = ("children", "minors_danger", "forced_work", "security_talk", "protected_area")
ADVICE = (
    *("gender_violence", "elected_leaders", "accounts_shown", "community", "indigenous_land", "taxes"),
    *("contracts", "social_security", "water_permit", "waste", "chemicals_stored", "rehabilitation"),
)
UNDERGROUND: dict[str, Answer] = {"mine_type": ("underground",)}
HIRED: dict[str, Answer] = {"hired": "yes"}
BLASTING: dict[str, Answer] = {"explosives": "yes"}
MERCURY: dict[str, Answer] = {"mercury": "yes"}
CYANIDE: dict[str, Answer] = {"cyanide": "yes"}

GAPS: list[tuple[str, str, str, int, dict[str, Answer]]] = [
    ("permits", "no", "papers", 3, {}),
    ("production_map", "no", "papers", 1, {}),
    ("miner_register", "no", "papers", 1, {}),
    ("equal_treatment", "no", "systems", 2, {}),
    ("pay_hours", "no", "systems", 3, {**HIRED}),
    ("free_to_organise", "no", "systems", 1, {**HIRED}),
    ("safety_rules", "no", "life", 1, {}),
    ("ppe", "no", "life", 2, {}),
    ("safety_training", "no", "life", 2, {}),
    ("ground_support", "no", "life", 3, {**UNDERGROUND}),
    ("explosives_safe", "no", "life", 3, {**BLASTING}),
    ("emergency", "no", "life", 2, {}),
    ("mercury_burning", "yes", "life", 2, {**MERCURY}),
    ("mercury_whole_ore", "yes", "life", 3, {**MERCURY}),
    ("mercury_less", "no", "systems", 2, {**MERCURY}),
    ("mercury_handlers", "no", "life", 1, {**MERCURY}),
    ("cyanide_plant", "no", "life", 3, {**CYANIDE}),
    ("cyanide_on_mercury", "yes", "life", 3, {**MERCURY}),
    ("cyanide_on_mercury", "yes", "life", 3, {**CYANIDE}),
    ("tailings_water", "yes", "life", 2, {}),
    ("internal_control", "no", "systems", 2, {}),
    ("records", "no", "systems", 1, {}),
    ("own_metal", "no", "systems", 2, {}),
    ("sale_receipt", "no", "systems", 1, {}),
    ("audits", "no", "systems", 2, {}),
]


def found(*without: str, **said: Answer) -> Assessment:
    """The assessment of the best answers, but for these; without a protection contact."""
    return assess(CHECKLIST, _but_for(without, said), private=False)


def found_in_private(*without: str, **said: Answer) -> Assessment:
    """The same where there is a protection contact."""
    return assess(CHECKLIST, _but_for(without, said), private=True)


def _but_for(without: tuple[str, ...], said: dict[str, Answer]) -> dict[str, Answer]:
    return {name: answer for name, answer in {**FINE, **said}.items() if name not in without}


def grams(per_person_day: float) -> Quantity:
    """So much a month that one person who works one day takes out this much."""
    return Quantity(per_person_day, "gram", "month", per_person_day)


@st.composite
def anything(draw: st.DrawFn) -> dict[str, Answer]:
    """Any answers, some left out."""
    answers: dict[str, Answer] = {}
    for item in CHECKLIST.items.values():
        choice = st.sampled_from(item.choices) if item.choices else st.sampled_from(["CO", "CL", "ES"])
        match item.kind:
            case "number":
                value: st.SearchStrategy[Answer] = st.one_of(st.integers(1, 31), choice)
            case "quantity":
                value = st.one_of(st.floats(0.01, 10_000).map(grams), choice)
            case "several":
                known = [code for code in item.choices if code != "unknown"]
                value = st.lists(st.sampled_from(known), min_size=1, unique=True).map(tuple)
            case _:
                value = choice
        if draw(st.integers(0, 9)):
            answers[item.id] = draw(value)
    if draw(st.booleans()):
        answers["scale"] = "right"
    return answers
