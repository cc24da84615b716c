"""A hundred thousand referrals at the desk: `python -m tests.load.desk`, or with another number behind it.

Loading takes minutes; then list, search and page are asked for over the application, while staff go on working.
"""

from __future__ import annotations

import asyncio
import logging
import resource
import statistics
import sys
import time

import structlog

from bot.contacts import Contact, Contacts
from bot.kept.connection import connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import embedded
from tests.load.staffed import Desk
from tests.servers import short_directory

MANY, ROUNDS, AIM = 100_000, 100, 100.0
LEAD = Contact(name="Jefa", role="lead", mail="jefa@example.org", languages=("es",))
STAFF = Contact(name="Ana", role="staff", mail="ana@example.org", languages=("es",), countries=("PE", "BO"))
GUARD = Contact(name="Luz", role="protection", mail="luz@example.org", languages=("es",))
PAGES = {
    "list": "/desk",
    "list, page 900": "/desk?page=900",
    "list, filtered": "/desk?state=new&country=PE&letter=A",
    "list, late": "/desk?late=1",
    "search, one word": "/desk?text=esperanza",
    "search, two words": "/desk?text=rosa+condori",
    "search, reference": "/desk?text={reference}",
    "page": "/desk/case/{reference}",
}


async def measured(many: int) -> bool:
    """Load, ask, say what it took; whether each kind of page came within `AIM` milliseconds, 95 times in 100."""
    with short_directory() as data:
        async with embedded(data) as url:
            database = connect(url)
            desk = Desk(database, await unlock(database, [make_key()]), Contacts((LEAD, STAFF, GUARD)))
            began = time.perf_counter()
            await desk.load(many)
            _say(f"{many} referrals loaded in {time.perf_counter() - began:.0f} s")
            before, began = _memory(), time.perf_counter()
            await desk.index.refresh()
            _say(f"first refresh {time.perf_counter() - began:.1f} s, {_memory() - before:.0f} MB")
            within = [await _asked(desk, contact) for contact in (LEAD, STAFF, GUARD)]
            await database.aclose()
    return all(within)


async def _asked(desk: Desk, contact: Contact) -> bool:
    within = True
    async with desk.browser(contact) as get:
        for name, path in PAGES.items():
            taken = []
            for _ in range(ROUNDS):
                await desk.work()
                taken.append(await get(path.format(reference=desk.drawn(contact))))
            worst = statistics.quantiles(taken, n=20)[-1] * 1000
            within &= worst < AIM
            _say(f"{contact.role:11} {name:18} {statistics.median(taken) * 1000:6.1f} ms, 95 in 100: {worst:6.1f} ms")
    return within


def _memory() -> float:
    """The most this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what the command is for


def main(many: int = MANY) -> None:
    """Ends with 1 where a page took longer than it should."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    if not asyncio.run(measured(many)):
        sys.exit(f"slower than {AIM:.0f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
