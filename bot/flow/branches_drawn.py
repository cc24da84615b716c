"""The branches drawn: each answer that opens a question, with an arrow to it. What comes later stands further right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.flow.branches import Label
from bot.flow.svg import LINE, arrowhead, cut, line, rectangle, text
from flows.model import Checklist, Condition, Item

_WIDTH, _BETWEEN, _GAP, _PAD = 330, 170, 14, 8


@dataclass(frozen=True)
class Node:
    """A question: the ways in stand above its answers."""

    item: Item
    ways: tuple[Condition, ...]
    answers: tuple[str, ...]
    x: float
    y: float

    @property
    def height(self) -> float:
        """How high its box is."""
        return LINE * (1 + len(self.ways) + len(self.answers)) + 2 * _PAD

    def way_in(self, n: int) -> float:
        """Where arrows of its nth condition end."""
        return self.y + _PAD + LINE * (n + 1) + 8

    def way_out(self, code: str) -> float:
        """Where the arrows of an answer begin."""
        return self.y + _PAD + LINE * (1 + len(self.ways) + self.answers.index(code)) + 8


def branches_drawn(checklist: Checklist, label: Label, left: float, top: float) -> tuple[list[str], float, float]:
    """The shapes, and the width and height to which they reach."""
    nodes = _placed(checklist, left, top)
    drawn = [shape for node in nodes.values() for shape in _arrows(node, nodes)]
    drawn += [shape for node in nodes.values() for shape in _box(node, checklist, label)]
    width = max(node.x for node in nodes.values()) + _WIDTH + 2 * _GAP
    return drawn, width, max(node.y + node.height for node in nodes.values()) + _GAP


def ways_in(item: Item) -> tuple[Condition, ...]:
    """The conditions of the question itself, then those of its other wordings."""
    return (*item.when, *(variant.when for variant in item.variants))


def _placed(checklist: Checklist, left: float, top: float) -> dict[str, Node]:
    """Every question that opens or is opened, column by column."""
    opening = _opening(checklist)
    items = [item for item in checklist.items.values() if item.id in opening or ways_in(item)]
    depths = {item.id: _depth(item, checklist) for item in items}
    nodes: dict[str, Node] = {}
    for depth in range(max(depths.values(), default=0) + 1):
        x = left + depth * (_WIDTH + _BETWEEN)
        nodes |= _column([item for item in items if depths[item.id] == depth], opening, nodes, x, top)
    return nodes


def _column(items: list[Item], opening: set[str], before: dict[str, Node], x: float, y: float) -> dict[str, Node]:
    """One below the other, as near as can be to the answers that open them."""
    nodes: dict[str, Node] = {}
    for wished, item in sorted(((_wished(item, before), item) for item in items), key=lambda pair: pair[0]):
        node = Node(item, ways_in(item), item.choices if item.id in opening else (), x, max(y, wished))
        nodes[item.id] = node
        y = node.y + node.height + _GAP
    return nodes


def _opening(checklist: Checklist) -> set[str]:
    ways = [condition for item in checklist.items.values() for condition in ways_in(item)]
    return {name for condition in ways for name in condition}


def _depth(item: Item, checklist: Checklist) -> int:
    named = {name for condition in ways_in(item) for name in condition}
    return 1 + max(_depth(checklist.items[name], checklist) for name in named) if named else 0


def _wished(item: Item, nodes: dict[str, Node]) -> float:
    """As high as the first answer that opens it; 0 for what nothing opens."""
    outs = [nodes[name].way_out(codes[0]) for way in ways_in(item) for name, codes in way.items() if name in nodes]
    return min(outs, default=0) - _PAD - LINE


def _box(node: Node, checklist: Checklist, label: Label) -> Iterator[str]:
    item, inside = node.item, _WIDTH - 2 * _PAD
    yield rectangle(node.x, node.y, _WIDTH, node.height)
    rows = [cut(f"{item.number} {item.id}{' (w)' if item.worker else ''}", inside)]
    rows += [cut(_way(item, n, way, checklist), inside) for n, way in enumerate(node.ways)]
    rows += [cut(f"{_reply(item, code)} {label(f'{item.id}.{code}')}", inside) for code in node.answers]
    for n, words in enumerate(rows):
        yield text(node.x + _PAD, node.y + _PAD + 12 + n * LINE, words, bold=n == 0)


def _way(item: Item, n: int, way: Condition, checklist: Checklist) -> str:
    numbers = " and ".join(
        f"{checklist.items[name].number} = {'/'.join(_reply(checklist.items[name], code) for code in codes)}"
        for name, codes in way.items()
    )
    if n >= len(item.when):
        return f"worded otherwise if {numbers}"
    return f"{'or' if n else 'only'} if {numbers}"


def _reply(item: Item, code: str) -> str:
    return str(item.choices.index(code) + 1) if item.kind in {"one", "several"} else "?"


def _arrows(node: Node, nodes: dict[str, Node]) -> Iterator[str]:
    for n, way in enumerate(node.ways):
        y = node.way_in(n)
        for source, code in ((nodes[name], code) for name, codes in way.items() for code in codes):
            begin, start = source.x + _WIDTH, source.way_out(code)
            bend = min(80, (node.x - begin) / 2)
            yield line(f"M{begin:g} {start:g}C{begin + bend:g} {start:g} {node.x - bend:g} {y:g} {node.x - 7:g} {y:g}")
            yield arrowhead(node.x, y, "right")
