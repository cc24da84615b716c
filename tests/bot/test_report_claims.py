"""The summary claims no more than what was asked, known and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import cases
from tests.bot.cases import TEXTS
from tests.bot.test_report import everything, summary

if TYPE_CHECKING:
    from tests.bot.cases import Answers


@pytest.mark.parametrize("more", [{"registered": "unknown"}, {"legal_title": "provisional"}, {"country": "CL"}])
def test_nothing_stands_in_the_way_is_not_said_while_the_first_things_are_open(more: Answers) -> None:
    assert summary(cases.good(records="no")).meaning == TEXTS.get("es", "report.meaning.close_gaps")
    assert summary(cases.good(records="no", **more)).meaning == TEXTS.get("es", "report.meaning.close_gaps.unsure")


def test_that_nothing_is_missing_is_said_of_a_worker_who_knew_everything() -> None:
    knew, unsure = (summary(cases.good(role="worker", **more)) for more in ({}, {"ppe": "unknown"}))
    assert knew.headline == TEXTS.get("es", "report.result.find_out.worker")
    assert unsure.headline == TEXTS.get("es", "report.result.find_out.worker.unsure")
    assert knew.meaning == unsure.meaning == TEXTS.get("es", "report.meaning.find_out.worker")


def test_of_ecological_gold_a_worker_was_not_asked() -> None:
    label = TEXTS.get("es", "report.fact.ecological")
    assert label in [fact.label for fact in summary(cases.good()).facts]
    assert label not in [fact.label for fact in summary(cases.good(role="worker")).facts]


def test_gold_over_the_limit_that_nobody_confirmed_is_not_called_near() -> None:
    made = everything(summary(cases.good(gold_month=cases.GOLD)))
    assert TEXTS.get("es", "report.gold.unknown") in made
    assert TEXTS.get("es", "report.gold.near") not in made
