"""A Batea that shows its mailbox is called by this machine's names only; a proxy before it is believed by address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from bot import bootstrap
from bot.pages.hosts import is_ours
from bot.processes import served
from bot.settings import RunSettings
from bot.web import app
from tests.bot.houses import alone, built

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("header", "host", "ours"),
    [
        ("127.0.0.1:8000", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("LOCALHOST:8000", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("batea.local:8000", "batea.local", True),
        ("10.0.0.7:8000", "10.0.0.7", True),
        ("10.0.0.7:8000", "127.0.0.1", False),
        ("10.0.0.7:8000", "0.0.0.0", True),
        ("[fe80::1]:8000", "::", True),
        ("evil.example", "127.0.0.1", False),
        ("evil.example:8000", "0.0.0.0", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("127.0.0.1.evil.example", "0.0.0.0", False),
        ("127.0.0.1:8000@evil.example", "127.0.0.1", False),
        ("", "127.0.0.1", False),
    ],
)
def test_which_names_are_ours(header: str, host: str, *, ours: bool) -> None:
    assert is_ours(header, host) == ours


@pytest.mark.parametrize(
    ("given", "name", "path", "status"),
    [
        ({}, "127.0.0.1:8000", "/try", 200),
        ({}, "evil.example:8000", "/try", 421),
        ({}, "evil.example:8000", "/desk", 421),
        ({}, "evil.example:8000", "/healthz", 200),
        ({"BATEA_HOST": "0.0.0.0"}, "172.17.0.2:8000", "/readyz", 200),
        ({"BATEA_HOST": "0.0.0.0"}, "172.17.0.2:8000", "/try", 200),
        ({"BATEA_HOST": "0.0.0.0"}, "evil.example", "/try", 421),
        ({"BATEA_TRY": "false"}, "evil.example", "/healthz", 200),
        ({"BATEA_TRY": "false"}, "evil.example", "/desk", 200),
        ({"PUBLIC_URL": "https://batea.example.org"}, "batea.example.org", "/desk", 200),
    ],
)
async def test_while_the_mailbox_is_shown_no_website_calls_by_its_own_name(
    given: dict[str, str],
    name: str,
    path: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    empty_url: str,
) -> None:
    async with built(monkeypatch, tmp_path, empty_url) as parts:
        alone(monkeypatch, tmp_path, **given)
        transport = httpx.ASGITransport(app(bootstrap.site(replace(parts, settings=RunSettings()))))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{name}", follow_redirects=True) as client:
            assert (await client.get(path)).status_code == status


async def test_whose_word_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> None:
    async with built(monkeypatch, tmp_path, empty_url, BATEA_PROXIES="10.0.0.0/8") as parts:
        assert served(parts).forwarded_allow_ips == ["10.0.0.0/8"]
