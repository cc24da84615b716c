"""What a result leaves open: offered to be asked again in a month, and compared then."""

from __future__ import annotations

from flows.applies import codes
from flows.asking import options
from flows.assess import Assessment, assess
from flows.model import UNKNOWN, Checklist, Say
from flows.scene import Scene
from flows.session import Session

CHOICES = ("yes", "no")
_WORTH = ("close_gaps", "find_out", "formalise_first")


def open_items(scene: Scene, session: Session) -> tuple[str, ...]:
    """What is missing or not known, in the order of the questions; nothing delicate, and no gold."""
    named = open_in(assess(scene.checklist, session.answers, private=session.private))
    items = scene.checklist.items.values()
    return tuple(item.id for item in items if item.id in named and not item.sensitive and not item.gold)


def worth_asking_again(scene: Scene, session: Session) -> bool:
    """Whether something is open that a month can change, and the offer was not made yet."""
    if session.offered or not _may_be_open(scene.checklist, session):
        return False
    found = assess(scene.checklist, session.answers, private=session.private)
    return found.result in _WORTH and bool(open_items(scene, session))


def _may_be_open(checklist: Checklist, session: Session) -> bool:
    """Whether an answer could leave something open: quicker than to assess."""
    known = ((checklist.items[name], codes(said)) for name, said in session.answers.items() if name in checklist.items)
    return bool(session.skipped) or any(
        UNKNOWN in given or not item.rule.keys().isdisjoint(given) for item, given in known
    )


def offer() -> Say:
    """Whether to ask again in a month."""
    return Say("menu.recheck.ask", options=options("menu.recheck", CHOICES), asks=True)


def compared(session: Session, found: Assessment) -> tuple[Say, ...]:
    """How much of what was open is closed, after it was asked again."""
    if not session.compared:
        return ()
    left = len(open_in(found).intersection(session.compared))
    return (Say("recheck.compared", {"closed": len(session.compared) - left, "left": left}),)


def open_in(found: Assessment) -> set[str]:
    """What is missing, stops, or is not known."""
    return {*found.gaps, *found.stops, *found.unknown}
