"""What can never be reached is said before the start, with what to write in its place."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from bot.contact_fields import FIXES
from bot.contacts import BadContacts, Contact, load_contacts, read_contacts

if TYPE_CHECKING:
    from pathlib import Path

LEAD = {"name": '"Ana"', "role": '"lead"', "mail": '"a@example.org"', "languages": '["es"]'}


def written(**fields: str) -> str:
    lines = (f"{name} = {value}" for name, value in (LEAD | fields).items())
    return "[[contact]]\n" + "\n".join(lines)


def mistake(**fields: str) -> str:
    with pytest.raises(BadContacts) as caught:
        read_contacts(tomllib.loads(written(**fields)), "contacts.toml")
    return caught.value.mistakes[0].removeprefix("contacts.toml: contact 1 (Ana): ")


@pytest.mark.parametrize(
    "fields",
    [
        {"mail": '"josé@example.org"'},
        {"mail": '"j@exámple.org"'},
        {"mail": '"a@b@example.org"'},
        {"mail": '"a@example.org, b@example.org"'},
        {"mail": '"a@example.org\\nBcc: b@example.org"'},
        {"mail": '"a..b@example.org"'},
        {"mail": '"a@example"'},
        {"telegram": '"@arm"'},
        {"telegram": '"hola"'},
        {"telegram": '""'},
        {"telegram": "true"},
        {"telegram": "1.5"},
        {"webhook": '"https://hooks example.org/x"'},
        {"webhook": '"https://example.org/a b"'},
        {"webhook": '"https://example.org/x\\n"'},
    ],
)
def test_what_can_never_be_delivered_to_is_named(fields: dict[str, str]) -> None:
    assert mistake(**fields).startswith(f"{next(iter(fields))}: ")


@pytest.mark.parametrize(
    ("fields", "fix"),
    [
        ({"role": '"boss"'}, "role: write staff, lead or protection"),
        ({"languages": '"es"'}, 'languages: write a list, such as ["es"]'),
        ({"countries": '"CO"'}, 'countries: write a list, such as ["CO", "PE"], or ["*"] for all'),
        ({"mail_detail": '"all"'}, "mail_detail: write summary or full"),
        ({"mail": "3"}, 'mail: write an address, such as "ana@example.org"'),
    ],
)
def test_a_mistake_says_what_to_write(fields: dict[str, str], fix: str) -> None:
    assert mistake(**fields) == fix


def test_there_is_a_fix_for_every_field() -> None:
    assert set(FIXES) == set(Contact.__struct_fields__)


@pytest.mark.parametrize(("given", "chat"), [("12345", "12345"), ("-100123", "-100123"), ('"-100123"', "-100123")])
def test_a_chat_is_a_number_with_or_without_quotes(given: str, chat: str) -> None:
    [contact] = read_contacts(tomllib.loads(written(telegram=given)), "contacts.toml").everybody
    assert contact.telegram == chat


def test_a_file_may_begin_with_the_mark_of_a_windows_editor(tmp_path: Path) -> None:
    path = tmp_path / "contacts.toml"
    path.write_text(written(), encoding="utf-8-sig")
    assert [contact.name for contact in load_contacts(path).everybody] == ["Ana"]


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "contacts.toml"
    path.write_text(written(), encoding="utf-16")
    with pytest.raises(BadContacts, match="UTF-8"):
        load_contacts(path)
