"""Batea as it runs: `web` and `worker` as processes, the embedded Redis, stand-ins for Twilio, Telegram and mail."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import Error, sync_playwright

from bot.kept.crypto import make_key
from tests.e2e.browsing import Opened
from tests.servers import short_directory
from tests.standins.serving import serving
from tests.standins.smtp import Smtp
from tests.standins.telegram import TOKEN as BOT_TOKEN
from tests.standins.telegram import Telegram
from tests.standins.twilio import ACCOUNT, NUMBER, TOKEN, Twilio

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent.parent
PUBLIC = "https://batea.example.org"
SECRET = "hook-secret"
CONTACTS = """
[[contact]]
name = "Lead"
role = "lead"
languages = ["es", "en"]
countries = ["*"]
mail = "lead@arm.example.org"

[[contact]]
name = "Protection"
role = "protection"
languages = ["es"]
countries = ["CO"]
mail = "protection@arm.example.org"
"""


class System:
    """The whole of Batea and what stands around it."""

    def __init__(self, data: Path, twilio: Twilio, telegram: Telegram, smtp: Smtp, settings: dict[str, str]) -> None:
        self.data, self.twilio, self.telegram, self.smtp = data, twilio, telegram, smtp
        self.settings = settings
        self.url = f"http://127.0.0.1:{settings['PORT']}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    async def start(self, *names: str) -> None:
        """Start `web`, `worker` or both, and wait until the web answers."""
        for name in names:
            self.processes[name] = self._started(name)
        if "web" in names:
            await until(self.ready, 30)

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self.settings}
        with (self.data / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", "bot", name]
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def kill(self, name: str) -> None:
        """`kill -9`."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End everything in an orderly way."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def ready(self) -> bool:
        """Whether the web answers and reaches its store."""
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/readyz").status_code == httpx.codes.OK
        return False

    def idle(self) -> bool:
        """Whether nothing waits to leave, or is on its way."""
        return "\nbatea_waiting 0.0\n" in httpx.get(f"{self.url}/metrics").text

    def log(self, name: str) -> str:
        """What a process printed."""
        return (self.data / f"{name}.log").read_text(encoding="utf-8")


async def until(true: Callable[[], bool], seconds: float = 15) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


@pytest.fixture
async def system() -> AsyncIterator[System]:
    """Nothing is started yet but the stand-ins."""
    port = free_port()
    twilio = Twilio(hook=f"http://127.0.0.1:{port}/hooks/sms", public_url=PUBLIC)
    telegram, smtp = Telegram(), Smtp()
    with short_directory() as data:
        contacts = data / "contacts.toml"
        contacts.write_text(CONTACTS, encoding="utf-8")
        async with serving(twilio.app) as sms, serving(telegram.app) as bot, smtp.serving() as mail:
            found = System(data, twilio, telegram, smtp, settings(data, contacts, port, sms, bot, mail))
            yield found
            found.stop()


def settings(data: Path, contacts: Path, port: int, sms: str, bot: str, mail: int) -> dict[str, str]:
    """The environment of both processes."""
    return {
        "PORT": str(port),
        "BATEA_HOST": "127.0.0.1",
        "PUBLIC_URL": PUBLIC,
        "BATEA_DATA": str(data),
        "BATEA_KEYS": make_key(),
        "BATEA_CONTACTS": str(contacts),
        "BATEA_SWEEP": "1",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": NUMBER,
        "TWILIO_API_URL": sms,
        "TWILIO_RATE": "1000",
        "TELEGRAM_BOT_TOKEN": BOT_TOKEN,
        "TELEGRAM_API_URL": bot,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_RATE": "1000",
        "SMTP_URL": f"smtp://127.0.0.1:{mail}",
        "MAIL_FROM": "Batea <batea@example.org>",
    }


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """`batea run`, on its defaults but for the port and the place of its data."""
    with short_directory() as data, (data / "log").open("wb") as log:
        port = free_port()
        settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port), "BATEA_DATA": str(data)}
        command = [sys.executable, "-m", "bot", "run"]
        with subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log) as process:
            try:
                await_ready(f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                process.terminate()
                process.wait(30)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser of this machine; where none starts the tests are skipped, or fail if BATEA_NEED_BROWSER is set."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            )
        except Error as error:
            if os.environ.get("BATEA_NEED_BROWSER"):
                raise
            pytest.skip(f"NO BROWSER STARTS, SO NOTHING IS KNOWN OF /try IN ONE: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, url: str) -> Iterator[Opened]:
    """Opens `/try` in fresh browsers; fails where a page complained or asked another host."""
    opener = Opened(chromium, url)
    yield opener
    opener.close()
    assert opener.complaints == []


def await_ready(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/readyz").status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    pytest.fail("batea run does not answer")
