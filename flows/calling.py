"""How the person wants to be called: the option, and beside it the hour or, where we know no number, the number."""

from __future__ import annotations

import re

from msgspec.structs import replace

from flows.asking import PAID
from flows.model import Answer, Say
from flows.phases import CHOICES
from flows.session import Session

_OPTION_AND_NOTE = re.compile(r"\s*([1-3])[\s.,):-]+(\S.*)", re.DOTALL)
_LONGEST_NOTE = 100
_TOLD = 40
_ODD = re.compile(r"[^\w\s:.,-]")
"""What makes an SMS dearer, and says nothing about an hour."""
_FEWEST_DIGITS = 7
_CALLED, _NOT_SAFE = ("1", "2"), "3"


def arranged(session: Session) -> Say:
    """That somebody will call, and when: as the person wished; a number is not told back."""
    note = _ODD.sub("", str(session.answers.get("call_note", "")))[:_TOLD].strip()
    how = Say(f"talk.{session.answers.get('call_how')}")
    when = Say("talk.note", {"note": note}) if note and not _has_number(note) else how
    return Say("talk", {"when": when, "reference": session.reference or ""})


def with_note(session: Session, text: str) -> tuple[Session, str]:
    """The session with the note ("1 a las 6"), and the option it was sent with.

    On Telegram no number is known: an option without one waits in `picked` until the number comes.
    """
    found = _OPTION_AND_NOTE.fullmatch(text)
    option, note = (found[1], found[2]) if found else (text.strip(" .)"), "")
    if session.picked and _has_number(text) and not _is_option(option):
        option, note = session.picked[0], text
    if note:
        session = replace(session, answers={**session.answers, "call_note": note.strip()[:_LONGEST_NOTE]})
    return session, option if note else text


def lacks_number(session: Session, option: str) -> bool:
    """Whether a call was agreed to that nobody could make."""
    plain = picked_option(session, option)
    if session.channel in PAID or plain not in _CALLED:
        return False
    return not _has_number(str(session.answers.get("call_note", "")))


def awaits_number(session: Session) -> bool:
    """Whether a call was agreed to and its number was asked for."""
    return session.state == "call_how" and bool(session.picked) and session.channel not in PAID


def picked_option(session: Session, text: str) -> str:
    """The option that was sent, or the one that waits for its number."""
    plain = text.strip(" .)")
    return session.picked[0] if session.picked and not _is_option(plain) else plain


def option_of(code: Answer) -> str:
    """The option's number, for those who answer in words."""
    codes = CHOICES["call_how"]
    return str(codes.index(code) + 1) if isinstance(code, str) and code in codes else ""


def _is_option(text: str) -> bool:
    return text in (*_CALLED, _NOT_SAFE)


def _has_number(text: str) -> bool:
    return sum(char.isdigit() for char in text) >= _FEWEST_DIGITS
