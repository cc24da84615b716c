"""facts.md, "The five results", as tables written from the page: what stops, the ladder, the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.assess import Assessment
from tests.flows.assessing import BLASTING, CHECKLIST, CYANIDE, GAPS, HIRED, MERCURY, UNDERGROUND, found

if TYPE_CHECKING:
    from flows.model import Answer


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
