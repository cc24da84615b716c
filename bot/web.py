"""The HTTP side: which paths there are, what a failure answers, how alive it is. Hooks, desk and try are elsewhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.kept.connection import Away
from bot.kept.crypto import WrongKey
from bot.messages import Busy
from bot.metrics import CONTENT_TYPE
from bot.pages.hosts import OwnHosts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bot.hooks import SmsHooks, TelegramHook
    from bot.metrics import Metrics
    from bot.outbox import Counts

STATIC = Path(__file__).parent / "static"
READY_WITHIN = 2.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Site:
    """What the web process serves. A channel that is not set up has no hook: its path is 404.

    `only_at`: it listens there for this machine's own people, and is called by no other name.
    """

    ping: Callable[[], Awaitable[None]]
    counts: Callable[[], Awaitable[Counts]]
    clock: Callable[[], float]
    metrics: Metrics
    funnel: Callable[[], Awaitable[Mapping[str, int]]]
    sms: SmsHooks | None = None
    telegram: TelegramHook | None = None
    pages: Sequence[BaseRoute] = field(default_factory=tuple)
    only_at: str | None = None


def app(site: Site) -> Starlette:
    """The ASGI application."""
    routes: list[BaseRoute] = [
        Route("/healthz", _alive),
        Route("/readyz", _Ready(site).answer),
        Route("/metrics", _Figures(site).answer),
        *_hooks(site),
        Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
        *site.pages,
    ]
    own = [Middleware(OwnHosts, listens_on=site.only_at)] if site.only_at else []
    later = dict.fromkeys((Away, Busy, WrongKey), _later)
    return Starlette(routes=routes, middleware=own, exception_handlers=later)


def _hooks(site: Site) -> list[BaseRoute]:
    found = []
    if site.sms:
        found += [("/hooks/sms", site.sms.message), ("/hooks/sms/status", site.sms.status)]
        found += [("/hooks/voice", site.sms.voice)]
    if site.telegram:
        found += [("/hooks/telegram", site.telegram.update)]
    return [
        Route(path, endpoint, methods=["POST"], middleware=[Middleware(Counted, hook=path, metrics=site.metrics)])
        for path, endpoint in found
    ]


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _later(request: Request, error: Exception) -> Response:
    log.warning("answered 503", path=request.url.path, error=type(error).__name__)
    return PlainTextResponse("later\n", 503, headers={"Retry-After": "5"})


@dataclass(frozen=True)
class _Ready:
    site: Site

    async def answer(self, _request: Request) -> Response:
        """200 while the store answers, else 503."""
        try:
            async with asyncio.timeout(READY_WITHIN):
                await self.site.ping()
        except (Away, TimeoutError):
            return PlainTextResponse("redis is away\n", 503)
        return PlainTextResponse("ready\n")


@dataclass(frozen=True)
class _Figures:
    site: Site

    async def answer(self, _request: Request) -> Response:
        """This process's counts, and what the store says of outbox and funnel; without a store the former alone."""
        metrics = self.site.metrics
        try:
            async with asyncio.timeout(READY_WITHIN):
                counts = await self.site.counts()
                metrics.funnel.counts = await self.site.funnel()
        except (Away, TimeoutError):
            log.warning("metrics without the store")
        else:
            metrics.dropped.counts = counts.dropped
            metrics.waiting.set(counts.lanes)
            metrics.oldest.set(max(0.0, self.site.clock() - counts.first_due) if counts.first_due else 0.0)
        return Response(metrics.exposition(), media_type=CONTENT_TYPE)


class Counted:
    """Counts what a hook answers and how long that takes."""

    def __init__(self, app: ASGIApp, hook: str, metrics: Metrics) -> None:
        """`hook` is the label."""
        self._app = app
        self._hook = hook
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on."""
        began = perf_counter()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.hooks.labels(self._hook, str(message["status"])).inc()
                self._metrics.seconds.labels(self._hook).observe(perf_counter() - began)
            await send(message)

        await self._app(scope, receive, counting)
