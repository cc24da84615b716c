"""`batea run`, `web` and `worker`: read the settings, say what is wrong with them, and start."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
import typer
import uvloop

from bot import logs, processes
from bot.commands.told import WRONG_SETTINGS, give_up, told
from bot.remarks import remarks
from bot.settings import BadSettings, RunSettings, Settings

S = TypeVar("S", bound=Settings)


def run() -> None:
    """Run all of it here, needing nothing.

    Web and worker in one process, with a Redis server of its own, a local mailbox and the phones at /try.
    """

    def started() -> None:
        typer.echo(f"Batea is running. Try it:  {settings.base_url}/try   (Ctrl-C stops it)")

    settings = read_settings(RunSettings)
    _go(settings, lambda: processes.run(settings, started))


def web() -> None:
    """Serve hooks and pages.

    The hooks of Twilio and Telegram, ARM's pages under /desk, and /healthz, /readyz and /metrics.
    """
    settings = read_settings(Settings)
    _go(settings, lambda: processes.web(settings))


def worker() -> None:
    """Deliver messages and referrals.

    Also takes the SMS that came while Batea was away, and without PUBLIC_URL fetches Telegram's updates. Any number of
    workers may run.
    """
    settings = read_settings(Settings)
    _go(settings, lambda: processes.worker(settings))


def read_settings(kind: type[S]) -> S:
    """The settings; where they are wrong, all of that is told and the program ends with 2."""
    try:
        return kind()
    except BadSettings as error:
        give_up("Settings to mend (.env.example explains each):", error.problems, WRONG_SETTINGS)


def _go(settings: Settings, process: Callable[[], Awaitable[None]]) -> None:
    logs.start(settings.log_level)
    for remark in remarks(settings):
        structlog.get_logger(__name__).warning("setting", remark=remark)
    told("Batea can't start:", lambda: _run(process))


def _run(process: Callable[[], Awaitable[None]]) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_awaited(process))


async def _awaited(process: Callable[[], Awaitable[None]]) -> None:
    await process()
