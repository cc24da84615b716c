"""Fifty rooms of thirty people voting at once, on one server and on a cluster: `python -m tests.load.rooms`."""

from __future__ import annotations

import asyncio
import logging
import sys

import structlog

from bot.kept.embedded import embedded
from tests.load.meetings import Figures, held
from tests.servers import cluster, cluster_url, short_directory

ROOMS, PEOPLE = 50, 30


async def on_one_server(rooms: int, people: int) -> Figures:
    """A Redis of its own."""
    with short_directory() as data:
        async with embedded(data) as url:
            return await held(url, rooms, people)


def main(rooms: int = ROOMS, people: int = PEOPLE) -> None:
    """Hold them, and say what came of it. Raises `AssertionError` where a tally is not what was voted."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    _say("one server", asyncio.run(on_one_server(rooms, people)))
    with cluster() as ports:
        _say("cluster of three", asyncio.run(held(cluster_url(ports), rooms, people)))


def _say(where: str, found: Figures) -> None:
    print(  # noqa: T201 - what the command is for
        f"{where:18} {found.sent} votes sent, {found.taken} taken, {found.stood} in the tallies, "
        f"in {found.seconds:.1f} s; {found.races} turns lost a race and were run again"
    )
    assert found.sent == found.taken == found.stood


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
