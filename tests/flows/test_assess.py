"""facts.md, "The five results" and "Items", as tables. The tables are written from the page, not from the content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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
CLOSES: dict[str, dict[str, Answer]] = {
    "pay_hours": {"hired": "no"},
    "free_to_organise": {"hired": "no"},
    "ground_support": {"mine_type": ("river", "open_pit")},
    "explosives_safe": {"explosives": "no"},
    "mercury_burning": {"mercury": "no"},
    "mercury_whole_ore": {"mercury": "no"},
    "mercury_less": {"mercury": "no"},
    "mercury_handlers": {"mercury": "no"},
    "cyanide_plant": {"cyanide": "no"},
    "cyanide_on_mercury": {"mercury": "no", "cyanide": "no"},
}


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


def test_all_well_can_apply_now() -> None:
    assert found() == Assessment(
        version="2026-11",
        result="apply_now",
        complete=True,
        view="organisation",
        stops=(),
        gaps=(),
        unknown=(),
        ask_arm=(),
        advice=(),
        ecological="possible",
        private=found().private,
    )


# -- stops ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "result", "stops"),
    [
        ({"country": "ES"}, "outside_scope", ("country",)),
        ({"metals": ("other",)}, "outside_scope", ("metals",)),
        ({"organised": "informal"}, "formalise_first", ("organised",)),
        ({"organised": "alone"}, "formalise_first", ("organised",)),
        ({"registered": "no"}, "formalise_first", ("registered",)),
        ({"legal_title": "applied"}, "formalise_first", ("legal_title",)),
        ({"legal_title": "none"}, "formalise_first", ("legal_title",)),
        ({"organised": "alone", "legal_title": "none"}, "formalise_first", ("organised", "legal_title")),
        ({"country": "ES", "legal_title": "none"}, "outside_scope", ("country", "legal_title")),
    ],
)
def test_what_stops(said: dict[str, Answer], result: str, stops: tuple[str, ...]) -> None:
    assert (found(**said).result, found(**said).stops) == (result, stops)


@pytest.mark.parametrize(
    "said",
    [
        {"metals": ("gold", "other")},
        {"metals": ("silver",)},
        {"metals": ("platinum", "other")},
        {"organised": "association"},
        {"organised": "company"},
        {"organised": "community"},
        {"legal_title": "agreement"},
        {"mercury": "yes"},
        {"cyanide": "yes"},
        {"community_based": "investor"},
    ],
)
def test_what_does_not_stop(said: dict[str, Answer]) -> None:
    assert found(**said).stops == ()


def test_an_informal_group_is_not_asked_for_its_registration() -> None:
    without = found("registered", organised="informal")
    assert without.unknown == ()
    assert without.complete
    assert found(organised="informal", registered="no").stops == ("organised",)


# -- the ladder -------------------------------------------------------------------------------------------------------


def test_the_ladder_takes_the_first_that_applies() -> None:
    worst: dict[str, Answer] = {
        "country": "ES",
        "legal_title": "none",
        "ppe": "no",
        "permits": "unknown",
        "community_based": "both",
    }
    results = []
    for name in ("country", "legal_title", "ppe", "permits", "community_based"):
        results.append(found(**worst).result)
        del worst[name]
    results.append(found(**worst).result)
    assert results == ["outside_scope", "formalise_first", "close_gaps", "find_out", "find_out", "apply_now"]


@pytest.mark.parametrize(("name", "code", "severity", "cost", "opens"), GAPS)
def test_each_gap(name: str, code: str, severity: str, cost: int, opens: dict[str, Answer]) -> None:
    item = CHECKLIST.items[name]
    assert (item.severity, item.cost) == (severity, cost)
    one = found(**{**opens, name: code})
    assert (one.result, one.gaps, one.unknown, one.stops) == ("close_gaps", (name,), (), ())
    unknown = found(**{**opens, name: "unknown"})
    assert (unknown.result, unknown.gaps, unknown.unknown) == ("find_out", (), (name,))


def test_no_other_item_opens_a_gap() -> None:
    open_ = {item.id for item in CHECKLIST.items.values() if "gap" in item.rule.values()}
    assert open_ == {name for name, *_ in GAPS}


@pytest.mark.parametrize("name", CLOSES)
def test_a_closed_branch_does_not_count(name: str) -> None:
    bad = next(code for known, code, *_ in GAPS if known == name)
    for code in (bad, "unknown"):
        one = found(**{**CLOSES[name], name: code})
        assert name not in (*one.gaps, *one.unknown)
    assert found(name, **CLOSES[name]).complete


def test_gaps_come_life_first_then_papers_then_systems_and_in_the_order_of_the_list() -> None:
    bad: dict[str, Answer] = {name: code for name, code, *_ in GAPS}
    told = found(**HIRED, **UNDERGROUND, **BLASTING, **MERCURY, **CYANIDE, **bad).gaps
    order = {name: place for place, (name, *_) in enumerate(GAPS)}
    weight = {name: ["life", "papers", "systems"].index(severity) for name, _, severity, *_ in GAPS}
    assert set(told) == set(order)
    assert list(told) == sorted(told, key=lambda name: (weight[name], order[name]))


# -- unknown and ask ARM ----------------------------------------------------------------------------------------------

ENTRY = (
    *("country", "metals", "organised", "registered", "legal_title", "community_based", "miners", "days_month"),
    *("permits", "production_map", "miner_register", "equal_treatment", "mine_type", "hired", "safety_rules", "ppe"),
    *("safety_training", "explosives", "emergency", "mercury", "cyanide", "tailings_water", "internal_control"),
    *("records", "own_metal", "sale_receipt", "audits"),
)
NEVER_UNKNOWN = ("role", "others_in_area", "processing", "ecological", "restoration", *ADVICE, *PRIVATE)


@pytest.mark.parametrize("name", ENTRY)
def test_not_reached_counts_as_unknown_and_is_incomplete(name: str) -> None:
    one = found(name)
    assert name in one.unknown
    assert not one.complete
    assert one.result == "find_out"


@pytest.mark.parametrize("name", NEVER_UNKNOWN)
def test_what_decides_nothing_is_never_listed_as_unknown(name: str) -> None:
    assert found(name).unknown == ()
    if "unknown" in CHECKLIST.items[name].choices:
        assert found(**{name: "unknown"}).result == "apply_now"


@pytest.mark.parametrize(
    ("opener", "opened"),
    [
        ("mercury", ("mercury_burning", "mercury_whole_ore", "mercury_less", "mercury_handlers")),
        ("cyanide", ("cyanide_plant", "cyanide_on_mercury")),
        ("explosives", ("explosives_safe",)),
        ("hired", ("pay_hours", "free_to_organise")),
        ("mine_type", ("ground_support",)),
    ],
)
def test_an_unknown_opener_opens_nothing_and_is_listed(opener: str, opened: tuple[str, ...]) -> None:
    one = found(*opened, **{opener: "unknown"})
    assert one.unknown == (opener,)
    assert one.complete
    assert one.result == "find_out"


def test_an_unknown_title_is_named_first_whatever_the_result() -> None:
    unknown: dict[str, Answer] = {"permits": "unknown", "registered": "unknown", "legal_title": "unknown"}
    others: list[dict[str, Answer]] = [{}, {"ppe": "no"}, {"organised": "informal"}, {"country": "ES"}]
    for more in others:
        one = found(**unknown, **more)
        assert one.unknown[0] == "legal_title"
        assert "permits" in one.unknown[1:]
    assert found(legal_title="unknown").result == "find_out"


@pytest.mark.parametrize(
    ("said", "ask_arm"),
    [
        ({"country": "CL"}, ("country",)),
        ({"legal_title": "provisional"}, ("legal_title",)),
        ({"community_based": "investor"}, ("community_based",)),
        ({"community_based": "both"}, ("community_based",)),
        (
            {"country": "CL", "legal_title": "provisional", "community_based": "both", "gold_month": grams(3520)},
            ("country", "legal_title", "community_based", "scale"),
        ),
    ],
)
def test_what_only_arm_can_say(said: dict[str, Answer], ask_arm: tuple[str, ...]) -> None:
    one = found(**said)
    assert (one.ask_arm, one.unknown, one.result) == (ask_arm, (), "find_out")


def test_countries_are_on_the_new_list_on_the_old_one_or_outside() -> None:
    for country in CHECKLIST.countries.values():
        one = found(country=country.iso2)
        assert one.stops == ()
        assert one.ask_arm == (() if country.dac_2024_25 else ("country",))
        assert country.dac_2024_25 or country.dac_2005
    assert {"CO", "PE", "BO", "BF", "ML", "NE", "BR", "MN", "EC", "GH"} <= set(CHECKLIST.countries)
    assert not {"ES", "US", "CA", "AU", "CH", "FR"} & set(CHECKLIST.countries)


# -- scale ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "confirmed", "result", "lists"),
    [
        (0.5, "right", "apply_now", ((), ())),
        (2.99, "right", "apply_now", ((), ())),
        (3.0, "right", "find_out", ((), ("scale",))),
        (4.0, "right", "find_out", ((), ("scale",))),
        (5.0, "right", "find_out", ((), ("scale",))),
        (5.01, "right", "outside_scope", (("scale",), ())),
        (60.0, "right", "outside_scope", (("scale",), ())),
        (5.01, None, "find_out", ((), ("scale",))),
        (60.0, None, "find_out", ((), ("scale",))),
    ],
)
def test_grams_per_person_and_day(
    amount: float, confirmed: str | None, result: str, lists: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    without = () if confirmed else ("scale",)
    one = found(*without, miners=1, days_month=1, gold_month=grams(amount))
    assert (one.result, (one.stops, one.ask_arm)) == (result, lists)


def test_the_scale_is_gold_by_people_and_by_days() -> None:
    assert found(miners=10, days_month=20, gold_month=grams(599.0)).ask_arm == ()
    assert found(miners=10, days_month=20, gold_month=grams(600.0)).ask_arm == ("scale",)
    assert found(miners=10, days_month=20, gold_month=grams(1001.0)).stops == ("scale",)
    assert found(miners=20, days_month=20, gold_month=grams(1001.0)).stops == ()


@pytest.mark.parametrize("missing", ["gold_month", "miners", "days_month"])
@pytest.mark.parametrize(
    ("band", "result", "stops", "ask_arm"),
    [
        ("under_3", "apply_now", (), ()),
        ("3_to_5", "find_out", (), ("scale",)),
        ("over_5", "outside_scope", ("scale",), ()),
    ],
)
def test_the_band_stands_in_for_a_figure(
    missing: str, band: str, result: str, stops: tuple[str, ...], ask_arm: tuple[str, ...]
) -> None:
    one = found(**{missing: "unknown", "gold_band": band})
    assert (one.result, one.stops, one.ask_arm) == (result, stops, ask_arm)


def test_a_band_over_the_limit_has_to_be_confirmed_too() -> None:
    one = found("scale", gold_month="unknown", gold_band="over_5")
    assert (one.result, one.ask_arm) == ("find_out", ("scale",))


def test_an_unknown_band_leaves_the_scale_unknown() -> None:
    one = found(gold_month="unknown", gold_band="unknown")
    assert one.unknown == ("gold_month", "gold_band")
    assert one.result == "find_out"


def test_gold_does_not_count_where_none_is_mined() -> None:
    one = found(metals=("silver",), gold_month=grams(99999.0), gold_band="over_5")
    assert (one.result, one.stops, one.unknown) == ("apply_now", (), ())


# -- worker -----------------------------------------------------------------------------------------------------------

SEEN_BY_WORKERS = {
    *("role", "country", "metals", "equal_treatment", "mine_type", "pay_hours", "free_to_organise", "safety_rules"),
    *("ppe", "safety_training", "ground_support", "explosives", "explosives_safe", "emergency", "processing"),
    *("mercury", "mercury_burning", "mercury_whole_ore", "cyanide", "tailings_water", *PRIVATE),
}


def test_the_items_a_worker_sees() -> None:
    assert {"role", *(item.id for item in CHECKLIST.items.values() if item.worker)} == SEEN_BY_WORKERS


@pytest.mark.parametrize("role", ["worker", "independent"])
class TestWorker:
    def view(self, role: str, **said: Answer) -> Assessment:
        answers = {name: answer for name, answer in FINE.items() if name in SEEN_BY_WORKERS}
        return assess(CHECKLIST, {**answers, "role": role, **said}, private=False)

    def test_find_out_also_where_nothing_is_missing(self, role: str) -> None:
        one = self.view(role)
        assert (one.result, one.view, one.complete) == ("find_out", "worker", True)
        assert (one.stops, one.gaps, one.unknown, one.ask_arm) == ((), (), (), ())

    def test_a_gap_that_a_worker_sees(self, role: str) -> None:
        assert self.view(role, ppe="no").result == "close_gaps"

    def test_hired_is_taken_as_yes(self, role: str) -> None:
        assert self.view(role, pay_hours="no").gaps == ("pay_hours",)
        assert self.view(role, pay_hours="no", hired="no").gaps == ("pay_hours",)

    def test_outside_scope_by_country_and_metal(self, role: str) -> None:
        assert self.view(role, country="ES").result == "outside_scope"
        assert self.view(role, metals=("other",)).result == "outside_scope"

    def test_what_a_worker_does_not_see_does_not_count(self, role: str) -> None:
        hidden: dict[str, Answer] = {
            "organised": "alone",
            "legal_title": "none",
            "registered": "no",
            "permits": "no",
            "miners": 1,
            "days_month": 1,
            "gold_month": grams(999.0),
            "gold_band": "over_5",
            "scale": "right",
            "community_based": "both",
            "others_in_area": "not_agreed",
        }
        one = self.view(role, **hidden)
        assert (one.result, one.stops, one.gaps, one.ask_arm, one.advice) == ("find_out", (), (), (), ())


@pytest.mark.parametrize("role", ["leader", "member", "companion"])
def test_everybody_else_speaks_for_the_organisation(role: str) -> None:
    assert (found(role=role).view, found(role=role).result) == ("organisation", "apply_now")


# -- ecological -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({}, "possible"),
        ({"mercury": "yes"}, "not_yet"),
        ({"cyanide": "yes"}, "not_yet"),
        ({"mercury": "yes", "cyanide": "unknown"}, "not_yet"),
        ({"mercury": "yes", "processing": ("sell_ore",)}, "not_yet"),
        ({"mercury": "unknown"}, "ask_arm"),
        ({"cyanide": "unknown"}, "ask_arm"),
        ({"processing": ("other_plant",)}, "ask_arm"),
        ({"processing": ("pan", "sell_ore")}, "ask_arm"),
        ({"processing": "unknown"}, "ask_arm"),
        ({"processing": ("other_plant",), "ecological": "no"}, "ask_arm"),
        ({"processing": ("pan", "own_plant")}, "possible"),
        ({"ecological": "no"}, "not_asked"),
        ({"ecological": "unknown"}, "not_asked"),
        ({"ecological": "no", "restoration": "no"}, "not_asked"),
        ({"restoration": "no"}, "not_yet"),
        ({"restoration": "unknown"}, "not_yet"),
    ],
)
def test_the_ecological_line(said: dict[str, Answer], line: str) -> None:
    assert found(**said).ecological == line


@pytest.mark.parametrize(
    ("missing", "line"),
    [("mercury", "ask_arm"), ("cyanide", "ask_arm"), ("processing", "ask_arm"), ("ecological", "not_asked")],
)
def test_the_ecological_line_of_what_was_not_reached(missing: str, line: str) -> None:
    assert found(missing).ecological == line


def test_the_ecological_line_never_changes_the_result() -> None:
    assert found(restoration="no").result == found(ecological="unknown").result == "apply_now"


# -- private ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "result", "urgent", "unknown", "ask_arm"),
    [
        ({}, "apply_now", (), (), ()),
        ({"children": "yes"}, "close_gaps", ("children",), (), ()),
        ({"minors_danger": "yes"}, "close_gaps", ("minors_danger",), (), ()),
        ({"forced_work": "yes"}, "close_gaps", ("forced_work",), (), ()),
        ({"children": "unknown"}, "find_out", (), ("children",), ()),
        ({"minors_danger": "unknown"}, "find_out", (), ("minors_danger",), ()),
        ({"forced_work": "unknown"}, "find_out", (), ("forced_work",), ()),
        ({"security_talk": "unknown"}, "apply_now", (), (), ()),
        ({"security_talk": "yes"}, "apply_now", (), (), ()),
        ({"protected_area": "yes"}, "find_out", (), (), ("protected_area",)),
        ({"children": "yes", "forced_work": "unknown"}, "close_gaps", ("children",), ("forced_work",), ()),
    ],
)
def test_the_private_result(
    said: dict[str, Answer], result: str, urgent: tuple[str, ...], unknown: tuple[str, ...], ask_arm: tuple[str, ...]
) -> None:
    one = found_in_private(**said)
    inner = one.private
    assert (inner.result, inner.urgent, inner.unknown, inner.ask_arm) == (result, urgent, unknown, ask_arm)
    assert inner.talk == (said.get("security_talk") == "yes")
    assert one.result == "apply_now"


@pytest.mark.parametrize(
    ("public", "private", "result"),
    [
        ({"country": "ES"}, {"children": "yes"}, "outside_scope"),
        ({"legal_title": "none"}, {"children": "yes"}, "formalise_first"),
        ({"ppe": "no"}, {"forced_work": "unknown"}, "close_gaps"),
        ({"permits": "unknown"}, {"minors_danger": "yes"}, "close_gaps"),
    ],
)
def test_the_private_result_is_at_least(public: dict[str, Answer], private: dict[str, Answer], result: str) -> None:
    assert found_in_private(**public, **private).private.result == result


def test_without_a_protection_contact_the_private_part_was_not_asked() -> None:
    one = found(*PRIVATE)
    assert (one.private.asked, one.private.result, one.complete) == (False, "apply_now", True)
    assert not found_in_private("children").complete


ANY_PRIVATE = st.fixed_dictionaries({name: st.sampled_from(["no", "yes", "unknown"]) for name in PRIVATE})


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


@given(anything(), ANY_PRIVATE, ANY_PRIVATE)
def test_what_is_told_does_not_depend_on_private_answers(
    answers: dict[str, Answer], one: dict[str, Answer], other: dict[str, Answer]
) -> None:
    first, second = (assess(CHECKLIST, {**answers, **more}, private=True) for more in (one, other))
    assert replace(first, private=second.private) == second
    public = (*first.stops, *first.gaps, *first.unknown, *first.ask_arm, *first.advice)
    assert not set(PRIVATE) & set(public)


@given(anything(), st.fixed_dictionaries({name: st.sampled_from(["yes", "no", "unknown"]) for name in ADVICE}))
def test_advice_never_changes_the_result(answers: dict[str, Answer], said: dict[str, Answer]) -> None:
    with_advice, without = (assess(CHECKLIST, {**answers, **more}, private=True) for more in (said, {}))
    assert replace(with_advice, advice=()) == replace(without, advice=())


@given(anything())
def test_the_result_agrees_with_its_lists(answers: dict[str, Answer]) -> None:
    one = assess(CHECKLIST, answers, private=False)
    worker = answers.get("role") in ("worker", "independent")
    expected = "apply_now"
    if one.unknown or one.ask_arm or worker:
        expected = "find_out"
    if one.gaps:
        expected = "close_gaps"
    if one.stops:
        outside = {"country", "metals", "scale"} & set(one.stops)
        expected = "outside_scope" if outside else "formalise_first"
    assert one.result == expected
    assert one == assess(CHECKLIST, dict(reversed(answers.items())), private=False)
    assert set(one.ask_arm) <= {"country", "legal_title", "community_based", "scale"}
    assert not set(one.gaps) & set(one.unknown)
    if worker:
        assert one.result in ("outside_scope", "close_gaps", "find_out")


def test_advice_is_listed() -> None:
    assert found(**dict.fromkeys(ADVICE, "no")).advice == ADVICE
    assert found(others_in_area="not_agreed", taxes="unknown").advice == ("others_in_area",)
    assert found(others_in_area="not_agreed").result == "apply_now"
