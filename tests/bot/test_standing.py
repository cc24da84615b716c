"""Where a referral stands when a draft comes: its letter, its day, and what later drafts change."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.referral.standing import Rules, Standing
from flows.case import Case, Step, move
from tests.bot.cases import Answers, good
from tests.bot.casework import ALL, RULES, URGENT, drafted

AGREED = 1_800_000_000.0
"""Friday 15 January 2027, 03:00 in Colombia."""
DAY = 86_400
LAST_SECOND = AGREED - 3 * 3600 + DAY - 1
"""Of that day in Colombia."""


def closed(standing: Standing) -> Standing:
    case = move(standing.case, Step(AGREED, "Ana", "close"), outcome="applies")
    return replace(standing, case=case)


@pytest.mark.parametrize(
    ("answers", "letter", "days"),
    [
        (ALL, "A", 5),
        (ALL | {"ppe": "no"}, "B", 10),
        (ALL | {"legal_title": "none"}, "F", None),
        (ALL | {"send": "no"}, "D", None),
        (ALL | {"country": "BE"}, None, None),
        (ALL | {"call_back": "no"}, "A", 5),
        (ALL | {"call_how": "not_safe"}, "A", 5),
    ],
)
def test_letter_and_day_of_a_first_draft(answers: Answers, letter: str | None, days: int | None) -> None:
    case = RULES.begun(drafted(answers=answers)).case
    assert (case.letter, case.state, case.history) == (letter, "new", ())
    assert case.due == (None if days is None else LAST_SECOND + days * DAY)


def test_where_nothing_is_promised_there_is_no_day() -> None:
    assert Rules(RULES.checklists).begun(drafted()).case == Case("A", None)


def test_who_must_not_be_called_any_more_is_taken_by_the_same_day() -> None:
    begun = RULES.begun(drafted(answers=ALL))
    assert begun.case.due
    unsafe = drafted(answers=ALL | {"call_how": "not_safe"})
    assert RULES.revised(begun, drafted(answers=ALL), unsafe).case.due == begun.case.due


def test_what_is_shared_in_private_is_urgent_for_protection_and_unknown_to_staff() -> None:
    told, hidden = (RULES.begun(drafted(answers=ALL | URGENT | wish)) for wish in ({}, {"send_private": "no"}))
    assert told.case == hidden.case == RULES.begun(drafted()).case
    assert (told.urgent, told.urgent_due) == (True, LAST_SECOND + 2 * DAY)
    assert (hidden.urgent, hidden.urgent_due) == (False, None)


def test_a_quiet_talk_is_p_and_due_as_such() -> None:
    found = RULES.begun(drafted(quiet=True))
    assert (found.case.letter, found.case.due, found.urgent) == ("P", LAST_SECOND + 2 * DAY, False)


def test_a_version_that_is_not_here_has_to_be_found_out() -> None:
    assert Rules().begun(drafted()).case.letter == "D"
    assert Rules().result(drafted()) is None


def test_a_later_draft_changes_the_letter_and_leaves_the_earlier_day() -> None:
    begun = RULES.begun(drafted())
    taken = Standing(move(begun.case, Step(AGREED, "Ana", "take")), begun.came)
    later = RULES.revised(taken, drafted(), drafted(answers=ALL | {"ppe": "no"}, revision=61, at=AGREED + 60))
    assert (later.case.letter, later.case.due, later.case.holder) == ("B", begun.case.due, "Ana")
    assert later.came == AGREED
    nearer = RULES.revised(later, drafted(), drafted(revision=62, at=AGREED - DAY))
    assert nearer.case.due == LAST_SECOND + 4 * DAY


def test_a_day_that_has_gone_by_is_set_anew() -> None:
    late = Standing(Case("A", AGREED - 1, late=True), 0)
    found = RULES.revised(late, drafted(), drafted()).case
    assert (found.due, found.late) == (LAST_SECOND + 5 * DAY, False)


def test_that_the_leads_were_told_stays_as_long_as_the_day_does() -> None:
    told = Standing(Case("A", AGREED + 5, late=True), 0)
    assert RULES.revised(told, drafted(), drafted()).case.late


def test_a_closed_case_opens_again_by_its_own_day() -> None:
    found = RULES.revised(closed(RULES.begun(drafted())), drafted(), drafted(revision=61, at=AGREED + 30 * DAY)).case
    assert (found.state, found.holder, found.outcome, found.due) == ("new", "", None, LAST_SECOND + 35 * DAY)
    assert [(step.who, step.move) for step in found.history] == [("Ana", "close"), ("", "renew")]


@pytest.mark.parametrize("shut", [False, True])
def test_with_all_consent_taken_back_it_ends_and_only_once(shut: bool) -> None:  # noqa: FBT001 - a case of a table
    begun = RULES.begun(drafted(answers=ALL | URGENT))
    nothing = drafted(answers=ALL | {"send": "no", "call_back": "no"}, revision=61)
    ended = RULES.revised(closed(begun) if shut else begun, drafted(), nothing)
    assert (ended.case.state, ended.case.holder, ended.case.due, ended.urgent) == ("withdrawn", "", None, False)
    assert RULES.revised(ended, nothing, nothing) == ended
    again = RULES.revised(ended, nothing, drafted(revision=62))
    assert (again.case.state, again.case.letter) == ("new", "A")


def test_kept_at_first_with_nothing_agreed_to_it_has_ended() -> None:
    assert RULES.begun(drafted(answers=good(send="no", call_back="no"))).case.state == "withdrawn"


def test_what_only_protection_may_see_changes_nothing_for_staff() -> None:
    before = drafted(answers=ALL | URGENT)
    begun = closed(RULES.begun(before))
    talked = replace(begun, guarded=AGREED, urgent_late=True)
    for answers in (ALL, ALL | URGENT | {"send_private": "no"}, ALL | URGENT | {"forced_work": "yes"}):
        later = RULES.revised(talked, before, drafted(answers=answers, revision=61, at=AGREED + 60))
        assert (later.case, later.hushed, later.guarded) == (begun.case, True, None)
    again = RULES.revised(later, before, drafted(answers=ALL | URGENT | {"ppe": "no"}, revision=62))
    assert (again.case.state, again.case.letter, again.hushed) == ("new", "B", False)


def test_the_same_sent_again_is_news_to_staff_and_talked_of_already_to_protection() -> None:
    before = drafted(answers=ALL | URGENT)
    talked = replace(closed(RULES.begun(before)), guarded=AGREED)
    again = RULES.revised(talked, before, drafted(answers=ALL | URGENT, revision=61))
    assert (again.case.state, again.hushed, again.guarded) == ("new", False, AGREED)
