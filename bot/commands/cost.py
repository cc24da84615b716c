"""`batea bench`."""

from __future__ import annotations


def bench(rounds: int = 200) -> None:
    """Measure what a turn costs here.

    The engine without I/O, a turn with its words, and round trips to Redis; over so many conversations.
    """
    from bot.bench import bench as measured  # noqa: PLC0415 - a command loads only what it needs

    measured(rounds)
