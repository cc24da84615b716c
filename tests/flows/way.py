"""facts.md, "The way through", written from the page: which question follows which, for any answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from bot.texts import load_texts
from flows.load import load
from flows.model import Quantity
from flows.phases import CHOICES
from tests.flows.walk import FINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.model import Answer

    Answers = dict[str, Answer]

CHECKLIST = load("2026-11")
WORDS = load_texts({}).words([CHECKLIST], CHOICES)
GROUPS = ("cooperative", "association", "company", "community")
PRIVATE = ["children", "minors_danger", "forced_work", "security_talk", "protected_area"]
ADVICE = [
    *("gender_violence", "elected_leaders", "accounts_shown", "community", "indigenous_land", "taxes"),
    *("contracts", "social_security", "water_permit", "waste", "chemicals_stored", "rehabilitation"),
]
BASICS = [
    "role",
    "country",
    "metals",
    "organised",
    "registered",
    "legal_title",
    "community_based",
    "miners",
    "days_month",
]
MIDDLE = [
    *("permits", "production_map", "miner_register", "equal_treatment", "others_in_area"),
    *("mine_type", "hired", "pay_hours", "free_to_organise", "safety_rules", "ppe", "safety_training"),
    *("ground_support", "explosives", "explosives_safe", "emergency"),
    *("processing", "mercury", "mercury_burning", "mercury_whole_ore", "mercury_less", "mercury_handlers"),
    *("cyanide", "cyanide_plant", "cyanide_on_mercury", "tailings_water"),
    *("internal_control", "records", "own_metal", "sale_receipt"),
    *("audits", "ecological", "restoration", "gold_month", "gold_band"),
]
WORKERS_SEE = {
    *("role", "country", "metals", "equal_treatment", "mine_type", "pay_hours", "free_to_organise", "safety_rules"),
    *("ppe", "safety_training", "ground_support", "explosives", "explosives_safe", "emergency", "processing"),
    *("mercury", "mercury_burning", "mercury_whole_ore", "cyanide", "cyanide_on_mercury", "tailings_water"),
}


def worker(said: Answers) -> bool:
    return said["role"] in ("worker", "independent")


def clean(said: Answers) -> bool:
    return said["mercury"] == "no" and said["cyanide"] == "no"


def gold(said: Answers) -> bool:
    metals = said["metals"]
    return isinstance(metals, tuple) and "gold" in metals


def underground(said: Answers) -> bool:
    kinds = said["mine_type"]
    return isinstance(kinds, tuple) and "underground" in kinds


ASKED_IF: dict[str, Callable[[Answers], bool]] = {
    "registered": lambda said: said["organised"] in GROUPS,
    "pay_hours": lambda said: worker(said) or said["hired"] == "yes",
    "free_to_organise": lambda said: worker(said) or said["hired"] == "yes",
    "ground_support": underground,
    "explosives_safe": lambda said: said["explosives"] == "yes",
    "mercury_burning": lambda said: said["mercury"] == "yes",
    "mercury_whole_ore": lambda said: said["mercury"] == "yes",
    "mercury_less": lambda said: said["mercury"] == "yes",
    "mercury_handlers": lambda said: said["mercury"] == "yes",
    "cyanide_plant": lambda said: said["cyanide"] == "yes",
    "cyanide_on_mercury": lambda said: "yes" in (said["mercury"], said["cyanide"]),
    "ecological": clean,
    "restoration": lambda said: clean(said) and said["ecological"] == "yes",
    "gold_month": gold,
    "gold_band": lambda said: gold(said) and "unknown" in (said["gold_month"], said["miners"], said["days_month"]),
}
STOPS: dict[str, Callable[[Answer], bool]] = {
    "country": lambda said: said == "ES",
    "metals": lambda said: said == ("other",),
    "organised": lambda said: said in ("informal", "alone"),
    "registered": lambda said: said == "no",
    "legal_title": lambda said: said in ("applied", "none"),
}


def asked(names: list[str], said: Answers) -> list[str]:
    """Those of the items that this person is asked."""
    seen = [name for name in names if not worker(said) or name in WORKERS_SEE]
    return [name for name in seen if name not in ASKED_IF or ASKED_IF[name](said)]


def expected(said: Answers, *, private: bool) -> list[str]:
    """Every state from the welcome on, as facts.md tells it."""
    basics = asked(BASICS, said)
    early = next((at for at, name in enumerate(basics, 1) if name in STOPS and STOPS[name](said[name])), len(basics))
    way = ["welcome", "consent", *basics[:early], "checkpoint", *basics[early:], *asked(MIDDLE, said)]
    if "gold_month" in way and (confirmed(said)):
        way.append("scale")
    way += PRIVATE if private else [*call(said)]
    way.append("send")
    if said["send"] == "yes":
        way += ["send_private"] if private else []
        way += call(said) if private or said["call_back"] == "no" else []
        way += ["name", "organisation", "place"]
    return [*way, *([] if worker(said) else ["advice", *(ADVICE if said["advice"] == "yes" else [])])]


def call(said: Answers) -> list[str]:
    return ["call_back", *(["call_how"] if said["call_back"] == "yes" else [])]


def confirmed(said: Answers) -> bool:
    figures = "unknown" not in (said["gold_month"], said["miners"], said["days_month"])
    return figures or said["gold_band"] == "over_5"


def codes(name: str) -> st.SearchStrategy[Answer]:
    item = CHECKLIST.items.get(name)
    if item is None:
        return st.sampled_from(CHOICES[name])
    match item.kind:
        case "country":
            return st.sampled_from(["CO", "CL", "ES", "BF"])
        case "number":
            return st.one_of(st.integers(1, 31), st.just("unknown"))
        case "quantity":
            return st.one_of(st.sampled_from([5.0, 90.0, 4000.0]).map(grams), st.just("unknown"))
        case "several":
            known = [code for code in item.choices if code != "unknown"]
            some = st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)
            one: st.SearchStrategy[Answer] = some.map(lambda found: tuple(code for code in known if code in found))
            return st.one_of(one, st.just("unknown")) if "unknown" in item.choices else one
    return st.sampled_from(item.choices)


def grams(amount: float) -> Quantity:
    return Quantity(amount, "gram", "month", amount)


FIXED: Answers = {
    **{name: FINE[name] for name in ("language", "welcome", "consent", "checkpoint", "scale")},
    **{name: FINE[name] for name in ("name", "organisation", "place")},
}
VARIED = ["send", "send_private", "call_back", "call_how", "advice"]
ANYTHING = st.fixed_dictionaries({name: codes(name) for name in [*BASICS, *MIDDLE, *PRIVATE, *ADVICE, *VARIED]})
