"""Gold per person and day (facts.md, item `scale`), and the ecological line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.scale import position
from tests.flows.assessing import CHECKLIST, found, grams
from tests.flows.walk import FINE

if TYPE_CHECKING:
    from flows.model import Answer


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


@pytest.mark.parametrize("missing", ["gold_month", "miners", "days_month"])
def test_the_band_stands_in_for_a_figure_that_was_passed_over(missing: str) -> None:
    assert found(missing, gold_band="over_5").stops == ("scale",)
    one = found(missing, gold_band="under_3")
    assert (one.unknown, one.complete) == ((missing,), False)


def test_gold_that_was_not_asked_yet_is_one_open_point() -> None:
    assert found("gold_month", "gold_band").unknown == ("gold_month",)


@pytest.mark.parametrize("metals", [("silver",), ("platinum",), ("silver", "platinum")])
@pytest.mark.parametrize("name", ["miners", "days_month"])
def test_people_and_days_are_not_to_be_found_out_where_no_gold_is_mined(name: str, metals: tuple[str, ...]) -> None:
    said: dict[str, Answer] = {name: "unknown", "metals": metals}
    assert found(**said).result == "apply_now"
    assert found(name, metals=metals).unknown == (name,)  # passed over
    assert name in found("metals", **{name: "unknown"}).unknown


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"gold_month": grams(100.0)}, "below"),
        ({"gold_month": grams(3520.0)}, "near"),
        ({"gold_month": grams(9000.0)}, "above"),
        ({"gold_month": grams(9000.0), "scale": "gold"}, None),
        ({"gold_month": "unknown", "gold_band": "over_5", "scale": "gold"}, None),
        ({"gold_month": "unknown", "gold_band": "3_to_5"}, "near"),
        ({"metals": ("silver",)}, None),
    ],
)
def test_what_others_are_shown_of_the_gold_is_confirmed(said: dict[str, Answer], place: str | None) -> None:
    assert position(CHECKLIST, {**FINE, **said}) == place


def test_gold_does_not_count_where_none_is_mined() -> None:
    one = found(metals=("silver",), gold_month=grams(99999.0), gold_band="over_5")
    assert (one.result, one.stops, one.unknown) == ("apply_now", (), ())


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
