"""What the page of a room may do, and that nothing is taken under a question that has moved on."""

from __future__ import annotations

import pytest

from flows.events import OnPage, Tap
from flows.model import Checklist
from flows.room.page import shows
from flows.words import Words
from tests.flows.meeting import Meeting, opened

ITEM = "equal_treatment"


@pytest.fixture
def meeting(checklist: Checklist, words: Words) -> Meeting:
    found = opened(checklist, words, "A", "B")
    found.say("L", "grupo", "2")
    return found


def on_page(meeting: Meeting, reply: str = "", command: str = "") -> list[str]:
    leads = meeting.session("L")
    return meeting.happen("L", OnPage(leads.state, leads.asked, reply, command))


def test_a_reply_does_what_it_would_on_the_phone(meeting: Meeting) -> None:
    assert on_page(meeting, "15 3 1") == ["room.noted", "room.count"]
    assert on_page(meeting, "1") == ["room.women"]


@pytest.mark.parametrize("event", ["tap", "page"])
def test_closing_twice_does_not_answer_as_well(meeting: Meeting, event: str) -> None:
    """Both the tally's first option and "close" are 1: the second of two quick taps must not be taken for it."""
    leads = meeting.session("L")
    close = Tap(ITEM, leads.asked, "1") if event == "tap" else OnPage(ITEM, leads.asked, "1")
    for _ in range(2):
        meeting.turn("L", close)
    after = meeting.session("L")
    assert after.room
    assert after.room.step == "decide"
    assert ITEM not in after.answers


@pytest.mark.parametrize(("command", "state"), [("omit", "others_in_area"), ("back", "miner_register")])
def test_few_commands_are_taken(meeting: Meeting, command: str, state: str) -> None:
    on_page(meeting, command=command)
    assert meeting.session("L").state == state


@pytest.mark.parametrize("command", ["delete", "person", "private", "data", "again", "lock", "group", "menu"])
def test_no_other_is(meeting: Meeting, command: str) -> None:
    assert on_page(meeting, command=command) == ["stale"]


def test_what_was_opened_on_the_phone_can_only_be_closed(meeting: Meeting) -> None:
    meeting.say("L", "9")
    menu = meeting.session("L")
    assert meeting.happen("L", OnPage("menu", menu.asked, "7")) == ["stale"]
    meeting.happen("L", OnPage("menu", menu.asked, command="back"))
    assert (meeting.session("L").menu, meeting.session("L").state) == ("", ITEM)


def test_a_talk_in_private_is_out_of_its_reach(meeting: Meeting) -> None:
    meeting.say("L", "privado")
    assert on_page(meeting, "1") == on_page(meeting, command="back") == []
    assert meeting.session("L").aside


def test_the_page_shows_what_follows_until_a_pause(meeting: Meeting) -> None:
    leads = meeting.session("L")
    for command, shown in (("omit", True), ("enough", False)):
        leads = meeting.session("L")
        assert shows(meeting.turn("L", OnPage(leads.state, leads.asked, command=command))) is shown


def test_people_counted_on_the_page_open_the_room(checklist: Checklist, words: Words) -> None:
    meeting = Meeting(checklist, words)
    meeting.say("L", "hola", "1", "1", "grupo", "Coop La Esperanza, Suarez")
    assert meeting.session("L").state == "people"
    assert "room.opened" in on_page(meeting, "3 12 5 8")
