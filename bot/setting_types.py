"""How each setting has to be written, and the sentence that says so. Which settings there are is in `settings`."""

from __future__ import annotations

import re
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

from bot.texts import locales

T = TypeVar("T", str, SecretStr)


def _origin(value: str) -> str:
    # A path is appended to it, and Twilio signs the very letters: nothing is mended silently.
    split = urlsplit(value)
    if split.scheme not in {"http", "https"} or not split.hostname:
        message = "is not a web address; write it like https://batea.example.org"
        raise ValueError(message)
    if split.path or split.query or split.fragment:
        bare = f"{split.scheme}://{split.netloc}"
        message = f"has something after its host, if only a slash; Batea needs a host of its own: write {bare}"
        raise ValueError(message)
    return value


def _commas(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _countries(values: frozenset[str]) -> frozenset[str]:
    odd = sorted(value for value in values if value != "*" and not re.fullmatch("[A-Z]{2}", value))
    if odd:
        message = f"{', '.join(odd)}: write countries by their two letters, like BO,BF, or * for all"
        raise ValueError(message)
    return values


def _fernet_keys(values: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    for number, value in enumerate(values, 1):
        try:
            Fernet(value.get_secret_value())
        except ValueError as error:
            message = f"key {number} is no Fernet key; make one with `batea key`, several are separated by commas"
            raise ValueError(message) from error
    return values


def _file(value: Path) -> Path:
    if not value.is_file():
        message = f"there is no file {value}; write one like docs/contacts.example.toml"
        raise ValueError(message)
    return value


def _folder(value: Path) -> Path:
    if not value.is_dir():
        message = f"there is no folder {value}; make it, with recordings like {value}/es/role.ogg in it"
        raise ValueError(message)
    return value


def _sender(value: str) -> str:
    if "@" not in parseaddr(value)[1]:
        message = "is no mail address; write it like Batea <batea@example.org>"
        raise ValueError(message)
    return value


def _locale(value: str) -> str:
    if value not in locales():
        message = f"Batea does not speak it; choose one of {', '.join(locales())}"
        raise ValueError(message)
    return value


def _url_of(schemes: tuple[str, ...], fix: str, value: SecretStr) -> SecretStr:
    split = urlsplit(value.get_secret_value())
    if split.scheme not in schemes or not (split.hostname or split.scheme == "unix"):
        raise ValueError(fix)
    return value


def _matches(pattern: str, fix: str, value: T) -> T:
    plain = value.get_secret_value() if isinstance(value, SecretStr) else value
    if not re.fullmatch(pattern, plain):
        raise ValueError(fix)
    return value


def _like(pattern: str, fix: str) -> AfterValidator:
    return AfterValidator(partial(_matches, pattern, fix))


def _url(schemes: tuple[str, ...], fix: str) -> AfterValidator:
    return AfterValidator(partial(_url_of, schemes, fix))


Origin = Annotated[str, AfterValidator(_origin)]
Locale = Annotated[str, AfterValidator(_locale)]
ExistingFile = Annotated[Path, AfterValidator(_file)]
ExistingFolder = Annotated[Path, AfterValidator(_folder)]
Sender = Annotated[str, AfterValidator(_sender)]
Keys = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_commas), AfterValidator(_fernet_keys)]
Countries = Annotated[frozenset[str], NoDecode, BeforeValidator(_commas), AfterValidator(_countries)]
StoreUrl = Annotated[
    SecretStr,
    _url(
        ("redis", "rediss", "unix"),
        "write it like rediss://user:password@host:6379/0, or leave it out for a server of Batea's own",
    ),
]
MailUrl = Annotated[
    SecretStr,
    _url(("smtp", "smtps"), "write it like smtp://user:password@mail.example.org:587, or smtps:// for TLS throughout"),
]
BotToken = Annotated[SecretStr, _like(r"\d+:[\w-]+", "is no bot token; copy it from @BotFather, like 123456:ABC-DEF")]
HookSecret = Annotated[SecretStr, _like(r"[A-Za-z0-9_-]{1,256}", "write 1 to 256 of A-Z a-z 0-9 _ - (Telegram's rule)")]
WebhookSecret = Annotated[SecretStr, _like(r"\S{16,}", "write at least 16 characters without spaces")]
AccountSid = Annotated[str, _like(r"AC\w+", "begins with AC; copy it from Twilio's console")]
ServiceSid = Annotated[str, _like(r"MG\w+", "begins with MG; copy it from Twilio's console")]
SmsNumber = Annotated[str, _like(r"\+\d{6,15}|\d{3,8}", "write it like +573001234567, or as a short code")]
