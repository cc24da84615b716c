"""Keys can be changed without anybody's chat being lost; a wrong key is said, never worked around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from bot.kept import keys
from bot.kept.crypto import BadKey, Vault, WrongKey, make_key, unlock

if TYPE_CHECKING:
    from bot.kept.connection import Database


async def test_the_names_stay_when_the_keys_change(database: Database) -> None:
    old, new = make_key(), make_key()
    vaults = [await unlock(database, secrets) for secrets in ([old], [new, old], [f" {old} ", new])]
    assert len({vault.chat_key("sms", "+573001234567") for vault in vaults}) == 1


async def test_what_an_old_key_sealed_opens_while_the_old_key_is_kept(database: Database) -> None:
    old, new = make_key(), make_key()
    sealed = (await unlock(database, [old])).seal(b"x")
    assert (await unlock(database, [new, old])).open(sealed) == b"x"


async def test_what_another_process_sealed_with_a_newer_key_is_not_opened(database: Database) -> None:
    old, new = make_key(), make_key()
    before = await unlock(database, [old])
    sealed = (await unlock(database, [new, old])).seal(b"x")
    with pytest.raises(WrongKey, match="BATEA_KEYS"):
        before.open(sealed)


async def test_the_newest_key_seals(database: Database) -> None:
    old, new = make_key(), make_key()
    sealed = (await unlock(database, [new, old])).seal(b"x")
    assert Fernet(new).decrypt(sealed) == b"x"


async def test_a_key_that_was_used_may_not_be_dropped(database: Database) -> None:
    first, second, third = make_key(), make_key(), make_key()
    for secrets in ([first], [second, first], [third, first, second]):
        await unlock(database, secrets)
    for secrets, missing in (([third, second], 1), ([third], 2), ([make_key(), third], 2)):
        with pytest.raises(WrongKey, match="Put it back after the newest") as caught:
            await unlock(database, secrets)
        assert str(caught.value).count("in use since") == missing
    await unlock(database, [third, second, first])


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
