"""People and their answers, for the tests of what leaves: everything that must not leave is easy to search for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.texts import load_texts
from flows.load import load
from flows.model import Quantity
from flows.session import Session

if TYPE_CHECKING:
    from flows.model import Answer, Item

VERSION = "2026-11"
CHECKLIST = load(VERSION)
TEXTS = load_texts({"phone": "+57 604 332 47 11", "mail": "standards@responsiblemines.org", "web": "fairmined.org"})
LOCALES = tuple(TEXTS.translations)
REFERENCE = "7K3M-2QXD"
PHONE = "+573009998877"
NAME, ORGANISATION, PLACE = "Zulma Quispe", "Coop. Xeriquarzo", "Yurimaguas Alto"
NOTE = "después de las 23 47"
GOLD = Quantity(987.5, "castellano", "month", 4542.5)
SENSITIVE = tuple(item.id for item in CHECKLIST.items.values() if item.sensitive)
PERSONAL = (NAME, ORGANISATION, PLACE, NOTE, PHONE, "300 9998877", "9998877")
FIGURES = ("987", "4542", "4.542", "4,542", "7.6", "7,6")

Answers = dict[str, "Answer"]

_OPEN: Answers = {
    "role": "leader",
    "country": "CO",
    "metals": ("gold",),
    "organised": "cooperative",
    "registered": "yes",
    "legal_title": "own",
    "community_based": "workers",
    "miners": 30,
    "days_month": 20,
    "mine_type": ("underground", "river"),
    "processing": ("own_plant", "pan"),
    "hired": "yes",
    "explosives": "yes",
    "mercury": "yes",
    "cyanide": "yes",
    "gold_month": Quantity(1200.0, "gram", "month", 1200.0),
}


def good(**other: Answer) -> Answers:
    """Everything as it should be, neither mercury nor cyanide: `apply_now`."""
    clean: Answers = {"mercury": "no", "cyanide": "no", "explosives": "no"}
    return _filled(_OPEN | clean | other, lambda item: next(c for c in item.choices if c not in item.rule))


def every_gap(**other: Answer) -> Answers:
    """Every branch open and every gap in it, and all the advice there is."""
    return _filled(_OPEN | other, _worst)


def all_unknown(**other: Answer) -> Answers:
    """Nothing known wherever that is an answer; every branch open."""
    known = {"legal_title": "unknown", "gold_month": "unknown", "miners": "unknown", "community_based": "unknown"}
    return _filled(_OPEN | known | other, lambda item: "unknown" if "unknown" in item.choices else item.choices[0])


def consenting(answers: Answers, **other: Answer) -> Answers:
    """`answers`, and the wish that ARM gets them all and calls."""
    wishes: Answers = {
        "send": "yes",
        "send_private": "yes",
        "call_back": "yes",
        "call_how": "only_batea",
        "call_note": NOTE,
        "name": NAME,
        "organisation": ORGANISATION,
        "place": PLACE,
    }
    return answers | wishes | other


def secrets(code: str) -> Answers:
    """Section 7, answered the same all through."""
    return dict.fromkeys(SENSITIVE, code)


def session(answers: Answers, *, turn: int = 60, private: bool = True, locale: str = "es") -> Session:
    """A session that has come to its end."""
    return Session(
        version=VERSION,
        locale=locale,
        channel="sms",
        state="done",
        private=private,
        started=1_799_990_000.0,
        turn=turn,
        reference=REFERENCE,
        answers=answers,
    )


def sensitive_words(locale: str) -> list[str]:
    """Sentences that only section 7 has: whoever reads one of them knows that it was asked, or what was said."""
    keys = [f"{name}.{field}" for name in SENSITIVE for field in ("ask", "gap", "arm", "who")]
    return [TEXTS.get(locale, key) for key in keys if TEXTS.has(locale, key)]


def _filled(given: Answers, choose: object) -> Answers:
    assert callable(choose)
    rest = [item for item in CHECKLIST.items.values() if item.id not in given and item.choices]
    return {**given, **{item.id: choose(item) for item in rest if not item.sensitive and item.kind != "quantity"}}


def _worst(item: Item) -> str:
    bad = [code for code, effect in item.rule.items() if effect in {"gap", "advice"}]
    return bad[0] if bad else item.choices[0]
