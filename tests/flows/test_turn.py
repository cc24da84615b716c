"""How conversations begin, what helps after a mistake, opting out and back in, timers, photos, the brake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from flows.asking import ask
from flows.events import OptedIn, OptedOut, TimerDue, Unreadable
from flows.phases import DONE
from flows.session import Candidate, Pending
from tests.flows.walk import FINE, MUCH, Walk, said

if TYPE_CHECKING:
    from flows.model import Checklist
    from flows.words import Words
    from tests.flows.walk import Begin


@pytest.mark.parametrize("text", ["hola", "1", "2", "no", "BATEA", "oro", "?", "", "0", "cambiar 5"])
def test_the_first_message_answers_nothing(checklist: Checklist, words: Words, text: str) -> None:
    person = Walk(checklist, words)
    turn = person.say(text)
    assert (person.state, person.answers, said(turn)) == ("welcome", {}, ["welcome.ask"])
    assert turn.happened == ("started",)


@pytest.mark.parametrize(("text", "locale"), [("hello", "en"), ("hola", "es_CO"), ("english", "en"), ("x", "es_CO")])
def test_the_language_of_the_first_message_counts(checklist: Checklist, words: Words, text: str, locale: str) -> None:
    person = Walk(checklist, words)
    person.say(text)
    assert person.session.locale == locale


@pytest.mark.parametrize("text", ["gracias", "thank you", "borrar"])
def test_thanks_and_delete_begin_nothing(checklist: Checklist, words: Words, text: str) -> None:
    person = Walk(checklist, words)
    turn = person.say(text)
    assert (turn.session, turn.says) == (None, ())
    assert turn.silence


@pytest.mark.parametrize("event", [OptedOut(tell=True), OptedOut(tell=False)])
def test_opting_out_before_the_beginning_is_kept(checklist: Checklist, words: Words, event: OptedOut) -> None:
    person = Walk(checklist, words)
    turn = person.happen(event)
    assert person.session.opted_out
    assert said(turn) == (["stopped"] if event.tell else [])
    assert bool(turn.silence) == (not turn.says)
    assert person.happen(Unreadable("photo")).says == ()
    assert said(person.say("batea")) == ["welcome.ask"]


def test_a_lost_session_is_told(checklist: Checklist, words: Words) -> None:
    person = Walk(checklist, words, lost=True)
    assert said(person.say("1")) == ["session.lost", "welcome.ask"]


def test_the_country_is_guessed_and_confirmed_with_one_digit(begin: Begin) -> None:
    person = begin(until="country")
    assert [option.value for option in person.asked().options] == ["CO", "other"]
    person.say("1")
    assert person.answers["country"] == "CO"


def test_another_country_than_the_guess(begin: Begin) -> None:
    person = begin(until="country")
    assert said(person.say("2")) == ["country.ask"]
    person.say("Burkina Faso")
    assert person.answers["country"] == "BF"


@pytest.mark.parametrize("replies", [("1", "2"), ("1 2",)])
def test_another_country_can_be_taken_back(begin: Begin, replies: tuple[str, ...]) -> None:
    person = begin(until="role")
    person.says(*replies)
    assert (person.state, person.session.pending) == ("country", None)
    assert said(person.say("0")) == ["country.ask.guess"]
    person.say("1")
    assert (person.answers["role"], person.answers["country"]) == ("leader", "CO")


def test_where_the_guess_stands_a_step_back_is_one(begin: Begin) -> None:
    person = begin(until="country")
    person.says("2", "0", "0")
    assert person.state == "role"
    person.says("1", "2", "Burkina Faso", "cambiar 2", "0")
    assert (person.state, person.answers["country"]) == ("metals", "BF")


def test_never_the_same_error_for_ever(begin: Begin) -> None:
    person = begin(until="registered")
    told = [said(person.say("xyz")) for _ in range(6)]
    assert told[:3] == [["hint.choice"], ["hint.choice.example", "registered.ask"], ["hint.way_out"]]
    assert told[3:6] == [["registered.ask"], ["registered.ask"], ["hint.way_out"]]
    person.say("1")
    assert person.session.misses == 0


def test_options_as_near_are_asked_back_at_phases_too(begin: Begin) -> None:
    person = begin(until="scale", answers={**FINE, "gold_month": MUCH})
    assert said(person.say("cambiar")) == ["askback.which"]
    person.say("2")
    assert person.state == "miners"


@pytest.mark.parametrize(("state", "delicate"), [("children", True), ("gold_month", True), ("ppe", False)])
def test_asking_back_about_a_delicate_answer_is_delicate(
    begin: Begin, checklist: Checklist, state: str, *, delicate: bool
) -> None:
    person = begin(until=state, private=True)
    two = (Candidate("yes", "yes"), Candidate("no", "no"))
    doubtful = replace(person.session, pending=Pending("which", "x", two))
    assert ask(checklist, doubtful, ("es",)).secret == delicate


@pytest.mark.parametrize("word", ["ALTO", "parar", "stop", "STOPALL", "salir"])
@pytest.mark.parametrize("state", ["welcome", "ppe", "gold_month", "name", DONE])
def test_opting_out_is_heard_everywhere(begin: Begin, state: str, word: str) -> None:
    person = begin(until=state)
    turn = person.say(word)
    assert (said(turn), turn.cancel, turn.happened) == (["stopped"], True, ("opted_out",))
    assert person.session.opted_out
    for text in ("1", "gracias", "xyz", "?"):
        assert person.say(text).silence == "opted out"
    person.say("batea")
    assert (person.session.opted_out, person.state) == (False, state)


def test_the_carriers_opt_out_is_answered_by_the_carrier(begin: Begin) -> None:
    person = begin(until="ppe")
    turn = person.happen(OptedOut(tell=False))
    assert (turn.says, turn.silence) == ((), "opted out")
    assert said(person.happen(OptedIn())) == ["back_in", "ppe.ask"]


def test_reminders_come_further_and_further_apart_and_end(begin: Begin) -> None:
    person = begin(until="checkpoint")
    dues = []
    for _ in range(3):
        turn = person.answer("later")
        dues.append(turn.timers[0].due - person.now if turn.timers[0].due else None)
        assert said(person.happen(TimerDue("reminder"))) == ["reminder", "checkpoint.ask"]
    turn = person.answer("later")
    assert (dues, turn.timers, said(turn)) == ([86_400, 604_800, 2_592_000], (), ["later.quiet"])


@pytest.mark.parametrize("state", ["ppe", "children", "send"])
def test_no_reminder_anywhere_else(begin: Begin, state: str) -> None:
    person = begin(until=state, private=True)
    turn = person.happen(TimerDue("reminder"))
    assert (turn.says, turn.silence) == ((), "nothing due")


def test_a_photo_is_answered_with_a_friendly_word(begin: Begin) -> None:
    person = begin(until="ppe")
    assert said(person.happen(Unreadable("photo"))) == ["unreadable"]
    assert person.state == "ppe"


def test_two_machines_do_not_answer_each_other_for_ever(begin: Begin) -> None:
    person = begin(until="ppe", brake=5)
    person.now += 600
    silent = 0
    for _ in range(40):
        person.now -= 59
        silent += person.say("no entiendo nada").silence == "brake"
    assert silent >= 30
    person.now += 120
    assert person.say("1").silence == ""
    assert person.state == "safety_training"


def test_answers_are_never_braked(begin: Begin) -> None:
    person = begin(brake=3)
    for code in ("yes", "yes", "leader", "CO", "gold", "cooperative", "yes", "own", "workers"):
        person.now -= 60
        assert person.answer(code).silence == ""
