"""How the person wants to be called, and by when somebody does.

It is an option, and beside it the hour or, where we know no number, the number.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec.structs import replace

from flows.asking import PAID
from flows.model import Answer, Say
from flows.phases import CHOICES
from flows.scene import Scene
from flows.session import Session
from flows.triage import triage
from flows.words import tidy

_OPTION_AND_NOTE = re.compile(r"\s*([1-3])[\s.,):-]+(\S.*)", re.DOTALL)
_AROUND = r"(?:despues de|antes de|depois|antes|apres|avant|after|before|vers|sobre|around) ?"
_AT = r"(?:a las|a la|a|las|la|at|as|das) ?"
_UNIT = r" ?(?:h|hs|hrs?|horas?|heures?|am|pm|a\.m\.?|p\.m\.?|o'?clock)"
_OF_DAY = r",? ?(?:de la|da|do|du|de l'|in the|at) ?(?:manana|tarde|noche|manha|noite|matin|soir|apres-midi|morning"
_OF_DAY += r"|afternoon|evening|night)"
_SURELY = re.compile(
    rf"(?:{_AROUND})?(?:{_AT})?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?(?:{_UNIT}(?:{_OF_DAY})?|{_OF_DAY}|(?<=h\d\d))"
).fullmatch
_MAYBE = re.compile(rf"(?:{_AROUND}(?:las|das)?|a las|at|as|das) ?(?:[4-9]|1\d|2[0-3])(?:[:.][0-5]\d)?").fullmatch
"""An hour by itself: "3 pm" is no option 3. Without more than "a las" not from 1 to 3, which may be options: 3 is a
phone that is not safe.
"""
_LONGEST_NOTE = 100
_TOLD = 40
_ODD = re.compile(r"[^\w\s:.,-]")
"""What makes an SMS dearer, and says nothing about an hour."""
_FEWEST_DIGITS = 7
_CALLED, _NOT_SAFE = ("1", "2"), "3"
_EPOCH = date(1970, 1, 1)


def arranged(scene: Scene, session: Session) -> Say:
    """That somebody will call, and when: by the day that is promised, as the person wished."""
    when, day = _wished(session), _by(scene, session)
    if day:
        any_day = when.id == "talk.any_day"
        when = Say("talk.by", {"day": day}) if any_day else Say("talk.by.when", {"day": day, "when": when})
    return Say("talk", {"when": when, "reference": session.reference or ""})


def _wished(session: Session) -> Say:
    """When and how the person wants to be called; a number is not told back."""
    note = _ODD.sub("", str(session.answers.get("call_note", "")))[:_TOLD].strip()
    how = Say(f"talk.{session.answers.get('call_how')}")
    return Say("talk.note", {"note": note}) if note and not _has_number(note) else how


def promised(scene: Scene, session: Session) -> tuple[Say, ...]:
    """The line that tells by when somebody calls; none where no call is to come, or the day has gone by."""
    day = _by(scene, session)
    return (Say("call.by", {"day": day}),) if day else ()


def promising(scene: Scene, session: Session, *, asked: bool = False, quiet: bool = False) -> Session:
    """The session with the day by which somebody calls, where ARM promises one: the earlier one stands.

    A day that has gone by is promised anew only where a call is `asked` for again. `quiet`: the call is in private.
    What was shared with protection brings no day nearer: staff, who know nothing of it, call by the day that is told.
    """
    days = _days(scene, session, quiet=quiet)
    if days is None:
        return session
    here, earlier = _date(scene), session.call_by
    day = here + timedelta(days=days)
    if earlier is None or (earlier < here and asked):
        return replace(session, call_by=day)
    return replace(session, call_by=min(day, earlier))


def _days(scene: Scene, session: Session, *, quiet: bool) -> int | None:
    within = scene.arrival.within_days
    if not within or not called(session):
        return None
    told = {name: said for name, said in session.answers.items() if name != "send_private"}
    letter = triage(scene.checklist, told, private=session.private, quiet=quiet)
    return within.get(letter) if letter else None


def _by(scene: Scene, session: Session) -> date | None:
    stands = session.call_by and called(session) and session.call_by >= _date(scene)
    return session.call_by if stands else None


def called(session: Session) -> bool:
    """Whether a call was agreed to that may be made."""
    return session.answers.get("call_back") == "yes" and session.answers.get("call_how") in CHOICES["call_how"][:2]


def _date(scene: Scene) -> date:
    """The day it is where the phone is; where nobody knows the zone, the day it is by UTC."""
    return _EPOCH + timedelta(seconds=scene.now + (scene.arrival.zone or 0))


def with_note(session: Session, text: str) -> tuple[Session, str]:
    """The session with the note ("1 a las 6"), and the option it was sent with; an hour by itself is for any day.

    On Telegram no number is known: an option without one waits in `picked` until the number comes.
    """
    found = _OPTION_AND_NOTE.fullmatch(text)
    option, note = (found[1], found[2]) if found else (text.strip(" .)"), "")
    if _SURELY(_said(text)) or (found is None and _MAYBE(_said(text))):
        option, note = _CALLED[0], text
    if session.picked and _has_number(text) and not _is_option(option):
        option, note = session.picked[0], text
    if note:
        session = replace(session, answers={**session.answers, "call_note": note.strip()[:_LONGEST_NOTE]})
    return session, option if note else text


def _said(text: str) -> str:
    return " ".join(tidy(text).strip(" .!").split())


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
