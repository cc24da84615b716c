"""What staff need to know of a case before they call: who speaks, how reliable it is, which papers there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from babel.dates import format_timedelta

from bot.referral.person import given, spoken, who
from bot.report.meeting import capital
from bot.report.summary import Fact
from flows.applies import applies, is_unknown
from flows.assess import effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.desk.answers import Telling
    from bot.referral.draft import Draft
    from flows.model import Checklist, Item

Standing = Literal["seen", "said", "ask", "unknown", "lacks"]
_SPEAKS = ("organised", "miners", "mine_type", "processing")
_MINUTE = 60


class Paper(msgspec.Struct, frozen=True):
    """A paper: its name, what is known of it, and the same in words."""

    name: str
    standing: Standing
    words: str


def speaker(draft: Draft, telling: Telling) -> tuple[Fact, ...]:
    """Name, organisation and place; country, language and channel; role, kind of group and mine, how many people."""
    texts, locale = telling.texts, telling.locale
    pace = texts.get(locale, "desk.label.pace")
    said = (fact for fact in spoken(draft, texts, locale) if fact.label != pace)
    return (*who(draft, texts, locale), *said, *_answered(draft, telling))


def _answered(draft: Draft, telling: Telling) -> Iterator[Fact]:
    role = draft.answers.get("role") if draft.room is None else "group"
    if role is not None:
        yield Fact(_say(telling, "report.fact.role"), _say(telling, f"report.role.{role}"))
    for name in _SPEAKS:
        if name in draft.answers and applies(telling.checklist.items[name], telling.checklist, draft.answers):
            yield Fact(_short(telling, name), telling.answer(telling.checklist.items[name]))


def reliability(draft: Draft, telling: Telling) -> tuple[str, ...]:
    """How the answers came about: alone or together, in how long, and what of it is worth a second question."""
    texts, locale = telling.texts, telling.locale
    alone = texts.get(locale, "desk.how.alone" if draft.room is None else "desk.how.group")
    lasted = format_timedelta(max(_MINUTE, round(draft.updated - draft.created)), locale=locale)
    took = texts.get(locale, "desk.how.took", time=lasted)
    return (alone, took, *(capital(one) + "." for one in given(draft, texts, locale)))


def papers(draft: Draft, telling: Telling) -> tuple[Paper, ...]:
    """The papers that were asked for; those that a whole group looked at were seen."""
    items = (item for item in telling.checklist.items.values() if item.room == "paper")
    return tuple(_paper(item, draft, telling) for item in items if applies(item, telling.checklist, draft.answers))


def _paper(item: Item, draft: Draft, telling: Telling) -> Paper:
    found = _standing(item, draft, telling.checklist)
    return Paper(_short(telling, item.id), found, _say(telling, f"desk.paper.{found}"))


def _standing(item: Item, draft: Draft, checklist: Checklist) -> Standing:
    answer = draft.answers.get(item.id)
    if answer is None or is_unknown(answer):
        return "unknown"
    done = effect(item, checklist, draft.answers)
    if done == "ask_arm":
        return "ask"
    if done is not None:
        return "lacks"
    return "seen" if draft.room is not None and item.id in draft.room.seen else "said"


def _short(telling: Telling, name: str) -> str:
    return capital(_say(telling, f"{name}.short"))


def _say(telling: Telling, key: str) -> str:
    return telling.texts.get(telling.locale, key)
