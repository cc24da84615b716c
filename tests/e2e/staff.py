"""Staff who follow the link in a mail: to the sign-in page, to their mail for the other link, and on to the case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from tests.bot.desking import FORM
from tests.e2e.conftest import PUBLIC, until

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.e2e.conftest import System

TO = re.compile(r'name="to" value="([^"]+)"')


class Encrypting(httpx.AsyncHTTPTransport):
    """What stands in front of Batea: https outside, http inside."""

    def __init__(self, inside: str) -> None:
        super().__init__()
        self._inside = httpx.URL(inside)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on; the Host stays as it was asked for."""
        url = self._inside.copy_with(raw_path=request.url.raw_path)
        passed = {"headers": request.headers, "stream": request.stream, "extensions": request.extensions}
        return await super().handle_async_request(httpx.Request(request.method, url, **passed))  # type: ignore[arg-type]


async def followed(system: System, mail: EmailMessage) -> httpx.Response:
    """The page of the case behind the link in a mail, for whom the mail was to."""
    address, case = str(mail["To"]), link(mail)
    given = {"base_url": PUBLIC, "follow_redirects": True, "headers": {"Origin": PUBLIC}}
    async with httpx.AsyncClient(transport=Encrypting(system.url), **given) as browser:  # type: ignore[arg-type]
        asked = await browser.get(case)
        found, to = FORM.findall(asked.text), TO.findall(asked.text)
        before = len(system.smtp.to(address))
        await browser.post("/desk/in", data={"form": found[0], "to": to[0], "mail": address})
        await until(lambda: len(system.smtp.to(address)) > before)
        sign_in = link(system.smtp.to(address)[-1])
        button = await browser.get(sign_in)
        page = await browser.post(sign_in, data={"form": FORM.findall(button.text)[0]})
    assert str(page.url) == case
    return page


def link(mail: EmailMessage) -> str:
    """The address in a mail that leads to the desk."""
    text = mail.get_body(("plain",))
    assert text is not None
    found = re.search(rf"{PUBLIC}/desk/\S+", text.get_content())
    assert found is not None
    return found[0]
