"""Stands in for a mail provider: takes mail over real SMTP and keeps it, parsed; refuses on demand.

Faults, taken one a mail: a reply like `450` or `550 5.7.1` to RCPT, `from:550` to MAIL, `data:451` or `data:554` after
the content, `hang` (takes the mail and never says so), `drop` (takes it and hangs up).
"""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiosmtpd import smtp
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.standins.serving import arguments

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope, Session


class Smtp:
    """A mailbox for everybody. With `login` it wants that name and password; with `tls`, STARTTLS."""

    def __init__(self, login: tuple[str, str] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self._login, self._tls = login, tls
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.secure: list[bool] = []
        self.faults: deque[str] = deque()

    def to(self, address: str) -> list[EmailMessage]:
        """The mails for this address, oldest first."""
        return [mail for mail, envelope in zip(self.mails, self.envelopes, strict=True) if address in envelope.rcpt_tos]

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[int]:
        """The port at which it answers while the block runs."""
        server = await asyncio.get_running_loop().create_server(self._protocol, "127.0.0.1", port)
        async with server:
            yield server.sockets[0].getsockname()[1]

    def _protocol(self) -> smtp.SMTP:
        return smtp.SMTP(
            self,
            hostname="standin.test",
            tls_context=self._tls,
            require_starttls=bool(self._tls),
            auth_require_tls=bool(self._tls),
            auth_required=bool(self._login),
            authenticator=self._authenticate if self._login else None,
        )

    async def handle_MAIL(  # noqa: N802 - as below
        self, server: smtp.SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session
        if self.faults and self.faults[0].startswith("from:"):
            return f"{self.faults.popleft().removeprefix('from:')} {address}: as ordered"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and interface
        self, server: smtp.SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.faults and self.faults[0][:3].isdigit():
            return f"{self.faults.popleft()} {address}: as ordered"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: smtp.SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self.faults.popleft() if self.faults else ""
        if fault.startswith("data:"):
            return f"{fault.removeprefix('data:')} as ordered"
        self._keep(session, envelope)
        if fault == "hang":
            await asyncio.sleep(3600)
        if fault == "drop" and server.transport:
            server.transport.close()
        return "250 OK"

    def _keep(self, session: Session, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))
        self.envelopes.append(envelope)
        self.secure.append(session.ssl is not None)

    def _authenticate(self, *offered: object) -> AuthResult:
        given = offered[-1]
        assert isinstance(given, LoginPassword)
        right = (given.login.decode(), given.password.decode()) == self._login
        return AuthResult(success=right, handled=False)


async def _for_ever(port: int) -> None:
    async with Smtp().serving(port):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_for_ever(arguments("Stands in for a mail provider").port))
