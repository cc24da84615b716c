"""A vote as a participant types it: "171", "17-1", "17: sí", "pregunta 17 no"; the question is always in it."""

from __future__ import annotations

import re

from flows.answers import Question, Read, read
from flows.model import Item
from flows.scene import Scene
from flows.session import Session
from flows.words import plain, said

_FIGURES = re.compile(r"\s*(\d{1,2})[\s.,:;/-]*(\d)\s*[.!]?\s*")
_LONGEST_LETTER = 1
_TYPING = ("nickname", "pin")
"""Menus in which figures are what is asked for."""


def voted(scene: Scene, session: Session, text: str) -> tuple[str, str] | None:
    """Item and option of the vote; None where it is none, or a number that the person's own talk asks for."""
    own = session.seat is not None and session.seat.aside
    asks = scene.question(session).kind in ("number", "quantity", "text") and not session.menu
    return None if own and (asks or session.menu in _TYPING) else ballot_of(scene, session, text)


def ballot_of(scene: Scene, session: Session, text: str) -> tuple[str, str] | None:
    """Item and option that the text names, whatever is asked; None where there is no such vote."""
    found = _FIGURES.fullmatch(text)
    number, reply = (found[1], found[2]) if found else _worded(scene, text)
    item = next((one for one in scene.checklist.items.values() if str(one.number) == number), None)
    if item is None or item.room != "vote":
        return None
    option = reply if found else _option(scene, session, item, reply)
    return (item.id, option) if option and 1 <= int(option) <= len(item.choices) else None


def _worded(scene: Scene, text: str) -> tuple[str, str]:
    """The number of the question and what follows it; a word such as "pregunta" may stand before it."""
    tokens = re.sub(r"(?<=\D)(?=\d)|(?<=\d)(?=\D)", " ", plain(text)).split()
    while tokens and (tokens[0] in said(scene.words, "words.option") or _is_letter(tokens[0])):
        tokens.pop(0)
    return (tokens[0], " ".join(tokens[1:])) if tokens and tokens[0].isdecimal() else ("", "")


def _is_letter(token: str) -> bool:
    return token.isalpha() and len(token) == _LONGEST_LETTER


def _option(scene: Scene, session: Session, item: Item, text: str) -> str:
    """The option's number, of its number or its words; "" where that is not clear."""
    question = Question(item.id, "one", item.choices)
    outcome = read(question, scene.words, session.locale, text, checklist=scene.checklist)
    return str(item.choices.index(str(outcome.answer)) + 1) if isinstance(outcome, Read) else ""
