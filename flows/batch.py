"""Several answers in one message, "1 1 2 3": they answer the next questions in a row, as far as they are clear.

Which questions may be answered so is in `blocks`; what each answer does is in `moving`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from msgspec.structs import replace

from flows.answers import Outcome, Read, Unclear, read
from flows.asking import PAID
from flows.blocks import block, joins
from flows.model import Say
from flows.moving import settle
from flows.scene import Scene, Turn
from flows.session import Session
from flows.words import tidy

_TOKEN = re.compile(r"\?|\d{1,7}(?:\+\d){0,6}").fullmatch
_BETWEEN = re.compile(r"[\s,;]+")
_APART = re.compile(r"(?:[\s;]|(?<!\d),|,(?!\d))+")
"""Between answers that spaces part: in "1 2 30,5" the last one is no whole number, and not two."""
_SPACED, _LISTED = re.compile(r"[\s;]"), re.compile(r",\s")
_DECIMAL = re.compile(r"\d,\d")
_PLUS = re.compile(r"(?<=\d)\s*\+\s*(?=\d)")
_THOUSANDS = re.compile(r"\d{1,3} \d{3}").fullmatch
_LETTER = re.compile(r"(?<![a-z])([a-h])[-.):=\s]*(?=[\d?])")
_SAYABLE = re.compile(r"[!-~]")
_LONGEST = 300
_SINGLES = 2
_TOLD = 12
"""Letters of a sign that was not understood, as it is told back: none that make the SMS dearer."""


def row(scene: Scene, session: Session, text: str) -> tuple[str, ...]:
    """The single answers that the message is made of; () where it is one answer, or none."""
    if not 1 < len(text) <= _LONGEST or session.menu:
        return ()
    item = scene.checklist.items.get(session.state)
    if item is None or item.kind == "several" or not joins(item) or (session.room and item.room):
        return ()
    if session.together:
        text = _unlettered(text)
    elif item.kind == "number" and _DECIMAL.search(text):
        return ()
    tokens = _tokens(text)
    if len(tokens) == 1:
        return _compact(scene, session, tokens[0])
    return tokens if is_row(text) and not (item.kind == "number" and _one_number(scene, session, text)) else ()


def is_row(text: str) -> bool:
    """Whether the text has the look of several answers: two signs that are answers each, and whatever follows."""
    tokens = _tokens(text)
    return len(tokens) > 1 and all(map(_TOKEN, tokens[:2]))


def _unlettered(text: str) -> str:
    """A row without the letters of the lines, "A1 B2 C1", if they come in order; "15 a 20" is no such row."""
    text = tidy(text).strip()
    letters = "".join(_LETTER.findall(text))
    return _LETTER.sub(" ", text) if text.startswith("a") and ascii_lowercase.startswith(letters) else text


def _tokens(text: str) -> tuple[str, ...]:
    between = _APART if _SPACED.search(text.strip()) and not _LISTED.search(text) else _BETWEEN
    return tuple(token for token in between.split(_PLUS.sub("+", tidy(text).strip(" .,;!\n"))) if token)


def _one_number(scene: Scene, session: Session, text: str) -> bool:
    """Whether the message is one number, as "1 500" is fifteen hundred, or says what it counts: "15 20 personas"."""
    if not all(map(_TOKEN, _tokens(text))):
        return True
    outcome = _read(scene, session, text)
    return isinstance(outcome, Read) and isinstance(outcome.answer, int)


def _compact(scene: Scene, session: Session, text: str) -> tuple[str, ...]:
    """The digits of "1123", for a block that was shown and has no number in it."""
    shown = block(scene.checklist, session) if session.together else ()
    if not text.isdecimal() or not 1 < len(text) <= len(shown) or any(item.kind == "number" for item in shown):
        return ()
    return tuple(text)


def take(scene: Scene, session: Session, tokens: tuple[str, ...]) -> Turn | None:
    """The turn that a row of answers makes; None where not even the first one is clear."""
    shown = block(scene.checklist, session) if session.together else ()
    told: list[str] = []
    turn, left = Turn(session), tokens
    while left and _takes_more(scene, turn.kept):
        sign = _sign(scene, turn.kept, left)
        answered = _step(scene, turn.kept, sign)
        if answered is None:
            break
        turn = _after(turn, answered)
        told, left = [*told, sign], left[len(sign.split()) :]
    if not told:
        return _unknown(scene, session) if tokens[0] == "?" else None
    account = _account(scene, turn.kept, told, left, shown=len(shown))
    kept = replace(turn.kept, batched=session.batched + len(told))
    return replace(turn, session=kept, says=(*account, *turn.says))


def _unknown(scene: Scene, session: Session) -> Turn:
    """A row that begins with "I don't know" where that is no answer: what comes after it answers something else."""
    return Turn(session, (Say("batch.unclear", {"what": "?"}), scene.ask(session)))


def _takes_more(scene: Scene, session: Session) -> bool:
    """Whether the pending question may be answered in a row; a country that has to be named may not."""
    item = scene.checklist.items.get(session.state)
    named = item is not None and item.kind == "country" and session.country_guess is None
    return item is not None and joins(item) and not named and not (session.room and item.room)


def _sign(scene: Scene, session: Session, left: tuple[str, ...]) -> str:
    """The next answer of the row; at a number "1 500" is fifteen hundred, as it is by itself."""
    thousands = " ".join(left[:2])
    asks_number = scene.question(session).kind == "number"
    return thousands if asks_number and _THOUSANDS(thousands) else left[0]


def _step(scene: Scene, session: Session, sign: str) -> Turn | None:
    """The turn of one answer of the row; None where it is unclear."""
    outcome = _read(scene, session, sign) if all(map(_TOKEN, sign.split())) else None
    if isinstance(outcome, Read):
        return settle(scene, session, outcome.answer)
    if isinstance(outcome, Unclear) and outcome.why == "country_name":
        asking = replace(session, pending=None, country_guess=None)
        return Turn(asking, (scene.ask(asking),))
    return None


def _read(scene: Scene, session: Session, text: str) -> Outcome:
    question, guess = scene.question(session), session.country_guess
    return read(
        question, scene.words, session.locale, text, checklist=scene.checklist, pending=session.pending, guess=guess
    )


def _after(turn: Turn, then: Turn) -> Turn:
    """Both turns as one: what the first one asked was answered."""
    return replace(then, timers=(*turn.timers, *then.timers), happened=(*turn.happened, *then.happened))


def _account(scene: Scene, session: Session, told: list[str], left: tuple[str, ...], *, shown: int) -> Iterator[Say]:
    """What was taken, and why not the rest. A block that was answered needs no echo; what was not shown does."""
    if len(told) <= shown and not left:
        yield Say("batch.all", count=len(told))
        return
    yield Say("batch.took", {"answers": " ".join(told)}, count=len(told))
    if left and _takes_more(scene, session):
        yield Say("batch.unclear", {"what": _told_back(left[0])})
    elif left:
        yield Say("batch.alone")


def _told_back(sign: str) -> str:
    """A sign that was not understood; what holds a figure may be how much gold, and is not told."""
    letters = "".join(_SAYABLE.findall(sign))[:_TOLD]
    figure = len(letters) > 1 and re.search(r"\d", letters)
    return "..." if figure or not letters else letters


def mentioned(scene: Scene, before: Session, turn: Turn) -> Turn:
    """The turn of a single answer; once, where answering pays and a row fits, with a word about rows."""
    session = turn.session
    if session is None or session.batch_told or session.room or session.channel not in PAID:
        return turn
    if not _used_to_it(scene, before, session):
        return turn
    says = (*turn.says[:-1], Say("batch.hint"), *turn.says[-1:])
    return replace(turn, session=replace(session, batch_told=True), says=says)


def _used_to_it(scene: Scene, before: Session, session: Session) -> bool:
    """Two questions were answered one by one, and the next one takes a row."""
    items = scene.checklist.items
    answered = sum(name in items for name in session.answers)
    return (
        before.state in items
        and answered >= _SINGLES
        and _takes_more(scene, session)
        and (items[session.state].kind == "one")
    )
