"""Twilio's forms: a table of webhooks and what they mean."""

from __future__ import annotations

import pytest

from bot.channels.sms_forms import Malformed, State, receive, status
from bot.messages import Inbound
from flows.events import Event, OptedIn, OptedOut, Text, Unreadable

SID = "SM" + "1" * 32
FORM = {"MessageSid": SID, "From": "+573001234567", "To": "+15005550006", "Body": "1", "NumMedia": "0"}


@pytest.mark.parametrize(
    ("change", "event"),
    [
        ({}, Text("1")),
        ({"Body": ""}, Text("")),
        ({"Body": "  sí\n"}, Text("  sí\n")),
        ({"NumMedia": "1", "Body": ""}, Unreadable("photo")),
        ({"NumMedia": "1", "Body": " "}, Unreadable("photo")),
        ({"NumMedia": "2", "Body": "mi mina"}, Text("mi mina")),
        ({"NumMedia": ""}, Text("1")),
        ({"Body": "á" * 5000}, Text("á" * 1600)),
        ({"OptOutType": "STOP", "Body": "ALTO"}, OptedOut(tell=False)),
        ({"OptOutType": "START", "Body": "START"}, OptedIn()),
        ({"OptOutType": "HELP", "Body": "AYUDA"}, Text("AYUDA")),
        ({"Body": "STOP"}, Text("STOP")),
    ],
)
def test_an_event(change: dict[str, str], event: Event) -> None:
    assert receive(FORM | change, 5.0) == Inbound(SID, "sms", "+573001234567", event, 5.0)


def test_without_media_fields_it_is_text() -> None:
    inbound = receive({"MessageSid": SID, "From": "12345", "Body": "hola"}, 1.0)
    assert inbound is not None
    assert (inbound.event, inbound.address) == (Text("hola"), "12345")


@pytest.mark.parametrize("sender", ["BANCO", "whatsapp:+573001234567", "+57 300", "1234567890123456"])
def test_a_sender_that_can_not_be_answered_is_nobody(sender: str) -> None:
    assert receive(FORM | {"From": sender}, 1.0) is None


@pytest.mark.parametrize("field", ["MessageSid", "From"])
def test_a_missing_field_is_named(field: str) -> None:
    with pytest.raises(Malformed, match=field):
        receive({name: value for name, value in FORM.items() if name != field}, 1.0)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        *(("accepted", State.TAKEN), ("queued", State.TAKEN), ("sending", State.TAKEN), ("scheduled", State.TAKEN)),
        *(("sent", State.SENT), ("delivered", State.DELIVERED), ("read", State.DELIVERED)),
        *(("undelivered", State.FAILED), ("failed", State.FAILED), ("canceled", State.FAILED)),
        ("a word of tomorrow", State.TAKEN),
    ],
)
def test_a_status(word: str, state: State) -> None:
    found = status({"MessageSid": SID, "MessageStatus": word}, "p07-1")
    assert (found.id, found.sid, found.state, found.error, found.opted_out) == ("p07-1", SID, state, None, False)


def test_states_only_grow() -> None:
    assert State.TAKEN < State.SENT < State.FAILED < State.DELIVERED


@pytest.mark.parametrize(
    ("code", "error", "opted_out"),
    [
        ("21610", 21610, True),
        ("30003", 30003, False),
        ("x", None, False),
        ("9" * 5000, None, False),
        ("٢١", None, False),
    ],
)
def test_a_failure_says_why(code: str, error: int | None, opted_out: bool) -> None:  # noqa: FBT001 - a table's column
    found = status({"MessageSid": SID, "MessageStatus": "undelivered", "ErrorCode": code}, None)
    assert (found.error, found.opted_out) == (error, opted_out)


@pytest.mark.parametrize("form", [{}, {"MessageSid": SID}, {"MessageStatus": "sent"}])
def test_a_status_without_its_fields_is_malformed(form: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        status(form, "p07-1")
