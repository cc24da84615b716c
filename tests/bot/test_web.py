"""The HTTP side over the real app and a real Redis: what is there, what is counted, what is said in need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.kept.connection import Away
from bot.messages import Busy
from bot.store import Chat, Commit
from flows.session import Session, dump
from tests.bot.houses import built
from tests.bot.posting import SETTINGS, SMS, UPDATE, browser, secret, signed, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.house import House


@pytest.fixture
async def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    async with built(monkeypatch, tmp_path, empty_url, **SETTINGS) as made:
        yield made


@pytest.fixture
async def client(parts: House) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(parts) as made:
        yield made


@pytest.mark.parametrize("path", ["/hooks/sms", "/hooks/sms/status", "/hooks/telegram"])
async def test_hooks_are_only_posted_to(path: str, client: httpx.AsyncClient) -> None:
    assert (await client.get(path)).status_code == 405


async def test_a_channel_that_is_not_set_up_has_no_hook(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    async with built(monkeypatch, tmp_path, empty_url) as parts, browser(parts) as client:
        for path in ("/hooks/sms", "/hooks/sms/status", "/hooks/telegram"):
            assert (await client.post(path)).status_code == 404
        assert (await client.get("/try")).status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_alive_ready_and_counted(path: str, client: httpx.AsyncClient) -> None:
    assert (await client.get(path)).status_code == 200
    head = await client.head(path)
    assert (head.status_code, head.content) == (200, b"")


async def test_the_figures_name_nobody(client: httpx.AsyncClient) -> None:
    await client.post("/hooks/sms", data=SMS, headers=signed(SMS))
    await client.post("/hooks/sms", data=SMS)
    figures = (await client.get("/metrics")).text
    assert 'batea_hooks_total{hook="/hooks/sms",status="200"} 1.0' in figures
    assert 'batea_hooks_total{hook="/hooks/sms",status="403"} 1.0' in figures
    assert 'batea_happened_total{what="turns"} 1.0' in figures
    assert "batea_waiting 1.0" in figures
    assert "# HELP batea_dropped_total" in figures
    assert 'batea_funnel_total{step="started"} 1.0' in figures
    assert "3001234567" not in figures


async def test_try_is_there_when_switched_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> None:
    async with built(monkeypatch, tmp_path, empty_url, BATEA_TRY="true") as parts, browser(parts) as client:
        assert (await client.get("/try")).status_code == 200


async def test_while_redis_is_away_providers_are_asked_to_come_again(
    client: httpx.AsyncClient, parts: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise Away

    with monkeypatch.context() as patched:
        patched.setattr(parts.database, "run_all", away)
        patched.setattr(parts.database, "ping", away)
        assert (await client.post("/hooks/sms", data=SMS, headers=signed(SMS))).status_code == 503
        assert (await client.post("/hooks/telegram", json=UPDATE, headers=secret())).status_code == 503
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/metrics")).status_code == 200
        assert (await client.get("/healthz")).status_code == 200
    assert (await client.post("/hooks/sms", data=SMS, headers=signed(SMS))).status_code == 200
    assert (await client.get("/readyz")).status_code == 200
    assert len(await texts(parts.outbox)) == 1


async def test_a_chat_that_is_too_busy_is_asked_to_come_again(
    client: httpx.AsyncClient, parts: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def conflict(*_: object) -> str:
        raise Busy

    monkeypatch.setattr(parts.store, "commit", conflict)
    answer = await client.post("/hooks/sms", data=SMS, headers=signed(SMS))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


async def test_a_chat_of_another_release_is_asked_to_come_again(client: httpx.AsyncClient, parts: House) -> None:
    newer = Session("2099-01", "es", "sms", "welcome", private=False, started=1)
    await parts.store.commit(Commit(chat=Chat("sms", SMS["From"]), version=0, session=dump(newer)))
    assert (await client.post("/hooks/sms", data=SMS, headers=signed(SMS))).status_code == 503
    assert await texts(parts.outbox) == []
