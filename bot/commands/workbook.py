"""`batea flow export` and `batea flow import`: the content as a workbook, and a workbook as a new content version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.told import give_up
from bot.workbook.columns import columns
from bot.workbook.importing import BadWorkbook, Imported, import_book, old_texts
from bot.workbook.spreadsheet import write
from bot.workbook.tables import tables
from flows.load import BadContent, load, versions

_NEWEST = typer.Option("--version", help="The content version; the newest unless given.")
_NEW = typer.Option("--version", help="The name of the new content version: a year and a month, such as 2027-01.")


def export_workbook(file: Path, version: Annotated[str | None, _NEWEST] = None) -> None:
    """Write the content in all languages as a workbook.

    It can be edited in any spreadsheet (its first sheet says how), taken back with `import`, and used as a form in
    KoboToolbox and ODK.
    """
    known = versions()
    if version is not None and version not in known:
        message = f"choose one of {', '.join(known)}"
        raise typer.BadParameter(message, param_hint="--version")
    if file.suffix.lower() != ".xlsx":
        message = "name a file that ends in .xlsx"
        raise typer.BadParameter(message, param_hint="FILE")
    checklist, texts = load(version or known[-1]), old_texts()
    try:
        write(file, tables(checklist, texts), columns(checklist, texts))
    except OSError as error:
        give_up("Not written:", [f"{file}: {error.strerror or error}"], 1)
    typer.echo(f"{file}: {len(checklist.items)} questions of version {checklist.version} in {', '.join(texts)}")


def import_workbook(file: Path, version: Annotated[str, _NEW]) -> None:
    """Make a new content version, and the catalogs, from a workbook.

    Everything is looked at first; if anything is wrong, every mistake is told with sheet, row and column, and nothing
    is written.
    """
    try:
        imported = import_book(file, version)
    except (BadWorkbook, BadContent) as bad:
        give_up(f"{file}: nothing was written.", bad.mistakes, 1)
    imported.keep()
    for line in _summary(imported):
        typer.echo(line)


def _summary(imported: Imported) -> Iterator[str]:
    base, checklist = imported.base, imported.checklist
    yield f"Version {checklist.version}, made from {base.version}: {len(checklist.items)} questions"
    yield from _questions(imported)
    for locale in imported.mended:
        yield from _texts(f"texts new in {locale}", imported.added[locale])
        yield from _texts(f"texts mended in {locale}, for earlier versions too", imported.mended[locale])
    yield from _texts("texts not needed, so left out", imported.unused)
    yield f"Now: make check; batea flow diff {base.version} {checklist.version}; batea chat --locale es"
    yield f"Until {checklist.version} is published, its file can be deleted to import it again."


def _questions(imported: Imported) -> Iterator[str]:
    old, new = imported.base.items, imported.checklist.items
    yield from _texts("questions new", [name for name in new if name not in old])
    yield from _texts("questions with other rules", [name for name in new if name in old and new[name] != old[name]])
    yield from _texts("questions left out", [name for name in old if name not in new])


def _texts(what: str, names: list[str]) -> Iterator[str]:
    if names:
        yield f"  {what} ({len(names)}): {', '.join(names)}"
