"""Who may do what with which referral: role x country x consent x action, as a table."""

from __future__ import annotations

from typing import get_args

import pytest
from msgspec.structs import replace

from bot.contacts import Contact
from bot.kept.connection import Database
from bot.kept.crypto import Vault
from bot.referral.draft import Draft
from bot.referral.heads import head_of
from bot.referral.index import Filters, for_protection, for_staff
from bot.referral.rights import Action, may
from tests.bot.cases import Answers, secrets
from tests.bot.casework import ALL, GUARD, LEAD, RULES, STAFF, URGENT, Cabinet, drafted
from tests.conftest import Clock

FAR = {
    "staff": Contact(name="Lima", role="staff", mail="lima@example.org", languages=("es",), countries=("PE", "BO")),
    "protection": Contact(name="Sol", role="protection", mail="sol@example.org", languages=("es",), countries=("PE",)),
}
ANYWHERE = {
    "staff": Contact(name="Todas", role="staff", mail="todas@example.org", languages=("fr",)),
    "protection": Contact(name="Paz", role="protection", mail="paz@example.org", languages=("fr",)),
}
PEOPLE = {
    "staff": STAFF,
    "staff far": FAR["staff"],
    "staff anywhere": ANYWHERE["staff"],
    "lead": LEAD,
    "protection": GUARD,
    "protection far": FAR["protection"],
    "protection anywhere": ANYWHERE["protection"],
}

_SEE = {"list", "open", "export", "learn"}
_WORK = _SEE | {"take", "contacted", "close", "reopen", "note"}
_QUIET = {"list", "open", "private", "number", "take", "contacted", "close", "reopen", "note"}
Allowed = tuple[set[str], set[str], set[str]]
"""What staff, leads and protection of the country may do."""

_REACH = _WORK | {"number", "write"}
_LEAD = _REACH | {"assign"}
_SHARED = {"list", "private", "guard", "number"}

TABLE: dict[str, tuple[Answers, bool, Allowed]] = {
    "all": (ALL, False, (_REACH, _LEAD, _SHARED)),
    "urgent": (ALL | URGENT, False, (_REACH, _LEAD, _SHARED)),
    "nothing private": (ALL | URGENT | {"send_private": "no"}, False, (_REACH, _LEAD, set())),
    "no call": (ALL | {"call_back": "no"}, False, (_REACH - {"number"}, _LEAD - {"number"}, _SHARED - {"number"})),
    "unsafe phone": (ALL | {"call_how": "not_safe"}, False, (_WORK, _WORK | {"assign"}, _SHARED - {"number"})),
    "only a call": (ALL | {"send": "no"}, False, (_REACH, _LEAD, set())),
    "nothing": (ALL | {"send": "no", "call_back": "no"}, False, (_SEE, _SEE, set())),
    "quiet": (ALL, True, (set(), set(), _QUIET)),
    "quiet, unsafe": (ALL | {"call_how": "not_safe"}, True, (set(), set(), _QUIET - {"number"})),
    "quiet, nothing": (ALL | {"call_back": "no"}, True, (set(), set(), {"list", "open"})),
}


def expected(who: str, consent: str) -> set[str]:
    staff, lead, protection = TABLE[consent][2]
    if who == "lead":
        return lead
    return set() if who.endswith("far") else staff if who.startswith("staff") else protection


def the_draft(consent: str) -> Draft:
    answers, quiet, _ = TABLE[consent]
    return drafted(answers=answers | {"children": answers.get("children", "no")}, quiet=quiet)


@pytest.mark.parametrize("consent", TABLE)
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_may_do_what_the_table_says_and_no_more(who: str, consent: str, vault: Vault) -> None:
    draft = the_draft(consent)
    head = head_of(draft, RULES.begun(draft), RULES.result(draft), vault)
    for case in (draft, head):
        assert {action for action in get_args(Action) if may(PEOPLE[who], action, case)} == expected(who, consent)


def test_where_the_country_is_not_known_only_those_of_all_countries_and_leads_come() -> None:
    nowhere = drafted(answers={name: said for name, said in ALL.items() if name != "country"})
    assert {who for who, contact in PEOPLE.items() if may(contact, "list", nowhere)} == {
        *("staff anywhere", "lead", "protection anywhere"),
    }


def test_without_section_seven_there_is_nothing_private() -> None:
    assert not may(GUARD, "private", drafted(private=False))


async def test_lists_hold_what_may_be_listed_and_nothing_else(database: Database, vault: Vault, clock: Clock) -> None:
    cabinet = Cabinet(database, vault, clock)
    drafts = {number: the_draft(consent) for number, consent in enumerate(TABLE)}
    others = {number + 50: drafted(number + 50, ALL | {"country": code}) for number, code in enumerate(("PE", "BO"))}
    numbered = [_numbered(number, draft) for number, draft in drafts.items()] + list(others.values())
    await cabinet.keep(*numbered)
    await cabinet.index.refresh()
    for contact in PEOPLE.values():
        seen = {head.reference for head in cabinet.index.find(Filters(), contact, 0)}
        assert seen == {draft.reference for draft in numbered if may(contact, "list", draft)}
        for draft in numbered:
            head = cabinet.index.head(draft.reference, contact)
            assert (head is not None) == may(contact, "list", draft)


def test_staff_cannot_tell_that_something_private_was_shared(vault: Vault) -> None:
    """Their heads are the same whatever section 7 says, and whether it was asked."""
    told = [ALL | URGENT, ALL, ALL | secrets("unknown"), ALL | URGENT | {"send_private": "no"}]
    drafts = [*(drafted(answers=answers) for answers in told), drafted(private=False)]
    heads = [head_of(draft, RULES.begun(draft), RULES.result(draft), vault) for draft in drafts]
    assert len({repr(for_staff(head)) for head in heads}) == 1
    assert [head.letter for head in map(for_protection, heads) if head] == ["P", "A", "A"]


def _numbered(number: int, draft: Draft) -> Draft:
    return replace(draft, reference=drafted(number).reference)
