"""The head of a referral: what lists, search and counts need, so that they never open drafts. Names are hashed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import msgspec

from bot.referral.draft import Draft, Kind, kind, may_call, shares_private
from bot.referral.person import number
from flows.assess import Result
from flows.case import Outcome, State
from flows.triage import Letter
from flows.words import language_of, plain

if TYPE_CHECKING:
    from bot.kept.crypto import Vault
    from bot.referral.standing import Standing

_HASH = 16
"""Hexadecimal digits of a keyed hash: few enough for the memory, enough for no two words to meet."""


class Head(msgspec.Struct, frozen=True, gc=False):
    """A referral in a list. Epoch seconds: `due` (None: nothing promised), `created`, when it came to ARM, `updated`.

    `letter` is None outside of Fairmined's scope. `words` are keyed hashes of the whole words of name and organisation,
    `phone` one of the number, `given` one of another that was given for the call, `place` one of organisation and place
    together ("" where one lacks). `shared`: with a private part, of which only protection may know; `urgent`: for them
    it is P, by `urgent_due`, until it is `guarded`: one of them talked with the person. `number`: there is one that may
    be called; `safe`: it may be written to. `gaps` are those that staff are told; `contacted` is when somebody reached
    the person for the first time (epoch seconds).
    """

    reference: str
    letter: Letter | None
    state: State
    due: float | None
    created: float
    updated: float
    country: str | None
    language: str
    result: Result | None
    kind: Kind
    quiet: bool
    holder: str
    outcome: Outcome | None
    channel: str
    group: bool
    words: tuple[str, ...] = ()
    phone: str = ""
    given: str = ""
    place: str = ""
    shared: bool = False
    urgent: bool = False
    urgent_due: float | None = None
    guarded: bool = False
    number: bool = False
    safe: bool = True
    gaps: tuple[str, ...] = ()
    contacted: float | None = None


def head_of(draft: Draft, standing: Standing, result: Result | None, vault: Vault, gaps: tuple[str, ...] = ()) -> Head:
    """The head of a referral as it stands."""
    case, country = standing.case, draft.answers.get("country")
    return Head(
        reference=draft.reference,
        letter=case.letter,
        state=case.state,
        due=case.due,
        created=standing.came,
        updated=draft.updated,
        country=country if isinstance(country, str) else None,
        language=language_of(draft.locale),
        result=result,
        kind=kind(draft),
        quiet=draft.quiet,
        holder=case.holder,
        outcome=case.outcome,
        channel=draft.channel,
        group=draft.room is not None,
        **_marks(draft, vault),
        shared=shares_private(draft),
        urgent=standing.urgent,
        urgent_due=standing.urgent_due,
        guarded=standing.guarded is not None,
        number=may_call(draft),
        safe=is_safe(draft),
        gaps=gaps,
        contacted=next((step.at for step in case.history if step.move == "contacted"), None),
    )


def is_safe(draft: Draft) -> bool:
    """Whether the phone may be written to: it was not called unsafe, and something is still agreed to."""
    return kind(draft) != "nothing" and draft.answers.get("call_how") != "not_safe"


def hashed(text: str, vault: Vault) -> frozenset[str]:
    """The keyed hashes of the whole words of a text, whatever its case and accents."""
    return frozenset(_hash(vault, "word", word) for word in plain(text).split())


def phone_mark(address: str, vault: Vault) -> str:
    """The keyed hash of a number or a chat."""
    return _hash(vault, "phone", address)


def overdue(head: Head, now: float) -> bool:
    """Whether nobody has called by the promised day."""
    return head.state in {"new", "taken"} and head.due is not None and head.due < now


class _Marks(TypedDict):
    words: tuple[str, ...]
    phone: str
    given: str
    place: str


def _marks(draft: Draft, vault: Vault) -> _Marks:
    """What a referral is found by, as keyed hashes."""
    phone = phone_mark(draft.address, vault) if kind(draft) != "nothing" else ""
    return _Marks(words=_words(draft, vault), phone=phone, given=_given(draft, vault), place=_place(draft, vault))


def _words(draft: Draft, vault: Vault) -> tuple[str, ...]:
    return tuple(sorted(hashed(f"{_said(draft, 'name')} {_said(draft, 'organisation')}", vault)))


def _given(draft: Draft, vault: Vault) -> str:
    found = number(draft)
    return phone_mark(found, vault) if found and found != draft.address else ""


def _place(draft: Draft, vault: Vault) -> str:
    said = [plain(_said(draft, name)) for name in ("organisation", "place")]
    return _hash(vault, "place", "|".join(said)) if all(said) else ""


def _said(draft: Draft, name: str) -> str:
    return str(draft.answers.get(name, ""))


def _hash(vault: Vault, kind_of: str, text: str) -> str:
    return vault.mark(kind_of, text)[:_HASH]
