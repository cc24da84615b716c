"""What is stored of a chat, as this process can read it: its session, or what is damaged in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import structlog

from bot.kept.crypto import WrongKey
from bot.messages import Ahead
from flows.session import Newer, Session, Unreadable, every, load

if TYPE_CHECKING:
    from collections.abc import Container

    from bot.store import Loaded

log = structlog.get_logger(__name__)


class Read(msgspec.Struct, frozen=True):
    """`broken`: bytes that no Batea can read. Both are None of a chat that is new."""

    session: Session | None = None
    broken: bytes | None = None


def read(loaded: Loaded, versions: Container[str]) -> Read:
    """What the chat has. Raises `Ahead` where another process can read it, `WrongKey` where no key here opens it."""
    if loaded.broken is not None:
        raise WrongKey
    if loaded.session is None:
        return Read()
    try:
        return Read(readable(loaded.session, versions))
    except Unreadable as error:
        log.error("session unreadable", why=str(error)[:80])  # noqa: TRY400 - a trace would show the session
        return Read(broken=loaded.session)


def readable(stored: bytes, versions: Container[str]) -> Session:
    """The session, if the content of all it keeps is here. Raises `Ahead`, or `Unreadable` if it is damaged."""
    try:
        session = load(stored)
    except Newer as error:
        raise Ahead(str(error)) from error
    for one in every(session):
        if one.version not in versions:
            message = f"content version {one.version} is not here"
            raise Ahead(message)
    return session
