"""Results, the referral, a person to talk to, the details, the pack of advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import TimerDue
from flows.phases import DONE
from tests.flows.walk import FINE, NOTHING_SENT, ids, said

if TYPE_CHECKING:
    from flows.model import Answer
    from tests.flows.walk import Begin


def test_a_reference_comes_with_sending_and_stays(begin: Begin) -> None:
    person = begin(until="send", private=True)
    assert person.session.reference is None
    person.answer("yes")
    reference = person.session.reference
    person.follow(FINE)
    assert person.session.reference == reference
    person.says("cambiar 20", "2")
    assert (person.session.reference, person.session.referred) == (reference, 2)


def test_the_referral_leaves_once_at_the_end_or_after_half_an_hour(begin: Begin) -> None:
    person = begin(until="name", private=True)
    assert [(timer.name, timer.due) for timer in person.turns[-1].timers] == [("refer", person.now + 1800)]
    assert not any(turn.refer for turn in person.turns)
    turn = person.happen(TimerDue("refer"))
    assert (turn.refer, turn.says, turn.silence) == (True, (), "referral")
    assert person.happen(TimerDue("refer")).refer is False
    assert person.answer("Ana").timers == ()
    person.follow(FINE)
    assert (person.turns[-1].refer, said(person.turns[-1])[-1]) == (True, "done.updated")


def test_nothing_is_referred_without_a_yes(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    assert not any(turn.refer for turn in person.turns)
    assert person.session.reference is None
    assert said(person.turns[-1]) == ["done.kept"]


@pytest.mark.parametrize("until", ["ppe", DONE])
def test_a_call_alone_is_referred_at_once(begin: Begin, until: str) -> None:
    person = begin(until=until, answers=NOTHING_SENT)
    turn = person.says("persona", "1", "2 después de las 6")
    assert turn.refer
    assert "talk" in said(turn)
    assert "done.kept" not in said(turn)
    assert (person.answers["call_how"], person.answers["call_note"]) == ("only_batea", "después de las 6")
    assert "send" not in person.answers or person.answers["send"] == "no"


def test_a_telephone_that_is_not_safe_is_never_called(begin: Begin) -> None:
    person = begin(until="ppe")
    turn = person.says("persona", "1", "3")
    assert said(turn) == ["talk.not_safe", "ppe.ask"]
    assert not turn.refer


def test_before_anything_may_be_kept_a_person_is_arms_address(begin: Begin) -> None:
    person = begin(until="consent")
    assert said(person.say("persona")) == ["info.arm", "consent.ask"]


def test_the_hour_goes_with_the_answer_when_it_is_taken_back(begin: Begin) -> None:
    person = begin(until="call_how", private=True)
    before = person.answers
    person.say("1 a las 6")
    assert person.answers["call_note"] == "a las 6"
    person.say("00")
    assert (person.state, person.answers) == ("call_how", before)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ana", {"name": "Ana"}),
        ("Ana, Coop La Esperanza", {"name": "Ana", "organisation": "Coop La Esperanza"}),
        ("Ana; Coop; El Alto, La Paz", {"name": "Ana", "organisation": "Coop", "place": "El Alto, La Paz"}),
        ("Ana\nCoop\nEl Alto", {"name": "Ana", "organisation": "Coop", "place": "El Alto"}),
        ("?", {"name": ""}),
    ],
)
def test_one_message_may_hold_all_details(begin: Begin, text: str, kept: dict[str, str]) -> None:
    person = begin(until="name")
    person.say(text)
    assert {name: person.answers[name] for name in ("name", "organisation", "place") if name in person.answers} == kept
    assert person.state == ("organisation", "place", "advice")[len(kept) - 1]


@pytest.mark.parametrize("place", ["Segovia, Antioquia", "Ana, , Puno", "El Alto; La Paz"])
def test_the_last_detail_takes_the_whole_text(begin: Begin, place: str) -> None:
    person = begin(until="place")
    person.say(place)
    assert (person.state, person.answers["place"]) == ("advice", place)


def test_pages_of_a_long_result(begin: Begin) -> None:
    many: dict[str, Answer] = dict.fromkeys(("safety_rules", "ppe", "permits", "records", "audits"), "no")
    person = begin(until="send", answers={**FINE, **many}, private=True)
    told = person.turns[-1].says[0]
    assert [line.id for line in told.lines] == [*["line.gap"] * 2, "result.week", "result.more"]
    assert "help" in told.lines[0].params
    page, last = person.say("8").says[0], person.say("8").says[0]
    assert (page.id, [line.id for line in page.lines]) == ("result.page", [*["line.gap"] * 3, "result.more"])
    assert [line.id for line in last.lines] == ["ecological.possible"]
    assert said(person.say("8"))[0] == "result.close_gaps"


def test_for_this_week_is_the_cheapest_gap(begin: Begin) -> None:
    gaps: dict[str, Answer] = {"ground_support": "no", "permits": "no", "records": "no", "free_to_organise": "no"}
    person = begin(until="send", answers={**FINE, **gaps}, private=True)
    week = next(line for line in person.turns[-1].says[0].lines if line.id == "result.week")
    assert (week.params["at"], list(ids(week))[1]) == (3, "free_to_organise.short")


def test_an_unknown_title_is_named_first_whatever_the_result(begin: Begin) -> None:
    changes: list[dict[str, Answer]] = [{}, {"ppe": "no"}, {"organised": "informal"}, {"country": "ES"}]
    for more in changes:
        person = begin(until="send", answers={**FINE, "permits": "unknown", "legal_title": "unknown", **more})
        told = next(say for say in person.turns[-1].says if say.id.startswith("result."))
        assert list(ids(told.lines[0])) == ["line.unknown", "legal_title.who"]


@pytest.mark.parametrize("private", [True, False])
def test_under_every_result_stands_what_is_never_accepted_and_the_offer_to_talk(begin: Begin, *, private: bool) -> None:
    results: list[dict[str, Answer]] = [
        {},
        {"ppe": "no"},
        {"permits": "unknown"},
        {"legal_title": "none"},
        {"country": "ES"},
        {"role": "worker"},
    ]
    for more in results:
        person = begin(until="send", answers={**FINE, **more}, private=private)
        told = next(say for say in person.turns[-1].says if say.id.startswith("result."))
        under = list(ids(told.tail))
        assert under[0] == "result.never"
        assert "result.talk" in under
        assert ("result.not_asked" in under) == (not private)
        assert "result.guidance" in under or told.id == "result.apply_now"


def test_the_advice_pack_ends_with_what_it_came_to(begin: Begin) -> None:
    person = begin(until=DONE, answers={**NOTHING_SENT, "advice": "yes", "taxes": "no"})
    assert said(person.turns[-1]) == ["advice.some", "done.kept"]
    assert "taxes.gap" in set(ids(person.turns[-1].says[0]))
    person = begin(until=DONE, answers={**NOTHING_SENT, "advice": "yes"})
    assert said(person.turns[-1]) == ["advice.none", "done.kept"]
    person = begin(until=DONE, answers={**NOTHING_SENT, "advice": "yes", "taxes": "unknown"})
    assert said(person.turns[-1]) == ["advice.unsure", "done.kept"]


def test_thanks_after_the_end_start_nothing(begin: Begin) -> None:
    person = begin(until=DONE)
    before = person.session
    turn = person.say("gracias")
    assert (turn.says, turn.silence, person.session.answers) == ((), "thanks", before.answers)
    assert said(person.say("otra cosa")) == ["done.menu"]


@pytest.mark.parametrize("option", ["1", "cualquier día", "que digan solo Batea"])
def test_where_no_number_is_known_it_is_asked_for(begin: Begin, option: str) -> None:
    person = begin(until="ppe", channel="telegram")
    turn = person.says("persona", "1", option)
    assert (person.state, said(turn), turn.refer) == ("call_how", ["call_how.number"], False)
    assert person.say("300 1234567").refer
    assert person.answers["call_note"] == "300 1234567"


def test_a_note_without_a_call_does_not_stay(begin: Begin) -> None:
    person = begin(until="call_how", channel="telegram", private=True)
    before = person.answers
    person.says("1 mañana", "00")
    person.say("1")
    assert (person.state, person.answers) == ("call_how", before)


def test_what_only_arm_can_say_can_be_passed_on(begin: Begin) -> None:
    person = begin(until="send", answers={**FINE, "country": "CL"}, private=True)
    told = [line.id for line in person.turns[-1].says[0].lines]
    assert told == ["line.arm", "ecological.possible", "result.find_out.arm"]
    person = begin(until="send", answers={**FINE, "country": "CL", "permits": "unknown"}, private=True)
    assert "result.find_out.next" in [line.id for line in person.turns[-1].says[0].lines]


def test_workers_outside_the_scope_are_told_of_other_ways_too(begin: Begin) -> None:
    person = begin(until="send", answers={**FINE, "role": "worker", "country": "ES"}, private=True)
    told = person.turns[-1].says[0]
    assert told.id == "result.outside_scope.worker"
    assert "result.outside_scope.next" in [line.id for line in told.lines]


def test_after_a_call_was_asked_for_the_answers_can_still_be_taken_back(begin: Begin) -> None:
    person = begin(until="mercury")
    before = person.state
    assert person.says("persona", "1", "2").refer
    assert person.state == before
    person.says("0")
    assert person.state == "processing"
    assert person.answers["call_how"] == "only_batea"
