"""Who at the desk may do what with which referral. Pages, lists, exports and moves all ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from bot.referral.draft import Draft, kind, may_call, shares_private
from bot.referral.heads import is_safe

if TYPE_CHECKING:
    from bot.contacts import Contact
    from bot.referral.heads import Head

Action = Literal[
    "list",
    "open",
    "private",
    "guard",
    "number",
    "take",
    "assign",
    "contacted",
    "close",
    "reopen",
    "note",
    "write",
    "export",
    "learn",
    "withdraw",
    "renew",
]
"""`write`: to the person, over Batea. `guard`: note that one talked with them of what they shared in private.

To withdraw or renew a case is Batea's alone, when the person says so.
"""

_STAFF: frozenset[Action] = frozenset(
    {"list", "open", "number", "take", "contacted", "close", "reopen", "note", "write", "export", "learn"}
)
_QUIET: frozenset[Action] = frozenset(
    {"list", "open", "private", "number", "take", "contacted", "close", "reopen", "note"}
)
"""A talk in private is never written about: others may read that phone. It is in no export and no count."""
_SHARED: frozenset[Action] = frozenset({"list", "private", "guard", "number"})
_WITHDRAWN: frozenset[Action] = frozenset({"list", "open", "export", "learn"})


class Forbidden(Exception):
    """This is not for this contact, or there is no such referral: which of the two is not told."""


def may(contact: Contact, action: Action, case: Head | Draft) -> bool:
    """Whether the contact may do this with the referral, as its person agreed to."""
    if action not in _for_role(contact, case):
        return False
    if kind_of(case) == "nothing":
        return action in _WITHDRAWN
    if action == "number":
        return may_call(case) if isinstance(case, Draft) else case.number
    if action == "write":
        return is_safe(case) if isinstance(case, Draft) else case.safe
    return True


def kind_of(case: Head | Draft) -> str:
    """What the person agreed to."""
    return kind(case) if isinstance(case, Draft) else case.kind


def _for_role(contact: Contact, case: Head | Draft) -> frozenset[Action]:
    if contact.role == "lead" and not case.quiet:
        return _STAFF | {"assign"}
    if not contact.covers(_country(case)):
        return frozenset()
    if contact.role == "protection":
        return _QUIET if case.quiet else _SHARED if _shared(case) else frozenset()
    return _STAFF if contact.role == "staff" and not case.quiet else frozenset()


def _country(case: Head | Draft) -> str | None:
    country = case.answers.get("country") if isinstance(case, Draft) else case.country
    return country if isinstance(country, str) else None


def _shared(case: Head | Draft) -> bool:
    return shares_private(case) if isinstance(case, Draft) else case.shared
