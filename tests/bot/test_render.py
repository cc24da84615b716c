"""A turn's messages as they are sent by SMS and on Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channels.sms_text import segments
from bot.messages import Ack, Bare, Edit, Tapped, Words
from bot.render import render, render_sms
from bot.render_telegram import Screen
from bot.texts import Texts, load_texts
from flows.events import Arrival, Tap, Text
from flows.load import load
from flows.model import Option, Say
from flows.phases import CHOICES
from flows.scene import Turn
from flows.session import Session
from flows.turn import advance

if TYPE_CHECKING:
    from bot.messages import Body
    from flows.events import Event

CHECKLIST = load("2026-11")
TEXTS = load_texts({"phone": "+57 604 332 47 11", "mail": "arm@example.org", "web": "example.org"})
WORDS = TEXTS.words([CHECKLIST], CHOICES)
UNDER = Tapped("query", "77", "¿Qué sacan?")


class Chat:
    """A conversation on Telegram, and what its last turn sends."""

    def __init__(self) -> None:
        self.session: Session | None = None

    def happen(self, event: Event, tapped: Tapped | None = None) -> list[Body]:
        arrival = Arrival(event, channel="telegram", locale="es", private=True)
        before = self.session
        turn = advance(CHECKLIST, WORDS, before, arrival, 1.0)
        assert turn.session is not None
        self.session = turn.session
        kind = CHECKLIST.items[turn.session.state].kind if turn.session.state in CHECKLIST.items else "one"
        return render(TEXTS, turn, turn.session, kind, Screen(before, tapped))

    def says(self, *texts: str) -> list[Body]:
        for text in texts:
            sent = self.happen(Text(text))
        return sent

    def tap(self, reply: str, *, asked: int | None = None) -> list[Body]:
        session = self.session
        assert session is not None
        known = session.asked if asked is None else asked
        return self.happen(Tap(session.menu or session.state, known, reply), UNDER)


def labels(body: Body) -> list[list[str]]:
    assert isinstance(body, Words | Edit)
    return [[button.label for button in row] for row in body.buttons]


def test_sms_is_folded_and_joined_only_where_that_saves_a_part() -> None:
    short, long = Say("talk.not_safe"), Say("consent.ask")
    assert render_sms(TEXTS, (Say("farewell"),), "es") == [
        "Entendido: no guardo nada. Si cambia de idea, escriba cuando quiera."
    ]
    apart = render_sms(TEXTS, (long, short), "es")
    assert len(apart) == 2
    together = render_sms(TEXTS, (Say("reminder"), Say("checkpoint.ask")), "es")
    assert len(together) == 1
    assert segments(together[0]) == 1
    assert "í" not in "".join((*apart, *together))


def test_joining_never_makes_a_message_of_more_than_four_parts() -> None:
    sent = render_sms(TEXTS, tuple(Say(f"info.{name}") for name in ("who", "benefits", "craft", "fairmined")), "es")
    assert max(map(segments, sent)) <= 4


def test_one_message_a_say_with_its_own_buttons() -> None:
    chat = Chat()
    chat.says("hola", "1", "1")
    sent = chat.happen(Text("1"))
    assert len(sent) == 1
    [question] = sent
    assert isinstance(question, Words)
    assert question.text == "Base 2/8\n¿En qué país está la mina? Escriba el nombre del país."


def test_options_that_fit_their_buttons_are_not_written_twice() -> None:
    chat = Chat()
    [question] = chat.says("hola")
    assert isinstance(question, Words)
    assert question.text.count("\n") == 0
    assert labels(question)[:2] == [["sí, seguir"], ["no"]]
    assert labels(question)[-1] == ["↩ volver", "☰ menú"]


def test_options_too_long_for_a_button_are_written_and_numbered() -> None:
    chat = Chat()
    chat.says("hola", "1", "1", "1", "CO", "1", "1", "1", "1")
    assert chat.session is not None
    assert chat.session.state == "community_based"
    [question] = chat.happen(Text("continuar"))
    assert isinstance(question, Words)
    assert "\n2 de un dueño o inversionista que no trabaja ahí" in question.text
    assert labels(question)[0] == ["1", "2", "3", "4"]


def test_buttons_name_state_turn_and_reply() -> None:
    chat = Chat()
    [question] = chat.says("hola")
    assert isinstance(question, Words)
    assert question.buttons[0][0].data == "welcome|1|1"


def test_the_answered_message_shows_the_choice() -> None:
    chat = Chat()
    chat.says("hola")
    ack, edit, *_ = chat.tap("1")
    assert ack == Ack("query", "")
    assert edit == Edit("77", "¿Qué sacan?\n✔ sí, seguir")


def test_several_show_what_is_marked_and_a_button_to_end() -> None:
    chat = Chat()
    chat.says("hola", "1", "1", "1", "CO")
    chat.tap("1")
    _, edit = chat.tap("3")
    assert isinstance(edit, Edit)
    assert labels(edit) == [["☑ oro"], ["plata"], ["☑ platino"], ["otra cosa"], ["✔ listo", "↩ volver", "☰ menú"]]
    _, edit, *_ = chat.tap("ok")
    assert edit == Edit("77", "¿Qué sacan?\n✔ oro\nplatino")


def test_a_stale_tap_gets_a_word_and_nothing_else() -> None:
    chat = Chat()
    chat.says("hola", "1")
    assert chat.tap("1", asked=0) == [Ack("query", "Esa pregunta ya pasó. Vea la última."), Bare("77")]


@pytest.mark.parametrize("texts", [TEXTS])
def test_of_a_delicate_question_nothing_stays(texts: Texts) -> None:
    session = Session(version="2026-11", locale="es", channel="telegram", state="children", private=True, started=0)
    turn = Turn(session=session, chosen=Say("saved"))
    _, edit = render(texts, turn, session, "one", Screen(session, UNDER))
    assert edit == Edit("77", "✔ guardado")


def test_number_questions_offer_not_knowing() -> None:
    chat = Chat()
    [*_, question] = chat.says("hola", "1", "1", "1", "CO", "1", "1", "1", "1", "1")
    assert labels(question) == [["no sé", "↩ volver", "☰ menú"]]


def test_a_menu_has_back_and_more() -> None:
    chat = Chat()
    [menu] = chat.says("hola", "9")
    assert labels(menu)[-1] == ["↩ volver", "más ▸"]


def test_plain_words_have_no_buttons() -> None:
    session = Session(version="2026-11", locale="es", channel="telegram", state="ppe", private=True, started=0)
    [told] = render(TEXTS, Turn(session, (Say("unreadable"),)), session, "one", Screen())
    assert labels(told) == []
    asked = Say("ppe.ask", options=(Option("1", "yes", Say("ppe.yes")),), asks=True)
    [told] = render(TEXTS, Turn(session, (asked,)), session, "one", Screen())
    assert labels(told) != []
