"""A conversation for tests: the session goes through JSON between turns, and every turn is worked out twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from flows.applies import codes
from flows.asking import PAID, ask_one
from flows.events import Arrival, Text
from flows.model import Quantity, Say
from flows.phases import CHOICES, DONE
from flows.session import dump, load
from flows.turn import advance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.events import Event
    from flows.model import Answer, Checklist
    from flows.scene import Turn
    from flows.session import Session
    from flows.words import Words

    Begin = Callable[..., "Walk"]

NOON = 1_770_000_000.0
CHANCE = 123_456_789_012
NUMBER = "300 1234567"


class Walk:
    """One person's conversation. `now` passes by a minute a turn."""

    def __init__(self, checklist: Checklist, words: Words, **known: object) -> None:
        self.checklist, self.words = checklist, words
        given = {"locale": "es", "country": "CO", "brake": 0, "chance": CHANCE} | known
        self.known = Arrival(Text(""), **given)  # type: ignore[arg-type]
        self.now = NOON
        self.kept: Session | None = None
        self.turns: list[Turn] = []

    @property
    def session(self) -> Session:
        assert self.kept is not None
        return self.kept

    @property
    def state(self) -> str:
        return self.session.state

    @property
    def answers(self) -> dict[str, Answer]:
        return dict(self.session.answers)

    def happen(self, event: Event) -> Turn:
        """The turn that the event makes; the same arguments have to make the same turn."""
        self.now += 60
        arrival = replace(self.known, event=event)
        before = load(dump(self.kept)) if self.kept else None
        assert before == self.kept
        turn = advance(self.checklist, self.words, before, arrival, self.now)
        assert advance(self.checklist, self.words, before, arrival, self.now) == turn
        self.kept = turn.session
        self.turns.append(turn)
        return turn

    def say(self, text: str) -> Turn:
        return self.happen(Text(text))

    def says(self, *texts: str) -> Turn:
        for text in texts:
            turn = self.say(text)
        return turn

    def asked(self) -> Say:
        """The pending question as it is put when it stands alone."""
        return ask_one(self.checklist, self.session, tuple(self.words.locales))

    def answer(self, code: Answer) -> Turn:
        """Reply to the pending question with what stands for this answer."""
        before = self.state
        turn = self.say(self.reply_for(code))
        doubted = before == "country" and self.state == "country"
        return self.say("1") if doubted else turn

    def reply_for(self, code: Answer) -> str:
        item = self.checklist.items.get(self.state)
        if isinstance(code, Quantity):
            return f"{code.amount} gramos"
        if item and item.kind in ("number", "quantity"):
            return "?" if code == "unknown" else str(code)
        if item and item.kind == "country":
            return str(code)
        if not item and self.state not in CHOICES and self.state != "language":
            return str(code) or "?"
        options = {option.value: option.reply for option in self.asked().options}
        reply = " ".join(options[one] for one in codes(code))
        unknown_number = self.state == "call_how" and self.session.channel not in PAID and code != "not_safe"
        return f"{reply} {NUMBER}" if unknown_number else reply

    def follow(self, answers: dict[str, Answer], *, until: str = DONE) -> list[str]:
        """Answer every question from `answers` until this state; the states on the way, in order."""
        states = []
        while self.state != until:
            states.append(self.state)
            self.answer(answers[self.state])
            assert len(states) < 200
        return states


def ids(say: Say | None) -> Iterator[str]:
    """Every message id in a message, with those in its parameters."""
    if say is None:
        return
    yield say.id
    inner = [value for value in say.params.values() if isinstance(value, Say)]
    inner += [part for value in say.params.values() if isinstance(value, tuple) for part in value]
    for part in (*inner, *say.lines, *(option.label for option in say.options), say.heading, say.tail):
        yield from ids(part)


def said(turn: Turn) -> list[str]:
    """Every message id of a turn, options left out, in order."""
    return [one.id for one in turn.says]


FINE: dict[str, Answer] = {
    "language": "es",
    "welcome": "yes",
    "consent": "yes",
    "role": "leader",
    "country": "CO",
    "metals": ("gold",),
    "organised": "cooperative",
    "registered": "yes",
    "legal_title": "own",
    "community_based": "workers",
    "miners": 40,
    "days_month": 22,
    "checkpoint": "go",
    "permits": "yes",
    "production_map": "yes",
    "miner_register": "yes",
    "equal_treatment": "yes",
    "others_in_area": "agreed",
    "mine_type": ("underground",),
    "hired": "yes",
    "pay_hours": "yes",
    "free_to_organise": "yes",
    "safety_rules": "yes",
    "ppe": "yes",
    "safety_training": "yes",
    "ground_support": "yes",
    "explosives": "no",
    "explosives_safe": "yes",
    "emergency": "yes",
    "processing": ("own_plant",),
    "mercury": "no",
    "mercury_burning": "no",
    "mercury_whole_ore": "no",
    "mercury_less": "yes",
    "mercury_handlers": "yes",
    "cyanide": "no",
    "cyanide_plant": "yes",
    "cyanide_on_mercury": "no",
    "tailings_water": "no",
    "internal_control": "yes",
    "records": "yes",
    "own_metal": "yes",
    "sale_receipt": "yes",
    "audits": "yes",
    "ecological": "yes",
    "restoration": "yes",
    "gold_month": Quantity(90.0, "gram", "month", 90.0),
    "gold_band": "under_3",
    "scale": "right",
    "children": "no",
    "minors_danger": "no",
    "forced_work": "no",
    "security_talk": "no",
    "protected_area": "no",
    "send": "yes",
    "send_private": "yes",
    "call_back": "yes",
    "call_how": "any_day",
    "name": "Ana",
    "organisation": "Coop",
    "place": "El Alto",
    "advice": "no",
    **dict.fromkeys(
        (
            *("gender_violence", "elected_leaders", "accounts_shown", "community", "indigenous_land", "taxes"),
            *("contracts", "social_security", "water_permit", "waste", "chemicals_stored", "rehabilitation"),
        ),
        "yes",
    ),
}
"""The best answer to everything; those of closed branches are there for tests that open them."""

MUCH = Quantity(90_000.0, "gram", "month", 90_000.0)
NOTHING_SENT: dict[str, Answer] = {**FINE, "send": "no", "call_back": "no"}
