"""The few shapes that a drawing needs, as SVG text. Letters are of one width, so that their place can be worked out."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

SIZE = 12
LINE = 16
LETTER = 0.61 * SIZE
"""Points across a letter of "DejaVu Sans Mono", a little more than it has."""
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
    f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}">'
    '<rect width="100%" height="100%" fill="#fff"/>'
)


def document(width: float, height: float, shapes: Iterable[str]) -> str:
    """The whole drawing."""
    return "\n".join([_HEAD.format(w=round(width), h=round(height)), *shapes, "</svg>", ""])


def text(x: float, y: float, words: str, *, bold: bool = False, size: int = SIZE) -> str:
    """Words that begin at x, on the line y."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}"{weight}>{escape(words)}</text>'


def rectangle(x: float, y: float, width: float, height: float, *, fill: str = "#fff") -> str:
    """A box."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="5" fill={quoteattr(fill)} '
        'stroke="#222" stroke-width="1.2"/>'
    )


def line(points: str, *, dashed: bool = False) -> str:
    """A path, by SVG's letters: "M0 0H10"."""
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<path d="{points}" fill="none" stroke="#222" stroke-width="1.2"{dash}/>'


def arrowhead(x: float, y: float, way: str) -> str:
    """The tip of an arrow that ends at x, y: "down", "left" or "right"."""
    corners = {"down": "l-4 -8h8z", "left": "l8 -4v8z", "right": "l-8 -4v8z"}
    return f'<path d="M{x:g} {y:g}{corners[way]}" fill="#222"/>'


def lines(words: str, width: float) -> list[str]:
    """The words in lines that fit a width."""
    return wrap(words, int(width / LETTER), break_long_words=False)


def cut(words: str, width: float) -> str:
    """The words, or their beginning, if they are longer than the width."""
    most = int(width / LETTER)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
