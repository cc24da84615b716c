"""Amounts of gold as people say them."""

from __future__ import annotations

import pytest

from flows.answers import Read
from flows.model import UNKNOWN, Answer, Quantity
from tests.flows.typed import heard, short

QUANTITY, RANGE, LIMITS, UNIT, DAY = (
    f"unclear:{why}" for why in ("quantity", "number_range", "limits", "unit_weight", "period_day")
)
READING = "ask:reading:1500/1.5"
UNITS = "ask:unit:gram/castellano/ounce/kilogram/tomin/real/punto"

SPANISH = [
    *(
        (text, "90 gram month")
        for text in ("90 gramos", "90g", "90 gr", "90 grs.", "90 GRAMOS", "90gramos/mes", "90 g mes")
    ),
    *(
        (text, "90 gram month")
        for text in ("90 gramos al mes", "unos 90 gramos", "sacamos como 90 gramos de oro al mes")
    ),
    *(
        (text, "90 gram month")
        for text in ("noventa gramos", "entre todos 90 gramos", "al mes 90 g", "90 gramos mensuales")
    ),
    *((text, "1500 gram month") for text in ("1500 g", "mil quinientos gramos", "1'500 gramos", "1 500 gramos")),
    ("1.500,5 gramos", "1500.5 gram month"),
    ("1,500.5 g", "1500.5 gram month"),
    ("12,5 gramos", "12.5 gram month"),
    ("1.500.000 g", "1.5e+06 gram month"),
    ("quince castellanos", "15 castellano month"),
    ("un castellano", "1 castellano month"),
    ("3 oz.", "3 ounce month"),
    *((text, "0.5 ounce month") for text in ("media onza", "1/2 onza", "\u00bd onza", "0,5 onzas")),
    *((text, "3.5 ounce month") for text in ("3 onzas y media", "3\u00bd onzas", "3 1/2 onzas", "tres y media onzas")),
    *(
        (text, "1.5 kilogram month")
        for text in ("kilo y medio", "un kilo y medio", "1,5 kg", "1.5kg", "1 y medio kilos")
    ),
    ("0,500 kg", "0.5 kilogram month"),
    ("3/4 onza", "0.75 ounce month"),
    ("2 castellanos y 3 tomines", "2.375 castellano month"),
    ("2 castellanos, 3 tomines", "2.375 castellano month"),
    ("2 castellanos + 3 tomines", "2.375 castellano month"),
    ("2 gramos y 3 puntos", "2.3 gram month"),
    ("2 kilos y media onza", "2.01555 kilogram month"),
    ("treinta y dos gramos y medio", "32.5 gram month"),
    ("20 riales", "20 real month"),
    ("100 puntos", "100 punto month"),
    *(
        (text, "20 gram week")
        for text in ("20 gramos por semana", "20 g semanales", "cada 8 días 20 gramos", "20g/semana")
    ),
    *((text, "40 gram fortnight") for text in ("40 gramos a la quincena", "40 g cada 15 días", "40 g quincenal")),
    *((text, UNKNOWN) for text in ("?", "no sé", "no digo", "nose", "no quiero decir")),
    *((text, READING) for text in ("1.500 gramos", "1,500 g", "unos 1.500 gramos", "1.500", "1.500 por semana")),
    *((text, UNITS) for text in ("90", "quince", "15 y medio", "media", "90 al mes", "12,5")),
    *((text, UNIT) for text in ("5 libras", "90 granos", "1.500 libras", "una libra", "2 lb")),
    *((text, LIMITS) for text in ("0 gramos", "-5 gramos", "0", "999999999999 gramos", "cero gramos")),
    *((text, DAY) for text in ("3 gramos al día", "3 gramos diarios", "1 kilo al año", "90 g por mes y 20 por semana")),
    *(
        (text, RANGE)
        for text in ("15-20 gramos", "15 o 20 gramos", "entre 15 y 20 gramos", "15/20 g", "50 a 60 gramos")
    ),
    *(
        (text, QUANTITY)
        for text in ("gramos", "castellano", "90 pesos", "$90", "más de 90 gramos", "menos de 90 gramos")
    ),
    *(
        (text, QUANTITY)
        for text in ("90 gramos por persona", "90 gramos cada uno", "2 punto 5 gramos", "5 gramos 1 onza")
    ),
    *((text, QUANTITY) for text in ("1.500 g y 1.200 g", "", "mucho", "gramos 90 x", "1.500 pesos")),
]

ENGLISH = [
    ("90 grams", "90 gram month"),
    ("about ninety grams a month", "90 gram month"),
    ("half an ounce", "0.5 ounce month"),
    ("an ounce and a half", "1.5 ounce month"),
    ("two and a half kilos", "2.5 kilogram month"),
    ("a kilo", "1 kilogram month"),
    ("2 ounces a week", "2 ounce week"),
    ("20 grams every two weeks", "20 gram fortnight"),
    ("1,500 grams", READING),
    ("90", "ask:unit:gram/ounce/kilogram/castellano/tomin/real/punto"),
    ("a pound", UNIT),
    ("20 grams a day", DAY),
    ("15 to 20 grams", RANGE),
    ("I don't know", UNKNOWN),
    ("grams", QUANTITY),
]


@pytest.mark.parametrize(("text", "expected"), SPANISH)
def test_gold_in_spanish(text: str, expected: Answer) -> None:
    assert short(heard("gold_month", text)) == expected


@pytest.mark.parametrize("text", ["/,.813,600", ".813,600 g", "x.1,500 gramos"])
def test_figures_with_odd_marks_are_asked_again(text: str) -> None:
    assert short(heard("gold_month", text)).startswith("unclear")  # type: ignore[union-attr]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_gold_in_english(text: str, expected: Answer) -> None:
    assert short(heard("gold_month", text, "en")) == expected


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("90 gramos", 90),
        ("2 kilos", 2000),
        ("3 onzas", 93.3105),
        ("20 castellanos", 92),
        ("8 tomines", 4.6),
        ("16 reales", 4.6),
        ("10 puntos", 1),
        ("12 gramos por semana", 52),
        ("10 gramos por quincena", 20),
        ("2 castellanos y 4 tomines por quincena", 23),
    ],
)
def test_grams_a_month(text: str, grams: float) -> None:
    outcome = heard("gold_month", text)
    assert isinstance(outcome, Read)
    assert isinstance(outcome.answer, Quantity)
    assert outcome.answer.grams_month == pytest.approx(grams, abs=1e-5)
