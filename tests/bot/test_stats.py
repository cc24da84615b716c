"""`batea stats`: shares, what is hidden in the split-up, and the command as a program over a real store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.commands.stats import hidden, report
from bot.kept.funnel import Counted
from bot.messages import Inbound
from flows.events import Text
from tests.bot.houses import built
from tests.bot.test_cli import batea

if TYPE_CHECKING:
    from pathlib import Path

ORDER = ("started", "consented", "basics.begun")
FOUND = [
    Counted("started", "sms", "es", 30),
    Counted("started", "sms", "fr", 6),
    Counted("started", "telegram", "es", 4),
    Counted("consented", "sms", "es", 20),
]


def test_shares_are_of_those_who_started_and_of_the_step_before() -> None:
    assert report(ORDER, FOUND)["steps"] == [
        {"step": "started", "count": 40, "of_started": 1.0, "of_before": None},
        {"step": "consented", "count": 20, "of_started": 0.5, "of_before": 0.5},
        {"step": "basics.begun", "count": 0, "of_started": 0.0, "of_before": 0.0},
    ]


def test_small_counts_are_hidden_in_the_split_up_and_not_in_the_total() -> None:
    told = report(ORDER, FOUND)
    assert told["languages"]["started"] == {"es": 34, "fr": 6}
    assert told["channels"]["started"] == {"sms": "-", "telegram": "<5"}
    assert told["steps"][0]["count"] == 40


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 4, "b": 9}, {"a": "<5", "b": "-"}),
        ({"a": 4, "b": 9, "c": 7}, {"a": "<5", "b": 9, "c": "-"}),
        ({"a": 4, "b": 0, "c": 7}, {"a": "<5", "b": "<5", "c": 7}),
        ({"a": 3}, {"a": "<5"}),
        ({}, {}),
    ],
)
def test_nothing_small_can_be_told_from_the_total(row: dict[str, int], shown: dict[str, int | str]) -> None:
    assert hidden(row) == shown


def test_a_step_that_the_newest_content_does_not_have_is_shown_last() -> None:
    assert report(ORDER, [Counted("older.begun", "sms", "es", 9)])["steps"][-1]["step"] == "older.begun"


def test_nobody_yet() -> None:
    told = report(ORDER, [])
    assert told["steps"][1] == {"step": "consented", "count": 0, "of_started": None, "of_before": None}
    assert told["channels"]["started"] == {}


async def test_the_command_reads_what_the_road_has_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    async with built(monkeypatch, tmp_path, empty_url) as house:
        for number in range(12):
            for at, text in enumerate(("hola", "1")[: 1 + number % 2]):
                inbound = Inbound(f"{number}-{at}", "sms", f"+5730012345{number:02}", Text(text), at * 100.0)
                await house.conversation.handle(inbound)
    as_json = batea(tmp_path, "stats", "--json", REDIS_URL=empty_url)
    told = json.loads(as_json.stdout)
    assert (told["steps"][0]["count"], told["channels"]["started"]) == (12, {"sms": 12})
    shown = batea(tmp_path, "stats", REDIS_URL=empty_url).stdout
    assert "started" in shown
    assert "100%" in shown
    assert "30012345" not in shown + as_json.stdout


def test_without_a_store_it_says_why(tmp_path: Path) -> None:
    told = batea(tmp_path, "stats", REDIS_URL="redis://127.0.0.1:1")
    assert told.returncode == 1
    assert "REDIS_URL" in told.stderr
