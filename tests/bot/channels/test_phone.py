"""The phones of /try: what they are handed is ready for JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.phone import PhoneChannel
from bot.messages import Ack, Bare, Body, Button, Edit, GiveUp, Mail, Picture, Voice, Words
from tests.bot.channels.conftest import outgoing


class Screen:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, dict[str, Any]]] = []

    async def put(self, address: str, entry: dict[str, Any]) -> None:
        self.entries.append((address, json.loads(json.dumps(entry))))


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        (
            Words("hola", ((Button("Sí", "a|1|1"),),)),
            {"kind": "words", "text": "hola", "buttons": [[{"label": "Sí", "data": "a|1|1"}]]},
        ),
        (Words("hola"), {"kind": "words", "text": "hola", "buttons": []}),
        (Edit("p07-0", "hecho"), {"kind": "edit", "message": "p07-0", "text": "hecho", "buttons": []}),
        (Ack("q1", "guardado"), {"kind": "ack", "query": "q1", "text": "guardado"}),
        (Picture(b"\x89PNG", "caso"), {"kind": "picture", "png": "iVBORw==", "caption": "caso"}),
    ],
)
async def test_an_entry(body: Body, entry: dict[str, Any]) -> None:
    screen = Screen()
    channel = PhoneChannel("try_telegram", screen.put)
    assert await channel.send(outgoing(body, "phone-1")) == "p07-1-0"
    assert screen.entries == [("phone-1", {"id": "p07-1-0", **entry})]
    assert await channel.find(outgoing(body, "phone-1"), 0) is None


@pytest.mark.parametrize("body", [Bare("p07-0"), Voice("es/role.ogg")])
async def test_what_a_browser_does_not_show_is_done(body: Body) -> None:
    screen = Screen()
    assert await PhoneChannel("try_telegram", screen.put).send(outgoing(body, "phone-1")) == "p07-1-0"
    assert screen.entries == []


async def test_a_phone_gets_no_mail() -> None:
    screen = Screen()
    with pytest.raises(GiveUp):
        await PhoneChannel("try_sms", screen.put).send(outgoing(Mail("a", "s", "t", "h", "es"), "phone-1"))
    assert screen.entries == []


def test_cost_is_that_of_the_real_one() -> None:
    channels = [PhoneChannel(name, Screen().put) for name in ("try_sms", "try_telegram")]
    assert [channel.cost(Words("a" * 161)) for channel in channels] == [2, 1]
