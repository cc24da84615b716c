"""What an assessment costs in SMS parts: each section's questions, and whole conversations of three mines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.channels.sms_text import fold, segments
from bot.content import Content
from bot.talk import Talk
from flows.asking import options
from flows.blocks import block
from flows.model import Item, Say, Section
from flows.phases import DONE
from flows.session import load

PHONE = "+573001234567"
_USUAL = {"role": "leader", "organised": "cooperative", "processing": "own_plant", "advice": "no", "country": "CO"}
_TYPED = {"miners": "40", "days_month": "22", "gold_month": "90 g", "name": "?", "organisation": "?", "place": "?"}
_RESULT = ("send", "call_back")
MINES: dict[str, tuple[dict[str, str], bool]] = {
    "leader, gold, mercury, section 7": ({"mercury": "yes", "records": "no", "ppe": "no"}, True),
    "leader, no chemicals, no section 7": ({"mine_type": "river", "processing": "pan"}, False),
    "worker, mercury, section 7": ({"role": "worker", "mercury": "yes", "ppe": "no"}, True),
}
"""Three typical mines: what differs from the first option of each question, and whether section 7 is asked."""


@dataclass(frozen=True)
class Cost:
    """Messages that the person sends up to the result and to the end, and parts they get in all."""

    to_result: int
    sent: int
    received: int


def lines(content: Content) -> Iterator[str]:
    """The table, a line at a time."""
    locales = content.texts.locales
    yield f"{'parts of all questions':36}" + "".join(f"{locale:>10}" for locale in locales)
    for section in content.newest.sections:
        parts = [sum(_parts(content, section, item, locale) for item in section.items) for locale in locales]
        yield f"{section.id:36}" + "".join(f"{part:>10}" for part in parts)
    yield "one assessment: sent up to the result, sent in all / parts received"
    for name in MINES:
        for how in ("one by one", "in blocks"):
            costs = [whole(content, name, locale, together=how == "in blocks") for locale in locales]
            told = (f"{cost.to_result}, {cost.sent}/{cost.received}" for cost in costs)
            yield f"{f'{name}, {how}':48}" + "".join(f"{one:>12}" for one in told)


def whole(content: Content, mine: str, locale: str, *, together: bool = False) -> Cost:
    """What the conversation of one of `MINES` costs in a language, one by one or in blocks."""
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
    return _played(talk, {**_USUAL, **chosen}, together=together)


def _played(talk: Talk, chosen: dict[str, str], *, together: bool) -> Cost:
    told, sent, to_result = talk.open(), 1, 0
    received: int = told["segments"]
    while told["state"] != DONE:
        switching = together and told["state"] == "role"
        told = talk.reply(_switch(talk) if switching else _reply(talk, told, chosen))
        together = together and not switching
        sent, received = sent + 1, received + told["segments"]
        to_result = to_result or sent * (told["state"] in _RESULT)
    return Cost(to_result, sent, received)


def _switch(talk: Talk) -> str:
    return talk.words.of(talk.locale or "", "words.together")[0]


def _reply(talk: Talk, told: dict[str, Any], chosen: dict[str, str]) -> str:
    session = load(talk.kept or b"")
    shown = block(talk.checklist, session) if session.together else ()
    if shown:
        return " ".join(_digit(item, chosen) for item in shown)
    if not told["options"]:
        return _TYPED[told["state"]]
    wanted = chosen.get(told["state"], told["options"][0]["value"])
    return next(str(option["reply"]) for option in told["options"] if option["value"] == wanted)


def _digit(item: Item, chosen: dict[str, str]) -> str:
    """The answer in a row; a country is the one that was guessed."""
    if item.kind in ("number", "country"):
        return _TYPED.get(item.id, "1")
    return str(item.choices.index(chosen.get(item.id, item.choices[0])) + 1)


def _parts(content: Content, section: Section, item: Item, locale: str) -> int:
    shown = options(item.id, item.choices) if item.kind in ("one", "several") else ()
    most = len(section.items)
    heading = Say("progress", {"section": Say(f"section.{section.id}"), "at": most, "of": most})
    text = content.texts.say(Say(f"{item.id}.ask", options=shown, heading=heading), locale)
    return segments(fold(text, locale))
