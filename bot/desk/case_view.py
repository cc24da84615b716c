"""The page of a case: first what to do next, then what one needs for that, then everything that was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.desk.answers import Telling
from bot.desk.case_facts import papers, reliability, speaker
from bot.desk.history import history, notes
from bot.desk.listing import PROMISED, due_day, due_words, language_name
from bot.desk.next_step import guarding, proposed
from bot.desk.view import day
from bot.posts import TRIED
from bot.referral.draft import kind, may_call
from bot.referral.index import OUT_OF_SCOPE
from bot.referral.person import contact_facts, number, reach, readable, spoken, when, who
from bot.referral.rights import may
from bot.report import summarise
from flows.applies import is_worker
from flows.assess import assess
from flows.case import OUTCOMES, State, possible
from flows.words import language_of

if TYPE_CHECKING:
    from bot.desk.visit import Visit
    from bot.referral.store import Held
    from bot.referral.trail import Entry
    from bot.report import Summary
    from flows.case import Case

Words = dict[str, object]
_MASKED, _SHOWN_DIGITS = "•", 2


@dataclass(frozen=True)
class CaseView:
    """A case as this visitor may see it. `revealed`: the number was asked for."""

    visit: Visit
    held: Held
    entries: tuple[Entry, ...]
    revealed: bool = False

    @property
    def open(self) -> bool:
        """Whether they may see what staff see of it; protection sees only its own part."""
        return may(self.visit.contact, "open", self.held.draft)

    def words(self) -> Words:
        """Everything that the template needs."""
        draft, visit = self.held.draft, self.visit
        return {
            "path": f"/desk/case/{draft.reference}",
            "reference": draft.reference,
            "kind": kind(draft),
            "moves": len(self.held.case.history),
            "worker": is_worker(draft.answers),
            "quiet": draft.quiet,
            "tried": draft.channel.startswith(TRIED),
            "updated": draft.updated,
            "history": history(visit, self.held.case, self.entries),
            "notes": list(notes(visit, self.entries)),
            "reach": reach(draft, visit.office.desk.texts, visit.locale, discreet=not self.open),
            "phone": self._phone(),
            "hidden": not self.revealed and may(visit.contact, "number", draft),
            "number": number(draft) if self.revealed else None,
            "when": when(draft, revealed=self.revealed),
            **self._case(),
            **self._told(),
            **self._private(),
        }

    def _case(self) -> Words:
        case, visit, now = self._own_case(), self.visit, self.visit.office.desk.clock()
        me, draft = visit.contact, self.held.draft
        steps = proposed(draft, case, me.name, now) if self.open else guarding(draft, case, now)
        can = [move for move in possible(case) if may(me, move, draft)] if self.open else []
        return {
            "state": case.state,
            "holder": case.holder,
            "outcome": case.outcome,
            "letter": case.letter or (OUT_OF_SCOPE if kind(draft) != "nothing" else ""),
            "steps": [visit.say(one.id, day=self._day(one.due), who=one.holder) for one in steps],
            "promise": self._promise(case.due),
            "due": due_words(visit, case.due, now) if case.due and case.state in PROMISED else "",
            "can": can,
            "outcomes": OUTCOMES,
            "colleagues": self._colleagues() if "assign" in can else [],
            "guard": (case.letter, case.state) == ("P", "new") and not self.open and may(me, "guard", draft),
            "may_note": may(me, "note", draft),
        }

    def _own_case(self) -> Case:
        """The case as staff see it; what is urgent for protection alone has its own letter and day."""
        case, standing = self.held.case, self.held.standing
        if self.open or not standing.urgent:
            return case
        state: State = "contact" if standing.guarded else "new"
        return replace(case, letter="P", due=standing.urgent_due, state=state, holder="", outcome=None)

    def _promise(self, due: float | None) -> str:
        """By when, and whether the person was told so: they know the day of the call that staff are to make."""
        if due is None:
            return self.visit.say("desk.promise.none")
        called = "" if may_call(self.held.draft) else ".take"
        guarded = not self.open and self.held.standing.urgent
        return self.visit.say(f"desk.promise{'.guard' if guarded else called}", day=self._day(due))

    def _colleagues(self) -> list[str]:
        everybody = self.visit.office.desk.contacts.everybody
        return [one.name for one in everybody if may(one, "take", self.held.draft)]

    def _day(self, due: float | None) -> str:
        return day(self.visit.locale, due_day(due)) if due is not None else ""

    def _phone(self) -> str:
        """How they are reached, masked until it is asked for; "" where nobody is to call."""
        draft, texts, locale = self.held.draft, self.visit.office.desk.texts, self.visit.locale
        if not may(self.visit.contact, "number", draft):
            return ""
        phone = number(draft)
        if self.revealed:
            return readable(phone) if phone else contact_facts(draft, texts, locale)[0].value
        return masked(readable(phone)) if phone else self.visit.say("desk.telegram", address=masked(draft.address))

    def _told(self) -> Words:
        draft, visit = self.held.draft, self.visit
        nothing: Words = {"summary": None, "speaker": (), "reliable": (), "papers": (), "chapters": (), "said": ()}
        if not self.open or kind(draft) == "nothing" or not self._readable:
            return nothing
        telling = self._telling()
        found = nothing | {"speaker": speaker(draft, telling)}
        if kind(draft) != "referral":
            return found
        return found | {
            "summary": summary(visit, self.held),
            "reliable": reliability(draft, telling),
            "papers": papers(draft, telling),
            "printed": [(code, language_name(visit.locale, code)) for code in self._languages()],
            "chapters": telling.public(),
            "said": telling.notes(draft.room),
        }

    def _languages(self) -> tuple[str, ...]:
        """In which the summary is printed: the reader's, and the person's where that is another."""
        own, theirs = self.visit.locale, language_of(self.held.draft.locale)
        return (own,) if language_of(own) == theirs else (own, theirs)

    def _private(self) -> Words:
        """Only for protection, and only what the person wants them to see."""
        draft, visit = self.held.draft, self.visit
        if draft.quiet or not may(visit.contact, "private", draft) or not self._readable:
            return {"private": None}
        telling = self._telling()
        assessment = assess(telling.checklist, draft.answers, private=True)
        facts = who(draft, telling.texts, telling.locale) + spoken(draft, telling.texts, telling.locale)
        return {
            "private": assessment.private,
            "result": assessment.result,
            "told": telling.private(),
            "who": facts,
        }

    @property
    def _readable(self) -> bool:
        """Whether the questions are here that were asked: another release may have others."""
        return self.held.draft.version in self.visit.office.desk.checklists

    def _telling(self) -> Telling:
        desk, draft = self.visit.office.desk, self.held.draft
        return Telling(desk.texts, self.visit.locale, desk.checklists[draft.version], draft.answers)


def summary(visit: Visit, held: Held) -> Summary:
    """The summary that staff get, in the visitor's language."""
    desk, draft = visit.office.desk, held.draft
    checklist = desk.checklists[draft.version]
    assessment = assess(checklist, draft.answers, private=draft.private)
    given = (assessment, checklist, draft.answers, desk.texts, visit.locale, draft.reference)
    return summarise(*given, day=draft.updated, room=draft.room)


def masked(phone: str) -> str:
    """A number of which only the country and the last two digits can be read."""
    country, space, rest = phone.partition(" ")
    begin, end = (country + space, rest) if space else ("", phone)
    hidden = "".join(_MASKED if sign.isdigit() else sign for sign in end[:-_SHOWN_DIGITS])
    return begin + hidden + end[-_SHOWN_DIGITS:]
