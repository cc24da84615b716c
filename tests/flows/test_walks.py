"""Anything that people may do, in any order: nothing breaks, nothing is lost, nothing delicate shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.render import render, render_sms
from bot.render_telegram import Screen
from bot.texts import load_texts
from flows.events import (
    Arrival,
    Called,
    Contact,
    HandedBack,
    OptedIn,
    OptedOut,
    StaffStep,
    StaffWrote,
    Tap,
    Text,
    TimerDue,
    Unreadable,
)
from flows.load import load
from flows.menu import shown_menu
from flows.model import Quantity
from flows.phases import CHOICES, DONE, question
from flows.reference import make
from flows.scene import Scene
from tests.flows.walk import CHANCE, FINE, Walk, ids

if TYPE_CHECKING:
    from flows.events import Event
    from flows.model import Answer, Say
    from flows.scene import Turn

CHECKLIST = load("2026-11")
TEXTS = load_texts({"phone": "+57 604 332 47 11", "mail": "arm@example.org", "web": "example.org"})
WORDS = TEXTS.words([CHECKLIST], CHOICES)
SENSITIVE = [item.id for item in CHECKLIST.items.values() if item.sensitive]
WORDED = (
    *("0", "00", "9", "99", "8", "?", "1", "2", "3", "7", "12", "1 3", "sí", "no", "no sé", "si no", "cambiar", "menu"),
    *("cambiar 5", "cambiar 43", "cambiar 45", "cambiar 1", "persona", "why", "idioma inglés", "español", "English"),
    *("borrar", "empezar de nuevo", "estado", "gracias", "hola", "BATEA", "alto", "oro y plata", "90 gramos", "1.500"),
    *("15", "1.500 gramos", "3 onzas por semana", "0,5", "40", "España", "PE", "Peru", "a veces", "siempre", "todos"),
    *("saltar", "qué significa", "basta por hoy", "recuperar", "mis datos", "otra organización", "clave 1234", "1234"),
    *("juntas", "sueltas", "1 1 2 3", "1121", "18h", "otro día", "La Paloma", "A1 B2"),
    *("Ana, Coop, Lima", "1 a las 6", "mande", "🙂", "👍", "1" * 400, "²", "٣", "\u0000", "-", "{x}", "%s", "\ud800"),
)
OURS = make(0, CHANCE)
"""The reference of whoever sends something to ARM in these walks."""
EVENTS: tuple[Event, ...] = (
    *(TimerDue("reminder"), TimerDue("refer"), TimerDue("recheck"), TimerDue("erase"), TimerDue("other")),
    *(Unreadable("photo"), Called(), Contact("+573001234567"), Contact("")),
    *(OptedOut(tell=True), OptedOut(tell=False), OptedIn()),
    *(StaffWrote(OURS, "Le llamo {x}", "Ana"), HandedBack(OURS), StaffStep(OURS, "closed"), TimerDue("held")),
)

Move = tuple[str, int]
MOVES = st.one_of(
    st.tuples(st.sampled_from(["best", "best", "best", "option", "option", "tap"]), st.integers(0, 9)),
    st.tuples(st.just("word"), st.integers(0, len(WORDED) - 1)),
    st.tuples(st.sampled_from(["event", "stale"]), st.integers(0, len(EVENTS) - 1)),
)
CHANNELS = st.sampled_from(["sms", "telegram", "try_telegram"])
PLACES = st.sampled_from(
    [
        ("CO", "es_CO"),
        ("ES", "es"),
        (None, "es"),
        ("PE", "es_PE"),
        ("GH", "en"),
        ("BF", "fr"),
        ("BR", "pt_BR"),
        ("MZ", "pt"),
    ]
)


def event(person: Walk, move: Move) -> Event:
    kind, number = move
    if person.kept is None:
        return Text(("hola", "hello", "x")[number % 3])
    if kind == "word":
        return Text(WORDED[number])
    if kind == "event":
        return EVENTS[number]
    shown, options = person.session.menu or person.state, replies(person)
    if kind == "tap":
        return Tap(shown, person.session.asked, (*options, "0", "9", "8", "?", "ok")[number % (len(options) + 5)])
    if kind == "stale":
        return Tap(("role", shown)[number % 2], person.session.asked - number, str(number))
    if kind == "best" and person.state in FINE and not person.session.menu and not person.session.pending:
        return Text(person.reply_for(FINE[person.state]))
    return Text(options[number % len(options)] if options else WORDED[number])


def replies(person: Walk) -> list[str]:
    return [option.reply for option in shown(person).options]


def shown(person: Walk) -> Say:
    session = person.session
    scene = Scene(CHECKLIST, WORDS, Arrival(Text("")), person.now)
    return shown_menu(scene, session) if session.menu not in ("", "review") else scene.ask(session)


def said(person: Walk, turn: Turn) -> list[str]:
    """Every text of the turn as it would be sent, to prove that there is one for each message."""
    session = person.kept
    if session is None:
        return render_sms(TEXTS, turn.says, "es")
    kind = question(CHECKLIST, session, TEXTS.locales).kind if session.state != DONE else None
    bodies = render(TEXTS, turn, session, kind, Screen())
    assert all(len(button.data.encode()) <= 64 for body in bodies for row in body.buttons for button in row)  # type: ignore[union-attr]
    extra = [TEXTS.say(say, session.locale) for say in (turn.toast, turn.chosen) if say]
    return [*render_sms(TEXTS, turn.says, session.locale), *extra]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(MOVES, min_size=40, max_size=90), st.booleans(), CHANNELS, PLACES)
def test_whatever_happens_there_is_a_reply_or_a_reason(
    moves: list[Move],
    private: bool,  # noqa: FBT001 -- drawn
    channel: str,
    place: tuple[str | None, str],
) -> None:
    country, locale = place
    person = Walk(CHECKLIST, WORDS, private=private, channel=channel, country=country, locale=locale)
    for move in moves:
        before = person.kept
        turn = person.happen(event(person, move))
        assert turn.says or turn.toast or turn.redraw or turn.silence, (before, move)
        assert all(text.strip() for text in said(person, turn))
        if person.kept:
            assert not person.session.opted_out or turn.says in ((), turn.says[:1])
            hidden(person, turn)


def hidden(person: Walk, turn: Turn) -> None:
    """Sensitive questions appear only as themselves, and on the list of answers only masked; no amount anywhere."""
    parts = [*turn.says, *(say for say in (turn.toast, turn.chosen) if say)]
    for name in SENSITIVE:
        allowed = {f"{name}.short"}
        if person.state == name:
            fields = ("ask", "why", "means", *CHECKLIST.items[name].choices)
            allowed |= {f"{name}.{field}" for field in fields}
        assert {key for say in parts for key in ids(say) if key.startswith(f"{name}.")} <= allowed
    assert not any(key == f"{name}.{code}" for name in SENSITIVE for code in ("yes", "no") for key in ids(turn.chosen))
    assert "gold_month.unknown" not in set(ids(turn.chosen))


REPLIES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), min_size=5, max_size=90)


@settings(max_examples=150, deadline=None)
@given(REPLIES, st.booleans())
def test_step_by_step_back_brings_back_the_very_same(
    drawn: list[tuple[int, int]],
    private: bool,  # noqa: FBT001 -- drawn
) -> None:
    person = Walk(CHECKLIST, WORDS, private=private)
    person.say("1")
    seen: dict[int, tuple[str, dict[str, Answer]]] = {0: (person.state, person.answers)}
    for at, number in drawn:
        step(person, at, number)
        if person.kept is None:
            return
        depth = len(person.session.trail)
        if depth == 0 or person.turns[-1].refer:  # what has left stays: a call asked for in the middle, or all of it
            seen = {}
        seen = {known: there for known, there in seen.items() if known <= depth}
        seen.setdefault(depth, (person.state, person.answers))
    while person.session.trail:
        person.say("00")
        depth = len(person.session.trail)
        if depth in seen:
            assert (person.state, person.answers) == seen[depth]


def step(person: Walk, at: int, number: int) -> None:
    """One clear answer, or now and then a change of an earlier one, or a person."""
    if at == 0 and "consent" in person.answers:
        person.say("persona")
    elif at == 1:
        known = [item for item in CHECKLIST.items.values() if item.id in person.answers]
        person.say(f"cambiar {known[number % len(known)].number}" if known else "1")
    else:
        options = replies(person)
        fine = person.state in FINE and not person.session.pending and (number > 3 or not options)
        person.say(person.reply_for(FINE[person.state]) if fine else options[number % len(options)] if options else "1")
    assume(person.kept is None or not person.session.menu)


PRIVATE_ANSWERS = st.fixed_dictionaries({name: st.sampled_from(["no", "yes", "unknown"]) for name in SENSITIVE})


@settings(max_examples=40, deadline=None)
@given(PRIVATE_ANSWERS, PRIVATE_ANSWERS, CHANNELS, st.sampled_from([{}, {"ppe": "no"}, {"role": "worker"}]))
def test_nothing_that_is_told_depends_on_delicate_answers(
    one: dict[str, Answer], other: dict[str, Answer], channel: str, more: dict[str, Answer]
) -> None:
    told = []
    for private in (one, other):
        person = Walk(CHECKLIST, WORDS, private=True, channel=channel)
        person.say("1")
        person.follow({**FINE, **more, **private})
        person.says(
            "8", "8", "9", "3", "8", "8", "8", "8", "8", "8", "8", "8", "8", "8", "8", "9", "8", "1", "cambiar 20", "1"
        )
        told.append([text for turn in person.turns for text in said(person, turn)])
    assert told[0] == told[1]


@settings(max_examples=40, deadline=None)
@given(st.floats(1000.01, 99_999), st.integers(101, 99_999), st.integers(2, 31))
def test_no_figure_of_gold_is_told_but_grams_per_person_and_day(amount: float, miners: int, days: int) -> None:
    figure = round(amount, 2)
    grams = Quantity(figure, "gram", "month", figure)
    person = Walk(CHECKLIST, WORDS, private=True, channel="telegram")
    person.say("1")
    person.follow({**FINE, "gold_month": grams, "miners": miners, "days_month": days, "call_back": "no", "send": "no"})
    person.says("9", "3", *["8"] * 12, "estado", "8")
    told = [text for turn in person.turns for text in said(person, turn)]
    written = {f"{figure:.2f}", f"{figure:.2f}".replace(".", ","), f"{figure:,.2f}", str(int(figure))}
    assert not any(re.search(rf"(?<!\d){re.escape(one)}(?!\d)", text) for one in written for text in told)
