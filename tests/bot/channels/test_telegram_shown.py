"""Telegram at its best: headings, buttons that go, the button that shares a number, recordings, what is announced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import receive
from bot.messages import Bare, Button, Edit, GiveUp, Picture, Voice, Words
from flows.events import Contact
from tests.bot.channels.conftest import CHAT, outgoing
from tests.standins.telegram import TOKEN

if TYPE_CHECKING:
    from pathlib import Path

    from bot.messages import Body, Outgoing
    from tests.bot.channels.conftest import TelegramStage

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
ROWS = ((Button("Sí", "registered|4|1"), Button("No", "registered|4|2")),)


def out(body: Body) -> Outgoing:
    return outgoing(body, str(CHAT))


async def test_a_heading_is_bold_whatever_the_text_says(telegrams: TelegramStage) -> None:
    text = "Oro <b> *1* 👍/9\n¿_Cuánto_ & [cómo](x)?"
    number = await telegrams.channel.send(out(Words(text, ROWS, bold=16)))
    message = telegrams.standin.chats[CHAT].message(int(number))
    assert message is not None
    assert (message["text"], message["entities"]) == (text, [{"type": "bold", "offset": 0, "length": 16}])
    await telegrams.channel.send(out(Edit(number, text + "\n✔ 20", bold=16)))
    assert (message["text"], len(message["entities"])) == (text + "\n✔ 20", 1)
    await telegrams.channel.send(out(Edit(number, "✔ guardado")))
    assert "entities" not in message


async def test_buttons_go_and_the_text_stays(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Words("¿Registro?", ROWS)))
    for message in (number, number, "999999"):
        assert await telegrams.channel.send(out(Bare(message))) == message
    chat = telegrams.standin.chats[CHAT]
    assert (chat.texts(), chat.buttons()) == (["¿Registro?"], {})


async def test_a_person_shares_their_own_number_by_a_button_that_goes_again(telegrams: TelegramStage) -> None:
    chat = telegrams.standin.chats[CHAT]
    await telegrams.channel.send(out(Words("¿A qué número?", share="mi número")))
    assert chat.below == [[{"text": "mi número", "request_contact": True}]]
    markup = json.loads(telegrams.standin.calls[-1][1]["reply_markup"])
    assert (markup["one_time_keyboard"], markup["resize_keyboard"]) == (True, True)
    inbound = receive(await telegrams.standin.share(CHAT), 1.0)
    other = receive(await telegrams.standin.share(CHAT, "573009999999", whose=5), 1.0)
    assert [one and one.event for one in (inbound, other)] == [Contact("+573001234567"), Contact("")]
    await telegrams.channel.send(out(Words("¿Nombre?", ROWS)))
    assert chat.below
    await telegrams.channel.send(out(Words("De acuerdo.", unshare=True)))
    assert chat.below == []


async def test_a_recording_goes_up_once(telegrams: TelegramStage, tmp_path: Path) -> None:
    channel = TelegramChannel(TOKEN, telegrams.url, patience=0.5, recordings=tmp_path)
    (tmp_path / "es").mkdir()
    (tmp_path / "es/role.ogg").write_bytes(b"OggS" + b"0" * 50)
    for _ in range(2):
        number = await channel.send(out(Voice("es/role.ogg")))
    chat = telegrams.standin.chats[CHAT]
    assert [list(message)[-1] for message in chat.from_bot()] == ["voice", "voice"]
    assert number == str(chat.from_bot()[-1]["message_id"])
    sent = [given["voice"] for method, given in telegrams.standin.calls if method == "sendVoice"]
    assert [isinstance(voice, bytes) for voice in sent] == [True, False]
    with pytest.raises(GiveUp, match="no recording"):
        await channel.send(out(Voice("es/other.ogg")))
    await channel.close()


@pytest.mark.parametrize("fault", ["", "500", "403", "429", "hang", "drop"])
async def test_before_an_upload_the_person_sees_that_one_comes(telegrams: TelegramStage, fault: str) -> None:
    telegrams.standin.faults.extend([fault] if fault else [])
    await telegrams.channel.send(out(Picture(PNG, "Caso")))
    methods = [method for method, _ in telegrams.standin.calls]
    assert methods == ["sendChatAction", "sendPhoto"]
    assert telegrams.standin.chats[CHAT].texts() == ["Caso"]


def test_what_is_announced_is_two_calls(telegrams: TelegramStage) -> None:
    bodies = (Words("a"), Bare("1"), Picture(PNG, ""), Voice("es/role.ogg"))
    assert [telegrams.channel.cost(body) for body in bodies] == [1, 1, 2, 2]
