"""What runs: web, worker, or both. Started in order, stopped in reverse, by a signal or when one of them ends.

What they are made of is in `bootstrap`. SIGINT and SIGTERM drain: requests get 10 seconds, deliveries another 10.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from functools import partial
from typing import TYPE_CHECKING

import structlog
import uvicorn

from bot import bootstrap, house
from bot.chores import AGAIN, chores, lasting
from bot.settings import BadSettings
from bot.sweep import sweep_until_done
from bot.web import app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.house import House
    from bot.settings import Settings

    Service = Callable[[asyncio.Event], Awaitable[None]]
    """Runs until the event is set, then finishes what it has begun."""

GRACE = 10

log = structlog.get_logger(__name__)


async def web(settings: Settings) -> None:
    """Serve HTTP until a signal comes. Raises `BadSettings` where the port is taken."""
    with listening(settings) as sock:
        async with house.opened(settings) as parts:
            await together(_serving(parts, sock))


async def worker(settings: Settings) -> None:
    """Deliver until a signal comes."""
    async with house.opened(settings) as parts:
        await together(_delivering(parts))


async def run(settings: Settings, started: Callable[[], None]) -> None:
    """Both in one process; `started` is called once people can come. Raises `BadSettings` where the port is taken."""
    with listening(settings) as sock:
        async with house.opened(settings) as parts:
            started()
            await together(_delivering(parts), _serving(parts, sock))


@contextlib.contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """The socket people reach us at. Taken first: two servers of one port must not share anything else either."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        sock = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        reason = f"PORT: {settings.host}:{settings.port} can't be listened on ({error.strerror}); choose another PORT"
        raise BadSettings([reason]) from error
    with sock:
        yield sock


async def together(*services: Service) -> None:
    """Run them until a signal comes or one of them ends; then stop them, the last one first."""
    stopping = asyncio.Event()
    with _signalled(stopping):
        stops = [asyncio.Event() for _ in services]
        tasks = [asyncio.ensure_future(service(stop)) for service, stop in zip(services, stops, strict=True)]
        waiting = asyncio.create_task(stopping.wait())
        log.info("started")
        await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        log.info("stopping")
        for stop, task in zip(reversed(stops), reversed(tasks), strict=True):
            stop.set()
            await asyncio.wait([task])
    for task in tasks:
        task.result()


@contextlib.contextmanager
def _signalled(stopping: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """uvicorn ends the process by the signal it caught, before anything else can be stopped: here it catches none."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are `together`'s."""
        yield


def served(parts: House) -> uvicorn.Config:
    """What is served, and how."""
    return uvicorn.Config(
        app(bootstrap.site(parts)),
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        forwarded_allow_ips=list(parts.settings.proxies),
        timeout_graceful_shutdown=GRACE,
    )


def _serving(parts: House, sock: socket.socket) -> Service:
    async def serve(stop: asyncio.Event) -> None:
        server = _Server(served(parts))
        missed = asyncio.create_task(lasting("missed", partial(_missed, parts)))
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        await _either(stop, serving)
        server.should_exit = True
        await serving
        await _ended(missed)

    return serve


async def _missed(parts: House) -> None:
    """What came while nobody answered the hook, as soon as somebody does: workers may be slower to come up."""
    channel = bootstrap.sms_channel(parts.settings, parts.settings.public_url)
    if channel is None:
        return
    try:
        await sweep_until_done(bootstrap.sweep(parts, channel), AGAIN)
    finally:
        await channel.close()


def _delivering(parts: House) -> Service:
    async def deliver(stop: asyncio.Event) -> None:
        async with bootstrap.delivering(parts) as (worker, channels), asyncio.TaskGroup() as group:
            beside = [group.create_task(chore) for chore in chores(parts, channels)]
            working = group.create_task(worker.run())
            await _either(stop, working)
            for task in beside:
                task.cancel()
            worker.stop()

    return deliver


async def _either(stop: asyncio.Event, task: asyncio.Task[None]) -> None:
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, task], return_when=asyncio.FIRST_COMPLETED)
    await _ended(waiting)


async def _ended(task: asyncio.Task[object]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
