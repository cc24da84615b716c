"""Where mail goes while no mail server is set up: an SMTP server on loopback that keeps everything in a Maildir.

Showing it is for `try_it`; sending to a real server is the same road with another SMTP_URL.
"""

from __future__ import annotations

import asyncio
import contextlib
import mailbox
from typing import TYPE_CHECKING

from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from email.message import Message
    from pathlib import Path

LARGEST = 20 * 1024 * 1024


class Maildir:
    """The mails kept in a folder, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the Maildir lies."""
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Keep a mail as it travelled; returns its key."""
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return mailbox.Maildir(self.folder).add(content)

    def mails(self) -> list[tuple[str, Message]]:
        """Key and mail of everything kept, oldest first."""
        if not self.folder.exists():
            return []
        kept = mailbox.Maildir(self.folder, create=False)
        return sorted(kept.items(), key=lambda entry: entry[0])


class _Keeper:
    """What aiosmtpd calls with a mail."""

    def __init__(self, maildir: Maildir) -> None:
        self._maildir = maildir

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        await asyncio.to_thread(self._maildir.keep, envelope.content or b"")
        return "250 kept"


@contextlib.asynccontextmanager
async def catching(maildir: Maildir) -> AsyncIterator[str]:
    """The SMTP_URL of a server on loopback, at a port that was free, which keeps mail for as long as this lasts."""
    keeper = _Keeper(maildir)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, data_size_limit=LARGEST, hostname="localhost"), "127.0.0.1", 0
    )
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()
