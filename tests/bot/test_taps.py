"""Staff in Telegram, over its stand-in: buttons under notices, the link that tells their chat, and strangers' taps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot.commands.contacts import _link
from bot.messages import Job
from bot.referral.told import JOB
from bot.store import Chat
from tests.bot import cases
from tests.bot.noticing import ANA, LUZ, MINER, staffed
from tests.bot.referring import found_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.noticing import Staffed

NEW = 600
TALKED = "I have talked with them"
APPLIES = cases.TEXTS.get("en", "desk.outcome.applies")


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[Staffed]:
    async with staffed(monkeypatch, tmp_path, empty_url) as made:
        yield made


async def state(desk: Staffed, reference: str) -> tuple[str, str, str | None]:
    held = await desk.parts.referrals.held(reference)
    assert held
    return held.case.state, held.case.holder, held.case.outcome


async def test_a_case_is_taken_called_and_closed_by_buttons(desk: Staffed) -> None:
    reference = await desk.refer()
    assert set(desk.standin.chats[ANA].buttons()) == {"I take it", "Close"}
    assert "Held by Ana" in await desk.tap(ANA, "I take it")
    assert await state(desk, reference) == ("taken", "Ana", None)
    assert "Ana has talked with them" in await desk.tap(ANA, TALKED)
    await desk.tap(ANA, "Close")
    assert await state(desk, reference) == ("contact", "Ana", None)
    assert f"Closed by Ana\n{APPLIES}" in await desk.tap(ANA, APPLIES)
    assert await state(desk, reference) == ("closed", "", "applies")
    assert desk.standin.chats[ANA].buttons() == {}
    assert [(one.who, one.what) for one in await desk.parts.trail.of(reference)] == [
        ("Ana", what) for what in ("take", "contacted", "close.applies")
    ]


async def test_each_tap_is_answered_and_the_miner_is_told_by_a_job(desk: Staffed) -> None:
    await desk.refer()
    await desk.tap(ANA, "I take it")
    assert list(desk.standin.answered.values()) == ["Noted."]
    assert not desk.standin.open_queries - set(desk.standin.answered)
    assert [one.body.name for one in desk.other if isinstance(one.body, Job)] == [JOB]


async def test_going_back_from_closing_changes_nothing(desk: Staffed) -> None:
    reference = await desk.refer()
    await desk.tap(ANA, "Close")
    await desk.tap(ANA, "Back")
    assert set(desk.standin.chats[ANA].buttons()) == {"I take it", "Close"}
    assert await state(desk, reference) == ("new", "", None)


async def test_who_is_too_late_is_told_who_has_it(desk: Staffed) -> None:
    reference = await desk.refer()
    lead = desk.parts.contacts.named("Jefa")
    assert lead
    await desk.parts.acting.do(reference, lead, "take")
    assert "Held by Jefa" in await desk.tap(ANA, "I take it")
    assert list(desk.standin.answered.values()) == ["The case has moved on: see how it stands."]
    assert await state(desk, reference) == ("taken", "Jefa", None)


async def test_a_tap_that_comes_twice_does_no_harm(desk: Staffed) -> None:
    await desk.refer()
    update = await desk.standin.tap(ANA, "I take it")
    for _ in range(2):
        assert await desk.parts.taps.heard(update)
    await desk.deliver()
    assert list(desk.standin.answered.values()) == ["Noted."]
    assert "Held by Ana" in desk.standin.chats[ANA].texts()[-1]


async def test_a_talk_in_private_is_no_business_of_staff(desk: Staffed) -> None:
    reference = await desk.refer(quiet=True)
    assert desk.standin.chats[ANA].messages == []
    await desk.write(ANA, "hola")
    [first, *_] = desk.standin.chats[ANA].from_bot()
    await desk.standin.tap_old(ANA, first["message_id"], f"desk:take:{reference}")
    await desk.fetch()
    assert await state(desk, reference) == ("new", "", None)
    assert "Lo tiene Luz" in await desk.tap(LUZ, "Lo tomo")
    assert desk.other == []


@pytest.mark.parametrize("data", ["desk:take:{}", "desk:close.applies:{}", "desk:erase:{}", "desk:", "desk:take:' OR"])
async def test_a_stranger_can_tap_what_they_want(desk: Staffed, data: str) -> None:
    reference = await desk.refer()
    await desk.write(MINER, "hola")
    said = desk.standin.chats[MINER].texts()
    await desk.standin.tap_old(MINER, 1, data.format(reference))
    await desk.fetch()
    assert await state(desk, reference) == ("new", "", None)
    assert desk.standin.chats[MINER].texts() == said
    assert reference not in "".join(desk.standin.answered.values())


async def test_staff_talk_with_batea_as_miners_do_and_keep_their_buttons(desk: Staffed) -> None:
    reference = await desk.refer()
    await desk.write(ANA, "hola")
    await desk.write(ANA, "1")
    before = (await desk.parts.store.load(Chat("telegram", str(ANA)))).version
    assert "I take it" in desk.standin.chats[ANA].buttons()
    await desk.tap(ANA, "I take it")
    assert await state(desk, reference) == ("taken", "Ana", None)
    assert (await desk.parts.store.load(Chat("telegram", str(ANA)))).version == before


async def test_a_link_tells_the_chat_once(desk: Staffed) -> None:
    made = await _link(desk.parts, "Jefa")
    payload = made.removeprefix("https://t.me/batea_bot?start=")
    assert re.fullmatch(r"desk-[A-Za-z0-9_-]{24}", payload)
    await desk.write(NEW, f"/start {payload}")
    assert desk.standin.chats[NEW].texts()[-1].startswith("Jefa: ")
    await desk.write(MINER, f"/start {payload}")
    assert desk.standin.chats[MINER].texts() == ["Este enlace ya se usó o ya venció. Pida otro a quien cuida Batea."]
    assert (await desk.parts.store.load(Chat("telegram", str(NEW)))).session is None
    reference = await desk.refer()
    assert "Lo tiene Jefa" in await desk.tap(NEW, "Lo tomo")
    assert await state(desk, reference) == ("taken", "Jefa", None)


async def test_a_chat_in_contacts_toml_counts_more(desk: Staffed) -> None:
    payload = (await _link(desk.parts, "Ana")).partition("start=")[2]
    await desk.write(NEW, f"/start {payload}")
    ana = desk.parts.contacts.named("Ana")
    assert ana
    assert await desk.parts.linked.chats([ana]) == {"Ana": str(ANA)}


async def test_nothing_of_the_person_goes_to_telegram(desk: Staffed) -> None:
    await desk.refer()
    for label in ("I take it", TALKED, "Close", APPLIES):
        await desk.tap(ANA, label)
    assert found_in(str(desk.standin.calls), list(cases.PERSONAL)) == []
