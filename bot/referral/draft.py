"""What a conversation hands over for ARM, and what the person's consents let pass.

Whom it reaches is in `referrals`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from flows.model import Answer
from flows.pace import Pace
from flows.room.outcome import Outcome
from flows.room.private import returned

if TYPE_CHECKING:
    from flows.model import Checklist
    from flows.session import Session

Kind = Literal["referral", "talk", "nothing"]
"""The summary goes to ARM; only somebody is to call; the person agreed to neither (any more)."""

_OF_A_TALK = ("country", "call_back", "call_how", "call_note")
_OF_NOTHING = ("country",)


class Draft(msgspec.Struct, frozen=True):
    """One revision of a referral. Epoch seconds: `created`, the conversation began; `updated`, this was agreed to.

    `private`: section 7 was asked. `pace`: how the answers were given. `room`: what a group came to. `quiet`: a call in
    private, of which only protection hears.
    """

    reference: str
    revision: int
    channel: str
    address: str
    version: str
    locale: str
    answers: dict[str, Answer]
    private: bool
    created: float
    updated: float
    pace: Pace = Pace()
    room: Outcome | None = None
    quiet: bool = False


def draft(  # noqa: PLR0913 - what a draft is made of
    session: Session,
    channel: str,
    address: str,
    now: float,
    pace: Pace,
    *,
    room: Outcome | None = None,
    quiet: bool = False,
) -> bytes:
    """What is to be handed over as the session stands, as the payload of a job; at most what was agreed to.

    A later turn of the session makes a later revision. Raises `ValueError` while the session has no reference.
    """
    whole = Draft(
        reference=_reference(session),
        revision=max(session.turn, 1),
        channel=channel,
        address=address,
        version=session.version,
        locale=session.locale,
        answers=_answered(session if quiet else returned(session)),
        private=session.private,
        created=session.started,
        updated=now,
        pace=pace,
        room=room,
        quiet=quiet,
    )
    return msgspec.json.encode(_agreed(whole))


def _answered(session: Session) -> dict[str, Answer]:
    """The answers; who only asks for a call, before anything was asked, is where their number is from."""
    guessed = session.country_guess if session.answers.get("send") != "yes" else None
    return {"country": guessed, **session.answers} if guessed else session.answers


def _reference(session: Session) -> str:
    if session.reference is None:
        message = "a session without a reference can't be referred"
        raise ValueError(message)
    return session.reference


def read_draft(payload: bytes) -> Draft:
    """The draft in a payload. Raises `msgspec.DecodeError`."""
    return msgspec.json.decode(payload, type=Draft)


def kind(found: Draft) -> Kind:
    """What the person agreed to."""
    if found.answers.get("send") == "yes" and not found.quiet:
        return "referral"
    return "talk" if found.answers.get("call_back") == "yes" else "nothing"


def shares_private(found: Draft) -> bool:
    """Whether section 7 was asked and the person wants the protection contact to see it."""
    return kind(found) == "referral" and found.private and found.answers.get("send_private") == "yes"


def may_call(found: Draft) -> bool:
    """Whether the person's number may be shown: a call was asked for, and the phone not called unsafe."""
    return found.answers.get("call_back") == "yes" and found.answers.get("call_how") != "not_safe"


def kept(found: Draft, checklist: Checklist) -> Draft:
    """The draft without anything the person did not agree to pass on."""
    agreed = _agreed(found)
    if shares_private(found):
        return agreed
    answers = {name: said for name, said in agreed.answers.items() if not _sensitive(name, checklist)}
    return msgspec.structs.replace(agreed, answers=answers)


def public(found: Draft, checklist: Checklist) -> Draft:
    """What staff may see of it, whichever revision it is."""
    hidden = private(found, checklist)
    answers = {name: said for name, said in found.answers.items() if name not in hidden}
    return msgspec.structs.replace(found, revision=0, updated=0.0, answers=answers)


def private(found: Draft, checklist: Checklist) -> dict[str, Answer]:
    """The answers that are for protection alone, and whether they may see them."""
    return {name: said for name, said in found.answers.items() if name == "send_private" or _sensitive(name, checklist)}


def withdrawn(found: Draft) -> Draft:
    """The revision after this one, in which nothing is agreed to any more."""
    answers = {name: said for name, said in found.answers.items() if name in _OF_NOTHING}
    return msgspec.structs.replace(found, revision=found.revision + 1, answers=answers, pace=Pace(), room=None)


def _agreed(found: Draft) -> Draft:
    if kind(found) == "referral":
        return found
    passed = _OF_A_TALK if kind(found) == "talk" else _OF_NOTHING
    answers = {name: said for name, said in found.answers.items() if name in passed}
    return msgspec.structs.replace(found, answers=answers, pace=Pace(), room=None)


def _sensitive(name: str, checklist: Checklist) -> bool:
    item = checklist.items.get(name)
    return item is not None and item.sensitive
