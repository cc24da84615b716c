"""What keeps people unknown to whoever reads the store: sealing of values, keyed hashes for names.

Values are sealed with Fernet, newest key first (`BATEA_KEYS`). Names are hashed with the pepper, which is random,
lives in Redis under the same seal and never changes, so that new Fernet keys leave every key name as it is. Beside it
lies a fingerprint of every key that was ever used: what an old key sealed is still there, so that key is still needed.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.kept import keys
from bot.kept.connection import Call, script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.kept.connection import Database

PEPPER_BYTES = 32


class WrongKey(Exception):
    """No key of BATEA_KEYS opens what is stored, or one that was used is missing; `args[0]` says what to do."""


class BadKey(ValueError):
    """A key of BATEA_KEYS is none; `args[0]` says which and what to do."""


def make_key() -> str:
    """A new key for BATEA_KEYS."""
    return Fernet.generate_key().decode()


class Vault:
    """Seals what is stored of people and names it by keyed hash. Made by `unlock`."""

    def __init__(self, fernets: MultiFernet, pepper: bytes) -> None:
        self._fernets = fernets
        self._pepper = pepper

    def seal(self, plain: bytes) -> bytes:
        """`plain` under the newest key, as ASCII."""
        return self._fernets.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """What was sealed, under any of the keys. Raises `WrongKey`."""
        try:
            return self._fernets.decrypt(sealed)
        except InvalidToken as error:
            message = "stored under a key that is not in BATEA_KEYS"
            raise WrongKey(message) from error

    def chat_key(self, channel: str, address: str) -> str:
        """The name of a chat in the store: 32 hexadecimal digits."""
        return self._hash("chat", channel, address)

    def mark(self, kind: str, name: str) -> str:
        """The name of anything else (a provider's message id, one of ours): 32 hexadecimal digits."""
        return self._hash(kind, name)

    @staticmethod
    def partition(chat_key: str) -> int:
        """The partition (0 to 31) in which everything of this chat lies."""
        return int(chat_key[:8], 16) % keys.PARTITIONS

    def _hash(self, *parts: str) -> str:
        message = "\0".join(parts).encode()
        return hmac.new(self._pepper, message, hashlib.sha256).hexdigest()[: keys.CHAT_LENGTH]


async def unlock(database: Database, secrets: Sequence[str]) -> Vault:
    """The vault of this store, made at the very first start. `secrets` are Fernet keys, newest first.

    Raises `BadKey` if one is no Fernet key. Raises `WrongKey` if none opens this store, which is never started anew by
    itself, or if one that was ever used is not among them.
    """
    fernets = [_fernet(number, secret) for number, secret in enumerate(secrets, 1)]
    if not fernets:
        message = "BATEA_KEYS is empty: it needs at least one Fernet key"
        raise BadKey(message)
    fresh = fernets[0].encrypt(os.urandom(PEPPER_BYTES))
    kept: bytes = await database.run(Call(script("pepper"), [keys.PEPPER], {"fresh": fresh.decode(), "old": None}))
    pepper = _opened(fernets, kept)
    await _all_there(database, pepper, secrets)
    if not _opens(fernets[0], kept):
        given: dict[str, object] = {"fresh": fernets[0].encrypt(pepper).decode(), "old": kept.decode()}
        await database.run(Call(script("pepper"), [keys.PEPPER], given))
    return Vault(MultiFernet(fernets), pepper)


async def _all_there(database: Database, pepper: bytes, secrets: Sequence[str]) -> None:
    ours = [hmac.new(pepper, b"key\0" + secret.strip().encode(), hashlib.sha256).hexdigest()[:32] for secret in secrets]
    given: dict[str, object] = {"ours": ours, "day": f"{datetime.now(UTC):%Y-%m-%d}"}
    missing: list[bytes] = await database.run(Call(script("sealed_with"), [keys.SEALED_WITH], given))
    if missing:
        days = " and one ".join(f"in use since {day.decode()}" for day in sorted(missing))
        message = (
            f"BATEA_KEYS: a key is missing with which this store was sealed: one {days}. Put it back after the newest, "
            "with a comma between: without it what it sealed can't be read"
        )
        raise WrongKey(message)


def _fernet(number: int, secret: str) -> Fernet:
    try:
        return Fernet(secret.strip())
    except ValueError as error:
        message = f"BATEA_KEYS: key {number} is no Fernet key (44 characters of URL-safe base64)"
        raise BadKey(message) from error


def _opened(fernets: Sequence[Fernet], sealed: bytes) -> bytes:
    try:
        return MultiFernet(fernets).decrypt(sealed)
    except InvalidToken as error:
        message = (
            "BATEA_KEYS: none of these keys opens this store. Put back the key it was written with (old keys go after "
            "the newest, separated by commas), or point REDIS_URL or BATEA_DATA at the store that these keys belong to"
        )
        raise WrongKey(message) from error


def _opens(fernet: Fernet, sealed: bytes) -> bool:
    try:
        fernet.decrypt(sealed)
    except InvalidToken:
        return False
    return True
