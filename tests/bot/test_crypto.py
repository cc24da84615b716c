"""Keys can be changed without anybody's chat being lost; a wrong key is said, never worked around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.kept import keys
from bot.kept.crypto import BadKey, Vault, WrongKey, make_key, unlock

if TYPE_CHECKING:
    from bot.kept.connection import Database


async def test_the_names_stay_when_the_keys_change(database: Database) -> None:
    old, new = make_key(), make_key()
    before = await unlock(database, [old])
    both = await unlock(database, [new, old])
    after = await unlock(database, [new])
    names = {vault.chat_key("sms", "+573001234567") for vault in (before, both, after)}
    assert len(names) == 1


async def test_what_an_old_key_sealed_opens_while_the_old_key_is_kept(database: Database) -> None:
    old, new = make_key(), make_key()
    sealed = (await unlock(database, [old])).seal(b"x")
    both = await unlock(database, [new, old])
    assert both.open(sealed) == b"x"
    with pytest.raises(WrongKey, match="add the old key again"):
        (await unlock(database, [new])).open(sealed)


async def test_the_newest_key_seals(database: Database) -> None:
    old, new = make_key(), make_key()
    sealed = (await unlock(database, [new, old])).seal(b"x")
    assert (await unlock(database, [new])).open(sealed) == b"x"


async def test_a_wrong_key_never_starts_anew(database: Database) -> None:
    key = make_key()
    before = await unlock(database, [key])
    with pytest.raises(WrongKey, match="Put back the key"):
        await unlock(database, [make_key()])
    assert (await unlock(database, [key])).chat_key("sms", "1") == before.chat_key("sms", "1")


@pytest.mark.parametrize("secrets", [[], ["no key"], [make_key(), "short"]])
async def test_a_key_that_is_none_is_named(database: Database, secrets: list[str]) -> None:
    with pytest.raises(BadKey, match="BATEA_KEYS"):
        await unlock(database, secrets)


async def test_two_first_starts_agree(database: Database) -> None:
    key = make_key()
    one, other = await unlock(database, [key]), await unlock(database, [key])
    assert one.chat_key("sms", "1") == other.chat_key("sms", "1")


def test_a_chat_key_says_nothing_and_is_its_own(vault: Vault) -> None:
    names = [vault.chat_key("sms", "+57300"), vault.chat_key("telegram", "+57300"), vault.chat_key("sms", "+57301")]
    assert len(set(names)) == len(names)
    assert all(len(name) == keys.CHAT_LENGTH and "57300" not in name for name in names)


def test_chats_are_spread_over_all_partitions(vault: Vault) -> None:
    found = {vault.partition(vault.chat_key("sms", str(number))) for number in range(1000)}
    assert found == set(range(keys.PARTITIONS))
