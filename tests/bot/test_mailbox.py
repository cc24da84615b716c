"""The local mailbox keeps every mail, however many come at once into a folder that is not there yet."""

from __future__ import annotations

import asyncio
import mailbox
from pathlib import Path

from bot.channels.mail import MailChannel
from bot.mailbox import catching
from bot.messages import Mail, Outgoing


def letter(number: int) -> Outgoing:
    mail = Mail(id=f"m{number}", subject=f"case {number}", text="t", html="<p>t</p>", locale="es")
    return Outgoing(f"m{number}", "mail", "arm@example.org", mail, 0)


async def test_mails_that_come_at_once_are_all_kept(tmp_path: Path) -> None:
    for attempt in range(5):
        folder = tmp_path / str(attempt) / "mail"
        async with catching(folder) as url:
            channel = MailChannel(url, "Batea <batea@example.org>")
            await asyncio.gather(*(channel.send(letter(number)) for number in range(8)))
            await channel.close()
        assert len(mailbox.Maildir(folder, create=False)) == 8
