"""Mail over real SMTP: how it is built, and what servers say to it."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.channels.mail import MailChannel, Server, server
from bot.messages import Attachment, GiveUp, Later, Mail
from tests.bot.channels.conftest import CONTACT, outgoing
from tests.standins.smtp import Smtp

if TYPE_CHECKING:
    from pathlib import Path

PDF = Attachment("remisión 7K3M.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")
MAIL = Mail("referral-7K3M2QXD", "Remisión: ¿apta? 7K3M-2QXD", "Señores:\n.\nfin", "<p>Señores</p>", "es", (PDF,))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server at 127.0.0.1 shows, and what trusts it."""
    path = _self_signed(tmp_path_factory.mktemp("tls"))
    shown = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    shown.load_cert_chain(path)
    return shown, ssl.create_default_context(cafile=str(path))


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


async def deliver(mail: Mail, standin: Smtp, sender: str = "Batea ñ <bot@batea.test>", to: str = CONTACT) -> str:
    async with standin.serving() as port:
        return await MailChannel(f"smtp://127.0.0.1:{port}", sender, patience=1).send(outgoing(mail, to))


async def test_a_mail_arrives_whole() -> None:
    standin = Smtp()
    message_id = await deliver(MAIL, standin)
    [mail] = standin.to(CONTACT)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    [attachment] = mail.iter_attachments()
    assert text and html  # noqa: PT018
    assert text.get_content().splitlines() == ["Señores:", ".", "fin"]
    assert html.get_content().strip() == "<p>Señores</p>"
    assert (attachment.get_filename(), attachment.get_content_type()) == (PDF.name, PDF.mime)
    assert attachment.get_content() == PDF.content
    assert message_id == "<referral-7K3M2QXD@batea.test>"


async def test_the_headers() -> None:
    standin = Smtp()
    await deliver(MAIL, standin)
    [mail] = standin.mails
    assert {
        name: mail[name] for name in ("Subject", "From", "To", "Message-ID", "Auto-Submitted", "Content-Language")
    } == {
        "Subject": "Remisión: ¿apta? 7K3M-2QXD",
        "From": "Batea ñ <bot@batea.test>",
        "To": CONTACT,
        "Message-ID": "<referral-7K3M2QXD@batea.test>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
    }
    assert mail["Date"].datetime == datetime.fromtimestamp(1_790_000_000, UTC)
    assert standin.envelopes[0].mail_from == "bot@batea.test"
    assert (standin.envelopes[0].original_content or b"").isascii()


async def test_no_text_begins_a_header() -> None:
    standin = Smtp()
    await deliver(Mail("a", "Hola\r\nBcc: x@evil.example\n\nmás", "t", "h", "es\nX-Evil: 1"), standin)
    [mail] = standin.mails
    assert mail["Subject"] == "Hola Bcc: x@evil.example más"
    assert mail["Bcc"] is mail["X-Evil"] is None


@pytest.mark.parametrize(
    "to", ["nobody", "", "a@b.c, d@e.f", "a@b.c\r\nBcc: x@evil.example", "josé@example.org", "<a@b.c> d"]
)
async def test_what_is_no_address_is_given_up(to: str) -> None:
    standin = Smtp()
    with pytest.raises(GiveUp) as caught:
        await deliver(MAIL, standin, to=to)
    assert standin.mails == []
    assert not to or to not in str(caught.value)


async def test_an_id_that_is_no_local_part_is_given_up() -> None:
    with pytest.raises(GiveUp):
        await deliver(Mail("a b>", "s", "t", "h", "es"), Smtp())


@pytest.mark.parametrize(
    ("fault", "error", "reason"),
    [
        ("450", Later, "mail: 450 to RCPT"),
        ("421", Later, "mail: 421 to RCPT"),
        ("550", GiveUp, "mail: 550 to RCPT"),
        ("550 5.1.1", GiveUp, "mail: 550 5.1.1 to RCPT"),
        ("551", GiveUp, "mail: 551 to RCPT"),
        ("553", GiveUp, "mail: 553 to RCPT"),
        ("550 5.7.1", Later, "mail: 550 5.7.1 to RCPT"),
        ("552", Later, "mail: 552 to RCPT"),
        ("554", Later, "mail: 554 to RCPT"),
        ("from:451", Later, "mail: 451 to MAIL"),
        ("from:550", Later, "mail: 550 to MAIL"),
        ("from:553 5.7.1", Later, "mail: 553 5.7.1 to MAIL"),
        ("data:451", Later, "mail: 451 to DATA"),
        ("data:554", GiveUp, "mail: 554 to DATA"),
        ("data:550 5.7.1", Later, "mail: 550 5.7.1 to DATA"),
    ],
)
async def test_refusals(fault: str, error: type[Exception], reason: str) -> None:
    standin = Smtp()
    standin.faults.append(fault)
    with pytest.raises(error) as caught:
        await deliver(MAIL, standin)
    assert str(caught.value) == reason
    assert standin.mails == []


async def test_login_over_starttls(certificate: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    shown, trusting = certificate
    standin = Smtp(("batea@x", "p:ä/ß"), shown)
    async with standin.serving() as port:
        url = f"smtp://batea%40x:p%3A%C3%A4%2F%C3%9F@127.0.0.1:{port}"
        await MailChannel(url, "bot@batea.test", trust=trusting).send(outgoing(MAIL, CONTACT))
        with pytest.raises(Later, match="SSL"):
            await MailChannel(url, "bot@batea.test").send(outgoing(MAIL, CONTACT))
        with pytest.raises(Later, match="535"):
            await MailChannel(url.replace("p%3A", "q"), "bot@batea.test", trust=trusting).send(outgoing(MAIL, CONTACT))
    assert standin.secure == [True]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Server("mail.example", 25)),
        ("smtp://a:b@mail.example", Server("mail.example", 587, "a", "b")),
        ("smtps://a%40b:c%2Fd@mail.example", Server("mail.example", 465, "a@b", "c/d", tls=True)),
        ("smtp://[::1]:2525", Server("::1", 2525)),
    ],
)
def test_the_server_of_a_url(url: str, expected: Server) -> None:
    assert server(url) == expected
