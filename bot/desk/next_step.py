"""What to do next with a case, in the order in which to do it: by whom it is held, whether and how to call, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.referral.draft import kind, may_call

if TYPE_CHECKING:
    from bot.referral.draft import Draft
    from flows.case import Case


class Proposed(msgspec.Struct, frozen=True):
    """The text to say (a key), and whether it names the day by which to do it and the contact who has the case."""

    id: str
    due: float | None = None
    holder: str = ""


def proposed(draft: Draft, case: Case, me: str, now: float) -> tuple[Proposed, ...]:
    """The steps for the contact `me`, the first one first."""
    if kind(draft) == "nothing" or case.state == "withdrawn":
        return (Proposed("desk.next.withdrawn"),)
    if case.state == "closed":
        return (Proposed("desk.next.closed"),)
    if case.holder not in {"", me}:
        return (Proposed("desk.next.other", holder=case.holder),)
    return (*_calling(draft, case, now), *_afterwards(draft, case))


def guarding(draft: Draft, case: Case, now: float) -> tuple[Proposed, ...]:
    """The step of the protection contact for what was shared with them alone, as `case` is theirs; staff hold it."""
    if (case.letter, case.state) == ("P", "contact"):
        return (Proposed("desk.next.guarded"),)
    return (_call(draft, case.due, now, discreet=True) if may_call(draft) else Proposed(_silent(draft)),)


def _calling(draft: Draft, case: Case, now: float) -> tuple[Proposed, ...]:
    if case.state == "contact":
        return (Proposed("desk.next.follow" if kind(draft) == "referral" else "desk.next.follow.talk"),)
    new = case.state == "new"
    if not may_call(draft):
        return (Proposed(_silent(draft)), *((Proposed("desk.next.take.no_call"),) if new else ()))
    return (*((Proposed("desk.next.take"),) if new else ()), _call(draft, case.due, now, discreet=draft.quiet))


def _silent(draft: Draft) -> str:
    asked = draft.answers.get("call_back") == "yes"
    return "desk.next.not_safe" if asked else "desk.next.no_call"


def _call(draft: Draft, due: float | None, now: float, *, discreet: bool) -> Proposed:
    """Where it was not said whether the phone is safe, as little is said as where others may answer it.

    So it is with whatever was said in private (`discreet`).
    """
    how = "call" if draft.answers.get("call_how") == "any_day" and not discreet else "call_batea"
    if due is None:
        return Proposed(f"desk.next.{how}")
    return Proposed(f"desk.next.{how}.{'late' if due < now else 'due'}", due)


def _afterwards(draft: Draft, case: Case) -> tuple[Proposed, ...]:
    if case.state == "new":
        return ()
    calls = case.state == "taken" and may_call(draft)
    return (Proposed("desk.next.called" if calls else "desk.next.close"),)
