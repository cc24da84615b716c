"""The mailbox at `/try`: what arrived, opened and safe to look at."""

from __future__ import annotations

import mailbox
import os
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from bot.try_it.phones import Phones
from bot.try_it.try_it import TryIt
from tests.bot.cases import TEXTS
from tests.bot.trying import Browser, Road, at, found, marks

if TYPE_CHECKING:
    from pathlib import Path

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from tests.conftest import Clock

DATE = "Tue, 03 Nov 2026 10:00:00 -0500"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def browser(database: Database, vault: Vault, clock: Clock, box: Path) -> Browser:
    road = Road()
    return at(TryIt(road, Phones(database, vault), vault, TEXTS, box, clock=clock), road)


def mail(subject: str = "Caso 7K3M-2QXD", *, html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["To"] = "ARM <standards@example.org>"
    message["Date"] = DATE
    message.set_content("Vea http://127.0.0.1/desk/x?a=1&b=2\n<b>no</b>")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def arrive(box: Path, message: EmailMessage) -> str:
    return mailbox.Maildir(box).add(message.as_bytes())


async def test_before_the_first_mail_the_page_says_so(browser: Browser) -> None:
    html = await browser.open("/try?lang=es")
    assert found(html, "no-mails") == ["Todavía no ha llegado ningún correo."]
    assert "nada sale de esta máquina" in html


async def test_a_mail_that_arrives_is_news(browser: Browser, box: Path) -> None:
    before = marks(await browser.open("/try?lang=es"))
    arrive(box, mail("Año: ñandú"))
    answer = await browser.news(before)
    assert "<b>Año: ñandú</b>" in answer.text
    assert "ARM &lt;standards@example.org&gt;" in answer.text
    assert '<span id="mail-count" class="count" hx-swap-oob="true">1</span>' in answer.text
    assert (await browser.news(before | marks(answer.text))).status_code == 204


async def test_the_newest_mail_stands_first(browser: Browser, box: Path) -> None:
    keys = [arrive(box, mail(str(number))) for number in range(3)]
    html = await browser.open()
    assert sorted(keys, key=html.index) == keys[::-1]


async def test_an_opened_mail_shows_its_parts(browser: Browser, box: Path) -> None:
    message = mail(html="<html><head></head><body>Hola</body></html>")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="resumen ñ.pdf")
    message.add_attachment("<script>", subtype="html", filename="x.html")
    key = arrive(box, message)
    html = (await browser.http.get(f"/try/mail/{key}", headers={"HX-Request": "true"})).text
    assert "<html" not in html
    assert found(html, "letter-subject") == ["Caso 7K3M-2QXD"]
    assert '<a href="http://127.0.0.1/desk/x?a=1&amp;b=2"' in html
    assert "<b>no</b>" not in html
    assert f'src="/try/mail/{key}/html"' in html
    pdf = await browser.http.get(f"/try/mail/{key}/file/1")
    assert (pdf.content, pdf.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert pdf.headers["Content-Disposition"] == "inline; filename*=UTF-8''resumen%20%C3%B1.pdf"
    other = await browser.http.get(f"/try/mail/{key}/file/2")
    assert other.headers["Content-Type"] == "application/octet-stream"
    assert other.headers["Content-Disposition"].startswith("attachment;")
    assert other.headers["X-Content-Type-Options"] == "nosniff"


async def test_without_scripts_a_mail_is_a_page_of_its_own(browser: Browser, box: Path) -> None:
    key = arrive(box, mail())
    html = await browser.open(f"/try/mail/{key}")
    assert 'href="/try#mail"' in html
    assert found(html, "letter-subject") == ["Caso 7K3M-2QXD"]
    assert (await browser.http.get(f"/try/mail/{key}/html")).status_code == 404


async def test_a_mails_html_is_shut_in(browser: Browser, box: Path) -> None:
    key = arrive(box, mail(html="<html><head lang='x'><title>t</title></head><body><script>1</script></body></html>"))
    answer = await browser.http.get(f"/try/mail/{key}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert "allow-scripts" not in policy
    assert answer.text.startswith("""<html><head lang='x'><base target="_blank"><title>""")


@pytest.mark.parametrize("path", ["nothing", "..%2F..%2Fsecret", "../../secret", "%00"])
async def test_only_mails_can_be_opened(browser: Browser, box: Path, path: str) -> None:
    arrive(box, mail())
    (box.parent / "secret").write_text("secret")
    assert (await browser.http.get(f"/try/mail/{path}")).status_code == 404


async def test_a_file_that_the_mail_has_not_is_not_found(browser: Browser, box: Path) -> None:
    key = arrive(box, mail())
    for number in ("0", "1", "99999999999999999999"):
        assert (await browser.http.get(f"/try/mail/{key}/file/{number}")).status_code == 404


async def test_a_mail_without_headers_is_still_listed(browser: Browser, box: Path) -> None:
    mailbox.Maildir(box).add(b"Date: never\n\nhola")
    assert 'data-testid="mail"' in await browser.open()


async def test_a_mail_that_was_thrown_away_meanwhile_is_not_found(browser: Browser, box: Path) -> None:
    key = arrive(box, mail())
    os.remove(box / "new" / key)  # noqa: PTH107 - by hand, as somebody would
    assert (await browser.http.get(f"/try/mail/{key}")).status_code == 404
    assert "no-mails" in await browser.open()
