"""`batea bench`."""

from __future__ import annotations

from typing import Annotated

import typer


def bench(rounds: Annotated[int, typer.Option(min=1)] = 200) -> None:
    """Measure what a turn costs here.

    The engine without I/O, a turn with its words, and round trips to Redis; over so many conversations.
    """
    from bot.bench import bench as measured  # noqa: PLC0415 - a command loads only what it needs

    measured(rounds)
