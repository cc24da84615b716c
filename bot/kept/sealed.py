"""What is kept of people, as sealed bytes and back: outgoing messages and addresses. Where it is kept is for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from bot.messages import Outgoing

if TYPE_CHECKING:
    from bot.kept.crypto import Vault

T = TypeVar("T")


class Chat(msgspec.Struct, frozen=True):
    """Whom we talk to, and how."""

    channel: str
    address: str


class Unreadable(ValueError):
    """Opened, and not what this Batea writes; `args[0]` says what is wrong."""


def seal_outgoing(vault: Vault, out: Outgoing) -> str:
    """An outgoing message under seal."""
    return vault.seal(msgspec.msgpack.encode(out)).decode()


def open_outgoing(vault: Vault, sealed: bytes) -> Outgoing:
    """The outgoing message. Raises `crypto.WrongKey` or `Unreadable`."""
    return _decoded(vault.open(sealed), Outgoing)


def seal_chat(vault: Vault, chat: Chat) -> str:
    """A channel and an address under seal."""
    return vault.seal(msgspec.msgpack.encode(chat)).decode()


def open_chat(vault: Vault, sealed: bytes) -> Chat:
    """The channel and address. Raises `crypto.WrongKey` or `Unreadable`."""
    return _decoded(vault.open(sealed), Chat)


def _decoded(plain: bytes, kind: type[T]) -> T:
    try:
        return msgspec.msgpack.decode(plain, type=kind)
    except msgspec.DecodeError as error:
        raise Unreadable(str(error)) from error
