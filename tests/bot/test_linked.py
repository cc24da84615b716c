"""A Telegram chat is linked to a person, not to a name in contacts.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.contacts import Contact, Contacts
from bot.referral.linked import Linked

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault

ANA = Contact("Mesa", "lead", "ana@example.org", ("es",))
BEA = Contact("Mesa", "lead", "bea@example.org", ("es",))


@pytest.fixture
def before(database: Database, vault: Vault) -> Linked:
    return Linked(database, vault, Contacts((ANA,)))


@pytest.fixture
def after(database: Database, vault: Vault) -> Linked:
    return Linked(database, vault, Contacts((BEA,)))


async def test_another_mail_is_another_person(before: Linked, after: Linked) -> None:
    assert await before.opened(await before.invite(ANA), "77") == ANA
    assert (await before.chats([ANA]), await after.chats([BEA])) == ({"Mesa": "77"}, {})
    assert await after.whose("77") == ()


async def test_a_link_made_for_one_does_not_link_the_next(before: Linked, after: Linked) -> None:
    assert await after.opened(await before.invite(ANA), "77") is None
    assert await after.chats([BEA]) == {}


async def test_what_was_linked_can_be_undone(before: Linked) -> None:
    await before.opened(await before.invite(ANA), "77")
    await before.unlink(ANA)
    assert await before.chats([ANA]) == {}
    assert await before.whose("77") == ()
