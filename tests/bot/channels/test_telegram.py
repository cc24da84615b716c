"""Telegram over its real protocol: keyboards, edits, pictures, webhook and polling."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram_updates import receive
from bot.messages import Ack, Button, Edit, GiveUp, Later, Picture, Stop, Unknown, Words
from flows.events import OptedIn, OptedOut, Tap, Text, Unreadable
from tests.bot.channels.conftest import CHAT, outgoing
from tests.standins.serving import serving

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.messages import Body, Outgoing
    from tests.bot.channels.conftest import TelegramStage

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
ROWS = ((Button("Sí", "registered|4|1"), Button("No", "registered|4|2")), (Button("Menú", "registered|4|9"),))
COMMANDS = {"es": [("menu", "Abrir el menú")], "en": [("menu", "Open the menu")], "pt_BR": [("menu", "Abrir o menu")]}


def out(body: Body) -> Outgoing:
    return outgoing(body, str(CHAT))


async def test_buttons_stand_in_rows_and_no_page_is_previewed(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Words("¿Registro? fairmined.org", ROWS)))
    chat = telegrams.standin.chats[CHAT]
    assert chat.buttons() == {
        "Sí": (int(number), "registered|4|1"),
        "No": (int(number), "registered|4|2"),
        "Menú": (int(number), "registered|4|9"),
    }
    assert [len(row) for row in chat.from_bot()[0]["reply_markup"]["inline_keyboard"]] == [2, 1]
    assert json.loads(telegrams.standin.calls[-1][1]["link_preview_options"]) == {"is_disabled": True}


async def test_an_edit_shows_the_choice_and_takes_the_buttons(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Words("¿Registro?", ROWS)))
    assert await telegrams.channel.send(out(Edit(number, "¿Registro? Sí"))) == number
    chat = telegrams.standin.chats[CHAT]
    assert (chat.texts(), chat.buttons()) == (["¿Registro? Sí"], {})


async def test_an_edit_may_bring_other_buttons(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Words("¿Registro?", ROWS)))
    await telegrams.channel.send(out(Edit(number, "¿Registro?", ((Button("Otro", "a|1|1"),),))))
    assert list(telegrams.standin.chats[CHAT].buttons()) == ["Otro"]


async def test_an_edit_twice_or_of_nothing_is_done(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Words("a")))
    for edit in (Edit(number, "b"), Edit(number, "b"), Edit("999999", "b")):
        assert await telegrams.channel.send(out(edit)) == edit.message
    said = await telegrams.standin.say(CHAT, "mío")
    await telegrams.channel.send(out(Edit(str(said["message"]["message_id"]), "b")))
    assert telegrams.standin.chats[CHAT].texts() == ["b"]


async def test_an_edit_that_is_too_long_is_given_up(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Words("a")))
    with pytest.raises(GiveUp, match="too long"):
        await telegrams.channel.send(out(Edit(number, "b" * 4097)))


async def test_a_tap_is_answered_once_and_an_old_one_is_let_be(telegrams: TelegramStage) -> None:
    await telegrams.channel.send(out(Words("¿Registro?", ROWS)))
    update = await telegrams.standin.tap(CHAT, "No")
    inbound = receive(update, 1.0)
    assert inbound is not None
    assert inbound.tapped is not None
    assert inbound.event == Tap("registered", 4, "2")
    for _ in range(2):
        assert await telegrams.channel.send(out(Ack(inbound.tapped.query, "guardado"))) == inbound.tapped.query
    assert telegrams.standin.answered == {inbound.tapped.query: "guardado"}


async def test_a_picture_with_its_caption(telegrams: TelegramStage) -> None:
    number = await telegrams.channel.send(out(Picture(PNG, "Caso 7K3M-2QXD")))
    message = telegrams.standin.chats[CHAT].message(int(number))
    assert message is not None
    assert (message["png"], message["caption"]) == (PNG, "Caso 7K3M-2QXD")


@pytest.mark.parametrize(
    "body", [Words(""), Words("a" * 4097), Picture(b"GIF89a", ""), Words("a", ((Button("b", "c" * 65),),))]
)
async def test_what_telegram_refuses_is_given_up(telegrams: TelegramStage, body: Body) -> None:
    with pytest.raises(GiveUp):
        await telegrams.channel.send(out(body))


async def test_who_has_blocked_the_bot_is_left_alone(telegrams: TelegramStage) -> None:
    blocked = receive(await telegrams.standin.block(CHAT), 1.0)
    with pytest.raises(Stop):
        await telegrams.channel.send(out(Words("hola")))
    back = receive(await telegrams.standin.block(CHAT, blocked=False), 1.0)
    await telegrams.channel.send(out(Words("hola")))
    assert blocked is not None
    assert back is not None
    assert (blocked.event, back.event) == (OptedOut(tell=False), OptedIn())


async def test_while_the_token_is_changed_nothing_is_given_up(telegrams: TelegramStage) -> None:
    telegrams.standin._token = "another"
    with pytest.raises(Later, match="TELEGRAM_BOT_TOKEN"):
        await telegrams.channel.send(out(Words("hola")))


async def test_polling_gives_raw_updates_and_forgets_what_is_confirmed(telegrams: TelegramStage) -> None:
    await telegrams.standin.say(CHAT, "/start", language="en")
    await telegrams.standin.show(CHAT)
    found = await telegrams.channel.updates(None, 0)
    inbound = [receive(update, 1.0) for update in found]
    assert [one and one.event for one in inbound] == [Text("/start"), Unreadable("photo")]
    assert inbound[0]
    assert (inbound[0].id, inbound[0].address) == (f"tg:{found[0]['update_id']}", str(CHAT))
    assert await telegrams.channel.updates(found[0]["update_id"], 0) == found
    assert await telegrams.channel.updates(found[-1]["update_id"] + 1, 0) == []


async def test_an_answer_that_nobody_can_read_means_that_it_may_have_arrived(telegrams: TelegramStage) -> None:
    telegrams.standin.faults.append("odd")
    with pytest.raises(Unknown):
        await telegrams.channel.send(out(Words("hola")))
    assert telegrams.standin.chats[CHAT].texts() == ["hola"]


async def test_polling_gives_what_the_library_can_not_read(telegrams: TelegramStage) -> None:
    gift = await telegrams.standin.show(CHAT, "unique_gift")
    await telegrams.standin.say(CHAT, "hola")
    found = await telegrams.channel.updates(None, 0)
    assert found[0] == gift
    assert [receive(update, 1.0) is None for update in found] == [True, False]


@pytest.mark.parametrize("odd", [{"not": "a list"}, ["no update"], None])
async def test_what_is_no_list_of_updates_is_a_send_error(telegrams: TelegramStage, odd: object) -> None:
    telegrams.standin.poll_faults.append(odd)
    with pytest.raises(Unknown):
        await telegrams.channel.updates(None, 0)


async def test_polling_waits_longer_than_its_patience_for_news(telegrams: TelegramStage) -> None:
    waiting = asyncio.create_task(telegrams.channel.updates(None, 5))
    await asyncio.sleep(0.8)
    assert not waiting.done()
    await telegrams.channel.send(out(Words("meanwhile")))
    await telegrams.standin.say(CHAT, "hola")
    assert len(await waiting) == 1


async def test_polling_beside_a_webhook_is_for_later(telegrams: TelegramStage) -> None:
    await telegrams.channel.prepare("http://127.0.0.1:9", "geheim", {})
    with pytest.raises(Later, match="webhook"):
        await telegrams.channel.updates(None, 0)


async def test_prepare_without_a_public_url_polls_and_loses_nothing(telegrams: TelegramStage) -> None:
    await telegrams.channel.prepare("http://127.0.0.1:9", "geheim", COMMANDS)
    await telegrams.standin.say(CHAT, "hola")
    await telegrams.channel.prepare(None, None, COMMANDS)
    found = await telegrams.channel.updates(None, 0)
    assert [update["message"]["text"] for update in found] == ["hola"]


async def test_commands_are_set_for_each_language_and_for_the_rest(telegrams: TelegramStage) -> None:
    await telegrams.channel.prepare(None, None, COMMANDS)
    described = {language: listed[0]["description"] for language, listed in telegrams.standin.commands.items()}
    assert described == {"es": "Abrir el menú", "": "Abrir el menú", "en": "Open the menu", "pt": "Abrir o menu"}


async def test_the_webhook_gets_every_update_with_the_secret_until_it_takes_it(telegrams: TelegramStage) -> None:
    heard: list[tuple[Any, str | None]] = []

    async def take(request: Request) -> Response:
        heard.append((await request.json(), request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return Response(status_code=500 if len(heard) == 1 else 200)

    await telegrams.standin.say(CHAT, "before")
    async with serving(Starlette(routes=[Route("/hooks/telegram", take, methods=["POST"])])) as public:
        await telegrams.channel.prepare(public, "geheim_1", {})
        await telegrams.standin.say(CHAT, "after")
        await telegrams.standin.updates.delivered()
    assert [(update["message"]["text"], secret) for update, secret in heard] == [
        ("before", "geheim_1"),
        ("before", "geheim_1"),
        ("after", "geheim_1"),
    ]
    assert telegrams.standin.updates.refused == [500]


async def test_the_bots_name(telegrams: TelegramStage) -> None:
    assert await telegrams.channel.username() == "batea_bot"


def test_one_channel_imports_telegram_and_one_twilio() -> None:
    """The house's second law, for what is below `bot`."""
    import re  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    import bot  # noqa: PLC0415

    [root] = bot.__path__
    found = {
        (library, str(path.relative_to(root)))
        for path in Path(root).rglob("*.py")
        for library in re.findall(r"^\s*(?:from|import) (telegram|twilio)\b", path.read_text(), re.MULTILINE)
    }
    assert found == {
        ("telegram", "channels/telegram.py"),
        ("telegram", "channels/telegram_errors.py"),
        ("twilio", "channels/twilio_client.py"),
    }
