"""Walks in which weeks pass, timers ring at odd moments and everything is interrupted: the result is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.assess import assess
from flows.events import Called, Tap, TimerDue, Unreadable
from flows.phases import DONE
from flows.session import dump
from tests.flows.test_walks import CHANNELS, CHECKLIST, MOVES, PLACES, WORDS, event, hidden, said
from tests.flows.walk import FINE, Walk, ids

if TYPE_CHECKING:
    from flows.model import Answer

HOUR, DAY = 3600, 86_400
JUMPS = st.sampled_from([0, 0, 0, 60, 4 * HOUR, DAY, 8 * DAY, 40 * DAY])
LARGEST = 200_000
QUIET = ("resume.took", "menu.resume.ask", "reminder", "menu.reminder.ask", "review.ask", "partial", "menu.others.ask")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(MOVES, JUMPS), min_size=40, max_size=110), st.booleans(), CHANNELS, PLACES)
def test_whenever_it_happens_there_is_a_reply_or_a_reason(
    moves: list[tuple[tuple[str, int], float]],
    private: bool,  # noqa: FBT001 -- drawn
    channel: str,
    place: tuple[str | None, str],
) -> None:
    country, locale = place
    person = Walk(CHECKLIST, WORDS, private=private, channel=channel, country=country, locale=locale, zone=-5.0 * HOUR)
    for move, seconds in moves:
        person.now += seconds
        before = person.kept
        turn = person.happen(event(person, move))
        assert turn.says or turn.toast or turn.redraw or turn.silence, (before, move)
        assert all(text.strip() for text in said(person, turn))
        if person.kept:
            assert len(dump(person.session)) < LARGEST
            assert not (before and before.opted_out and person.session.opted_out and turn.says)
            hidden(person, turn)
            assert not any(gold(key) for say in turn.says if say.id in QUIET for key in ids(say))


def gold(key: str) -> bool:
    return key.startswith(("gold_", "unit.", "scale.ask", "askback.")) and not key.endswith((".short", ".who"))


NEUTRAL: tuple[tuple[str, ...], ...] = (
    *(("99", "00"), ("basta por hoy", "1"), ("basta por hoy", "@reminder"), ("English", "español"), ("99", "8", "00")),
    *(("empezar de nuevo", "recuperar"), ("empezar de nuevo", "empezar de nuevo", "1", "recuperar")),
    *(("borrar", "recuperar"), ("borrar", "hola", "1", "1", "1", "recuperar"), ("borrar", "hola", "2", "recuperar")),
    *(("borrar", "hola", "1", "1", "1", "borrar", "recuperar", "recuperar"),),
    *(("saltar", "00"), ("cambiar 1", "00"), ("mis datos",), ("estado",), ("por qué",), ("qué significa",)),
    *(("@day", "hola", "1"), ("@day", "hola", "2", "00"), ("@day", "hola", "3", "recuperar"), ("@refer", "@recheck")),
    *(("clave 2580", "mis datos", "2580", "clave 0000"), ("@photo",), ("alto", "hola"), ("alto", "1", "hola")),
    *(("otra organización", "+", "La Paloma", "1", "1", "otra organización", "2"), ("@stale",)),
)
FREE = ("name", "organisation", "place")
EVENTS = {"@reminder": TimerDue("reminder"), "@refer": TimerDue("refer"), "@recheck": TimerDue("recheck")}
EVENTS |= {"@photo": Unreadable("photo"), "@call": Called()}  # type: ignore[dict-item]
WORST: dict[str, Answer] = {**FINE, "ppe": "no", "permits": "unknown", "mercury": "yes", "children": "yes"}


def interrupt(person: Walk, words: tuple[str, ...]) -> None:
    for word in words:
        if word == "@day":
            person.now += DAY
        elif word == "@stale":
            person.happen(Tap("role", 0, "1"))
        elif word in EVENTS:
            person.happen(EVENTS[word])
        else:
            person.say(str(len(person.session.shelf) + 2) if word == "+" else word)


NOT_YET = ("language", "welcome", "consent")


def fits(person: Walk, words: tuple[str, ...]) -> bool:
    """Words are no commands where names are asked for; not every question can be skipped, nor left for another.

    After the first result 1 goes on with it and with the questions alike.
    """
    if person.kept is None or person.state in (*NOT_YET, *FREE):
        return False
    if person.state == "checkpoint" and words == ("basta por hoy", "1"):
        return False
    skips = person.state in CHECKLIST.items and person.state not in ("role", "country")
    return (skips or "saltar" not in words) and ("send" not in person.answers or "+" not in words)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.lists(st.tuples(st.integers(3, 60), st.sampled_from(NEUTRAL)), max_size=8),
    st.sampled_from([FINE, WORST, {**FINE, "role": "worker"}]),
    st.booleans(),
    CHANNELS,
)
def test_interruptions_change_no_result(
    breaks: list[tuple[int, tuple[str, ...]]],
    answers: dict[str, Answer],
    private: bool,  # noqa: FBT001 -- drawn
    channel: str,
) -> None:
    told = []
    for interruptions in ([], breaks):
        person = Walk(CHECKLIST, WORDS, private=private, channel=channel)
        at = 0
        while person.kept is None or person.state != DONE:
            if person.kept is None:
                person.say("hola")
            here = person.state
            for words in (words for number, words in interruptions if number == at and fits(person, words)):
                settled = person.answers
                interrupt(person, words)
                assert (person.state, person.answers) == (here, settled), words
            if person.session.menu:
                person.say("00")
            person.answer(answers[person.state])
            at += 1
            assert at < 200
        told.append((person.answers, assess(CHECKLIST, person.answers, private=private)))
    assert told[0] == told[1]
