"""A number shared by a button: one's own is taken where a call is spoken of, and answers nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.events import Contact
from tests.flows.walk import ids

if TYPE_CHECKING:
    from tests.flows.walk import Begin

OWN, OTHER = Contact("+573001234567"), Contact("")


def test_the_own_number_is_the_one_to_call(begin: Begin) -> None:
    person = begin(until="call_how", channel="telegram")
    assert person.say("2").says[0].id == "call_how.number"
    person.happen(OWN)
    assert (person.answers["call_how"], person.answers["call_note"]) == ("only_batea", "+573001234567")
    assert person.state != "call_how"


def test_it_may_come_before_the_option(begin: Begin) -> None:
    person = begin(until="call_how", channel="telegram")
    assert person.happen(OWN).says[-1].id == "call_how.ask"
    person.say("1")
    assert (person.answers["call_how"], person.answers["call_note"]) == ("any_day", "+573001234567")


def test_it_may_come_over_an_open_menu(begin: Begin) -> None:
    person = begin(until="call_how", channel="telegram")
    person.says("1", "menu")
    person.happen(OWN)
    assert (person.answers["call_note"], person.answers["call_how"]) == ("+573001234567", "any_day")


def test_somebody_elses_is_not_taken_and_a_typed_one_goes_on_working(begin: Begin) -> None:
    person = begin(until="call_how", channel="telegram")
    person.say("1")
    assert list(ids(person.happen(OTHER).says[0])) == ["contact.other"]
    assert "call_note" not in person.answers
    person.say("300 765 4321 a las 6")
    assert (person.answers["call_note"], person.answers["call_how"]) == ("300 765 4321 a las 6", "any_day")


@pytest.mark.parametrize("state", ["consent", "miners", "gold_month", "name"])
@pytest.mark.parametrize("contact", [OWN, OTHER])
def test_elsewhere_it_answers_nothing(begin: Begin, state: str, contact: Contact) -> None:
    person = begin(until=state, channel="telegram")
    before = person.answers
    assert [say.id for say in person.happen(contact).says] == ["unreadable"]
    assert (person.state, person.answers) == (state, before)


def test_a_number_from_who_wants_no_messages_is_silence(begin: Begin) -> None:
    person = begin(until="call_how", channel="telegram")
    person.say("alto")
    assert person.happen(OWN).silence == "opted out"
