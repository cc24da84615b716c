"""Somebody at the page of a room, over HTTP: a House of `rooming` whose leader has asked for it."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import httpx
from starlette.applications import Starlette

from bot.group.door import PACE, WRONG, Group
from bot.group.pages import routes
from bot.kept.rate import Rates
from tests.bot.conversing import session_of
from tests.bot.rooming import LEADER, House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from flows.session import Session

URL = "https://batea.example.org"
_FIELD = re.compile(r'<input[^>]*name="([^"]+)"[^>]*?(?:value="([^"]*)")?[^>]*>')


@dataclass
class Visitor:
    """`http` is their browser, `html` the page they look at."""

    house: House
    http: httpx.AsyncClient
    path: str = ""
    html: str = ""

    async def ask_for_page(self) -> None:
        """The leader asks for it on the phone."""
        await self.house.write(LEADER, "grupo")
        await self.house.write(LEADER, "2")
        await self.house.deliver()
        found = re.search(r"/group/\w{12}", self.house.said[LEADER][-1])
        assert found
        self.path = found[0]
        self.house.said.clear()

    async def open(self, more: str = "") -> str:
        """The page, as it is now."""
        found = await self.http.get(self.path + more)
        assert found.status_code == httpx.codes.OK
        self.html = unescape(found.text)
        return self.html

    async def press(self, **form: str) -> httpx.Response:
        """A form of the page that was looked at last; leads to the page that comes of it."""
        return await self.send(self.hidden() | form)

    async def send(self, form: dict[str, str], more: str = "") -> httpx.Response:
        """Exactly this form."""
        answer = await self.http.post(self.path + more, data=form, follow_redirects=True)
        self.html = unescape(answer.text)
        return answer

    def hidden(self) -> dict[str, str]:
        """What a form of the page carries along."""
        return {name: value for name, value in _FIELD.findall(self.html) if name in {"once", "state", "turn", "known"}}

    async def session(self) -> Session:
        """That of the leader."""
        return await session_of(self.house.store, address=LEADER)

    def part(self, test_id: str) -> str:
        """What an element of the page says."""
        found = re.search(rf'data-testid="{test_id}"[^>]*>(.*?)</(?:p|div|section|form)>', self.html, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


@asynccontextmanager
async def visiting(house: House) -> AsyncIterator[Visitor]:
    """Somebody with a browser, and no page yet."""
    road = house.road
    group = Group(road, house.doors, Rates(house.store._database, {WRONG: PACE}, house.clock), "+57 300 111 2222", URL)
    transport = httpx.ASGITransport(Starlette(routes=routes(group)))
    async with httpx.AsyncClient(transport=transport, base_url=URL, headers={"Origin": URL}) as http:
        yield Visitor(house, http)
