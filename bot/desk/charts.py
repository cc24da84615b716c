"""Bars as SVG, for a page that has the same figures as a table beside them. What is hidden is not drawn.

Narrow enough to be read on a phone; colours by attributes, since the desk's pages allow no inline style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.desk.hiding import Shown

COLOURS = ("#767676", "#b5532c", "#b7791f", "#3f7fbf", "#2f855a")
"""By column, each a little apart in lightness too; a single column has the last one."""
_WIDTH, _ROW, _BAR, _SIZE = 340, 36, 12, 13
_MOST = 280
"""The longest bar leaves room for its figure."""
_LETTERS = 46
"""Of a label; the table has it whole."""


def bars(title: str, labels: Sequence[str], rows: Sequence[Sequence[Shown]]) -> Markup:
    """One bar a row, in as many pieces as it has figures; the figure stands behind a bar of one piece."""
    longest = max((sum(map(_drawn, row)) for row in rows), default=0) or 1
    shapes = (
        shape
        for at, (label, row) in enumerate(zip(labels, rows, strict=True))
        for shape in _row(at * _ROW, label, row, _MOST / longest)
    )
    height = max(1, len(rows)) * _ROW
    return Markup(  # noqa: S704 - every label in it is escaped here
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label={quoteattr(title)} font-size="{_SIZE}" fill="currentColor">{"".join(shapes)}</svg>'
    )


def swatch(column: int) -> Markup:
    """The colour of a column, for the legend."""
    return Markup(  # noqa: S704 - nothing in it comes from anywhere
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">'
        f'<rect width="10" height="10" fill="{COLOURS[column % len(COLOURS)]}"/></svg>'
    )


def _row(top: int, label: str, row: Sequence[Shown], scale: float) -> Iterator[str]:
    yield f'<text x="0" y="{top + _SIZE}">{escape(_cut(label))}</text>'
    left = 0.0
    colours = COLOURS if len(row) > 1 else COLOURS[-1:]
    for colour, figure in zip(colours, row, strict=False):
        width = _drawn(figure) * scale
        if width:
            yield _piece(left, top + _SIZE + 6, width, colour)
        left += width
    if len(row) == 1:
        yield f'<text x="{left + 5:.1f}" y="{top + _SIZE + 17}">{escape(str(row[0]))}</text>'


def _piece(left: float, top: int, width: float, colour: str) -> str:
    return f'<rect x="{left:.1f}" y="{top}" width="{max(1.0, width - 1):.1f}" height="{_BAR}" fill="{colour}"/>'


def _drawn(figure: Shown) -> int:
    return figure if isinstance(figure, int) else 0


def _cut(label: str) -> str:
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1].rstrip()}…"
