"""`batea stats`: how far conversations get, step by step."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.serve import read_settings
from bot.commands.told import told
from bot.kept.connection import connect
from bot.kept.embedded import embedded
from bot.kept.folder import made
from bot.kept.funnel import Counted, counted
from bot.settings import RunSettings, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.table import Table

    Shown = dict[str, int | str]

FEWEST = 5
FEW, ALSO = f"<{FEWEST}", "-"
"""Instead of a count so small that it may tell of somebody, and of one from which the total would give that away."""

_NOTE = (
    "Conversations, each counted once in a step, in the language it came to; those at /try as well. Not everybody is "
    f"asked every section. {FEW}: too few to be shown. {ALSO}: hidden, as it would tell how few those are."
)


def stats(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False
) -> None:
    """Show how far conversations get.

    Started, consented, each section begun and ended, result, referral; in all, and by channel and language. Each
    conversation counts once in a step, whatever is taken back. Nothing tells of a person.
    """
    from bot.content import load_content  # noqa: PLC0415 - where settings are wrong nothing is loaded
    from flows.funnel import names  # noqa: PLC0415 - the same

    settings = read_settings(RunSettings)
    found = report(names(load_content(settings).newest), told("No figures:", lambda: asyncio.run(_read(settings))))
    typer.echo(json.dumps(found, indent=1)) if as_json else _print(found)


def report(order: Sequence[str], found: Sequence[Counted]) -> dict[str, Any]:
    """What is shown: `steps` with `count` and shares (0 to 1, None of nothing), `channels` and `languages` by step."""
    total = _sums(found, lambda _: "all").get("all", Counter())
    steps = [*order, *sorted(total.keys() - set(order))]
    return {
        "steps": [_line(step, before, total) for before, step in zip([None, *steps], steps, strict=False)],
        "channels": _split(steps, _sums(found, lambda one: one.channel)),
        "languages": _split(steps, _sums(found, lambda one: one.language)),
    }


def hidden(row: dict[str, int]) -> Shown:
    """The counts of a step, small ones hidden; where that is one only, so is the next, as the total is known."""
    shown: Shown = {name: FEW if count < FEWEST else count for name, count in row.items()}
    others = [name for name in row if shown[name] != FEW]
    if len(row) - len(others) == 1 and others:
        shown[min(others, key=row.__getitem__)] = ALSO
    return shown


def _line(step: str, before: str | None, total: Counter[str]) -> dict[str, Any]:
    count = total[step]
    of_before = _share(count, total[before]) if before else None
    return {"step": step, "count": count, "of_started": _share(count, total["started"]), "of_before": of_before}


def _share(count: int, of: int) -> float | None:
    return round(count / of, 3) if of else None


def _sums(found: Iterable[Counted], key: Callable[[Counted], str]) -> dict[str, Counter[str]]:
    """Steps and their conversations, by what the key says of them."""
    sums: dict[str, Counter[str]] = {}
    for one in found:
        sums.setdefault(key(one), Counter())[one.step] += one.conversations
    return sums


def _split(steps: Sequence[str], sums: dict[str, Counter[str]]) -> dict[str, Shown]:
    return {step: hidden({name: counts[step] for name, counts in sorted(sums.items())}) for step in steps}


async def _read(settings: Settings) -> list[Counted]:
    given = settings.redis_url
    async with AsyncExitStack() as stack:
        url = given.get_secret_value() if given else await stack.enter_async_context(embedded(made(settings.folder)))
        database = connect(url)
        stack.push_async_callback(database.aclose)
        return await counted(database)


def _print(told: dict[str, Any]) -> None:
    from rich.console import Console  # noqa: PLC0415 - slow to load, and only this needs it

    console = Console()
    console.print(_funnel(told["steps"]))
    for title in ("channels", "languages"):
        console.print(_by(title, told[title]))
    console.print(_NOTE, style="dim", highlight=False)


def _funnel(lines: list[dict[str, Any]]) -> Table:
    table = _table("how far conversations get", "all", "of started", "of the step before")
    for line in lines:
        table.add_row(line["step"], str(line["count"]), _percent(line["of_started"]), _percent(line["of_before"]))
    return table


def _by(title: str, split: dict[str, Shown]) -> Table:
    table = _table(title, *next(iter(split.values())))
    for step, row in split.items():
        table.add_row(step, *map(str, row.values()))
    return table


def _table(title: str, *columns: str) -> Table:
    from rich.table import Table  # noqa: PLC0415 - see above

    table = Table(title=title, title_justify="left")
    table.add_column("step")
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
