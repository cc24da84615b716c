"""The state machine drawn: its states from top to bottom, ways that leap over some at the right, ways back at the left.

A section is one box that names its questions. Every way and condition is read off the machine itself.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.flow.svg import LETTER, LINE, SIZE, arrowhead, line, lines, rectangle, text
from flows import machine
from flows.drawing import edges
from flows.machine import states
from flows.model import Checklist

LEFT, WIDTH = 210, 380
_GAP, _PAD, _LABEL, _LANE = 26, 10, 190, 13
_SMALL = 10


@dataclass(frozen=True)
class Box:
    """A state, or a section with its questions, and where it stands."""

    name: str
    words: tuple[str, ...]
    top: float
    height: float


@dataclass(frozen=True)
class Leap:
    """A way that does not lead to the next box: from where on its side, to which box."""

    y: float
    dest: Box
    label: str


def way_drawn(checklist: Checklist, top: float) -> tuple[list[str], float, float]:
    """The shapes, and the width and height to which they reach."""
    boxes = _boxes(checklist, top)
    drawn = [shape for box in boxes.values() for shape in _box(box)]
    forward, back = _leaps(checklist, boxes)
    drawn += [*_steps(checklist, boxes), *_lanes(forward, right=True), *_lanes(back, right=False)]
    bottom = max(box.top + box.height for box in boxes.values()) + 2 * _GAP
    legend = list(_legend(checklist, bottom))
    width = LEFT + WIDTH + _LABEL + _LANE * len({leap.dest.name for leap in forward}) + _GAP
    return drawn + legend, width, bottom + LINE * len(legend)


def _boxes(checklist: Checklist, top: float) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    names = _names(checklist)
    leaping = Counter(source for source, _ in _leaping(checklist, list(names)))
    for name, words in names.items():
        height = LINE * max(len(words), leaping[name]) + 2 * _PAD
        boxes[name] = Box(name, words, top, height)
        top += height + _GAP
    return boxes


def _names(checklist: Checklist) -> dict[str, tuple[str, ...]]:
    """The boxes in order, with what stands in them."""
    found: dict[str, tuple[str, ...]] = {}
    sections = {section.id: section for section in checklist.sections}
    for state in states(checklist):
        item = checklist.items.get(state)
        if item is None:
            found[state] = (state,)
        else:
            named = ", ".join(f"{other.number} {other.id}" for other in sections[item.section].items)
            found[f"section_{item.section}"] = (f"section {item.section}", *lines(named, WIDTH - 2 * _PAD))
    return found


def _box(box: Box) -> Iterator[str]:
    yield rectangle(LEFT, box.top, WIDTH, box.height, fill="#f3f3f3" if box.name.startswith("section_") else "#fff")
    for n, words in enumerate(box.words):
        yield text(LEFT + _PAD, box.top + _PAD + 11 + n * LINE, words, bold=n == 0)


def _steps(checklist: Checklist, boxes: dict[str, Box]) -> Iterator[str]:
    """The straight ways, from each box to the next one."""
    ways = {(source, dest) for source, dest, label in edges(checklist) if not label}
    for one, other in pairwise(boxes.values()):
        if (one.name, other.name) in ways:
            yield line(f"M{LEFT + 60} {one.top + one.height:g}V{other.top - 4:g}")
            yield arrowhead(LEFT + 60, other.top, "down")


def _leaping(checklist: Checklist, order: list[str]) -> Iterator[tuple[str, tuple[int, str, str]]]:
    """Source, how far it leaps, target and condition of every way but the plain steps."""
    for source, dest, label in edges(checklist):
        step = order.index(dest) - order.index(source)
        if step != 1 or label:
            yield source, (step, dest, label)


def _leaps(checklist: Checklist, boxes: dict[str, Box]) -> tuple[list[Leap], list[Leap]]:
    """Those that go on, and those that go back."""
    used: Counter[str] = Counter()
    forward: list[Leap] = []
    back: list[Leap] = []
    for source, (step, dest, label) in _leaping(checklist, list(boxes)):
        y = boxes[source].top + _PAD + 8 + used[source] * LINE
        used[source] += 1
        (forward if step > 0 else back).append(Leap(y, boxes[dest], label.replace("_", " ")))
    return forward, back


def _lanes(leaps: list[Leap], *, right: bool) -> Iterator[str]:
    """One lane for each box that is leapt to; the nearest for the first of them, so that few cross."""
    side, sign, tip = (LEFT + WIDTH, 1, "left") if right else (LEFT, -1, "right")
    dests = sorted({leap.dest.name: leap.dest for leap in leaps}.values(), key=lambda box: box.top)
    for n, dest in enumerate(dests):
        x = side + sign * ((_LABEL if right else _LABEL - 40) + n * _LANE)
        end = dest.top + 5
        yield line(f"M{x:g} {end:g}H{side + sign * 6:g}")
        yield arrowhead(side, end, tip)
        for leap in (leap for leap in leaps if leap.dest == dest):
            yield line(f"M{side} {leap.y:g}H{x:g}V{end:g}", dashed=bool(leap.label))
            x_label = side + 8 if right else side - 8 - len(leap.label) * LETTER * _SMALL / SIZE
            yield text(x_label, leap.y - 2, leap.label, size=_SMALL)


def _legend(checklist: Checklist, top: float) -> Iterator[str]:
    """What the conditions mean, in the words of the code that decides."""
    names = sorted({label for _, _, labels in edges(checklist) for label in labels.split(", ") if label})
    for n, name in enumerate(names):
        meaning = inspect.getdoc(getattr(machine, name, None)) or ""
        yield text(20, top + n * LINE, f"{name.replace('_', ' ')}: {meaning}", size=11)
