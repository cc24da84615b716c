"""How votes and hands are counted, what they propose, and when a group should talk it over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.model import UNKNOWN, Answer, Item
from flows.room.model import People, Room, Tally

FEWEST_PHONES = 3
"""Fewer votes are not told: hands are raised before all, phones are not."""
_MINORITY, _UNSURE = 5, 4
"""A minority of a fifth, or a quarter who do not know, is talked over."""
_FIGURES = 4
_NUMBER = re.compile(r"\d{1,4}")
_HANDS = re.compile(r"\s*(\d{1,3})((?:[\s,;/.+-]+\d{1,3})+)\s*[.!]?\s*")


def people(answers: dict[str, Answer]) -> People:
    """Who is present, from the answer to `people`."""
    figures = [int(one) for one in str(answers.get("people", "")).split()]
    return People(*figures) if len(figures) == _FIGURES else People(members=sum(figures))


def read_people(text: str) -> str | None:
    """Of what was typed "3 12 5 8": leaders, members, workers, the women among them; or how many there are at all."""
    found = [int(one) for one in _NUMBER.findall(text)]
    if len(found) == 1:
        return str(found[0]) if found[0] else None
    if len(found) != _FIGURES or not sum(found[:3]) > 0 or found[3] > sum(found[:3]):
        return None
    return " ".join(map(str, found))


def read_hands(text: str, options: int) -> tuple[int, ...]:
    """Raised hands by option in order, of "12 3 2"; () where the text is nothing of the kind."""
    if not _HANDS.fullmatch(text):
        return ()
    found = tuple(int(one) for one in _NUMBER.findall(text))
    return found if len(found) == options else ()


def by_phone(room: Room, item: Item) -> tuple[int, ...]:
    """The votes on the item of the phones that are in the room, by option."""
    here = {chair.mark for chair in room.chairs}
    voted = [option for mark, option in room.votes.get(item.id, {}).items() if mark in here]
    return tuple(voted.count(option) for option in range(len(item.choices)))


def counted(tally: Tally) -> tuple[int, ...]:
    """How many people stand for each option: nobody twice."""
    if not tally.hands or not tally.phones:
        return tally.hands or tally.phones
    return tally.hands if tally.both else tuple(map(sum, zip(tally.hands, tally.phones, strict=True)))


def shown(tally: Tally) -> tuple[int, ...]:
    """What was counted; () where so few phones voted, and nobody raised a hand, that it would show whose votes."""
    return () if not tally.hands and sum(tally.phones) < FEWEST_PHONES else counted(tally)


def proposed(item: Item, figures: Sequence[int]) -> str | None:
    """The answer that most stand for; None where there is no such answer."""
    most = max(figures, default=0)
    found = [code for code, n in zip(item.choices, figures, strict=False) if n == most]
    return found[0] if most and len(found) == 1 else None


def split(item: Item, figures: Sequence[int]) -> bool:
    """Whether the group should talk it over: a minority of a fifth or more, or many who do not know."""
    known = [n for code, n in zip(item.choices, figures, strict=False) if code != UNKNOWN]
    minority, unsure = sum(known) - max(known, default=0), sum(figures) - sum(known)
    return sum(figures) > 0 and (minority * _MINORITY >= sum(figures) or unsure * _UNSURE >= sum(figures))
