"""The mails in a Maildir, read to be shown. Who writes them there is for `bot.mailbox` to say."""

from __future__ import annotations

import mailbox
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from hashlib import blake2s
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOST = 50
_HEAD = re.compile(rb"<head\b[^>]*>", re.IGNORECASE)
_NEW_TAB = b'<base target="_blank">'


class Line(msgspec.Struct, frozen=True):
    """A mail in the list."""

    key: str
    subject: str
    to: str
    date: datetime | None


class File(msgspec.Struct, frozen=True):
    """An attachment."""

    name: str
    mime: str
    content: bytes


class Letter(msgspec.Struct, frozen=True):
    """A mail, opened; `html` is b"" where it has no such part."""

    line: Line
    text: str
    html: bytes
    files: tuple[File, ...]


def version(path: Path) -> str:
    """A short name of what lies in the mailbox now; another one when a mail has come."""
    return blake2s("\n".join(_keys(path)).encode(), digest_size=6).hexdigest()


def listed(path: Path) -> list[Line]:
    """The newest mails, newest first."""
    found = (opened(path, key) for key in _keys(path)[:MOST])
    return [letter.line for letter in found if letter]


def opened(path: Path, key: str) -> Letter | None:
    """The mail of this key; None where there is none (any more)."""
    try:
        raw = _box(path).get_bytes(key)
    except (KeyError, FileNotFoundError, mailbox.NoSuchMailboxError):
        return None
    message = message_from_bytes(raw, EmailMessage, policy=default)
    return Letter(_line(key, message), _text(message), _html(message), _files(message))


def _box(path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(path, create=False)


def _keys(path: Path) -> list[str]:
    """Newest first: a Maildir's names begin with the second and go on with the microsecond."""
    try:
        return sorted(_box(path).keys(), key=_delivered, reverse=True)
    except (FileNotFoundError, mailbox.NoSuchMailboxError):
        return []


def _delivered(key: str) -> tuple[int, int, str]:
    found = re.match(r"(\d+)\.M(\d+)", key)
    return (int(found[1]), int(found[2]), key) if found else (0, 0, key)


def _line(key: str, message: EmailMessage) -> Line:
    return Line(key, str(message.get("Subject", "")), str(message.get("To", "")), _date(message.get("Date")))


def _date(written: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(written) if written else None
    except ValueError:
        return None


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content()) if part else ""


def _html(message: EmailMessage) -> bytes:
    """The HTML part in UTF-8; its links open beside the page, for the frame that it is shown in lets nothing in."""
    part = message.get_body(("html",))
    if part is None:
        return b""
    html = str(part.get_content()).encode()
    at = found.end() if (found := _HEAD.search(html)) else 0
    return html[:at] + _NEW_TAB + html[at:]


def _files(message: EmailMessage) -> tuple[File, ...]:
    return tuple(_file(part, number) for number, part in enumerate(message.iter_attachments(), 1))


def _file(part: EmailMessage, number: int) -> File:
    content = part.get_payload(decode=True)
    return File(
        part.get_filename() or str(number), part.get_content_type(), content if isinstance(content, bytes) else b""
    )
