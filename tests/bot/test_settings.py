"""What the environment says is read in one place, and all that is wrong with it is told at once, with its fix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.contacts import load_contacts
from bot.kept.crypto import make_key
from bot.kept.own_key import own_keys
from bot.settings import BadSettings, RunSettings, Settings, remarks
from tests.bot.houses import NAMES, alone

TWILIO = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}


def problems(kind: type[Settings] = Settings) -> list[str]:
    with pytest.raises(BadSettings) as caught:
        kind()
    return caught.value.problems


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone(monkeypatch, tmp_path)


def test_nothing_is_needed() -> None:
    assert (Settings().port, Settings().locale, Settings().try_it, Settings().host) == (8000, "es", False, "0.0.0.0")
    assert (RunSettings().try_it, RunSettings().host) == (True, "127.0.0.1")
    assert Settings().base_url == RunSettings().base_url == "http://127.0.0.1:8000"


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("REDIS_URL", "")
    assert (Settings().port, Settings().redis_url) == (8000, None)


def test_everything_wrong_and_missing_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = {
        "REDIS_URL": "http://redis",
        "PUBLIC_URL": "https://batea.example.org/",
        "PORT": "eighty",
        "TELEGRAM_BOT_TOKEN": "123:abc",
        "TWILIO_ACCOUNT_SID": "AC1",
        "BATEA_KEYS": f"{make_key()},nonsense",
        "BATEA_LOCALE": "xx",
        "BATEA_TRY": "perhaps",
        "BATEA_BRAKE": "-1",
        "SMTP_URL": "mail.example.org",
        "BATEA_CONTACTS": str(tmp_path / "none.toml"),
        "BATEA_AUDIO": str(tmp_path / "none"),
        "LOG_LEVEL": "loud",
    }
    alone(monkeypatch, tmp_path, **wrong)
    told = dict(problem.split(": ", 1) for problem in problems())
    assert set(told) == set(wrong) - {"TELEGRAM_BOT_TOKEN", "TWILIO_ACCOUNT_SID"} | {
        "TELEGRAM_WEBHOOK_SECRET",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_FROM",
        "MAIL_FROM",
    }
    assert told["PUBLIC_URL"].endswith("write https://batea.example.org")
    assert told["PORT"] == "write a whole number"
    assert told["BATEA_KEYS"].startswith("key 2 is no Fernet key")
    assert "es, en" in told["BATEA_LOCALE"]
    assert told["BATEA_BRAKE"] == "write 0 or more"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_FROM": "+15005550006"}, "TWILIO_AUTH_TOKEN"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, "TWILIO_FROM"),
        ({"TELEGRAM_BOT_TOKEN": "1:a", "PUBLIC_URL": "https://b.example.org"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"REDIS_URL": "redis://127.0.0.1"}, "BATEA_KEYS"),
        ({"TELEGRAM_WEBHOOK_SECRET": "with space"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_SECRET": "x" * 257}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"PUBLIC_URL": "batea.example.org"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://b.example.org?x=1"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://b.example.org/batea"}, "PUBLIC_URL"),
        ({"TWILIO_API_URL": "http://127.0.0.1:1/"}, "TWILIO_API_URL"),
        ({"TWILIO_RATE": "0"}, "TWILIO_RATE"),
        ({**TWILIO, "TWILIO_FROM": "300 123"}, "TWILIO_FROM"),
    ],
)
def test_one_thing_is_wrong(given: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alone(monkeypatch, tmp_path, **given)
    [problem] = problems()
    assert problem.startswith(f"{name}: ")


def test_a_mail_server_needs_a_sender_and_somebody_to_write_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:2525")
    assert [problem.split(":")[0] for problem in problems()] == ["MAIL_FROM", "BATEA_CONTACTS"]


def test_run_makes_its_own_key_even_with_a_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1")
    assert RunSettings().keys == ()


def test_what_is_allowed_and_seldom_meant_is_remarked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert remarks(Settings()) == []
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1")
    monkeypatch.setenv("BATEA_KEYS", make_key())
    assert [remark.split()[0] for remark in remarks(Settings())] == ["SMTP_URL", "PUBLIC_URL"]


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=8111\nBATEA_BRAKE=3\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "8222")
    assert (Settings().port, Settings().brake) == (8222, 3)


def test_keys_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_key(), make_key()
    monkeypatch.setenv("BATEA_KEYS", f"{first}, {second},")
    assert [key.get_secret_value() for key in Settings().keys] == [first, second]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**TWILIO, "TWILIO_AUTH_TOKEN": "sesame", "TELEGRAM_BOT_TOKEN": "1:sesame"}.items():
        monkeypatch.setenv(name, value)
    assert "sesame" not in repr(Settings())


def test_every_setting_is_in_the_example() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)) == sorted(NAMES)


def test_the_example_of_contacts_can_be_used() -> None:
    contacts = load_contacts(Path(__file__).parents[2] / "docs" / "contacts.example.toml")
    assert len(contacts.staff_for("PE", "es")) == 2
    assert (contacts.protects("CO"), contacts.protects("PE")) == (True, False)


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = own_keys(data)
    assert own_keys(data) == made
    assert len(made) == 1
    assert (data / "keys").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["keys"]
