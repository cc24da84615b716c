"""Referrals as rows of a table, one a referral or one an answer, in words or codes: what may be taken out of the desk.

Nothing here is sensitive or says who: no section 7, no gold figure, no name, number, place or note. How rows become a
file is in `spread`, who may have which in `rights`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from babel import Locale

from bot.desk.answers import Telling
from bot.referral.draft import kind
from flows.applies import codes
from flows.assess import assess
from flows.scale import position
from flows.words import language_of

if TYPE_CHECKING:
    from bot.referral.draft import Draft
    from bot.referral.store import Held
    from bot.texts import Texts
    from flows.model import Checklist, Item

Per = Literal["referral", "answer"]
Cell = str | int | float | datetime | None
Row = tuple[Cell, ...]

COLUMNS: dict[Per, tuple[str, ...]] = {
    "referral": (
        *("reference", "letter", "state", "outcome", "arrived", "due", "contacted", "country", "language"),
        *("channel", "group", "role", "result", "ecological", "gold", "gaps", "unknown", "ask_arm", "version"),
    ),
    "answer": ("reference", "country", "language", "version", "section", "number", "question", "answer"),
}
_JOINED = "; "


@dataclass(frozen=True)
class Wording:
    """In whose words rows are: labels in the language of `locale`, or with `codes` what is stored."""

    texts: Texts
    locale: str
    codes: bool = False

    def headings(self, per: Per) -> tuple[str, ...]:
        """The first row."""
        return tuple(
            name if self.codes else self.texts.get(self.locale, f"export.column.{name}") for name in COLUMNS[per]
        )

    def label(self, prefix: str, code: str) -> str:
        """What a code means; nothing means nothing."""
        return self.texts.get(self.locale, f"{prefix}.{code}") if code and not self.codes else code

    def country(self, code: str) -> str:
        """A country by its ISO code."""
        return code if self.codes else str(Locale.parse(self.locale).territories.get(code, code))

    def language(self, locale: str) -> str:
        """The language that was spoken."""
        spoken = language_of(locale)
        return spoken if self.codes else (Locale.parse(spoken).get_display_name(self.locale) or spoken)

    def items(self, names: tuple[str, ...]) -> str:
        """Questions, by their short names."""
        return _JOINED.join(name if self.codes else self.texts.get(self.locale, f"{name}.short") for name in names)


def rows(per: Per, held: Held, checklists: Mapping[str, Checklist], wording: Wording) -> Iterator[Row]:
    """What a referral comes to; times are in UTC. Nothing for a talk in private, or a content version not here."""
    checklist = checklists.get(held.draft.version)
    if held.draft.quiet or checklist is None:
        return
    if per == "referral":
        row = _referral(held, checklist, wording)
        yield tuple(row[name] for name in COLUMNS[per])
    elif kind(held.draft) == "referral":
        yield from _answers(held.draft, checklist, wording)


def _referral(held: Held, checklist: Checklist, wording: Wording) -> dict[str, Cell]:
    draft, case = held.draft, held.case
    told = _assessed(draft, checklist, wording) if kind(draft) == "referral" else {}
    return {
        **dict.fromkeys(COLUMNS["referral"]),
        "reference": draft.reference,
        "letter": case.letter or "X",
        "state": wording.label("desk.state", case.state),
        "outcome": wording.label("desk.outcome", case.outcome or ""),
        "arrived": _moment(held.standing.came),
        "due": _moment(case.due),
        "contacted": _moment(next((step.at for step in case.history if step.move == "contacted"), None)),
        **_spoken(draft, wording),
        **told,
    }


def _spoken(draft: Draft, wording: Wording) -> dict[str, Cell]:
    channel = next((name for name in ("sms", "telegram") if draft.channel.endswith(name)), "other")
    return {
        "country": wording.country(str(draft.answers.get("country", ""))),
        "language": wording.language(draft.locale),
        "channel": wording.label("desk.channel", channel),
        "version": f"v{draft.version}",  # "2026-11" alone is a month to a spreadsheet
    }


def _assessed(draft: Draft, checklist: Checklist, wording: Wording) -> dict[str, Cell]:
    found = assess(checklist, draft.answers, private=False)
    return {
        "group": wording.label("export", "yes" if draft.room else "no"),
        "role": wording.label("report.role", str(draft.answers.get("role", ""))),
        "result": wording.label("desk.result", found.result),
        "ecological": wording.label("report.ecological", "" if found.view == "worker" else found.ecological),
        "gold": wording.label("report.gold", position(checklist, draft.answers) or "unknown"),
        "gaps": wording.items(found.gaps),
        "unknown": wording.items(found.unknown),
        "ask_arm": wording.items(found.ask_arm),
    }


def _answers(draft: Draft, checklist: Checklist, wording: Wording) -> Iterator[Row]:
    """Every question that the person was asked, but the sensitive ones; of the gold only its place by the limit."""
    spoken = _spoken(draft, wording)
    begin = (draft.reference, spoken["country"], spoken["language"], spoken["version"])
    by_number = {item.number: item for item in checklist.items.values()}
    for chapter in Telling(wording.texts, wording.locale, checklist, draft.answers).public():
        for told in chapter.told:
            item = by_number[told.number]
            section, question = (item.section, item.id) if wording.codes else (chapter.name, told.question)
            answer = _answer(item, draft, checklist) if wording.codes else told.answer
            said = draft.answers.get(item.id)
            yield (*begin, section, told.number, question, said if isinstance(said, int | float) else answer)


def _answer(item: Item, draft: Draft, checklist: Checklist) -> str | None:
    """The stored codes; None where nothing was answered."""
    if item.gold:
        return position(checklist, draft.answers)
    return _JOINED.join(codes(draft.answers.get(item.id))) or None


def _moment(at: float | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(round(at), UTC)
