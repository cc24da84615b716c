"""The client sends a script again after a broken connection: what was done is done once, and told again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.contacts import Contact, Contacts
from bot.desk.sign_ins import SignIns
from bot.kept.connection import Database
from bot.kept.parts import Parts, Sent
from bot.messages import Outgoing, Words
from bot.referral.linked import Linked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kept.connection import Call
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.conftest import Clock

PHONE = "+573001234567"
both = pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)


class Twice(Database):
    """Every call runs twice; the second answer is the one that comes through."""

    async def run_all(self, calls: Sequence[Call]) -> list[object]:
        await super().run_all(calls)
        return await super().run_all(calls)


@pytest.fixture
def database(database: Database) -> Database:
    return Twice(database._client)


@both
async def test_a_message_is_claimed_by_whoever_claimed_it(outbox: Outbox, clock: Clock) -> None:
    await outbox.put(Outgoing("a", "sms", PHONE, Words("hola"), 0))
    [claimed] = await outbox.claim(clock.now, 9)
    assert (claimed.out.id, claimed.attempts, claimed.state) == ("a", 1, "ready")
    await outbox.settle(claimed, "SM")
    assert await outbox.claim(clock.now, 9) == []


@both
async def test_parts_are_counted_once(database: Database, clock: Clock) -> None:
    for _ in range(2):
        await Parts(database, clock).sent(Outgoing("a", "sms", PHONE, Words("hola"), 0))
    assert await Parts(database, clock).counted() == [Sent("2027-01", "CO", 2)]


@both
async def test_tries_are_counted_once(database: Database, vault: Vault) -> None:
    sign_ins = SignIns(database, vault)
    assert [await sign_ins.tries("mail", "ana@example.org") for _ in range(3)] == [1, 2, 3]


async def test_a_link_that_was_opened_was_good(database: Database, vault: Vault) -> None:
    ana = Contact("Ana", "lead", "ana@example.org", ("es",))
    linked = Linked(database, vault, Contacts((ana,)))
    payload = await linked.invite(ana)
    assert await linked.opened(payload, "77") == ana
    assert await linked.opened(payload, "78") is None
    assert await linked.chats([ana]) == {"Ana": "77"}
