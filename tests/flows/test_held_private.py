"""What is private while staff hold a conversation: it goes on, and they notice nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from flows.events import TimerDue
from tests.flows.test_held import HOUR, asked, write
from tests.flows.walk import said

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk

__all__ = ["asked"]


def test_in_private_it_is_bateas_at_once_and_staff_notice_nothing(asked: Walk) -> None:
    write(asked)
    before = asked.session.held
    turn = asked.say("privado")
    assert turn.says
    assert (turn.heard, asked.session.held) == (None, before)
    late = write(asked, "¿Sigue ahí?")
    assert (late.says, [timer.name for timer in late.timers]) == ((), ["wrote"])
    assert asked.happen(TimerDue("wrote")).says == ()
    arranged = asked.say("1")
    assert (said(arranged), arranged.heard, asked.session.held) == (["talk"], None, before)
    assert said(asked.happen(TimerDue("wrote"))) == ["held.wrote"]
    assert asked.session.postponed == ()


def test_what_is_written_at_a_delicate_question_waits_an_hour_and_no_answer_to_it_gets_to_staff(begin: Begin) -> None:
    person = begin(until="ppe", private=True)
    person.says("persona", "1", "1")
    person.kept = replace(person.session, state="children")
    assert write(person).says == ()
    person.now += HOUR
    assert said(person.happen(TimerDue("wrote"))) == ["held.wrote"]
    for text, what in (("1", "other"), ("a veces", "other"), ("buenas tardes", "heard")):
        turn = person.say(text)
        assert turn.heard
        assert (turn.heard.what, turn.heard.text) == (what, text if what == "heard" else "")
