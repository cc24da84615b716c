"""A ballot on Telegram: votes and no other buttons, marked when tapped, gone when it has served."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.messages import Ack, Bare, Edit, Tapped, Words
from bot.render import render
from bot.render_telegram import Screen, still_tappable
from flows.phases import CHOICES
from tests.bot.cases import CHECKLIST, TEXTS
from tests.flows.meeting import Meeting, opened

if TYPE_CHECKING:
    from bot.messages import Body
    from flows.scene import Turn

BALLOT, OWN = "70@equal_treatment", "71"
WORDS = TEXTS.words([CHECKLIST], CHOICES)


@pytest.fixture
def meeting() -> Meeting:
    return opened(CHECKLIST, WORDS, "T")


def sent(meeting: Meeting, *did: tuple[str, str], **screen: object) -> list[Body]:
    """What T's last turn sends, of those that follow from what was said; a tap where it begins with |."""
    turns: list[Turn] = []
    for name, text in did:
        before = meeting.session("T")
        meeting.heard = lambda who, turn: turns.append(turn) if who == "T" else None
        _ = meeting.tap(name, text[1:]) if text.startswith("|") else meeting.say(name, text)
    seen = Screen(before, **{"shown": (BALLOT, OWN), **screen})  # type: ignore[arg-type]
    return render(TEXTS, turns[-1], meeting.session("T"), "one", seen) if turns else []


def under(message: str) -> Tapped:
    return Tapped("q", message, "Pregunta 13\n¿Sí?", 11)


def test_under_a_ballot_there_are_votes_only(meeting: Meeting) -> None:
    question, gone = sent(meeting, ("L", "1"), ("L", "1"), ("L", "1"), ("L", "1"), ("L", "1"))
    assert isinstance(question, Words)
    assert question.ballot == "pay_hours"
    data = [button.data.split("|") for row in question.buttons for button in row]
    assert [(one[0], one[2]) for one in data] == [("ballot", f"17{n}") for n in (1, 2, 3)]
    assert gone == Bare("70")
    assert question.shown_as("72") == "72@pay_hours"


def test_a_tapped_ballot_stays_and_shows_the_vote(meeting: Meeting) -> None:
    ack, edit = sent(meeting, ("T", "|132"), tapped=under("70"))
    assert ack == Ack("q", "Anotado")
    assert isinstance(edit, Edit)
    assert [button.label[:2] for row in edit.buttons for button in row].count("✔ ") == 1
    assert edit.buttons[1][0].label.startswith("✔ ")
    assert still_tappable((BALLOT, OWN), [ack, edit]) == (BALLOT, OWN)


def test_a_tap_that_came_when_the_buttons_had_gone_brings_none_back(meeting: Meeting) -> None:
    assert sent(meeting, ("T", "|132"), shown=("75@pay_hours",), tapped=under("70")) == [Ack("q", "")]


@pytest.mark.parametrize(("shown", "gone"), [((BALLOT,), ["70"]), (("75@pay_hours",), [])])
def test_a_vote_that_came_too_late_ends_its_ballot_and_no_other(
    meeting: Meeting, shown: tuple[str, ...], gone: list[str]
) -> None:
    told, *bare = sent(meeting, ("L", "1"), ("L", "1"), ("T", "131"), shown=shown)
    assert isinstance(told, Words)
    assert bare == [Bare(one) for one in gone]


def test_an_own_talk_and_a_ballot_leave_each_other_their_buttons(meeting: Meeting) -> None:
    *_, bare = bodies = sent(meeting, ("T", "privado"))
    assert (bare, still_tappable((BALLOT, OWN), bodies)) == (Bare(OWN), (BALLOT,))
    for text in ("1", "1", "1", "1"):
        meeting.say("L", text)
    *_, bare = sent(meeting, ("L", "1"))
    assert bare == Bare("70")


@pytest.mark.parametrize("text", ["dejar el grupo", "borrar"])
def test_whoever_leaves_can_tap_no_ballot(meeting: Meeting, text: str) -> None:
    assert Bare("70") in sent(meeting, ("T", text))


def test_at_the_end_no_ballot_is_left(meeting: Meeting) -> None:
    while meeting.session("T").menu != "room_over":
        bodies = sent(meeting, ("L", "1"))
    assert still_tappable((BALLOT, OWN), bodies) == ()
