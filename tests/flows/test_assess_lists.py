"""facts.md, "The five results": what is unknown, what only ARM can say, advice; and that lists and result agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from flows.assess import assess
from tests.flows.assessing import ADVICE, CHECKLIST, PRIVATE, anything, found, grams

if TYPE_CHECKING:
    from flows.model import Answer


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
