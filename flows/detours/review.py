"""Looking over: all answers by section, with the fixed numbers by which they are changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from flows.applies import applies, is_unknown
from flows.model import Answer, CountryName, Item, Say
from flows.moving import go_to
from flows.place import again
from flows.scene import Scene, Turn
from flows.session import Session

LINES = 5
"""Answers on a page."""


def change(scene: Scene, session: Session, number: str) -> Turn:
    """Ask the item of this number again, if it was asked; without a number, show the answers."""
    items = {str(item.number): item for item in scene.checklist.items.values()}
    item = items.get(number)
    return go_to(scene, session, item.id) if item and _was_asked(item, session) else page(scene, session, 0)


def page(scene: Scene, session: Session, at: int) -> Turn:
    """The answers of page `at` (0 is the first), masked where they are delicate."""
    asked = [item for item in scene.checklist.items.values() if _was_asked(item, session)]
    shown = asked[at * LINES : (at + 1) * LINES]
    if not shown:
        return again(scene, session, Say("review.end"))
    tail = Say("review.tail" if len(asked) <= (at + 1) * LINES else "review.more")
    opened = replace(session, menu="review", page=at)
    return Turn(
        session=opened, says=(Say("review.ask", lines=tuple(_lines(scene, session, shown)), tail=tail, asks=True),)
    )


def _was_asked(item: Item, session: Session) -> bool:
    return item.id in session.answers or item.id in session.skipped


def _lines(scene: Scene, session: Session, shown: Sequence[Item]) -> Iterator[Say]:
    for section, items in groupby(shown, key=lambda item: item.section):
        yield Say("review.section", {"section": Say(f"section.{section}")})
        yield from (_line(scene, session, item) for item in items)


def _line(scene: Scene, session: Session, item: Item) -> Say:
    key = "review.line" if applies(item, scene.checklist, session.answers) else "review.closed"
    text = told(item, session.answers.get(item.id))
    return Say(key, {"at": item.number, "what": Say(f"{item.id}.short"), "text": text})


def told(item: Item, answer: Answer | None) -> Say:
    """An answer as it is told back: nothing delicate."""
    if answer is None:
        return Say("review.skipped")
    if item.sensitive or item.gold:
        return Say("saved.short")
    if item.kind == "country":
        return Say("plain", {"text": CountryName(str(answer))})
    if is_unknown(answer) or isinstance(answer, str):
        return Say(f"{item.id}.{answer}")
    if isinstance(answer, tuple):
        return Say("several", {"first": Say(f"{item.id}.{answer[0]}"), "others": len(answer) - 1}, count=len(answer))
    return Say("plain", {"text": answer if isinstance(answer, int | float) else 0})
