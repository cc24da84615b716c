"""`batea erase`, as a program over a real store: a phone is forgotten, ARM is told, others keep what is theirs."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from bot.bootstrap import referring
from bot.messages import Inbound, Job, Mail
from bot.referral.index import Filters
from bot.referral.trail import Trail
from bot.referrals import JOB
from bot.store import Chat
from flows.events import Text
from flows.reference import make
from flows.session import load
from tests.bot.casework import LEAD, drafted
from tests.bot.conversing import write
from tests.bot.houses import built
from tests.bot.test_cli import batea, environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.house import House

ONE, OTHER = "+573001112233", "+573009998877"
UNKNOWN = make(7, 7)
CALL = ("hola", "1", "1", "1", "1", "1", "5", "persona", "1", "1 a las 6")


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    async with built(monkeypatch, tmp_path, empty_url) as made:
        yield made


def given(house: House) -> dict[str, str]:
    url = house.settings.redis_url
    assert url
    return {"REDIS_URL": url.get_secret_value(), "BATEA_KEYS": ",".join(house.keys)}


def run(house: House, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return batea(folder, "erase", *words, **given(house))


async def delivered(house: House) -> list[Mail]:
    """The mails that left once the worker's hand has done what waits."""
    mails, referrals = [], referring(house)
    while claims := await house.outbox.claim(time.time() + 9, 99):
        for one in claims:
            if isinstance(one.out.body, Job) and one.out.body.name == JOB:
                await referrals.accept(one.out)
            mails += [one.out.body] if isinstance(one.out.body, Mail) else []
            await house.outbox.settle(one, "sent")
    return mails


async def sent_to_arm(house: House, address: str) -> str:
    """A conversation in which a call is asked for; its reference."""
    await write(house, *CALL, address=address)
    await delivered(house)
    session = (await house.store.load(Chat("sms", address))).session
    assert session
    reference = load(session).reference
    assert reference
    assert await house.referrals.held(reference)
    return reference


async def listed(house: House) -> list[str]:
    await house.index.refresh()
    return [head.reference for head in house.index.find(Filters(), LEAD, 0)]


async def test_everything_of_a_phone_is_gone_and_nothing_of_another(house: House, tmp_path: Path) -> None:
    reference, other = await sent_to_arm(house, ONE), await sent_to_arm(house, OTHER)
    told = run(house, tmp_path, "--phone", "+57 300 111 2233", "--yes")
    assert told.returncode == 0, told.stderr
    assert f"Erased: the case {reference}" in told.stdout
    assert "Erased: the conversation by sms" in told.stdout
    assert other not in told.stdout
    assert "3001112233" not in told.stdout.replace(" ", "") + told.stderr
    assert await listed(house) == [other]
    assert await house.referrals.load(reference) is None
    assert (await house.store.load(Chat("sms", ONE))).session is None
    assert (await house.store.load(Chat("sms", OTHER))).session
    mails = await delivered(house)
    assert {reference in mail.subject for mail in mails} == {True}
    assert not [mail for mail in mails if "3001112233" in mail.text.replace(" ", "")]


async def test_the_trail_keeps_only_that_something_was_erased(house: House, tmp_path: Path) -> None:
    reference = await sent_to_arm(house, ONE)
    run(house, tmp_path, "--reference", reference, "--yes")
    entries = await Trail(house.database, house.vault).latest(99)
    assert {(one.what, one.note) for one in entries} == {("erased", "")}
    assert {(one.who, one.reference) for one in entries} == {("batea erase", ""), ("", reference)}


async def test_a_chat_on_telegram_is_found_by_a_case_of_it(house: House, tmp_path: Path) -> None:
    await house.conversation.handle(Inbound("1", "telegram", "987654321", Text("hola"), 0))
    draft = replace(drafted(1, address="987654321"), channel="telegram")
    await house.referrals.keep(draft)
    assert run(house, tmp_path, "--reference", draft.reference, "--yes").returncode == 0
    assert await listed(house) == []
    assert (await house.store.load(Chat("telegram", "987654321"))).session is None


async def test_a_case_is_found_though_the_conversation_knows_nothing_of_it(house: House, tmp_path: Path) -> None:
    reference = await sent_to_arm(house, ONE)
    await house.store.erase(Chat("sms", ONE))
    told = run(house, tmp_path, "--phone", ONE, "--yes")
    assert (f"the case {reference}" in told.stdout, "the conversation" in told.stdout) == (True, False)
    assert await listed(house) == []


async def test_it_asks_first(house: House, tmp_path: Path) -> None:
    reference = await sent_to_arm(house, ONE)
    for answer, left in (("n\n", [reference]), ("", [reference]), ("y\n", [])):
        told = answered(house, tmp_path, answer)
        assert f"To be erased: the case {reference}" in told.stdout
        assert (told.returncode == 0, await listed(house)) == (not left, left)


def answered(house: House, folder: Path, answer: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "erase", "--phone", ONE]
    env = environment(folder, **given(house))
    return subprocess.run(
        command, cwd=folder, env=env, input=answer, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("--phone", ONE, "--reference", UNKNOWN), 2),
        (("--phone", "nonsense"), 2),
        (("--reference", "nonsense"), 2),
        (("--reference", UNKNOWN), 1),
        (("--phone", ONE), 1),
    ],
)
async def test_what_there_is_nothing_of_is_said(
    house: House, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    told = run(house, tmp_path, *words)
    assert (told.returncode, told.stdout) == (code, "")
    assert "Nothing done:" in told.stderr
