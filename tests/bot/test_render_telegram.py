"""What only Telegram has: headings, earlier buttons that go, recordings, the button that shares a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.messages import Ack, Bare, Body, Edit, Tapped, Voice, Words
from bot.render import render
from bot.render_telegram import Screen, still_tappable
from bot.texts import Texts, load_texts
from bot.voices import Voices
from flows.events import Contact, Tap, Text
from flows.load import load
from flows.model import Say
from flows.phases import CHOICES
from flows.scene import Turn
from tests.flows.walk import FINE, Walk

if TYPE_CHECKING:
    from pathlib import Path

    from flows.events import Event
    from flows.model import Answer
    from tests.flows.walk import Begin

CHECKLIST = load("2026-11")
SHOWN = "70"


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts({"phone": "+57 604", "mail": "arm@example.org", "web": "example.org"})


@pytest.fixture
def begin(texts: Texts) -> Begin:
    words = texts.words([CHECKLIST], CHOICES)

    def opened(*, until: str, answers: dict[str, Answer] = FINE, **known: object) -> Walk:
        person = Walk(CHECKLIST, words, **known)
        person.say("hola")
        person.follow(answers, until=until)
        return person

    return opened


def sent(texts: Texts, person: Walk, event: Event, folder: Path | None = None, **screen: object) -> list[Body]:
    """What the event makes Batea send, with the last buttons under message 70."""
    before = person.kept
    turn = person.happen(event)
    item = person.checklist.items.get(turn.session.state) if turn.session else None
    spoken = turn.session or before
    assert spoken is not None
    seen = Screen(before, **{"shown": (SHOWN,), **screen})  # type: ignore[arg-type]
    return render(texts, turn, spoken, item.kind if item else None, seen, Voices(folder))


def tap(person: Walk, reply: str) -> Tap:
    return Tap(person.session.menu or person.state, person.session.asked, reply)


def under(message: str, text: str = "Base 2/8\n¿Sí?") -> Tapped:
    return Tapped("q", message, text, 8)


def heading(body: Body) -> str:
    assert isinstance(body, Words)
    return body.text.encode("utf-16-le")[: 2 * body.bold].decode("utf-16-le")


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("role", r"Lo básico 1/\d"),
        ("metals", r"Base 3/\d"),
        ("mine_type", r"El trabajo 1/\d"),
        ("children", r"Otros 1/5"),
        ("call_how", r""),
    ],
)
def test_a_section_begins_under_its_whole_name(begin: Begin, texts: Texts, state: str, shown: str) -> None:
    person = begin(until=state, channel="telegram", private=True)
    question, bare = sent(texts, person, Text("continuar"))
    assert re.fullmatch(shown, heading(question))
    assert isinstance(question, Words)
    assert question.text.startswith(f"{heading(question)}\n¿" if shown else "¿")
    assert bare == Bare(SHOWN)


def test_the_answered_question_keeps_its_heading(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    _, edit, *_ = sent(texts, person, tap(person, "1"), tapped=under(SHOWN))
    assert edit == Edit(SHOWN, "Base 2/8\n¿Sí?\n✔ sí, ya lo tenemos", bold=8)


def test_a_typed_answer_leaves_no_live_buttons(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    question, bare = sent(texts, person, Text("1"))
    assert isinstance(question, Words)
    assert bare == Bare(SHOWN)


def test_a_tap_takes_the_buttons_of_its_own_message_and_of_a_later_one(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    _, edit, _, *bare = sent(texts, person, tap(person, "1"), tapped=under("60"))
    assert (getattr(edit, "message", ""), bare) == ("60", [Bare(SHOWN)])
    _, menu, *bare = sent(texts, person, tap(person, "9"), tapped=under(SHOWN))
    assert (isinstance(menu, Words), bare) == (True, [Bare(SHOWN)])


def test_what_crossed_an_answer_is_taken_away_later(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    seen = ("68", "69", SHOWN)
    assert sent(texts, person, Text("1"), shown=seen)[1:] == [Bare(one) for one in seen]
    bodies = sent(texts, person, tap(person, "1"), shown=seen, tapped=under("69"))
    assert (bodies[-2:], still_tappable((*seen, "71"), bodies)) == ([Bare("68"), Bare(SHOWN)], ("71",))


def test_while_the_question_stays_its_buttons_stay(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    [hint] = sent(texts, person, Text("no entiendo nada"))
    assert isinstance(hint, Words)
    metals = begin(until="metals", channel="telegram")
    [ack, redrawn] = sent(texts, metals, tap(metals, "1"), tapped=under(SHOWN))
    assert (isinstance(ack, Ack), isinstance(redrawn, Edit)) == (True, True)


def test_an_old_button_is_taken_away_and_answers_nothing(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    before = person.answers
    ack, bare = sent(texts, person, Tap("role", 1, "2"), tapped=under("50"))
    assert isinstance(ack, Ack)
    assert (bare, person.answers) == (Bare("50"), before)


def test_deleting_takes_the_buttons_as_well(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="telegram")
    assert sent(texts, person, Text("borrar"))[-1] == Bare(SHOWN)


@pytest.mark.parametrize(("private", "first"), [(False, "Una persona le va a llamar"), (True, "De acuerdo.")])
def test_a_call_offers_to_share_the_number_and_then_no_more(
    begin: Begin,
    texts: Texts,
    private: bool,  # noqa: FBT001 -- a table
    first: str,
) -> None:
    person = begin(until="call_how", channel="telegram", private=private)
    asked, *_ = sent(texts, person, Text("1"))
    other, *_ = sent(texts, person, Contact(""))
    assert [getattr(body, "share", "") for body in (asked, other)] == ["📱 mandar mi número"] * 2
    told, *rest = sent(texts, person, Contact("+573001234567"))
    assert isinstance(told, Words)
    assert (told.unshare, told.text.startswith(first)) == (True, True)
    assert not any(getattr(body, "unshare", False) for body in rest)


@pytest.mark.parametrize("text", ["300 123 4567", "0", "borrar", "3"])
def test_the_button_goes_however_the_question_ends(begin: Begin, texts: Texts, text: str) -> None:
    person = begin(until="call_how", channel="telegram")
    person.say("1")
    bodies = sent(texts, person, Text(text))
    assert [body.unshare for body in bodies if isinstance(body, Words)].count(True) == 1
    assert not any(body.unshare and body.buttons for body in bodies if isinstance(body, Words))


def test_by_sms_nothing_of_it_is_sent(begin: Begin, texts: Texts) -> None:
    person = begin(until="registered", channel="sms")
    [question] = sent(texts, person, Text("1"))
    assert question == Words(getattr(question, "text", ""))


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    for name in ("es/consent", "es/legal_title", "es/children", "es/gold_band", "es/send_private", "qu/legal_title"):
        (tmp_path / f"{name}.ogg").parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.ogg").write_bytes(b"OggS")
    return tmp_path


def heard(bodies: list[Body]) -> list[str]:
    return [body.file for body in bodies if isinstance(body, Voice)]


def test_a_recording_comes_right_before_its_question_and_once(begin: Begin, texts: Texts, recordings: Path) -> None:
    person = begin(until="registered", channel="telegram")
    voice, question, _ = sent(texts, person, Text("1"), recordings)
    assert voice == Voice("es/legal_title.ogg")
    assert isinstance(question, Words)
    assert heard(sent(texts, person, Text("no entiendo nada"), recordings)) == []
    assert heard(sent(texts, person, Text("continuar"), recordings)) == []


def test_the_chosen_voice_is_heard_first_and_the_language_where_it_is_silent(
    begin: Begin, texts: Texts, recordings: Path
) -> None:
    person = begin(until="welcome", channel="telegram", locale="es_PE")
    person.kept = replace(person.session, voice="qu")
    assert heard(sent(texts, person, Text("1"), recordings)) == ["es/consent.ogg"]
    person.follow(FINE, until="registered")
    assert heard(sent(texts, person, Text("1"), recordings)) == ["qu/legal_title.ogg"]


@pytest.mark.parametrize("state", ["children", "gold_band", "send_private"])
def test_of_delicate_things_nothing_is_heard(begin: Begin, texts: Texts, recordings: Path, state: str) -> None:
    answers = {**FINE, "gold_month": "unknown"}
    person = begin(until=state, answers=answers, channel="telegram", private=True)
    fresh = replace(person.session, asked=person.session.turn)
    turn: Turn = person.turns[-1]
    bodies = render(texts, replace(turn, session=fresh), fresh, "one", Screen(), Voices(recordings))
    assert any(isinstance(body, Words) and body.buttons for body in bodies)
    assert heard(bodies) == []


def test_a_button_that_would_not_come_back_is_never_put(texts: Texts, begin: Begin) -> None:
    session = replace(begin(until="ppe", channel="telegram").session, state="x" * 64)
    with pytest.raises(ValueError, match="64 bytes"):
        render(texts, Turn(session, (Say("ppe.ask", asks=True),)), session, None, Screen(), Voices())
