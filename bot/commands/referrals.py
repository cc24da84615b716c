"""`batea referrals`: the cases at ARM as a list, one of them, or all as a file. No name, number or words are in it.

It sees what leads see at the desk, so nothing that was said in private; and what is taken out stands on the trail.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.inside import inside
from bot.commands.told import give_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.contacts import Contact
    from bot.desk.exports import Asked
    from bot.house import House
    from bot.referral.heads import Head
    from bot.referral.index import Filters
    from bot.referral.store import Held

WHO = "batea referrals"
"""Who it was, on the trail."""
UNREAD = 3
_NAMES = ("text", "letter", "state", "country", "language", "result", "holder", "late")

app = typer.Typer(help="The cases at ARM, and what was done last.", no_args_is_help=True, rich_markup_mode=None)

Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="NAME=VALUE", help=f"As at the desk, once or more: {', '.join(_NAMES)} (late=1)."),
]


@app.command("list")
def list_(only: Only = None) -> None:
    """List cases, the most urgent first.

    Reference, letter, state, day of the promised call (UTC), country, language and result, parted by tabs.
    """
    filters = _filters(only)

    async def listed(house: House) -> None:
        for head in await _found(house, filters):
            typer.echo("\t".join(_line(head)))
        _all_read(house)

    inside(listed)


@app.command()
def show(reference: str) -> None:
    """Show where a case stands: each step with when and who, the result, the gaps."""

    async def shown(house: House) -> None:
        from bot.referral.rights import may  # noqa: PLC0415 - a command loads only what it needs
        from bot.referral.trail import Entry  # noqa: PLC0415 - the same

        held = await house.referrals.held(_reference(reference))
        if held is None or not may(_lead(), "open", held.draft):
            give_up("Nothing to show:", [f"there is no case {reference}"], 1)
        await house.trail.add(Entry(time.time(), WHO, "open", held.draft.reference))
        await house.index.refresh()
        head = house.index.head(held.draft.reference, _lead())
        for line in (*_facts(head), *_steps(held)) if head else ():
            typer.echo(line)

    inside(shown)


@app.command()
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file: .csv or .xlsx.")],
    only: Only = None,
    *,
    answers: Annotated[bool, typer.Option("--answers", help="One row for each answer, not for each case.")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="Codes in the place of words.")] = False,
    locale: Annotated[str, typer.Option(help="The language of the words; CSV is parted as it is usual there.")] = "es",
) -> None:
    """Write cases to a file for a spreadsheet, as at the desk: nothing sensitive, no names, no numbers."""
    from bot.desk.exports import Asked  # noqa: PLC0415 - a command loads only what it needs

    if output.suffix not in {".csv", ".xlsx"}:
        give_up("Nothing written:", ["--output: name a file that ends in .csv or .xlsx"], 2)
    asked = Asked("answer" if answers else "referral", "csv" if output.suffix == ".csv" else "xlsx", codes)
    filters = _filters(only)

    async def exported(house: House) -> None:
        if locale not in house.content.texts.locales:
            give_up("Nothing written:", [f"--locale: choose one of {', '.join(house.content.texts.locales)}"], 2)
        await _write(house, await _found(house, filters), asked, locale, output)
        _all_read(house)

    inside(exported)


@app.command()
def trail(limit: Annotated[int, typer.Option(min=1, max=1000, help="How many.")] = 50) -> None:
    """List what was done last: sign-ins, looks, searches, steps, exports; when, by whom, with which case.

    Nothing of what concerns talks in private or answers in private, and no note.
    """

    async def listed(house: House) -> None:
        for entry in await house.trail.latest(limit):
            if not entry.what.startswith("private") and await _open_to_leads(house, entry.reference):
                typer.echo(f"{_moment(entry.at)}\t{entry.who or 'Batea'}\t{entry.what}\t{entry.reference or '-'}")

    inside(listed)


async def _open_to_leads(house: House, reference: str) -> bool:
    from bot.referral.rights import may  # noqa: PLC0415 - a command loads only what it needs

    held = await house.referrals.held(reference) if reference else None
    return held is None or may(_lead(), "open", held.draft)


async def _write(house: House, heads: list[Head], asked: Asked, locale: str, output: Path) -> None:
    from bot.desk.export import Wording  # noqa: PLC0415 - a command loads only what it needs
    from bot.desk.exports import write  # noqa: PLC0415 - the same
    from bot.referral.trail import Entry  # noqa: PLC0415 - the same

    wording = Wording(house.content.texts, locale, asked.codes)
    _opened(output)
    await house.trail.add(Entry(time.time(), WHO, "export", "", f"{asked.per} {asked.kind} {len(heads)}"))
    with typer.progressbar(length=len(heads), label=output.name, file=typer.get_text_stream("stderr")) as bar:

        async def told(done: int) -> None:
            bar.update(done - bar.pos)

        try:
            await write(house.referrals, house.content.checklists, _lead(), heads, asked, wording, output, told)
        except OSError as error:
            give_up("Nothing written:", [f"{output}: {error.strerror}"], 1)


def _opened(output: Path) -> None:
    """Whether it can be written is known before it is on the trail."""
    try:
        output.open("ab").close()
    except OSError as error:
        give_up("Nothing written:", [f"{output}: {error.strerror}"], 1)


def _lead() -> Contact:
    """Who runs Batea sees of referrals what a lead does."""
    from bot.contacts import Contact  # noqa: PLC0415 - a command loads only what it needs

    return Contact(name=WHO, role="lead", mail="", languages=("en",))


def _filters(only: list[str] | None) -> Filters:
    """What was asked for; whatever makes no sense is said, and the program ends."""
    from bot.desk.filtering import filters  # noqa: PLC0415 - a command loads only what it needs

    asked = dict(one.partition("=")[::2] for one in only or ())
    if len(asked) < len(only or ()):
        give_up("Nothing is both:", ["--only: give each name once"], 2)
    found, any_ = filters(asked), filters({})
    wrong = [f"--only {name}={value}" for name, value in asked.items() if _said(found, name) == _said(any_, name)]
    if wrong:
        give_up("Nothing is called that:", wrong, 2)
    return found


def _said(found: Filters, name: str) -> object:
    return getattr(found, name, None)


async def _found(house: House, filters: Filters) -> list[Head]:
    await house.index.refresh()
    return house.index.find(filters, _lead(), time.time())


def _all_read(house: House) -> None:
    """Ends the program where something was left out. How many, not which: among them may be talks in private."""
    if unread := len(house.index.unread):
        give_up("Not all:", [f"{unread} could not be read, since no key in BATEA_KEYS opens them; put it back"], UNREAD)


def _reference(typed: str) -> str:
    from flows.reference import EXAMPLE, read  # noqa: PLC0415 - a command loads only what it needs

    return read(typed) or give_up("Nothing to show:", [f"{typed} is no reference, such as {EXAMPLE}"], 2)


def _line(head: Head) -> tuple[str, ...]:
    due = _day(head.due) if head.due else "-"
    said = (head.country or "-", head.language, head.result or "-")
    return (head.reference, head.letter or "X", head.state, due, *said)


def _facts(head: Head) -> Iterator[str]:
    names = ("case", "letter", "state", "call by", "country", "language", "result")
    yield from (f"{name}: {value}" for name, value in zip(names, _line(head), strict=True))
    yield f"came: {_moment(head.created)}"
    yield f"gaps: {', '.join(head.gaps) or '-'}"
    yield f"outcome: {head.outcome or '-'}"


def _steps(held: Held) -> Iterator[str]:
    return (f"{_moment(step.at)}  {step.move}  {step.who or 'Batea'}" for step in held.case.history)


def _day(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"
