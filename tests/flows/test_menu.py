"""The menu, looking over the answers, deleting them: the place is never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.phases import DONE
from flows.session import ERASED
from tests.flows.walk import FINE, NOTHING_SENT, said

if TYPE_CHECKING:
    from tests.flows.walk import Begin, Walk


@pytest.mark.parametrize("reply", ["1", "0"])
def test_the_menu_does_not_lose_the_place(begin: Begin, reply: str) -> None:
    person = begin(until="ppe")
    person.say("9")
    turn = person.say(reply)
    assert (person.state, person.session.menu, said(turn)) == ("ppe", "", ["ppe.ask"])


def test_all_there_is_to_read(begin: Begin) -> None:
    person = begin(until="ppe")
    for number, name in enumerate(("fairmined", "who", "benefits", "process", "later", "craft", "arm"), 1):
        assert said(person.says("9", "6", str(number))) == [f"info.{name}", "ppe.ask"]


@pytest.mark.parametrize("text", ["en grupo", "in a group", "en groupe", "em grupo", "grupo"])
def test_a_group_is_begun_from_anywhere(begin: Begin, text: str) -> None:
    assert said(begin(until="ppe").say(text)) == ["room.begun", "organisation.ask"]


@pytest.mark.parametrize("text", ["GRUPO", "group", "groupe", "grupo"])
def test_right_after_the_consent_too(begin: Begin, text: str) -> None:
    assert said(begin(until="role").say(text)) == ["room.begun", "organisation.ask"]


def test_what_the_group_is_opens_no_room(begin: Begin) -> None:
    assert said(begin(until="organised").say("un grupo")) == ["hint.choice"]


def test_why_is_told_for_items_and_for_the_rest(begin: Begin) -> None:
    assert said(begin(until="ppe").say("por qué")) == ["ppe.why", "ppe.ask"]
    assert said(begin(until="send").says("9", "2")) == ["phase.why", "send.ask"]


def numbers(person: Walk) -> list[object]:
    return [line.params["at"] for line in person.turns[-1].says[0].lines if "at" in line.params]


def test_the_keys_work_where_answers_are_looked_over(begin: Begin) -> None:
    person = begin(until="safety_rules")
    assert said(person.says("9", "3")) == ["review.ask"]
    first = numbers(person)
    person.say("8")
    second = numbers(person)
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
    told = {line.params["at"]: line.params["text"] for line in lines if "at" in line.params}
    assert {told[number].id for number in (43, 45, 46, 47, 48, 49)} == {"saved.short"}  # type: ignore[union-attr]
    assert told[20].id == "ppe.yes"  # type: ignore[union-attr]


def test_answers_of_a_closed_branch_are_shown_in_brackets(begin: Begin) -> None:
    person = begin(until="mercury_whole_ore", answers={**FINE, "mercury": "yes"})
    person.says("cambiar 27", "1", "revisar")
    keys: dict[object, str] = {}
    person.says("9", "3")
    while said(person.turns[-1]) == ["review.ask"]:
        keys |= {line.params["at"]: line.id for line in person.turns[-1].says[0].lines if "at" in line.params}
        person.say("8")
    assert (keys[27], keys[28]) == ("review.line", "review.closed")


@pytest.mark.parametrize("word", ["borrar", "borrar todo", "delete"])
def test_one_word_deletes_everything_and_gives_nothing_away(begin: Begin, word: str) -> None:
    turn = begin(until="ppe").say(word)
    assert (said(turn), turn.cancel, turn.happened) == (["deleted"], True, ("erased",))
    assert (turn.kept.state, turn.kept.answers, turn.kept.reference) == (ERASED, {}, None)


@pytest.mark.parametrize(("reply", "gone"), [("1", True), ("sí", True), ("2", False), ("no", False), ("0", False)])
def test_the_menu_asks_before_it_deletes(begin: Begin, reply: str, *, gone: bool) -> None:
    person = begin(until="registered")
    before = person.says("9", "7").session
    assert before is not None
    turn = person.say(reply)
    if gone:
        assert turn.kept.state == ERASED
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
    assert person.session.locale == "es_CO"


def test_the_state_of_the_case_can_be_asked_for(begin: Begin) -> None:
    assert said(begin(until="ppe").say("estado"))[0] == "status.open"
    person = begin(until=DONE)
    assert said(person.say("estado"))[0] == "status.sent"
