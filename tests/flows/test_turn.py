"""What single turns do: undo, changes, menus, details, hints, opting out, timers, taps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.model import OptedIn, OptedOut, Quantity, Tap, TimerDue, Unreadable
from flows.phases import DONE
from tests.flows.walk import FINE, NOON, Walk, ids, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.model import Answer, Checklist
    from flows.scene import Turn
    from flows.words import Words

    Begin = Callable[..., Walk]

MUCH = Quantity(90_000.0, "gram", "month", 90_000.0)
NOTHING_SENT: dict[str, Answer] = {**FINE, "send": "no", "call_back": "no"}


@pytest.fixture
def begin(checklist: Checklist, words: Words) -> Begin:
    """A conversation that was opened and has come to `until`."""

    def opened(*, until: str = "welcome", answers: dict[str, Answer] = FINE, **known: object) -> Walk:
        person = Walk(checklist, words, **known)
        person.say("hola")
        person.follow(answers, until=until)
        return person

    return opened


def tap(person: Walk, reply: str, *, state: str | None = None, asked: int | None = None) -> Turn:
    shown = person.session.menu or person.state
    return person.happen(Tap(state or shown, person.session.asked if asked is None else asked, reply))


# -- the beginning ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["hola", "1", "2", "no", "BATEA", "oro", "?", "", "0", "cambiar 5"])
def test_the_first_message_answers_nothing(checklist: Checklist, words: Words, text: str) -> None:
    person = Walk(checklist, words)
    turn = person.say(text)
    assert (person.state, person.answers, said(turn)) == ("welcome", {}, ["welcome.ask"])
    assert turn.happened == ("started",)


@pytest.mark.parametrize(("text", "locale"), [("hello", "en"), ("hola", "es"), ("english", "en"), ("x", "es")])
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


# -- taking back and changing -----------------------------------------------------------------------------------------


def test_undo_goes_back_over_a_branch_that_opened(begin: Begin) -> None:
    person = begin(until="mercury")
    before = person.answers
    person.answer("yes")
    person.answer("no")
    assert person.state == "mercury_whole_ore"
    person.says("0", "0")
    assert (person.state, person.answers) == ("mercury", before)


def test_undo_at_the_very_beginning(begin: Begin) -> None:
    person = begin()
    assert said(person.say("0")) == ["back.none", "welcome.ask"]


@pytest.mark.parametrize("state", ["miners", "gold_month"])
def test_digits_are_numbers_where_numbers_are_asked(begin: Begin, state: str) -> None:
    person = begin(until=state)
    person.say("9")
    assert not person.session.menu
    person = begin(until=state)
    person.say("99")
    assert person.session.menu == "menu"
    person.say("00")
    assert (person.state, person.session.menu) == (state, "")
    person.say("00")
    assert person.state != state


def test_undo_of_a_question_put_back_only_closes_it(begin: Begin) -> None:
    person = begin(until="gold_month")
    person.say("15")
    assert person.session.pending is not None
    person.say("0")
    assert person.state == "gold_month"
    assert person.asked().id == "gold_month.ask"


def test_a_changed_answer_comes_back_with_the_step(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    before = person.answers
    person.say("cambiar 5")
    assert person.state == "registered"
    assert said(person.say("0")) == ["done.menu"]
    assert (person.state, person.answers) == (DONE, before)


def test_a_changed_answer_gives_the_result_again(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    turn = person.says("cambiar 20", "2")
    assert person.state == DONE
    assert said(turn) == ["result.close_gaps", "done.kept"]


def test_a_change_opens_only_what_it_opens(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    person.says("cambiar 27", "2")
    assert person.follow({**NOTHING_SENT, "mercury": "yes"}) == [
        *("mercury_burning", "mercury_whole_ore", "mercury_less", "mercury_handlers", "cyanide_on_mercury")
    ]


@pytest.mark.parametrize("number", ["8", "9", "43"])
def test_other_figures_have_to_be_confirmed_anew_before_they_stop_anything(begin: Begin, number: str) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    before = person.answers
    person.says(f"cambiar {number}", "900 gramos" if number == "43" else "1")
    assert person.state == "scale"
    assert "scale" not in person.answers
    person.says("00", "00")
    assert (person.state, person.answers) == (DONE, before)


def test_the_result_is_told_after_the_figures_were_confirmed_anew(begin: Begin) -> None:
    person = begin(until=DONE, answers=NOTHING_SENT)
    assert said(person.says("cambiar 43", "90000 gramos", "1")) == ["result.outside_scope", "done.kept"]


@pytest.mark.parametrize(("reply", "asked"), [("2", "gold_month"), ("3", "miners"), ("4", "days_month")])
def test_each_figure_can_be_changed_at_the_scale(begin: Begin, reply: str, asked: str) -> None:
    person = begin(until="scale", answers={**FINE, "gold_month": MUCH})
    person.say(reply)
    assert person.state == asked
    person.say("30 gramos" if asked == "gold_month" else "31")
    assert person.state == "scale"


def test_a_band_over_the_limit_offers_to_change_the_band(begin: Begin) -> None:
    person = begin(until="scale", answers={**FINE, "gold_month": "unknown", "gold_band": "over_5"})
    asked = person.asked()
    assert (asked.id, [option.value for option in asked.options]) == ("scale.ask.band", ["right", "gold"])
    person.say("2")
    assert person.state == "gold_band"


def test_what_was_sent_cannot_be_taken_back(begin: Begin) -> None:
    person = begin(until=DONE, private=True)
    assert person.session.referred == 1
    assert said(person.say("0"))[0] == "back.none"


def test_a_no_that_sending_put_aside_comes_back(begin: Begin) -> None:
    answers: dict[str, Answer] = {**FINE, "call_back": "no"}
    person = begin(until="send", answers=answers)
    before = person.answers
    assert before["call_back"] == "no"
    person.answer("yes")
    assert "call_back" not in person.answers
    person.say("0")
    assert (person.state, person.answers) == ("send", before)


# -- the menu ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", ["1", "0"])
def test_the_menu_does_not_lose_the_place(begin: Begin, reply: str) -> None:
    person = begin(until="ppe")
    person.say("9")
    turn = person.say(reply)
    assert (person.state, person.session.menu, said(turn)) == ("ppe", "", ["ppe.ask"])


def test_all_there_is_to_read(begin: Begin) -> None:
    person = begin(until="ppe")
    for number, name in enumerate(("fairmined", "who", "benefits", "process", "later", "craft", "arm"), 1):
        assert said(person.says("9", "8", str(number))) == [f"info.{name}", "ppe.ask"]


def test_why_is_told_for_items_and_for_the_rest(begin: Begin) -> None:
    assert said(begin(until="ppe").say("por qué")) == ["ppe.why", "ppe.ask"]
    assert said(begin(until="send").says("9", "2")) == ["phase.why", "send.ask"]


def test_the_keys_work_where_answers_are_looked_over(begin: Begin) -> None:
    person = begin(until="safety_rules")
    assert said(person.says("9", "3")) == ["review.ask"]
    first = [line.params["at"] for line in person.turns[-1].says[0].lines]
    person.say("8")
    second = [line.params["at"] for line in person.turns[-1].says[0].lines]
    assert (first, second) == ([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
    person.say("9")
    assert person.session.menu == "menu"
    person.says("3", "0")
    assert (person.session.menu, person.state) == ("", "safety_rules")
    person.say("cambiar 8")
    assert person.state == "miners"


def test_a_number_on_the_list_of_answers_changes_that_answer(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("9", "3", "5")
    assert person.state == "registered"


def test_delicate_answers_are_masked_when_looked_over(begin: Begin) -> None:
    person = begin(until=DONE, answers={**NOTHING_SENT, "children": "yes"}, private=True)
    person.says("9", "3")
    lines = [*person.turns[-1].says[0].lines]
    while said(person.say("8")) == ["review.ask"]:
        lines += person.turns[-1].says[0].lines
    told = {line.params["at"]: line.params["text"] for line in lines}
    assert {told[number].id for number in (43, 45, 46, 47, 48, 49)} == {"saved.short"}  # type: ignore[union-attr]
    assert told[20].id == "ppe.yes"  # type: ignore[union-attr]


def test_answers_of_a_closed_branch_are_shown_in_brackets(begin: Begin) -> None:
    person = begin(until="mercury_whole_ore", answers={**FINE, "mercury": "yes"})
    person.says("cambiar 27", "1", "revisar")
    keys: dict[object, str] = {}
    person.says("9", "3")
    while said(person.turns[-1]) == ["review.ask"]:
        keys |= {line.params["at"]: line.id for line in person.turns[-1].says[0].lines}
        person.say("8")
    assert (keys[27], keys[28]) == ("review.line", "review.closed")


@pytest.mark.parametrize("word", ["borrar", "borrar todo", "delete"])
def test_one_word_deletes_everything_and_gives_nothing_away(begin: Begin, word: str) -> None:
    turn = begin(until="ppe").say(word)
    assert (turn.session, said(turn), turn.cancel, turn.happened) == (None, ["deleted"], True, ("erased",))


@pytest.mark.parametrize(("reply", "gone"), [("1", True), ("sí", True), ("2", False), ("no", False), ("0", False)])
def test_the_menu_asks_before_it_deletes(begin: Begin, reply: str, *, gone: bool) -> None:
    person = begin(until="registered")
    before = person.says("9", "7").session
    assert before is not None
    turn = person.say(reply)
    if gone:
        assert turn.session is None
    else:
        assert (person.state, person.session.menu, person.answers) == ("registered", "", before.answers)


def test_what_is_no_yes_deletes_nothing_and_answers_nothing(begin: Begin) -> None:
    person = begin(until="registered")
    turn = person.says("9", "7", "quizás")
    assert said(turn) == ["menu.delete.ask"]
    assert "registered" not in person.answers


def test_another_language_at_any_time(begin: Begin) -> None:
    person = begin(until="ppe")
    person.says("9", "5", "2")
    assert (person.session.locale, person.state) == ("en", "ppe")
    person.say("español")
    assert person.session.locale == "es"


def test_the_state_of_the_case_can_be_asked_for(begin: Begin) -> None:
    assert said(begin(until="ppe").say("estado"))[0] == "status.open"
    person = begin(until=DONE)
    assert said(person.say("estado"))[0] == "status.sent"


# -- results, sending, a person ---------------------------------------------------------------------------------------


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


def test_pages_of_a_long_result(begin: Begin) -> None:
    many: dict[str, Answer] = dict.fromkeys(("safety_rules", "ppe", "permits", "records", "audits"), "no")
    person = begin(until="send", answers={**FINE, **many}, private=True)
    told = person.turns[-1].says[0]
    assert [line.id for line in told.lines] == [*["line.gap"] * 3, "result.week", "result.more"]
    page = person.say("8").says[0]
    assert (page.id, [line.id for line in page.lines]) == (
        "result.page",
        ["line.gap", "line.gap", "ecological.possible"],
    )
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


def test_thanks_after_the_end_start_nothing(begin: Begin) -> None:
    person = begin(until=DONE)
    before = person.session
    turn = person.say("gracias")
    assert (turn.says, turn.silence, person.session.answers) == ((), "thanks", before.answers)
    assert said(person.say("otra cosa")) == ["done.menu"]


# -- hints ------------------------------------------------------------------------------------------------------------


def test_never_the_same_error_for_ever(begin: Begin) -> None:
    person = begin(until="registered")
    told = [said(person.say("xyz")) for _ in range(4)]
    assert told[:3] == [["hint.choice"], ["hint.choice.example", "registered.ask"], ["hint.way_out"]]
    assert told[3] == ["registered.ask"]
    person.say("1")
    assert person.session.misses == 0


def test_options_as_near_are_asked_back_at_phases_too(begin: Begin) -> None:
    person = begin(until="scale", answers={**FINE, "gold_month": MUCH})
    assert said(person.say("cambiar")) == ["askback.which"]
    person.say("2")
    assert person.state == "miners"


@pytest.mark.parametrize("state", ["children", "gold_month"])
def test_asking_back_about_a_delicate_answer_is_delicate(begin: Begin, state: str) -> None:
    person = begin(until=state, private=True)
    assert person.asked().secret
    person.say("15" if state == "gold_month" else "sí no")
    if person.session.pending:
        assert person.asked().secret


# -- opting out, timers, photos ---------------------------------------------------------------------------------------


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


# -- buttons ----------------------------------------------------------------------------------------------------------


def test_a_tap_is_its_reply(begin: Begin) -> None:
    person = begin(until="registered")
    turn = tap(person, "2")
    assert person.answers["registered"] == "no"
    assert turn.chosen is not None
    assert turn.chosen.id == "registered.no"


@pytest.mark.parametrize(("state", "asked"), [("role", None), (None, 1), ("menu", None)])
def test_a_stale_tap_is_answered_gently_and_answers_nothing(begin: Begin, state: str | None, asked: int | None) -> None:
    person = begin(until="registered")
    before = person.answers
    turn = tap(person, "1", state=state, asked=asked)
    assert turn.toast is not None
    assert (turn.toast.id, turn.says, person.answers) == ("stale", (), before)


def test_the_same_button_twice_is_one_answer(begin: Begin) -> None:
    person = begin(until="registered")
    asked = person.session.asked
    tap(person, "1")
    turn = tap(person, "1", state="registered", asked=asked)
    assert turn.silence == "stale"
    assert person.state == "legal_title"


def test_several_are_marked_and_taken_by_the_last_button(begin: Begin) -> None:
    person = begin(until="metals")
    assert tap(person, "ok").silence == "nothing marked"
    assert tap(person, "1").redraw
    tap(person, "3")
    tap(person, "1")
    tap(person, "2")
    assert person.session.picked == ("silver", "platinum")
    turn = tap(person, "ok")
    assert person.answers["metals"] == ("silver", "platinum")
    assert list(ids(turn.chosen)) == ["plain", "metals.silver", "metals.platinum"]


def test_not_knowing_among_several_stands_alone(begin: Begin) -> None:
    person = begin(until="mine_type")
    tap(person, "1")
    tap(person, "6")
    assert person.answers["mine_type"] == "unknown"


@pytest.mark.parametrize("state", ["children", "forced_work", "gold_band"])
def test_a_tap_on_a_delicate_question_shows_only_that_it_was_saved(begin: Begin, state: str) -> None:
    person = begin(until=state, answers={**FINE, "gold_month": "unknown"}, private=True)
    turn = tap(person, "2")
    assert list(ids(turn.chosen)) == ["saved"]


def test_the_buttons_for_back_and_menu(begin: Begin) -> None:
    for state in ("registered", "miners", "name"):
        person = begin(until=state)
        tap(person, "9")
        assert person.session.menu == "menu"
        tap(person, "0")
        assert (person.session.menu, person.state) == ("", state)


def test_time_is_kept_and_turns_are_numbered(begin: Begin) -> None:
    person = begin(until="registered")
    assert person.session.started == NOON + 60
    assert person.session.touched == person.now
    assert person.session.turn == len(person.turns)
