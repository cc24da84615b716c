"""`batea flow`: the content for those who own it. Shown, drawn, compared, looked through, printed, edited."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import babel
import typer

from bot.commands import workbook
from bot.commands.told import give_up
from bot.content import load_content
from bot.flow.changes import changes
from bot.flow.looked_through import mistakes
from bot.flow.picture import picture
from bot.flow.told import told, told_item
from bot.flow.versions import opened
from bot.report.group_sheet import group_sheet
from bot.report.paper import drawing, group_sheet_pdf, sheet_pdf
from bot.report.sheet import sheet as sheet_of
from bot.settings import Settings
from bot.texts import Texts
from flows.load import BadContent, fingerprint, versions
from flows.model import Checklist
from flows.words import language_of

app = typer.Typer(
    help="The content and its versions: show, draw, compare, check and print them, and edit them in a spreadsheet.",
    no_args_is_help=True,
)
app.command("export")(workbook.export_workbook)
app.command("import")(workbook.import_workbook)
LOCALE = "es"
Version = Annotated[str | None, typer.Argument(help="A version such as 2026-11, or a .toml file; else the newest.")]
Given = Annotated[str, typer.Argument(help="A version such as 2026-11, or a .toml file.")]
Locale = Annotated[str, typer.Option(help="The language, such as es; a region such as es_PE where it has words.")]


@app.command()
def show(
    version: Version = None,
    item: Annotated[str | None, typer.Option(help="Only this question, by its id or number.")] = None,
    locale: Locale = LOCALE,
) -> None:
    """Tell the content as text.

    Sections and questions in order, each with its number, its options and what they lead to, when it is asked, what it
    rests on, its first step and who can help. Questions and options are in the language, the rest in English.
    """
    checklist, texts = _opened(version), _texts(locale)
    if item is None:
        typer.echo(told(checklist, texts, locale))
        return
    found = [one for one in checklist.items.values() if item in (one.id, str(one.number))]
    if not found:
        message = f"{checklist.version} has no question {item}"
        raise typer.BadParameter(message, param_hint="--item")
    typer.echo(told_item(found[0], checklist, texts, locale))


@app.command()
def graph(
    version: Version = None,
    out: Annotated[Path | None, typer.Option(help="Where to write it: .svg, .pdf or .png.")] = None,
    locale: Locale = LOCALE,
) -> None:
    """Draw the state machine and the branches.

    At the left every state and every way between them, at the right which answer opens which question. Writes
    batea-VERSION.svg here, or the file of --out.
    """
    checklist, texts = _opened(version), _texts(locale)
    svg = picture(checklist, lambda key: texts.get(locale, key))
    path = out or Path(f"batea-{checklist.version}.svg")
    match path.suffix.lower():
        case ".svg":
            made = svg.encode()
        case ".pdf":
            made = drawing(svg, "pdf")
        case ".png":
            made = drawing(svg, "png")
        case _:
            message = "the file has to end in .svg, .pdf or .png"
            raise typer.BadParameter(message, param_hint="--out")
    _write(path, made)


@app.command()
def diff(old: Given, new: Given) -> None:
    """Say what changed between two versions.

    Questions added, removed or moved; options, rules and conditions that changed; and which texts are new. Texts are
    shared by key: a key that stays keeps its words.
    """
    found = changes(_opened(old), _opened(new))
    for line in found or ["Nothing changed but the version."]:
        typer.echo(line)


@app.command()
def lint(version: Version = None) -> None:
    """Look through one version or file.

    Its structure, its texts in every language, and what its messages cost as SMS. Ends with 1 where something is wrong.
    Tells the fingerprint that a published version keeps for ever.
    """
    checklist = _opened(version)
    found = mistakes(checklist, _all_texts())
    if found:
        give_up(f"{checklist.version} is not well:", found, 1)
    typer.echo(f"{checklist.version}: all is well, {len(checklist.items)} questions.")
    if checklist.version in versions():
        typer.echo(f"Fingerprint: {fingerprint(checklist.version)}")


@app.command()
def sheet(
    version: Version = None,
    locale: Locale = LOCALE,
    out: Annotated[Path | None, typer.Option(help="Where to write the PDF.")] = None,
    *,
    group: Annotated[bool, typer.Option("--group", help="The sheet for a meeting: votes, papers seen.")] = False,
) -> None:
    """Print the questions as a sheet of paper (PDF, A4) to be ticked.

    For places without a signal and for people who read little: fixed numbers, pictograms, boxes with the digits that
    are sent afterwards. Sensitive questions and those about gold are not on it. With --group it is for a meeting, also
    without any phone: who is present, hands counted, papers seen. Writes batea-VERSION-LOCALE.pdf here (with --group
    batea-group-VERSION-LOCALE.pdf), or the file of --out.
    """
    checklist, texts = _opened(version), _texts(locale)
    path = out or Path(f"batea-{'group-' * group}{checklist.version}-{locale}.pdf")
    _write(path, _group_sheet(checklist, texts, locale) if group else sheet_pdf(sheet_of(checklist, texts, locale)))


def _group_sheet(checklist: Checklist, texts: Texts, locale: str) -> bytes:
    return group_sheet_pdf(group_sheet(checklist, texts, locale))


def _opened(name: str | None) -> Checklist:
    try:
        return opened(name)
    except BadContent as bad:
        give_up(f"{name or 'the newest version'} can't be read:", bad.mistakes, 1)


def _all_texts() -> Texts:
    return load_content(Settings.model_construct()).texts


def _texts(locale: str) -> Texts:
    texts = _all_texts()
    if language_of(locale) not in texts.locales or not _is_locale(locale):
        message = f"choose one of {', '.join(texts.spoken)}"
        raise typer.BadParameter(message, param_hint="--locale")
    return texts


def _is_locale(locale: str) -> bool:
    try:
        babel.Locale.parse(locale)
    except (ValueError, babel.UnknownLocaleError):
        return False
    return True


def _write(path: Path, made: bytes) -> None:
    try:
        path.write_bytes(made)
    except OSError as error:
        give_up("It can't be written:", [str(error)], 1)
    typer.echo(str(path))
