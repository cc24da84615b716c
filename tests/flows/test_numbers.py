"""Whole numbers as people write them."""

from __future__ import annotations

import pytest

from flows.answers import Question, Unclear, read
from flows.model import UNKNOWN, Answer
from flows.typed.numbers import amounts, whole
from tests.flows.typed import checklist, heard, short, words

NUMBER, RANGE, WHOLE, LIMITS = (f"unclear:{why}" for why in ("number", "number_range", "whole", "limits"))

MINERS = [
    *((text, 15) for text in ("15", " 15 ", "15.", "(15)", "+15", "~15", "015", "\uff11\uff15", "\u0661\u0665")),
    *((text, 15) for text in ("quince", "QUINCE", "unos quince", "unos 15", "como quince", "como 15", "somos 15")),
    *(
        (text, 15)
        for text in ("15 personas", "somos como unos quince", "15 mineros", "hay 15 personas", "15 más o menos")
    ),
    *((text, 15) for text in ("casi 15", "aproximadamente 15", "15 aprox", "somos 15 en total", "15 trabajadores")),
    *((text, 1500) for text in ("1500", "1.500", "1,500", "1 500", "1'500", "1\u2019500", "mil quinientos", "mil 500")),
    *((text, 22) for text in ("22", "veintidos", "veintidós", "VEINTIDÓS")),
    *((text, 16) for text in ("dieciséis", "dieciseis", "diez y seis")),
    *((text, 25) for text in ("veinticinco", "veinte y cinco")),
    ("treinta y cinco", 35),
    ("noventa y nueve", 99),
    ("99", 99),
    ("ciento veinte", 120),
    ("2 mil", 2000),
    ("un mil", 1000),
    ("15 mil quinientos", 15500),
    ("1", 1),
    ("uno", 1),
    ("8", 8),
    ("9", 9),
    ("fifteen", 15),
    *((text, UNKNOWN) for text in ("?", "??", "no sé", "nose", "no sabemos", "la verdad no sé", "no digo")),
    *(
        (text, NUMBER)
        for text in ("l5", "lOO", "1OO", "I5", "", " ", "muchos", "a", "o", "docenas", "15k", "15 hombres")
    ),
    *(
        (text, NUMBER)
        for text in ("más de 15", "menos de 20", "15 y medio", "20 días", "si", "$15", "veinte mil pesos")
    ),
    *((text, RANGE) for text in ("15 o 20", "15-20", "15 a 20", "15/20", "entre 15 y 20", "quince o veinte", "15 20")),
    *((text, RANGE) for text in ("15 mineros y 5 mujeres", "de 15 a 20", "150 200", "15 y 3", "15 \u2013 20")),
    *((text, WHOLE) for text in ("12,5", "12.5", "1.5", "0.500", "12.50", "15,0")),
    *((text, LIMITS) for text in ("0", "00000", "cero", "-5", "\u22125", "- 5", "100001", "1.500.000", "9" * 40)),
]

DAYS = [
    *((text, 20) for text in ("20", "20 días", "20 dias al mes", "veinte días", "unos 20 días cada uno", "20 al mes")),
    ("31", 31),
    *((text, LIMITS) for text in ("32", "0", "310")),
    *((text, NUMBER) for text in ("5 por semana", "6 días a la semana", "20 personas", "todos los días")),
]

ENGLISH = [
    ("fifteen hundred", 1500),
    ("a hundred", 100),
    ("a hundred and five", 105),
    ("twenty-two people", 22),
    ("about 15", 15),
    ("we are 15", 15),
    ("1,500 miners", 1500),
    ("2 thousand", 2000),
    ("don't know", UNKNOWN),
    ("between 15 and 20", RANGE),
    ("15 to 20", RANGE),
    ("a", NUMBER),
    ("o", NUMBER),
    ("more than 15", NUMBER),
]


@pytest.mark.parametrize(("text", "expected"), MINERS)
def test_how_many_people(text: str, expected: Answer) -> None:
    assert short(heard("miners", text)) == expected


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_how_many_days(text: str, expected: Answer) -> None:
    assert short(heard("days_month", text)) == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_numbers_in_english(text: str, expected: Answer) -> None:
    assert short(heard("miners", text, "en")) == expected


def test_a_question_without_unknown_asks_again() -> None:
    question = Question("miners", "number", (), 1, 10)
    assert read(question, words(), "es", "?", checklist=checklist()) == Unclear("number")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("1500", (1500,)),
        ("1.500", (1500, 1.5)),
        ("1,500", (1500, 1.5)),
        ("1,000", (1, 1000)),
        ("12.345", (12345, 12.345)),
        ("1.500.000", (1500000,)),
        ("1'500", (1500,)),
        ("1 500", (1500,)),
        ("1.500,5", (1500.5,)),
        ("1,500.25", (1500.25,)),
        ("0.500", (0.5,)),
        ("1234.567", (1234.567,)),
        ("12,5", (12.5,)),
        ("1,50", (1.5,)),
        ("1.5.3", ()),
        ("1.50,5", ()),
        ("1.500,500", (1500.5,)),
        ("quince", ()),
        ("9" * 30, ()),
    ],
)
def test_figures_have_one_reading_or_two(figures: str, expected: tuple[float, ...]) -> None:
    assert amounts(figures) == expected


@pytest.mark.parametrize(
    ("figures", "expected"), [("1.500", 1500), ("1.500.000", 1500000), ("12.5", None), ("0.500", None), ("007", 7)]
)
def test_a_whole_number_takes_three_digits_for_thousands(figures: str, expected: int | None) -> None:
    assert whole(figures) == expected
