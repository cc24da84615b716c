"""How a person answers, told by state, and a conversation that says what Batea should answer."""

from __future__ import annotations

import itertools
import re
import time
from typing import Any

from bot.talk import Talk
from bot.texts import load_texts
from flows.load import load
from flows.phases import CHOICES

REFERENCE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
SAID = {"miners": "40", "days_month": "22", "gold_month": "90 gramos", "name": "Ana Ruiz, Coop La Esperanza, El Alto"}
CHOSEN = {
    "role": "leader",
    "metals": "gold",
    "organised": "cooperative",
    "legal_title": "own",
    "community_based": "workers",
    "checkpoint": "go",
    "miner_register": "no",
    "others_in_area": "agreed",
    "mine_type": "underground",
    "explosives": "no",
    "processing": "own_plant",
    "mercury": "no",
    "cyanide": "no",
    "tailings_water": "no",
    "scale": "right",
    "children": "yes",
    "minors_danger": "no",
    "forced_work": "no",
    "security_talk": "no",
    "protected_area": "no",
    "call_how": "only_batea",
    "advice": "no",
}


def expected(number: str = "+573001234567", *, private: bool = True) -> Talk:
    """The same conversation without a network."""
    checklist = load("2026-11")
    texts = load_texts({"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"})
    chance = itertools.count(1)
    return Talk(
        checklist,
        texts.words([checklist], CHOICES),
        texts,
        number=number,
        private=private,
        clock=time.time,
        chance=lambda: next(chance),
    )


def reply_to(told: dict[str, Any]) -> str:
    """What this person sends."""
    if told["state"] in SAID:
        return SAID[told["state"]]
    wanted = CHOSEN.get(told["state"], "yes")
    options = {option["value"]: option["reply"] for option in told["options"]}
    return options.get(wanted) or told["options"][0]["reply"]


def masked(messages: list[str]) -> list[str]:
    """Messages without the reference, which is made by chance."""
    return [REFERENCE.sub("XXXX-XXXX", message) for message in messages]
