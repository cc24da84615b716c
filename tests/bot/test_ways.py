"""Beside its code a room has a picture to be held up, where a bot can be linked to, and a page for who leads it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.report.poster import png
from bot.ways import BotName, Ways, unnamed
from flows.room.model import Room
from flows.scene import Turn
from flows.session import Session
from tests.bot.conversing import TEXTS
from tests.standins.serving import serving
from tests.standins.telegram import TOKEN, Telegram

ROOM = Room(id="r", code="7K3M2")
LEADS = Session("2026-11", "es", "telegram", "safety_rules", private=False, started=1.0, room=ROOM)
OPENED = Turn(LEADS, happened=("room_opened",))


async def named() -> str | None:
    return "batea_bot"


async def test_the_picture_is_a_link_that_joins() -> None:
    picture = await Ways("", named).picture(TEXTS, OPENED)
    assert picture is not None
    link = "https://t.me/batea_bot?start=join-7K3M2"
    assert picture.png == png(link)
    assert link in picture.caption


@pytest.mark.parametrize(
    "turn",
    [
        replace(OPENED, happened=()),
        replace(OPENED, session=None),
        replace(OPENED, session=replace(LEADS, channel="sms")),
        replace(OPENED, session=replace(LEADS, channel="try_telegram")),
    ],
)
async def test_only_a_room_opened_on_telegram_has_one(turn: Turn) -> None:
    assert await Ways("", named).picture(TEXTS, turn) is None


async def test_without_a_name_there_is_none() -> None:
    assert await Ways("", unnamed).picture(TEXTS, OPENED) is None


async def test_the_name_is_asked_for_once_and_again_after_a_fault() -> None:
    telegram = Telegram()
    telegram.faults.extend(["500", "502"])
    async with serving(telegram.app) as url:
        name = BotName(TOKEN, url)
        assert [await name() for _ in range(4)] == [None, None, "batea_bot", "batea_bot"]
    assert [call for call, _ in telegram.calls] == ["getMe"] * 3


def test_the_page_is_said_at_the_end() -> None:
    turn = Ways("https://batea.example.org", named).with_page(replace(OPENED, page="7K3M2QXDAAAA"))
    assert TEXTS.say(turn.says[-1], "es").endswith("https://batea.example.org/group/7K3M2QXDAAAA")
    assert Ways().with_page(OPENED) == OPENED
