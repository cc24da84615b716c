"""A browser at `/try`: the pages over HTTP, a road that only notes what comes, phones in a real Redis."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

import httpx

from bot.channels.phone import PhoneChannel
from bot.kept.connection import Away
from bot.messages import Body, Inbound, Outgoing
from bot.metrics import Metrics
from bot.outbox import Counts
from bot.try_it import visitor
from bot.try_it.routes import routes
from bot.try_it.try_it import TryIt
from bot.try_it.visitor import Visitor
from bot.web import Site, app

URL = "https://try.example.org"


@dataclass
class Road:
    """Notes what comes."""

    came: list[Inbound] = field(default_factory=list)
    away: bool = False

    async def handle(self, inbound: Inbound) -> None:
        if self.away:
            raise Away
        self.came.append(inbound)


@dataclass
class Browser:
    """Somebody at the page. `road` saw what they did; `answer` is what comes back to a phone."""

    try_it: TryIt
    road: Road
    http: httpx.AsyncClient

    async def open(self, path: str = "/try", **headers: str) -> str:
        """The page's HTML."""
        found = await self.http.get(path, headers=headers)
        assert found.status_code == 200
        return found.text

    async def post(self, path: str, **form: str) -> httpx.Response:
        return await self.http.post(path, data=form, headers={"HX-Request": "true"})

    async def news(self, marks: dict[str, str]) -> httpx.Response:
        return await self.http.get("/try/news", params=marks, headers={"HX-Request": "true"})

    async def answer(self, name: str, body: Body, out_id: str = "out1") -> None:
        address = self.me.sms if name == "try_sms" else self.me.chat
        channel = PhoneChannel(name, self.try_it.phones.put)
        await channel.send(Outgoing(out_id, name, address, body, 0))

    @property
    def me(self) -> Visitor:
        """Who the cookie says it is."""
        found = visitor.unseal(self.try_it.vault, self.http.cookies[visitor.COOKIE])
        assert found
        return found

    def without_cookies(self) -> Browser:
        """Another browser."""
        return replace(self, http=client(self.try_it))


def client(try_it: TryIt) -> httpx.AsyncClient:
    """A client of the whole application with `/try` in it."""
    site = Site(_nothing, _no_counts, try_it.clock, Metrics(), _no_steps, pages=routes(try_it))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app(site)), base_url=URL, headers={"Origin": URL})


def at(try_it: TryIt, road: Road) -> Browser:
    """A browser that never was here."""
    return Browser(try_it, road, client(try_it))


def marks(html: str) -> dict[str, str]:
    """How far the page has read."""
    return dict(re.findall(r'type="hidden" name="(\w+)" id="mark-\w+" value="([^"]*)"', html))


def found(html: str, test_id: str) -> list[str]:
    """The text of all elements with this test id that hold nothing but text."""
    return [unescape(text) for text in re.findall(rf'data-testid="{test_id}"[^>]*>([^<]*)<', html)]


def with_mailbox(try_it: TryIt, path: Path) -> TryIt:
    """The same with a mailbox."""
    return replace(try_it, mailbox=path)


async def _nothing() -> None:
    pass


async def _no_counts() -> Counts:
    return Counts(0, None)


async def _no_steps() -> dict[str, int]:
    return {}
