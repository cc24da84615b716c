"""What an assessment costs in SMS parts: each section's questions, and whole conversations of three typical mines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.sms_text import fold, segments
from bot.content import Content
from bot.talk import Talk
from flows.asking import options
from flows.model import Item, Say
from flows.phases import DONE

PHONE = "+573001234567"
_USUAL = {"role": "leader", "organised": "cooperative", "processing": "own_plant", "advice": "no", "country": "CO"}
_TYPED = {"miners": "40", "days_month": "22", "gold_month": "90 g", "name": "?", "organisation": "?", "place": "?"}
MINES: dict[str, tuple[dict[str, str], bool]] = {
    "leader, gold, mercury, section 7": ({"mercury": "yes", "records": "no", "ppe": "no"}, True),
    "leader, no chemicals, no section 7": ({"mine_type": "river", "processing": "pan"}, False),
    "worker, mercury, section 7": ({"role": "worker", "mercury": "yes", "ppe": "no"}, True),
}
"""Three typical mines: what differs from the first option of each question, and whether section 7 is asked."""


@dataclass(frozen=True)
class Cost:
    """Messages the person sends, and parts they get, in one conversation to its end."""

    sent: int
    received: int


def lines(content: Content) -> Iterator[str]:
    """The table, a line at a time."""
    locales = content.texts.locales
    yield f"{'parts of all questions':36}" + "".join(f"{locale:>10}" for locale in locales)
    for section in content.newest.sections:
        parts = [sum(_parts(content, item, locale) for item in section.items) for locale in locales]
        yield f"{section.id:36}" + "".join(f"{part:>10}" for part in parts)
    yield f"{'one assessment: sent / received':36}"
    for name in MINES:
        costs = [whole(content, name, locale) for locale in locales]
        yield f"{name:36}" + "".join(f"{f'{cost.sent}/{cost.received}':>10}" for cost in costs)


def whole(content: Content, mine: str, locale: str) -> Cost:
    """What the conversation of one of `MINES` costs in a language."""
    chosen, private = MINES[mine]
    talk = Talk(
        content.newest,
        content.words,
        content.texts,
        number=PHONE,
        private=private,
        locale=locale,
        clock=lambda: 0.0,
        chance=lambda: 1,
    )
    told, sent = talk.open(), 1
    received: int = told["segments"]
    while told["state"] != DONE:
        told = talk.reply(_reply(told["state"], told["options"], {**_USUAL, **chosen}))
        sent, received = sent + 1, received + told["segments"]
    return Cost(sent, received)


def _reply(state: str, shown: list[dict[str, str]], chosen: dict[str, str]) -> str:
    if not shown:
        return _TYPED[state]
    wanted = chosen.get(state, shown[0]["value"])
    return next(option["reply"] for option in shown if option["value"] == wanted)


def _parts(content: Content, item: Item, locale: str) -> int:
    shown = options(item.id, item.choices) if item.kind in ("one", "several") else ()
    heading = Say("progress", {"section": Say(f"section.{item.section}"), "at": item.number, "of": item.number})
    text = content.texts.say(Say(f"{item.id}.ask", options=shown, heading=heading), locale)
    return segments(fold(text, locale))
