"""`batea contacts` as a program of its own, and staff's updates at the real webhook."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.webhook import secrets_of
from bot.kept.crypto import make_key
from bot.store import Chat
from tests.bot.houses import built
from tests.bot.posting import SETTINGS, UPDATE, browser, nothing_stored, secret, texts
from tests.bot.test_cli import batea

EXAMPLE = Path(__file__).parents[2] / "docs" / "contacts.example.toml"
LINK = "desk-abcdefghijklmnopqrstuvwx"
TAP = {
    "update_id": 8,
    "callback_query": {
        "id": "q1",
        "from": {"id": 77, "is_bot": False, "first_name": "M"},
        "chat_instance": "1",
        "message": {"message_id": 5, "date": 1, "chat": {"id": 77, "type": "private"}, "text": "Caso"},
        "data": "desk:take:7K3M-2QXD",
    },
}


def test_the_secret_is_the_one_that_was_set_else_one_of_each_key(tmp_path: Path, empty_url: str) -> None:
    first, second = make_key(), make_key()
    given = {"REDIS_URL": empty_url, "BATEA_KEYS": f"{first},{second}"}
    shown = batea(tmp_path, "contacts", "secret", **given)
    assert shown.stdout.split() == list(secrets_of([first, second]))
    shown = batea(tmp_path, "contacts", "secret", BATEA_WEBHOOK_SECRET="a-secret-of-arms", **given)
    assert shown.stdout == "a-secret-of-arms\n"


def test_without_a_bot_there_is_no_link(tmp_path: Path) -> None:
    ended = batea(tmp_path, "contacts", "link", "Ana")
    assert ended.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in ended.stderr + ended.stdout


async def test_a_link_is_undone_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> None:
    async with built(monkeypatch, tmp_path, empty_url, BATEA_CONTACTS=str(EXAMPLE)) as parts:
        one = parts.contacts.everybody[0]
        await parts.linked.opened(await parts.linked.invite(one), "77")
        given = {"REDIS_URL": empty_url, "BATEA_KEYS": ",".join(parts.keys), "BATEA_CONTACTS": str(EXAMPLE)}
        wrong = batea(tmp_path, "contacts", "unlink", "Nobody", **given)
        assert (wrong.returncode, one.name in wrong.stderr) == (1, True)
        assert await parts.linked.chats([one]) == {one.name: "77"}
        assert batea(tmp_path, "contacts", "unlink", one.name, **given).returncode == 0
        assert await parts.linked.chats([one]) == {}


async def test_what_staff_do_never_comes_to_the_miners_road(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    async with built(monkeypatch, tmp_path, empty_url, **SETTINGS) as parts, browser(parts) as client:
        opened = {**UPDATE, "message": {**UPDATE["message"], "text": f"/start {LINK}"}}
        for update in (TAP, opened):
            assert (await client.post("/hooks/telegram", json=update, headers=secret())).status_code == 200
        assert (await client.post("/hooks/telegram", json=TAP, headers=secret("forged"))).status_code == 403
        assert (await parts.store.load(Chat("telegram", "77"))).session is None
        assert await texts(parts.outbox, "telegram", "77") == [
            "Este enlace ya se usó o ya venció. Pida otro a quien cuida Batea."
        ]
        assert await nothing_stored(parts.store)
