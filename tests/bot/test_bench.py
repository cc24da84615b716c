"""What a turn costs, and that the measure is one: a whole conversation, to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from bot.bench import REPLIES, bench, measure
from bot.cli import app
from bot.content import load_content
from bot.settings import Settings
from flows.events import Arrival, Text
from flows.phases import DONE
from flows.turn import advance

if TYPE_CHECKING:
    import pytest

    from flows.session import Session

LOADED = 10
"""Other tests may run beside this one: a bound that only a mistake passes."""


def test_the_conversation_measured_goes_to_its_end() -> None:
    content = load_content(Settings.model_construct())
    session: Session | None = None
    for at, text in enumerate(REPLIES):
        session = advance(content.newest, content.words, session, Arrival(Text(text), country="CO"), float(at)).session
    assert session is not None
    assert session.state == DONE
    assert session.misses == 0


def test_a_turn_takes_two_round_trips_and_little_time() -> None:
    cost = measure(5)
    assert cost.trips == 2
    assert 0 < cost.engine < cost.whole
    assert cost.engine < 60 * LOADED


def test_the_command_tells_all_three(capsys: pytest.CaptureFixture[str]) -> None:
    bench(1)
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == ["engine,", "with", "round"]


def test_no_round_at_all_is_refused() -> None:
    told = CliRunner().invoke(app, ["bench", "--rounds", "0"])
    assert told.exit_code == 2
