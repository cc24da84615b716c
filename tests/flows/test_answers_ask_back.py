"""Questions put back about the answer itself: which unit, which reading, which country, which option."""

from __future__ import annotations

import pytest

from flows.answers import AskBack, read
from flows.model import Answer, Quantity
from flows.session import Candidate, Pending
from tests.flows.typed import QUESTIONS, checklist, heard, short, waiting, words

UNITS = "ask:unit:gram/castellano/ounce/kilogram/tomin/real/punto"
CHOICE = "unclear:choice"

REPLIES = [
    # the unit of "90"
    *(("gold_month", "90", text, "90 gram month") for text in ("1", "1.", "uno", "la 1", "gramos", "g", "en gramos")),
    *(("gold_month", "90", text, "90 castellano month") for text in ("2", "castellanos", "Castellano.")),
    ("gold_month", "90", "3", "90 ounce month"),
    ("gold_month", "90", "7", "90 punto month"),
    ("gold_month", "3", "3 onzas", "3 ounce month"),
    *(("gold_month", "90", text, CHOICE) for text in ("8", "15", "0", "si", "xyz", "1.500", "1 gramos", "3 onzas")),
    ("gold_month", "90", "20 castellanos", "20 castellano month"),
    ("gold_month", "90", "1.500 g", "ask:reading:1500/1.5"),
    ("gold_month", "90", "libras", "unclear:unit_weight"),
    ("gold_month", "90", "?", "unknown"),
    ("gold_month", "20 por semana", "1", "20 gram week"),
    # the reading of "1.500"
    *(("gold_month", "1.500 gramos", text, "1500 gram month") for text in ("1", "mil quinientos", "1500", "1500 g")),
    *(("gold_month", "1.500 gramos", text, "1.5 gram month") for text in ("2", "1,5", "1.5 gramos")),
    ("gold_month", "1.500 gramos", "1.500", CHOICE),
    ("gold_month", "1.500 gramos", "1.500 gramos", CHOICE),
    ("gold_month", "1.000 gramos", "1", "1 gram month"),
    ("gold_month", "1.000 gramos", "2", "1000 gram month"),
    ("gold_month", "2.000 gramos", "2", "2 gram month"),
    ("gold_month", "3.000 gramos", "3", "3 gram month"),
    ("gold_month", "1.500", "20", CHOICE),
    *(("gold_month", "1.500", text, UNITS) for text in ("1", "2", "1500", "mil quinientos", "1,5")),
    # countries
    ("country", "congo", "1", "CD"),
    ("country", "congo", "2", "CG"),
    *(("country", "congo", text, "unclear:country_name") for text in ("3", "no", "otro", "ninguno")),
    *(("country", "congo", text, CHOICE) for text in ("si", "congo", "4", "?", "abc")),
    ("country", "congo", "RDC", "CD"),
    ("country", "congo", "Perú", "PE"),
    *(("country", "Volivia", text, "BO") for text in ("1", "si", "claro", "bolivia")),
    *(("country", "Volivia", text, "unclear:country_name") for text in ("2", "no", "no señor", "otro país")),
    ("country", "Volivia", "Ecuadro", "ask:country:EC/other"),
    ("country", "España", "1", "ES"),
    # options that were equally near
    ("processing", "molino", "1", ("own_plant",)),
    ("processing", "molino", "la 2", ("other_plant",)),
    ("processing", "molino", "molino o planta propia", ("own_plant",)),
    ("processing", "molino", "batea o canalón", ("pan",)),
    ("processing", "molino", "no sé", "unknown"),
    *(("processing", "molino", text, CHOICE) for text in ("3", "5", "1 2", "molino", "oro", "1 y no sé")),
    ("three_ways", "si", "2", "some"),
    ("three_ways", "si", "sí, algunos días", "some"),
    ("three_ways", "si", "nunca", "none"),
    *(("three_ways", "si", text, CHOICE) for text in ("si", "3")),
]


@pytest.mark.parametrize(("name", "first", "reply", "expected"), REPLIES)
def test_the_reply_picks_a_candidate_or_takes_its_place(name: str, first: str, reply: str, expected: Answer) -> None:
    assert short(heard(name, reply, pending=waiting(heard(name, first)))) == expected


@pytest.mark.parametrize(("reading", "unit", "expected"), [("1", "gramos", 1500), ("2", "1", 1.5), ("1,5", "g", 1.5)])
def test_a_doubtful_number_without_unit_is_asked_about_twice(reading: str, unit: str, expected: float) -> None:
    asked = heard("gold_month", "1.500 por semana")
    again = heard("gold_month", reading, pending=waiting(asked))
    answer = heard("gold_month", unit, pending=waiting(again))
    assert short(again) == UNITS
    assert short(answer) == f"{expected:g} gram week"


def test_three_decimals_survive_the_question_for_the_unit() -> None:
    again = heard("gold_month", "2", pending=waiting(heard("gold_month", "1.005")))
    assert short(heard("gold_month", "1", pending=waiting(again))) == "1.005 gram month"


def test_every_unit_offered_carries_its_weight() -> None:
    asked = heard("gold_month", "2")
    assert isinstance(asked, AskBack)
    weights = {c.value: c.answer.grams_month for c in asked.candidates if isinstance(c.answer, Quantity)}
    assert weights == {
        "gram": 2,
        "castellano": 9.2,
        "ounce": 62.207,
        "kilogram": 2000,
        "tomin": 1.15,
        "real": 0.575,
        "punto": 0.2,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", "CO"), ("sí", "CO"), ("2", "unclear:country_name"), ("no", "unclear:country_name"), ("Perú", "PE")],
)
def test_the_country_guessed_from_the_number_is_a_question_put_back(text: str, expected: str) -> None:
    guessed = Pending("country", "", (Candidate("CO", "CO"), Candidate("other", None)))
    assert short(heard("country", text, pending=guessed)) == expected


def test_a_bare_yes_agrees_to_the_guess() -> None:
    outcome = read(QUESTIONS["country"], words(), "es", "si", checklist=checklist(), guess="CO")
    assert short(outcome) == "CO"
    assert short(heard("country", "si")) == "unclear:country"
