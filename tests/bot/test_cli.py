"""The commands, as programs of their own: what they print, how they end, that they leave nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.kept.embedded import socket_path
from tests.servers import short_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
WITHIN = 30.0


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_directory() as path:
        yield path


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def environment(folder: Path, **given: str) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {"PATH": path, "PYTHONPATH": str(ROOT), "BATEA_DATA": str(folder / "data"), **given}


def batea(folder: Path, *words: str, **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, cwd=folder, env=environment(folder, **given), capture_output=True, text=True, timeout=60, check=False
    )


@contextlib.contextmanager
def started(folder: Path, *words: str, **given: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bot", *words]
    env = environment(folder, **given)
    with subprocess.Popen(
        command, cwd=folder, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ready(port: int) -> None:
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return
        time.sleep(0.05)
    pytest.fail("not ready in time")


def ended(process: subprocess.Popen[str], by: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
    process.send_signal(by)
    out, err = process.communicate(timeout=WITHIN)
    return process.returncode, out, err


def test_help_names_every_command(folder: Path) -> None:
    told = batea(folder, "--help")
    assert told.returncode == 0
    for name in ("run", "web", "worker", "chat", "check", "key", "bench", "stats", "qr", "referrals", "erase"):
        assert f"\n  {name} " in told.stdout
        assert batea(folder, name, "--help").returncode == 0


def test_a_key_is_a_key(folder: Path) -> None:
    Fernet(batea(folder, "key").stdout.strip())


def test_chat_prints_one_object_a_turn_and_waits_for_the_next_line(folder: Path) -> None:
    with started(folder, "chat", "--locale", "es", "--from", "+573001234567", "--json") as process:
        assert process.stdin
        assert process.stdout
        first = json.loads(process.stdout.readline())
        assert (first["state"], first["kind"]) == ("welcome", "one")
        assert first["options"] == [{"reply": "1", "value": "yes"}, {"reply": "2", "value": "no"}]
        assert first["segments"] >= len(first["messages"]) == 1
        process.stdin.write("1\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["state"] == "consent"
        process.stdin.close()
        assert process.wait(WITHIN) == 0
        assert process.stdout.read() == ""


def test_chat_ends_with_the_conversation(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "chat", "--json"]
    told = subprocess.run(
        command, cwd=folder, env=environment(folder), input="2\n1\n1\n", capture_output=True, text=True, check=True
    )
    assert [json.loads(line)["state"] for line in told.stdout.splitlines()] == ["welcome", "done"]


def test_chat_needs_and_leaves_nothing(folder: Path) -> None:
    told = batea(folder, "chat", "--json", REDIS_URL="redis://127.0.0.1:1", PORT="nonsense", BATEA_LOCALE="xx")
    assert told.returncode == 0
    assert list(folder.iterdir()) == []


def test_chat_shows_bubbles(folder: Path) -> None:
    told = batea(folder, "chat", "--locale", "en")
    assert "╭" in told.stdout
    assert "1 yes" in told.stdout


def test_chat_says_which_languages_there_are(folder: Path) -> None:
    told = batea(folder, "chat", "--locale", "xx")
    assert told.returncode == 2
    assert "es, en" in told.stderr


@pytest.mark.parametrize("command", ["run", "web", "worker"])
def test_wrong_settings_are_all_told_at_the_start(command: str, folder: Path) -> None:
    told = batea(folder, command, PORT="0", TWILIO_ACCOUNT_SID="AC1", BATEA_KEYS="x")
    assert told.returncode == 2
    for name in ("PORT", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", "BATEA_KEYS"):
        assert f"  - {name}: " in told.stderr
    assert "Traceback" not in told.stderr
    assert list(folder.iterdir()) == []


def test_check_is_content_with_the_defaults(folder: Path) -> None:
    told = batea(folder, "check")
    assert told.returncode == 0
    assert [line.split()[:2] for line in told.stderr.splitlines()] == [
        ["Note:", name] for name in ("BATEA_CONTACTS", "SMTP_URL", "PUBLIC_URL")
    ]


def test_check_tells_everything_that_is_wrong(folder: Path) -> None:
    (folder / "contacts.toml").write_text('[[contact]]\nname = "A"\n', encoding="utf-8")
    key = Fernet.generate_key().decode()
    told = batea(folder, "check", REDIS_URL="redis://127.0.0.1:1", BATEA_KEYS=key, BATEA_CONTACTS="contacts.toml")
    assert told.returncode == 1
    assert "REDIS_URL" in told.stderr
    assert "contacts.toml" in told.stderr
    assert "Note: SMTP_URL" in told.stderr
    assert batea(folder, "check", PORT="x").returncode == 1
    assert batea(folder, "check", "--content", PORT="x").returncode == 0


def test_run_needs_nothing_and_ends_cleanly(folder: Path, port: int) -> None:
    with started(folder, "run", PORT=str(port)) as process:
        ready(port)
        assert httpx.get(f"http://127.0.0.1:{port}/try").status_code == 200
        assert socket_path(folder / "data").exists()
        code, out, err = ended(process, signal.SIGINT)
    assert (code, err) == (0, "")
    assert f"http://127.0.0.1:{port}/try" in out
    assert not socket_path(folder / "data").exists()


def test_what_run_kept_is_there_again(folder: Path, port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for turn in range(2):
            with started(folder, "run", PORT=str(port)) as process:
                ready(port)
                page = client.get("/try").text
                assert ("hola, sigo aqui" in page) == bool(turn)
                client.post("/try/sms/text", data={"text": "hola, sigo aqui"}, headers={"Origin": str(client.base_url)})
                assert ended(process)[0] == 0


def test_a_taken_port_is_said(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        told = batea(folder, "run", PORT=str(port))
    assert told.returncode == 2
    assert f"PORT: 127.0.0.1:{port} can't be listened on" in told.stderr
    assert not (folder / "data" / "redis").exists()


def test_contacts_that_cannot_be_read_are_said(folder: Path, port: int) -> None:
    (folder / "contacts.toml").write_text("[[contact]]\nname = 1\n", encoding="utf-8")
    told = batea(folder, "web", PORT=str(port), BATEA_CONTACTS="contacts.toml")
    assert told.returncode == 2
    assert "  - contacts.toml" in told.stderr


def test_web_and_worker_share_a_server_and_the_last_one_stops_it(folder: Path, port: int) -> None:
    with (
        started(folder, "web", PORT=str(port), BATEA_HOST="127.0.0.1") as web,
        started(folder, "worker") as worker,
    ):
        ready(port)
        assert worker.stderr
        assert next(line for line in worker.stderr if '"started"' in line)
        assert ended(web)[0] == 0
        assert worker.poll() is None
        assert socket_path(folder / "data").exists()
        assert ended(worker)[0] == 0
    assert not socket_path(folder / "data").exists()


def test_logs_are_json_without_anybody_in_them(folder: Path, port: int) -> None:
    given = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}
    given |= {"TWILIO_API_URL": "http://127.0.0.1:1", "BATEA_HOST": "127.0.0.1", "LOG_LEVEL": "debug"}
    with started(folder, "web", PORT=str(port), **given) as process:
        ready(port)
        form = {"MessageSid": "SM1", "From": "+573001234567", "Body": "hola"}
        assert httpx.post(f"http://127.0.0.1:{port}/hooks/sms", data=form).status_code == 403
        code, _, err = ended(process)
    assert code == 0
    lines = [json.loads(line) for line in err.splitlines()]
    assert {"event", "level", "timestamp"} <= lines[0].keys()
    assert "not swept" in [line["event"] for line in lines]
    assert "573001234567" not in err


def test_the_procfile_runs_as_it_stands(folder: Path, port: int) -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    commands = dict(line.split(": ", 1) for line in lines)
    assert set(commands) == {"release", "web", "worker"}
    env = environment(folder, PORT=str(port))
    subprocess.run(["/bin/sh", "-c", commands["release"]], cwd=ROOT, env=env, check=True, capture_output=True)
    with subprocess.Popen(["/bin/sh", "-c", commands["web"]], cwd=ROOT, env=env, stderr=subprocess.PIPE) as process:
        try:
            ready(port)
            process.terminate()
            assert process.wait(WITHIN) == 0
        finally:
            process.kill()
