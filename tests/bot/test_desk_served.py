from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from bot import bootstrap
from bot.messages import Mail
from bot.web import app
from tests.bot.desking import FORM
from tests.bot.houses import built

if TYPE_CHECKING:
    import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "contacts.example.toml"


async def test_batea_itself_serves_the_desk_and_mails_its_contacts_their_links(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    here = {"PUBLIC_URL": "https://batea.example.org", "BATEA_CONTACTS": str(EXAMPLE)}
    async with built(monkeypatch, tmp_path, empty_url, **here) as parts:
        transport = httpx.ASGITransport(app(bootstrap.site(parts)))
        async with httpx.AsyncClient(transport=transport, base_url=here["PUBLIC_URL"]) as browser:
            form = FORM.findall((await browser.get("/desk")).text)[0]
            given = {"form": form, "mail": "lead@example.org"}
            await browser.post("/desk/in", data=given, headers={"Origin": here["PUBLIC_URL"]})
        [claimed] = await parts.outbox.claim(4e9, 9)
    assert claimed.out.address == "lead@example.org"
    assert isinstance(claimed.out.body, Mail)
    assert f"{here['PUBLIC_URL']}/desk/in/" in claimed.out.body.text
