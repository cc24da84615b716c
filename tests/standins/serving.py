"""Serves a stand-in on loopback: inside a test's own loop, or as a program of its own."""

from __future__ import annotations

import argparse
import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Breaking:
    """Wraps an app so that `scope["state"]["broken"]` ends the connection in the middle of the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or begin to."""
        scope["state"] = {}
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self._app(scope, receive, hold)
        if scope["state"].get("broken"):
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"99")]})
            return
        for message in held:
            await send(message)


@asynccontextmanager
async def serving(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """The URL at which `app` answers while the block runs."""
    listener = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        Breaking(app), lifespan="off", ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110 - uvicorn sets a flag, no event
        await asyncio.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


async def hung_up(request: Request) -> None:
    """Wait until the client has lost patience."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def closed_port() -> str:
    """A URL at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def arguments(what: str, **defaults: str) -> argparse.Namespace:
    """`--port` and these options from the command line."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--port", type=int, required=True)
    for name, default in defaults.items():
        parser.add_argument(f"--{name.replace('_', '-')}", default=default)
    return parser.parse_args()


def serve_for_ever(app: ASGIApp, port: int) -> None:
    """Until a signal ends it."""
    uvicorn.run(Breaking(app), host="127.0.0.1", port=port, lifespan="off", ws="none", log_level="warning")
