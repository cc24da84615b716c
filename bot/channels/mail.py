"""Mail over SMTP: builds the message and hands it to the server of SMTP_URL. What is written is others' matter."""

from __future__ import annotations

import re
import ssl
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import aiosmtplib
import msgspec

from bot.channels.mail_address import is_address
from bot.messages import Attachment, Body, GiveUp, Later, Mail, Outgoing, SendError, Unknown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Container

_POLICY = SMTP_POLICY.clone(cte_type="7bit")
_LOCAL_PART = re.compile(r"[A-Za-z0-9._+-]{1,64}")
_NOBODY = (550, 551, 553)
"""To RCPT: there is no such mailbox (RFC 5321, 4.2.3). Anything else is about the server, or full, and may pass."""
_OURS = re.compile(r"5\.7\.\d+")
"""Security or policy (RFC 3463, 3.8): relaying, a sender that is not allowed, a wrong SPF. Operators mend that."""
_MENDED = 900.0
"""Seconds between two tries at what somebody has to mend first."""


class Server(msgspec.Struct, frozen=True):
    """An SMTP server. `tls` from the first byte, else STARTTLS where the server offers it."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    tls: bool = False


def server(url: str) -> Server:
    """The server of `smtp://user:password@host:port` or `smtps://…`; name and password may be percent-encoded."""
    split = urlsplit(url)
    tls = split.scheme == "smtps"
    user = unquote(split.username) if split.username else None
    password = unquote(split.password) if split.password else None
    return Server(split.hostname or "", split.port or (465 if tls else 587 if user else 25), user, password, tls)


class MailChannel:
    """The channel `mail`. `sender` may carry a name: `Batea <batea@example.org>`. `patience`: seconds for an answer.

    `trust` replaces the system's certificates.
    """

    name = "mail"
    can_be_asked = False

    def __init__(self, url: str, sender: str, *, patience: float = 30, trust: ssl.SSLContext | None = None) -> None:
        self._patience = patience
        self._server = server(url)
        self._name, self._sender = parseaddr(sender)
        self._trust = trust or ssl.create_default_context()

    def cost(self, body: Body) -> int:  # noqa: ARG002 - the same for all
        """One mail is one."""
        return 1

    async def send(self, out: Outgoing) -> str:
        """Hand the mail to the server; returns its Message-ID. Raises a `SendError`."""
        if not isinstance(out.body, Mail):
            reason = f"mail carries no {type(out.body).__name__}"
            raise GiveUp(reason)
        message = self._message(out, out.body)
        async with self._connected() as smtp:
            await _envelope(smtp, self._sender, message["To"].addresses[0].addr_spec)
            await _data(smtp, message.as_bytes())
        return str(message["Message-ID"])

    async def find(self, out: Outgoing, since: float) -> str | None:  # noqa: ARG002 - no server can be asked
        """None. Sent again, it carries the same Message-ID, and the mailbox can tell."""
        return None

    async def close(self) -> None:
        """Nothing to give back: a connection lasts one mail."""

    def _message(self, out: Outgoing, mail: Mail) -> EmailMessage:
        message = EmailMessage(_POLICY)
        if not is_address(out.address):
            reason = "mail: no mail address"
            raise GiveUp(reason)
        message["From"] = Address(_line(self._name), addr_spec=self._sender)
        message["To"] = Address(addr_spec=out.address)
        message["Subject"] = _line(mail.subject)
        message["Date"] = format_datetime(datetime.fromtimestamp(out.created, UTC))
        message["Message-ID"] = self._message_id(mail.id)
        message["Auto-Submitted"] = "auto-generated"
        _fill(message, mail)
        # After the content, which takes all headers of this kind for its own.
        message["Content-Language"] = _line(mail.locale.replace("_", "-"))
        return message

    def _message_id(self, our_id: str) -> str:
        if not _LOCAL_PART.fullmatch(our_id):
            reason = "mail: its id is no local part"
            raise GiveUp(reason)
        return f"<{our_id}@{self._sender.rpartition('@')[2]}>"

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        smtp = aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            username=self._server.user,
            password=self._server.password,
            use_tls=self._server.tls,
            tls_context=self._trust,
            timeout=self._patience,
        )
        try:
            await smtp.connect()
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            # A wrong password as well: until the envelope nothing is this mail's own fault, and operators mend things.
            raise _later(error) from error
        try:
            yield smtp
            # It has been taken: a server that stumbles over the farewell changes nothing.
            with suppress(aiosmtplib.SMTPException, OSError):
                await smtp.quit(timeout=5)
        finally:
            smtp.close()


async def _envelope(smtp: aiosmtplib.SMTP, sender: str, to: str) -> None:
    try:
        await smtp.mail(sender)
        await smtp.rcpt(to)
    except aiosmtplib.SMTPSenderRefused as error:
        # Our own address: operators mend that, and it is no fault of this mail.
        raise Later(_reason(error, "MAIL"), _MENDED) from None
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(error, "RCPT", _NOBODY) from None
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        raise _later(error) from error


async def _data(smtp: aiosmtplib.SMTP, content: bytes) -> None:
    try:
        await smtp.data(content)
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(error, "DATA", range(500, 600)) from None
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        reason = f"mail: no answer: {type(error).__name__}"
        raise Unknown(reason) from error


def _refusal(error: aiosmtplib.SMTPResponseException, to: str, final: Container[int]) -> SendError:
    """By its codes alone: the server's words quote the address."""
    reason = _reason(error, to)
    if error.code in final and not _OURS.match(error.message):
        return GiveUp(reason)
    return Later(reason, _MENDED if error.code >= 500 else None)  # noqa: PLR2004


def _reason(error: aiosmtplib.SMTPResponseException, to: str) -> str:
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", error.message)
    return f"mail: {error.code}{f' {enhanced[0]}' if enhanced else ''} to {to}"


def _later(error: BaseException) -> Later:
    code = error.code if isinstance(error, aiosmtplib.SMTPResponseException) else type(error).__name__
    return Later(f"mail: {code}")


def _line(words: str) -> str:
    """One line, so that no text can begin a header of its own."""
    return " ".join(words.split())


def _fill(message: EmailMessage, mail: Mail) -> None:
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        _attach(message, attachment)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.mime.partition("/")
    message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=_line(attachment.name))
