"""`batea bench`: what a turn costs: the engine in microseconds without I/O, and round trips to Redis."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import typer

from bot.content import Content, load_content
from bot.conversation import Conversation
from bot.kept.connection import Call, Database, connect
from bot.kept.crypto import make_key, unlock
from bot.kept.embedded import embedded
from bot.messages import Inbound
from bot.outbox import Outbox
from bot.render import render_sms
from bot.settings import Settings
from bot.store import Chat, Store
from flows.events import Arrival, Text
from flows.session import Session, dump, load
from flows.turn import advance

PHONE = "+573001234567"
REPLIES = ("hola", *"111111111", "40", "22", *"1111111111111111", "2", *"1111111111", "90 gramos", *"1222")
"""A whole conversation: an organisation in Colombia that sends nothing in the end."""


class Cost(msgspec.Struct, frozen=True):
    """Microseconds a turn: the engine alone, with words and JSON; round trips to Redis a turn."""

    engine: float
    whole: float
    trips: float


def bench(rounds: int = 200) -> None:
    """Measure what a turn costs."""
    cost = measure(rounds)
    typer.echo(f"engine, without I/O            {cost.engine:6.1f} µs a turn")
    typer.echo(f"with words, folding and JSON   {cost.whole:6.1f} µs a turn")
    typer.echo(f"round trips to Redis           {cost.trips:6.2f} a turn")


def measure(rounds: int) -> Cost:
    """The costs of a turn, over `rounds` whole conversations; the times are medians of these."""
    content = load_content(Settings.model_construct())
    times = [_conversation(content) for _ in range(rounds)]
    engine, whole = (statistics.median(column) / len(REPLIES) / 1000 for column in zip(*times, strict=True))
    with tempfile.TemporaryDirectory(prefix="bt-") as folder:
        return Cost(engine, whole, asyncio.run(_trips(content, Path(folder))))


def _conversation(content: Content) -> tuple[int, int]:
    """Nanoseconds of one conversation: in the engine, and with all that surrounds it."""
    session: Session | None = None
    engine, began = 0, time.perf_counter_ns()
    for number, text in enumerate(REPLIES):
        arrival = Arrival(Text(text), locale="es", country="CO")
        before = load(dump(session)) if session else None
        started = time.perf_counter_ns()
        turn = advance(content.newest, content.words, before, arrival, float(number))
        engine += time.perf_counter_ns() - started
        session = turn.session
        render_sms(content.texts, turn.says, "es")
    return engine, time.perf_counter_ns() - began


class _Counted(Database):
    """Counts the round trips."""

    trips = 0

    async def run_all(self, calls: Sequence[Call]) -> list[Any]:
        self.trips += 1
        return await super().run_all(calls)


async def _trips(content: Content, folder: Path) -> float:
    async with embedded(folder) as url:
        plain = connect(url)
        database = _Counted(plain._client)  # noqa: SLF001 -- the same client, counted
        vault = await unlock(database, [make_key()])
        store = Store(database, vault, time.time)
        conversation = _road(content, store, lambda channel, address: vault.partition(vault.chat_key(channel, address)))
        database.trips = 0
        for number, text in enumerate(REPLIES):
            await conversation.handle(Inbound(f"SM{number}", "sms", PHONE, Text(text), time.time()))
            await _read(Outbox(plain, vault, time.time))
        await database.aclose()
        return database.trips / len(REPLIES)


async def _read(outbox: Outbox) -> None:
    """The reply has come: until then an equal text would be the same answer."""
    for out in await outbox.pending(Chat("sms", PHONE)):
        await outbox.settle_by_id(out.id)


def _road(content: Content, store: Store, partition: Callable[[str, str], int]) -> Conversation:
    return Conversation(
        store=store,
        texts=content.texts,
        words=content.words,
        checklists=content.checklists,
        protects=lambda _: False,
        partition=partition,
        picture=_no_picture,
        count=lambda _: None,
        clock=time.time,
    )


def _no_picture(_: Session) -> Awaitable[bytes]:
    raise NotImplementedError
