"""A content version as a picture: the state machine at the left, the branches at the right."""

from __future__ import annotations

from bot.flow.branches import Label
from bot.flow.branches_drawn import branches_drawn
from bot.flow.svg import document, text
from bot.flow.way_drawn import way_drawn
from flows.model import Checklist

_TOP = 70
_BRANCHES = "Which answer opens which question: (w) is asked of workers too, and of them nothing else"
_WAY = "Dashed: only if. Inside a section each question leads to the next one that applies."


def picture(checklist: Checklist, label: Label) -> str:
    """The SVG; `label` puts message ids into words."""
    way, width, height = way_drawn(checklist, _TOP)
    branches, whole, low = branches_drawn(checklist, label, width + 40, _TOP)
    heads = [
        text(20, 30, f"The way through, {checklist.version}", bold=True, size=18),
        text(20, 50, _WAY),
        text(width + 40, 30, "The branches", bold=True, size=18),
        text(width + 40, 50, _BRANCHES),
    ]
    return document(whole, max(height, low), [*heads, *way, *branches])
