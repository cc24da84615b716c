"""Somebody at the page of a room, over HTTP: a House of `rooming` whose leader has asked for it."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

import httpx
from starlette.applications import Starlette

from bot.group.door import PACE, WRONG, Group
from bot.group.pages import routes
from bot.kept.rate import Rates
from tests.bot.conversing import session_of
from tests.bot.rooming import LEADER, House, phones

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from flows.session import Session

URL = "https://batea.example.org"
VOTERS = list(phones(LEADER, 6))
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Visitor:
    """`http` is their browser, `html` the page they look at, `carried` what its forms hold unseen."""

    house: House
    http: httpx.AsyncClient
    path: str = ""
    html: str = ""
    carried: dict[str, str] = field(default_factory=dict)

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
        return self._look(found)

    async def press(self, **form: str) -> httpx.Response:
        """A form of the page that was looked at last; leads to the page that comes of it."""
        return await self.send(self.carried | form)

    async def send(self, form: dict[str, str], more: str = "") -> httpx.Response:
        """Exactly this form."""
        answer = await self.http.post(self.path + more, data=form, follow_redirects=True)
        self._look(answer)
        return answer

    def _look(self, page: httpx.Response) -> str:
        self.carried = {name: unescape(value) for name, value in _HIDDEN.findall(page.text)}
        self.html = unescape(page.text)
        return self.html

    async def vote(self, *options: int) -> None:
        """Those who take part vote, one after the other."""
        question = await self.house.ballot()
        for phone, option in zip(VOTERS, options, strict=False):
            await self.house.write(phone, f"{question}{option}")
        await self.house.deliver()

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


@asynccontextmanager
async def at_a_vote(house: House) -> AsyncIterator[Visitor]:
    """At the page of a room with six phones, where the first vote is open: on equal treatment, among 30 people."""
    async with visiting(house) as somebody:
        await house.join(await house.open(), *VOTERS)
        await somebody.ask_for_page()
        await somebody.open()
        yield somebody
