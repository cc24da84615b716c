"""What the desk can learn from: figures of all referrals that somebody may count, small ones hidden.

Their words are in `lessons`. Quiet talks are in no figure; the conversations of the funnel, and the questions they
wait at, have no country.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from bot.desk import hiding
from bot.desk.hiding import Shown
from flows.assess import LADDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.kept.parts import Sent
    from bot.referral.heads import Head

_DAY = 24 * 3600
WAITS: tuple[tuple[str, float], ...] = (("1", 1), ("3", 3), ("7", 7), ("14", 14), ("more", float("inf")))
"""A first contact within so many days."""
MONTHS = 12
EARLIER, NOWHERE = "earlier", ""
GAPS = 15


class Table(msgspec.Struct, frozen=True):
    """Figures by name: each row's code and its cells, one for each of `columns`; `whole`: of how many, where told.

    No sums of rows stand beside them: from those a hidden figure could be worked out.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]
    whole: Shown | None = None


def steps(order: Sequence[str], reached: Mapping[str, int]) -> Table:
    """How far conversations get; steps that nobody reached stand there as well."""
    counts = hiding.steps([reached.get(step, 0) for step in order])
    rows = tuple((step, (count,)) for step, count in zip(order, counts, strict=True))
    return Table("steps", ("conversations",), rows)


def stops(order: Sequence[str], stopped: Mapping[str, int]) -> Table:
    """Where conversations wait for an answer, or have ended: only questions at which any of them do."""
    counts = {name: stopped[name] for name in order if stopped.get(name)}
    return _list("stops", "conversations", counts)


def by_country(heads: Iterable[Head]) -> Table:
    """Results by country."""
    found = [head for head in heads if head.result]
    order = sorted({head.country or NOWHERE for head in found})
    return _crossed("countries", order, found, lambda head: head.country or NOWHERE)


def by_month(heads: Iterable[Head], now: float) -> Table:
    """Results by the month in which they came (UTC): the last twelve, and all before."""
    found = [head for head in heads if head.result]
    last = set(_last_months(now))
    months = {_month(head.created) for head in found}
    order = [*([EARLIER] if months - last else []), *sorted(months & last)]
    return _crossed("months", order, found, lambda head: name if (name := _month(head.created)) in last else EARLIER)


def gaps(heads: Iterable[Head]) -> Table:
    """What is missing most often, of all that came to a result."""
    found = [head for head in heads if head.result]
    most = Counter(name for head in found for name in head.gaps).most_common(GAPS)
    rows = tuple((name, (hiding.part(count, len(found)),)) for name, count in most)
    return Table("gaps", ("referrals",), rows, whole=hiding.figure(len(found)))


def waits(heads: Iterable[Head]) -> Table:
    """In how many days somebody reached the person for the first time; of what was agreed to and still is."""
    counts = Counter(_wait(head) for head in heads if head.state != "withdrawn")
    order = [*(name for name, _ in WAITS), "waiting", "closed"]
    return _list("waits", "referrals", {name: counts[name] for name in order if counts})


def parts_by(name: str, key: Callable[[Sent], str], sent: Iterable[Sent]) -> Table:
    """Parts of SMS, by month or by country."""
    counts: Counter[str] = Counter()
    for one in sent:
        counts[key(one)] += one.parts
    return _list(name, "parts", dict(sorted(counts.items())))


def _crossed(name: str, order: Sequence[str], heads: Iterable[Head], key: Callable[[Head], str]) -> Table:
    """Rows in this order, a column for each result."""
    counts = Counter((key(head), head.result) for head in heads)
    columns = [hiding.row({row: counts[row, result] for row in order}) for result in LADDER]
    return Table(name, LADDER, tuple((row, tuple(column[row] for column in columns)) for row in order))


def _list(name: str, column: str, counts: Mapping[str, int]) -> Table:
    rows = tuple((row, (shown,)) for row, shown in hiding.row(counts).items())
    return Table(name, (column,), rows)


def _wait(head: Head) -> str:
    if head.contacted is None:
        return "closed" if head.state == "closed" else "waiting"
    days = (head.contacted - head.created) / _DAY
    return next(name for name, most in WAITS if days <= most)


def _month(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"


def _last_months(now: float) -> list[str]:
    day = datetime.fromtimestamp(now, UTC)
    last = day.year * 12 + day.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - MONTHS + 1, last + 1)]
