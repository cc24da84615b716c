"""Where a referral stands when a draft of it comes: which letter it gets, by when somebody is to call.

Staff never learn that something private was shared: their letter is the one without it, and their day too. What the
protection contact needs to know beside that is `urgent`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from bot.origin import clocks
from bot.referral.draft import Draft, kind, private, public, shares_private
from flows.assess import Assessment, Result, assess
from flows.case import Case, Step, move
from flows.model import Checklist
from flows.triage import Letter, triage

_DAY = 24 * 3600


class Standing(msgspec.Struct, frozen=True):
    """A case and what staff do not see of it. Epoch seconds: `came`, when the first revision was agreed to.

    `case.letter` is P only for a quiet talk. `urgent`: what was shared with protection alone makes it P for them;
    `urgent_due` is their day (None where there is none), `guarded` when one of them talked with the person, and
    `urgent_late`: they were told that it is overdue. `hushed`: the last revision changed only what they see.
    """

    case: Case
    came: float
    urgent: bool = False
    urgent_due: float | None = None
    guarded: float | None = None
    urgent_late: bool = False
    hushed: bool = False


@dataclass(frozen=True)
class Rules:
    """What letters and days go by: the checklists by version, and `Contacts.within_days`."""

    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    within_days: Mapping[str, int] = field(default_factory=dict)

    def begun(self, draft: Draft) -> Standing:
        """Where the referral stands with its first draft."""
        fresh = Standing(Case(self._letter(draft), None), draft.updated)
        if kind(draft) == "nothing":
            return _withdrawn(fresh, draft)
        return self._promised(self._guarded(fresh, None, draft), draft)

    def revised(self, standing: Standing, before: Draft, draft: Draft) -> Standing:
        """Where it stands with a later draft: closed, it opens again; with all consent taken back, it ends.

        Of a change that only protection may see staff learn nothing: the case stays as it is.
        """
        if kind(draft) == "nothing":
            return _withdrawn(standing, draft)
        guarded = self._guarded(standing, before, draft)
        if self._only_private(before, draft):
            return replace(guarded, hushed=True)
        case = standing.case
        if not case.open:
            case = replace(move(case, Step(draft.updated, "", "renew")), due=None, late=False)
        case = replace(case, letter=self._letter(draft))
        return self._promised(replace(guarded, case=case), draft)

    def result(self, draft: Draft) -> Result | None:
        """The result that staff are told; None where no summary was passed on."""
        found = self._assessed(draft)
        return found.result if found else None

    def gaps(self, draft: Draft) -> tuple[str, ...]:
        """The gaps that staff are told, as item ids."""
        found = self._assessed(draft)
        return found.gaps if found else ()

    def _assessed(self, draft: Draft) -> Assessment | None:
        checklist = self.checklists.get(draft.version)
        if kind(draft) != "referral" or checklist is None:
            return None
        return assess(checklist, draft.answers, private=draft.private)

    def _only_private(self, before: Draft, draft: Draft) -> bool:
        checklist = self.checklists.get(draft.version)
        if checklist is None or draft.quiet or before.version != draft.version:
            return False
        changed = private(before, checklist) != private(draft, checklist)
        return changed and public(before, checklist) == public(draft, checklist)

    def _promised(self, standing: Standing, draft: Draft) -> Standing:
        case = standing.case
        due = _earlier(case.due, self._due(draft, case.letter), draft.updated)
        return replace(standing, case=replace(case, due=due, late=case.late and due == case.due), hushed=False)

    def _guarded(self, standing: Standing, before: Draft | None, draft: Draft) -> Standing:
        """What protection knows of it; what was told anew in private is to be talked of again."""
        checklist = self.checklists.get(draft.version)
        if before and checklist and private(before, checklist) == private(draft, checklist):
            return standing
        urgent = self._urgent(draft)
        due = _earlier(standing.urgent_due, self._due(draft, "P"), draft.updated) if urgent else None
        late = standing.urgent_late and due == standing.urgent_due
        return replace(standing, urgent=urgent, urgent_due=due, urgent_late=late, guarded=None)

    def _letter(self, draft: Draft) -> Letter | None:
        """The letter without what was shared in private; to be found out (D) where the content version is not here."""
        if draft.quiet:
            return "P"
        public = {name: said for name, said in draft.answers.items() if name != "send_private"}
        checklist = self.checklists.get(draft.version)
        return triage(checklist, public, private=draft.private) if checklist else "D"

    def _urgent(self, draft: Draft) -> bool:
        checklist = self.checklists.get(draft.version)
        if checklist is None or not shares_private(draft):
            return False
        return triage(checklist, draft.answers, private=True) == "P"

    def _due(self, draft: Draft, letter: Letter | None) -> float | None:
        """The last second of the day by which somebody is to take care of it, where the phone is; from when it came."""
        days = self.within_days.get(letter or "")
        if days is None:
            return None
        ahead = clocks(draft.address, str(draft.answers.get("country", "")), draft.updated)[0] or 0
        today = (draft.updated + ahead) // _DAY
        return (today + days + 1) * _DAY - ahead - 1


def _withdrawn(standing: Standing, draft: Draft) -> Standing:
    case = standing.case
    if case.state != "withdrawn":
        case = move(case, Step(draft.updated, "", "withdraw"))
    return Standing(replace(case, due=None, late=False), standing.came)


def _earlier(before: float | None, now: float | None, at: float) -> float | None:
    """Of two promised days the earlier one stands, unless it had gone by."""
    if before is None or before < at:
        return now if now is not None else before
    return before if now is None else min(before, now)
