"""Telegram's updates: a table of what arrives and what it means."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_updates import Malformed, button_data, receive, tap
from bot.messages import Inbound, Tapped
from flows.events import Contact, Event, OptedIn, OptedOut, Tap, Text, Unreadable

ROSA = {"id": 77, "is_bot": False, "first_name": "Rosa", "language_code": "es"}
CHAT = {"id": 77, "type": "private", "first_name": "Rosa"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Mina"}
MESSAGE = {"message_id": 5, "date": 1, "chat": CHAT, "from": ROSA}


def message(**content: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"update_id": 9, "message": {**MESSAGE, **content}}


def tapped(**change: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    under = {**MESSAGE, "text": "¿Seguir?"}
    query = {"id": "q1", "from": ROSA, "chat_instance": "1", "data": "role|3|1", "message": under}
    return {"update_id": 9, "callback_query": {**query, **change}}


def standing(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    changed = {"chat": chat, "from": ROSA, "date": 1, "new_chat_member": {"status": status, "user": ROSA}}
    return {"update_id": 9, "my_chat_member": changed}


@pytest.mark.parametrize(
    ("update", "event"),
    [
        (message(text="hola"), Text("hola")),
        (message(text="El Alto"), Text("El Alto")),
        (message(text="/start"), Text("/start")),
        (message(text="/start es-qu"), Text("/start es-qu")),
        (message(text="/start@batea_bot  es_PE "), Text("/start es_PE")),
        (message(text="/start no & no"), Text("/start")),
        (message(text="/start " + "a" * 65), Text("/start")),
        (message(text="/Start@batea_bot"), Text("/start")),
        (message(text="/menu"), Text("menu")),
        (message(text="/menu@batea_bot"), Text("menu")),
        (message(text="/cambiar 12"), Text("cambiar 12")),
        (message(text="/"), Text("/")),
        (message(text="á" * 50_000), Text("á" * 4096)),
        (message(text="/menu " + "á" * 50_000), Text("menu " + "á" * 4091)),
        (message(text="/menú"), Text("/menú")),
        (message(text="1/2"), Text("1/2")),
        (message(photo=[{}], caption="mi mina"), Unreadable("photo")),
        (message(voice={}), Unreadable("voice")),
        (message(sticker={}), Unreadable("sticker")),
        (message(location={}), Unreadable("location")),
        (message(contact={"phone_number": "573001234567", "user_id": 77}), Contact("+573001234567")),
        (message(contact={"phone_number": "+57 300 123-4567", "user_id": 77}), Contact("+573001234567")),
        (message(contact={"phone_number": "573001234567", "user_id": 78}), Contact("")),
        (message(contact={"phone_number": "573001234567"}), Contact("")),
        (message(contact={"phone_number": "call me", "user_id": 77}), Contact("")),
        (standing("kicked"), OptedOut(tell=False)),
        (standing("member"), OptedIn()),
    ],
)
def test_an_event(update: dict[str, Any], event: Event) -> None:
    assert receive(update, 2.0) == Inbound("tg:9", "telegram", "77", event, 2.0, "es")


def test_a_tap_knows_its_message() -> None:
    expected = Inbound("tg:9", "telegram", "77", Tap("role", 3, "1"), 2.0, "es", Tapped("q1", "5", "¿Seguir?"))
    assert receive(tapped(), 2.0) == expected


def test_a_tap_knows_the_heading_of_its_message() -> None:
    bold = {"type": "bold", "offset": 0, "length": 8}
    under = {**MESSAGE, "text": "Base 2/8\n¿Seguir?", "entities": [{"type": "url", "offset": 0, "length": 2}, bold]}
    inbound = receive(tapped(message=under), 2.0)
    assert inbound is not None
    assert inbound.tapped == Tapped("q1", "5", "Base 2/8\n¿Seguir?", 8)


def test_a_tap_on_a_message_too_old_to_be_shown() -> None:
    inbound = receive(tapped(message={"message_id": 5, "date": 0, "chat": CHAT}), 2.0)
    assert inbound is not None
    assert inbound.tapped == Tapped("q1", "5", "")


@pytest.mark.parametrize(
    "update",
    [
        message(text="hola", chat=GROUP),
        message(new_chat_members=[ROSA], chat=GROUP),
        message(pinned_message=MESSAGE),
        tapped(data="nonsense"),
        tapped(data="role|x|1"),
        tapped(data="role|3|"),
        tapped(data="|3|1"),
        tapped(data="role|٣|1"),
        tapped(message=None),
        tapped(message={**MESSAGE, "chat": GROUP}),
        standing("left"),
        standing("member", GROUP),
        standing("kicked", GROUP),
        {"update_id": 9},
        {"update_id": 9, "edited_message": {**MESSAGE, "text": "otra"}},
        {"update_id": 9, "channel_post": {**MESSAGE, "text": "aviso"}},
        {"update_id": 9, "something_new": {"a": 1}},
    ],
)
def test_what_is_not_for_us(update: dict[str, Any]) -> None:
    assert receive(update, 2.0) is None


@pytest.mark.parametrize(
    "update",
    [{}, {"update_id": "nine"}, {"update_id": 9, "message": "hola"}, message(chat={"id": 1}), message(contact={})],
)
def test_what_is_no_update(update: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        receive(update, 2.0)


def test_a_person_without_language() -> None:
    inbound = receive(message(text="hola", **{"from": {"id": 77, "is_bot": False, "first_name": "R"}}), 2.0)
    assert inbound is not None
    assert inbound.language is None


def test_an_update_that_is_no_object_is_malformed() -> None:
    with pytest.raises(Malformed):
        receive(["update"], 2.0)  # type: ignore[arg-type]


@given(
    state=st.text("abcdefgh_", min_size=1, max_size=20),
    asked=st.integers(0, 10**9),
    reply=st.text(max_size=8).filter(bool),
)
def test_a_button_comes_back_as_it_went(state: str, asked: int, reply: str) -> None:
    assert tap(button_data(state, asked, reply)) == Tap(state, asked, reply)


def test_a_tap_that_no_button_of_ours_sent_is_none() -> None:
    assert tap(f"role|{'9' * 5000}|1") is None


def test_a_button_holds_64_bytes() -> None:
    assert len(button_data("é" * 30, 1, "1").encode()) == 64
    with pytest.raises(ValueError, match="64 bytes"):
        button_data("é" * 30, 1, "12")
