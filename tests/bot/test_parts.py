"""What SMS cost is counted when the provider has the text, by month and country; a store that is away costs no text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from bot.bootstrap import delivering
from bot.channels.sms import Account, SmsChannel
from bot.kept.connection import connect
from bot.kept.parts import Parts, Sent
from bot.messages import Outgoing, Picture, Words
from tests.bot.channels.conftest import PERSON, outgoing
from tests.bot.houses import built
from tests.standins.serving import serving
from tests.standins.twilio import ACCOUNT, NUMBER, TOKEN, Twilio

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.kept.connection import Database
    from tests.conftest import Clock


def text(words: str, to: str) -> Outgoing:
    return Outgoing("1", "sms", to, Words(words), 0)


async def test_parts_are_added_up_by_month_and_country(database: Database, clock: Clock) -> None:
    parts = Parts(database, clock)
    await parts.sent(text("a" * 161, "+573001234567"))
    await parts.sent(text("a", "+573009999999"))
    await parts.sent(text("á" * 71, "+870773111632"))
    await parts.sent(Outgoing("1", "sms", PERSON, Picture(b"", ""), 0))
    clock.advance(31 * 24 * 3600)
    await parts.sent(text("a", "+51987654321"))
    assert await parts.counted() == [Sent("2027-01", "", 2), Sent("2027-01", "CO", 3), Sent("2027-02", "PE", 1)]


async def test_a_store_that_is_away_costs_the_count_and_not_the_text(clock: Clock) -> None:
    away = connect("redis://127.0.0.1:1")
    with capture_logs() as logs:
        await Parts(away, clock).sent(text("a", PERSON))
    assert [line["event"] for line in logs] == ["parts not counted"]
    assert PERSON not in str(logs)
    await away.aclose()


async def test_the_channel_tells_of_what_left_and_of_what_is_found_to_have_left() -> None:
    twilio, told = Twilio(), []

    async def paid(out: Outgoing) -> None:
        told.append(out.id)

    async with serving(twilio.app) as url:
        channel = SmsChannel(Account(ACCOUNT, TOKEN, NUMBER, api_url=url), None, paid=paid)
        out = outgoing(Words("hola"), PERSON)
        await channel.send(out)
        assert await channel.find(out, time.time() - 5)
        assert await channel.find(outgoing(Words("nunca"), PERSON), time.time() - 5) is None
        await channel.close()
    assert told == [out.id, out.id]


async def test_the_worker_counts_what_it_sends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> None:
    twilio = Twilio()
    async with serving(twilio.app) as url:
        given = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": NUMBER}
        async with (
            built(monkeypatch, tmp_path, empty_url, **given, TWILIO_API_URL=url) as house,
            delivering(house) as (
                _,
                channels,
            ),
        ):
            await channels["sms"].send(text("hola", "+573001234567"))
            counted = await Parts(house.database, time.time).counted()
    assert [(one.country, one.parts) for one in counted] == [("CO", 1)]
