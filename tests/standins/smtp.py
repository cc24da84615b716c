"""Stands in for a mail provider: takes mail over real SMTP and keeps it, parsed; refuses on demand.

Faults, taken one a mail: a reply like `450` or `550` to RCPT, `data:451` or `data:554` after the content, `hang` (takes the
mail and never says so), `drop` (takes it and hangs up).
"""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP as SMTPServer
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.standins.serving import arguments

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import Envelope, Session


class Smtp:
    """A mailbox for everybody. With `login` it wants that name and password; with `tls` it offers STARTTLS, and wants it."""

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
        options = {"authenticator": self._authenticate, "auth_required": True} if self._login else {}
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTPServer(
                self,
                hostname="standin.test",
                tls_context=self._tls,
                require_starttls=bool(self._tls),
                auth_require_tls=bool(self._tls),
                **options,
            ),
            "127.0.0.1",
            port,
        )
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def handle_RCPT(  # noqa: N802, D102, PLR0913, PLR0917 - aiosmtpd's name and interface
        self, server: SMTPServer, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.faults and self.faults[0].isdigit():
            return f"{self.faults.popleft()} {address}: as ordered"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTPServer, session: Session, envelope: Envelope) -> str:  # noqa: N802, D102
        fault = self.faults.popleft() if self.faults else ""
        if fault.startswith("data:"):
            return f"{fault.removeprefix('data:')} as ordered"
        self._keep(session, envelope)
        if fault == "hang":
            await asyncio.sleep(3600)
        if fault == "drop" and server.transport:
            server.transport.abort()
        return "250 OK"

    def _keep(self, session: Session, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        self.mails.append(email.message_from_bytes(content, policy=email.policy.default))  # type: ignore[arg-type]
        self.envelopes.append(envelope)
        self.secure.append(session.ssl is not None)

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, auth_data: Any) -> AuthResult:  # noqa: ANN401, PLR0913, PLR0917
        del server, session, envelope, mechanism
        given = (auth_data.login.decode(), auth_data.password.decode()) if isinstance(auth_data, LoginPassword) else None
        return AuthResult(success=given == self._login)


async def _for_ever(port: int) -> None:
    async with Smtp().serving(port):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_for_ever(arguments("Stands in for a mail provider").port))
