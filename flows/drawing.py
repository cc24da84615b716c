"""The state machine as a Mermaid diagram, read off the machine itself; the items of a section are one box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.machine import road
from flows.model import Checklist


def mermaid(checklist: Checklist) -> str:
    """A Mermaid state diagram of the way through; the labels are the names of the machine's conditions."""
    lines = [f"    {source} --> {dest}{': ' + label if label else ''}" for source, dest, label in edges(checklist)]
    return "\n".join(["stateDiagram-v2", "    [*] --> language", *lines, "    done --> [*]"])


def edges(checklist: Checklist) -> Iterator[tuple[str, str, str]]:
    """Source, target and conditions of each way there is; a section is one state, `section_<id>`."""
    boxes = {item.id: f"section_{item.section}" for item in checklist.items.values()}
    drawn: set[tuple[str, str, str]] = set()
    for source, transitions in road(checklist).machine.events["next"].transitions.items():
        for transition in transitions:
            dest = str(transition.dest)
            ends = boxes.get(source, source), boxes.get(dest, dest)
            edge = (*ends, _label(transition.conditions))
            if ends[0] != ends[1] and edge not in drawn:
                drawn.add(edge)
                yield edge


def _label(conditions: Sequence[object]) -> str:
    names = [str(getattr(getattr(condition, "func", condition), "__name__", "")) for condition in conditions]
    return ", ".join(name for name in names if not name.endswith("_applies"))
