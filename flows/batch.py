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
_LETTER = re.compile(r"(?<![a-z])([a-h])[.):=\s]*(?=[\d?])")
_LONGEST = 300
_SINGLES = 2
_TOLD = 12
"""Letters of a token that was not understood, as it is told back."""


def row(scene: Scene, session: Session, text: str) -> tuple[str, ...]:
    """The single answers that the message is made of; () where it is one answer, or none."""
    item = scene.checklist.items.get(session.state)
    if session.menu or item is None or item.kind == "several" or not joins(item) or len(text) > _LONGEST:
        return ()
    text = _unlettered(text) if session.together else text
    tokens = _tokens(text)
    if len(tokens) == 1:
        return _compact(scene, session, tokens[0])
    return tokens if is_row(text) and not (item.kind == "number" and _one_number(scene, session, text)) else ()


def is_row(text: str) -> bool:
    """Whether the text has the look of several answers: two signs that are answers each, and whatever follows."""
    tokens = _tokens(text)
    return len(tokens) > 1 and all(map(_TOKEN, tokens[:2]))


def _unlettered(text: str) -> str:
    """A row without the letters of the lines, "A1 B2 C1", if they come in order."""
    letters = "".join(_LETTER.findall(tidy(text)))
    return _LETTER.sub(" ", tidy(text)) if letters and ascii_lowercase.startswith(letters) else text


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(token for token in _BETWEEN.split(tidy(text).strip(" .,;\n")) if token)


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
    told = 0
    turn = Turn(session)
    while told < len(tokens) and _takes_more(scene, session):
        answered = _step(scene, session, tokens[told])
        if answered is None:
            break
        turn = _after(turn, answered)
        session, told = answered.kept, told + 1
    if not told:
        return None
    account = _account(scene, session, tokens[:told], tokens[told:])
    return replace(turn, session=replace(session, batched=session.batched + told), says=(*account, *turn.says))


def _takes_more(scene: Scene, session: Session) -> bool:
    item = scene.checklist.items.get(session.state)
    return item is not None and joins(item)


def _step(scene: Scene, session: Session, token: str) -> Turn | None:
    """The turn of one answer of the row; None where it is unclear."""
    outcome = _read(scene, session, token) if _TOKEN(token) else None
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


def _account(scene: Scene, session: Session, told: tuple[str, ...], left: tuple[str, ...]) -> Iterator[Say]:
    """What was taken, and why not the rest. A block that was answered whole needs no echo of it."""
    if session.together and not left:
        yield Say("batch.all", count=len(told))
        return
    yield Say("batch.took", {"answers": " ".join(told)}, count=len(told))
    if left and _takes_more(scene, session):
        yield Say("batch.unclear", {"what": left[0][:_TOLD]})
    elif left:
        yield Say("batch.alone")


def mentioned(scene: Scene, before: Session, turn: Turn) -> Turn:
    """The turn of a single answer; once, where answering pays and a row fits, with a word about rows."""
    session = turn.session
    if session is None or session.batch_told or session.channel not in PAID or not _used_to_it(scene, before, session):
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
