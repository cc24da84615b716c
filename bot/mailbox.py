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
    from pathlib import Path

LARGEST = 20 * 1024 * 1024


class _Keeper:
    """What aiosmtpd calls with a mail."""

    def __init__(self, folder: Path) -> None:
        # Made here, once: two mails that make it at the same time trip over each other.
        self._box = mailbox.Maildir(folder)
        self._one = asyncio.Lock()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Keep the mail, then take responsibility for it."""
        async with self._one:
            await asyncio.to_thread(self._box.add, envelope.original_content or b"")
        return "250 kept"


@contextlib.asynccontextmanager
async def catching(folder: Path) -> AsyncIterator[str]:
    """The SMTP_URL of a server on loopback, at a port that was free; it keeps mail in the Maildir while this lasts."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keeper = _Keeper(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, data_size_limit=LARGEST, hostname="localhost"), "127.0.0.1", 0
    )
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()
