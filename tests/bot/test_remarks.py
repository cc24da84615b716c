"""What is allowed and seldom meant is said; who has no contacts of their own protects nobody and asks accordingly."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot import house
from bot.kept.crypto import make_key
from bot.remarks import remarks
from bot.settings import RunSettings, Settings
from tests.bot.houses import alone

if TYPE_CHECKING:
    from pathlib import Path

LEAD = '[[contact]]\nname = "Ana"\nrole = "lead"\nmail = "a@example.org"\nlanguages = ["es"]\n'
PUBLIC = {"PUBLIC_URL": "https://batea.example.org"}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone(monkeypatch, tmp_path)
    for name in [name for name in os.environ if name.startswith("BATEA_")]:
        monkeypatch.delenv(name)
    (tmp_path / "contacts.toml").write_text(LEAD, encoding="utf-8")


def begun(settings: Settings) -> list[str]:
    return [remark.split()[0].rstrip(":") for remark in remarks(settings)]


@pytest.mark.parametrize("store", [{}, {"REDIS_URL": "redis://127.0.0.1", "BATEA_KEYS": make_key()}])
def test_who_serves_others_is_told_what_is_seldom_meant(
    store: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alone(monkeypatch, tmp_path, **store)
    assert begun(Settings()) == ["BATEA_CONTACTS", "SMTP_URL", "PUBLIC_URL"]
    assert begun(RunSettings()) == []
    alone(monkeypatch, tmp_path, **store, **PUBLIC)
    assert begun(Settings()) == begun(RunSettings()) == ["BATEA_CONTACTS", "SMTP_URL"]


def test_contacts_that_promise_no_day_are_remarked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {**PUBLIC, "SMTP_URL": "smtp://127.0.0.1", "MAIL_FROM": "b@example.org", "BATEA_CONTACTS": "contacts.toml"}
    alone(monkeypatch, tmp_path, **given)
    [remark] = remarks(Settings())
    assert "[within_days]" in remark
    (tmp_path / "contacts.toml").write_text(f"{LEAD}[within_days]\nA = 5\n", encoding="utf-8")
    assert remarks(Settings()) == []
    (tmp_path / "contacts.toml").write_text("[[contact]", encoding="utf-8")
    assert remarks(Settings()) == []


def test_a_misspelt_setting_is_remarked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BATEA_CONTACT", "contacts.toml")
    (tmp_path / ".env").write_text("batea_keys=sesame\nBATEA_COLOUR=1\nBATEA_PUBLIC_URL=x\nOTHER=1\n", encoding="utf-8")
    assert remarks(RunSettings()) == [
        "BATEA_COLOUR is no setting; .env.example names all",
        "BATEA_CONTACT is no setting: is BATEA_CONTACTS meant?",
        "BATEA_PUBLIC_URL is no setting: is PUBLIC_URL meant?",
        "batea_keys is no setting: is BATEA_KEYS meant?",
    ]


async def test_samples_are_for_trying_it_out_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str
) -> None:
    given = {"REDIS_URL": empty_url, "BATEA_KEYS": make_key()}
    for kind, extra, protected in ((RunSettings, {}, True), (RunSettings, PUBLIC, False), (Settings, {}, False)):
        alone(monkeypatch, tmp_path, **given, **extra)
        async with house.opened(kind()) as parts:
            assert parts.contacts.protects("CO") == parts.conversation.protects("CO") == protected
