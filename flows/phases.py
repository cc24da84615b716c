"""The states of a conversation in the order of facts.md's "The way through", and what each of them asks."""

from __future__ import annotations

from collections.abc import Sequence

from flows.answers import Question
from flows.model import Checklist
from flows.scale import grams_per_person_day
from flows.session import Session

CHOICES: dict[str, tuple[str, ...]] = {
    "welcome": ("yes", "no"),
    "consent": ("yes", "no"),
    "checkpoint": ("go", "later"),
    "scale": ("right", "gold", "people", "days"),
    "send": ("yes", "no"),
    "send_private": ("yes", "no"),
    "call_back": ("yes", "no"),
    "call_how": ("any_day", "only_batea", "not_safe"),
    "advice": ("yes", "no"),
    "delete": ("yes", "no"),  # asked by the menu, over whatever is pending
}
DETAILS = ("name", "organisation", "place")
SCALE_ITEMS = {"people": "miners", "days": "days_month"}
DONE = "done"


def question(checklist: Checklist, session: Session, locales: Sequence[str]) -> Question:
    """What the session's state asks. Items ask what the content says, phases what is written here."""
    state = session.state
    item = checklist.items.get(state)
    if item:
        return Question(state, item.kind, item.choices, item.least, item.most, item.sensitive)
    if state == "language":
        return Question(state, "one", tuple(locales))
    if state == "people":
        return Question(state, "number", ())
    if state == "scale" and "gold_band" in session.answers and _by_band(checklist, session):
        return Question(state, "one", ("right", "gold"))
    return Question(state, "one" if state in CHOICES else "text", CHOICES.get(state, ()))


def _by_band(checklist: Checklist, session: Session) -> bool:
    return grams_per_person_day(checklist, session.answers) is None
