"""How the pending question is put: its wording, progress and options."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from flows.applies import applies, is_worker, wording
from flows.blocks import block, plainly
from flows.model import Checklist, CountryName, Item, Option, Param, Quantity, Say
from flows.phases import question
from flows.scale import grams_per_person_day
from flows.session import Candidate, Pending, Session

_TENTH = 0.1
_EXAMPLE = 3
"""So many answers show how a row is written; a whole row would be sent back as it stands."""
PAID = ("sms", "try_sms")
"""Channels on which every message costs the person."""


def ask(checklist: Checklist, session: Session, locales: Sequence[str]) -> Say:
    """The pending question with its options, or those shown together with it where the person wants that."""
    shown = block(checklist, session) if session.together and session.channel in PAID else ()
    return _together(checklist, session, shown) if shown else ask_one(checklist, session, locales)


def ask_one(checklist: Checklist, session: Session, locales: Sequence[str]) -> Say:
    """The pending question with its options, or the question put back about an answer."""
    if session.pending:
        return _ask_back(checklist, session, session.pending)
    item = checklist.items.get(session.state)
    if item:
        return _item(checklist, session, item)
    codes = question(checklist, session, locales).choices
    return Say(
        f"{session.state}.ask{_phase_variant(checklist, session)}",
        params=_phase_params(checklist, session),
        options=options(session.state, codes),
        asks=True,
    )


def options(prefix: str, codes: Sequence[str]) -> tuple[Option, ...]:
    """Options from 1, labelled `<prefix>.<code>`."""
    return tuple(Option(str(n), code, Say(f"{prefix}.{code}")) for n, code in enumerate(codes, 1))


def progress(checklist: Checklist, session: Session, item: Item) -> Say:
    """Where the item stands in its section, such as "Work 3/9"; the number grows where a branch opens."""
    section = next(section for section in checklist.sections if section.id == item.section)
    # What is still to come opens nothing yet; what was passed over counts as not known, and may.
    to_come = {other.id: () for other in section.items if other.id not in session.skipped}
    asked = [other.id for other in section.items if applies(other, checklist, {**to_come, **session.answers})]
    place = asked.index(item.id) + 1 if item.id in asked else len(asked)
    params: dict[str, Param] = {"section": Say(f"section.{section.id}"), "at": place, "of": len(asked)}
    return Say("progress", params)


def _item(checklist: Checklist, session: Session, item: Item) -> Say:
    shown = () if item.kind in ("number", "quantity", "country") else item.choices
    return Say(
        wording(item, checklist, session.answers),
        heading=progress(checklist, session, item),
        options=options(item.id, shown),
        secret=item.sensitive or item.gold,
        asks=True,
    )


def _together(checklist: Checklist, session: Session, shown: Sequence[Item]) -> Say:
    """The next questions in short form, each on a line with its letter."""
    legend = (Say("block.legend"),) if any(map(plainly, shown)) else ()
    guess: dict[str, Param] = {"country": CountryName(session.country_guess or "")}
    named = ((item, guess if item.kind == "country" else {}) for item in shown)
    lines = (
        Say("block.line", {"letter": letter, "text": Say(f"{item.id}.block", params)})
        for letter, (item, params) in zip(ascii_uppercase, named, strict=False)
    )
    return Say(
        "block.ask",
        {"n": len(shown), "example": example(shown[:_EXAMPLE]) + (" ..." if len(shown) > _EXAMPLE else "")},
        heading=progress(checklist, session, shown[0]),
        lines=(*legend, *lines),
        asks=True,
    )


def example(shown: Sequence[Item]) -> str:
    """A row of answers such as the block takes: "1 2 1+3 25"."""
    odd = {"several": "1+3", "number": "25"}
    return " ".join(odd.get(item.kind, str(1 + at % 2)) for at, item in enumerate(shown))


def _ask_back(checklist: Checklist, session: Session, pending: Pending) -> Say:
    labels = [_candidate(session.state, pending.why, candidate) for candidate in pending.candidates]
    found = zip(pending.candidates, labels, strict=True)
    first_guess = pending.why == "country" and not pending.said
    item = checklist.items.get(session.state)
    return Say(
        "country.ask.guess" if first_guess else f"askback.{pending.why}",
        params={"said": pending.said},
        heading=progress(checklist, session, item) if item and first_guess else None,
        options=tuple(Option(str(n), candidate.value, label) for n, (candidate, label) in enumerate(found, 1)),
        secret=item is not None and (item.gold or item.sensitive),
        asks=True,
    )


def _candidate(state: str, why: str, candidate: Candidate) -> Say:
    if why == "country":
        known = candidate.answer is not None
        return Say("plain", {"text": CountryName(candidate.value)}) if known else Say("country.other")
    if why == "unit":
        return Say(f"unit.{candidate.value}")
    if why == "reading":
        return Say("plain", {"text": _amount(candidate)})
    return Say(f"{state}.{candidate.value}")


def _amount(candidate: Candidate) -> float:
    answer = candidate.answer
    return answer.amount if isinstance(answer, Quantity) else float(candidate.value)


def _phase_variant(checklist: Checklist, session: Session) -> str:
    answers = session.answers
    if session.state == "checkpoint" and session.decided:
        return ".anyway"
    if session.state == "checkpoint" and is_worker(answers):
        return ".worker"
    if session.state == "call_back" and not session.private and "send" not in answers and not session.person:
        return ".talk"
    if session.state == "scale" and grams_per_person_day(checklist, answers) is None:
        return ".band"
    return ""


def _phase_params(checklist: Checklist, session: Session) -> dict[str, Param]:
    if session.state == "welcome":
        return {"cost": Say("welcome.cost" if session.channel in PAID else "nothing")}
    if session.state == "scale":
        grams = grams_per_person_day(checklist, session.answers)
        return {} if grams is None else {"grams": told_grams(grams)}
    return {}


def told_grams(grams: float) -> float:
    """Grams as they are told: one place from a tenth of a gram on, below that one figure."""
    return round(grams, 1) if grams >= _TENTH else float(f"{grams:.1g}")
