"""The whole way with a real worker: a referral leaves as mail, notice and webhook; a tap; the miner's phone says so."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot import bootstrap
from bot.channels.webhook import signature
from bot.messages import Job, Outgoing
from bot.referral.draft import draft
from bot.referrals import JOB
from bot.store import Chat, Commit
from flows.pace import Pace
from flows.session import dump
from tests.bot import cases
from tests.bot.cases import REFERENCE
from tests.bot.channels.test_webhook import Receiver
from tests.bot.houses import built
from tests.standins.serving import serving
from tests.standins.smtp import Smtp
from tests.standins.telegram import TOKEN, Telegram
from tests.standins.telegram_chats import Chat as Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from bot.house import House

ANA, MINER = 501, "12345"
CONTACTS = """
[[contact]]
name = "Ana"
role = "lead"
mail = "ana@example.org"
languages = ["es"]
telegram = "501"
webhook = "{url}/in"
"""


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(15):
        while not true():  # noqa: ASYNC110 - what is waited for is another program's
            await asyncio.sleep(0.05)


async def referred(parts: House) -> None:
    """A miner at a phone in the browser has sent everything to ARM, but for the country: so it is no night there."""
    answers = cases.consenting(cases.good(ppe="no"), call_how="any_day")
    del answers["country"]
    session = replace(cases.session(answers), channel="try_sms", referred=1)
    await parts.store.commit(Commit(chat=Chat("try_sms", MINER), version=0, session=dump(session)))
    payload = draft(session, "try_sms", MINER, time.time(), Pace())
    await parts.outbox.put(Outgoing("job", "try_sms", MINER, Job(JOB, payload), time.time()))


async def test_from_the_referral_to_the_miners_phone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    standin, receiver, smtp = Telegram(), Receiver(), Smtp()
    standin.chats[ANA] = Screen(ANA)
    async with serving(standin.app) as telegram, serving(receiver.app) as hook, smtp.serving() as port:
        (tmp_path / "contacts.toml").write_text(CONTACTS.format(url=hook))
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram, "BATEA_CONTACTS": "contacts.toml"}
        mail = {"SMTP_URL": f"smtp://127.0.0.1:{port}", "MAIL_FROM": "bot@batea.test"}
        async with built(monkeypatch, tmp_path, empty_url, **given, **mail) as parts:
            await referred(parts)
            async with bootstrap.delivering(parts) as (worker, _):
                working = asyncio.create_task(worker.run())
                await until(lambda: bool(standin.chats[ANA].texts() and receiver.got and smtp.to("ana@example.org")))
                assert await parts.taps.heard(await standin.tap(ANA, "Lo tomo"))
                await until(lambda: "Lo tiene Ana" in standin.chats[ANA].texts()[-1])
                await told(parts)
                worker.stop()
                await working
            [(body, headers)] = receiver.got
            at = int(headers["batea-signature"].partition(",")[0].removeprefix("t="))
            assert headers["batea-signature"] == signature(bootstrap.webhook_keys(parts), at, body)
            assert json.loads(body)["reference"] == REFERENCE


async def told(parts: House) -> None:
    """Wait until the miner's phone says who took it."""
    async with asyncio.timeout(15):
        while not any("ya lo tiene Ana" in entry.text for entry in (await parts.phones.log(MINER)).entries):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.05)
