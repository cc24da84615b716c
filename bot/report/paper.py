"""A summary on paper (PDF, A4) and as a picture (PNG) for a phone; the printable sheet; a drawing in other formats.

Nothing of the machine or the network is used: no system fonts, no packages, only the templates beside this file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import typst

if TYPE_CHECKING:
    from bot.report.group_sheet import GroupSheet
    from bot.report.poster import Poster
    from bot.report.sheet import Sheet
    from bot.report.summary import Summary

FOLDER = Path(__file__).parent
PICTURE_WIDTH = 1080
_TEMPLATE_WIDTH = 540
_POINTS_PER_INCH = 72
_TIGHT_FROM, _TIGHTER_FROM = 9, 12
Form = Literal["pdf", "png"]


def pdf(summary: Summary) -> bytes:
    """One page, two where there is much to say. Takes tens of milliseconds: not for the event loop."""
    return _summary(summary, "pdf")


def png(summary: Summary) -> bytes:
    """A picture `PICTURE_WIDTH` pixels wide, as high as it needs, without ARM's steps. Not for the event loop."""
    return _summary(summary, "png")


def sheet_pdf(sheet: Sheet) -> bytes:
    """The questions to be ticked on paper (A4). Not for the event loop."""
    return _compile("sheet.typ", "pdf", {"sheet": msgspec.json.encode(sheet).decode()}, _POINTS_PER_INCH)


def group_sheet_pdf(sheet: GroupSheet) -> bytes:
    """The questions to be answered by a group on paper (A4). Not for the event loop."""
    return _compile("group_sheet.typ", "pdf", {"sheet": msgspec.json.encode(sheet).decode()}, _POINTS_PER_INCH)


def poster_pdf(poster: Poster) -> bytes:
    """How Batea is reached, to be hung on a wall (A4). Not for the event loop."""
    return _compile("poster.typ", "pdf", {"poster": msgspec.json.encode(poster).decode()}, _POINTS_PER_INCH)


def drawing(svg: str, form: Form) -> bytes:
    """An SVG as PDF, or as PNG at 144 pixels an inch, with typst's own fonts."""
    return _compile("drawing.typ", form, {"svg": svg}, 2 * _POINTS_PER_INCH)


def _summary(summary: Summary, form: Form) -> bytes:
    inputs = {"form": form, "points": _points(summary), "summary": msgspec.json.encode(summary).decode()}
    return _compile("summary.typ", form, inputs, _POINTS_PER_INCH * PICTURE_WIDTH / _TEMPLATE_WIDTH)


def _compile(template: str, form: Form, inputs: dict[str, str], ppi: float) -> bytes:
    compiler = typst.Compiler(
        input=FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    # The time is the same for every run, so that the same summary is the same file.
    made = compiler.compile(format=form, ppi=ppi, timestamp=0)
    if not isinstance(made, bytes):
        message = f"the {form} should be one file"
        raise TypeError(message)
    return made


def _points(summary: Summary) -> str:
    """The size of the letters: the more there is to say, the smaller, so that it stays within two pages."""
    rows = sum(len(block.rows) for block in summary.blocks)
    return "10.5" if rows < _TIGHT_FROM else "10" if rows < _TIGHTER_FROM else "9.5"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
