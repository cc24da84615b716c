"""Segments as Twilio's calculator counts them (segments.json holds its answers), and folding to GSM-7."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.sms_text import fold, segments, units

ROWS = json.loads(Path(__file__).with_name("segments.json").read_text())
"""Each text is a list of pieces and how often each is repeated."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: ascii(row["text"])[:60])
def test_units_are_those_of_twilios_calculator(row: dict[str, Any]) -> None:
    text = "".join(piece * times for piece, times in row["text"])
    assert units(text) == (row["encoding"], row["units"], row["segments"])
    assert segments(text) == row["segments"]


@pytest.mark.parametrize(
    ("text", "locale", "folded"),
    [
        ("¿Qué área? ¡Sí!", "es", "¿Qué area? ¡Si!"),
        ("acompan\u0303o, mañana, pingüino", "es", "acompaño, mañana, pingüino"),
        ("café, à, ò, ì, ù, Ç", "es", "café, à, ò, ì, ù, Ç"),
        ("ÁÍÓÚ áíóú ÑÜÉ", "es", "AIOU aiou ÑÜÉ"),
        ("organização, não, põe, três, avô, você", "pt", "organizacao, nao, poe, tres, avo, voce"),
        ("“comillas” ‘simples’ – raya — … •", "es", "\"comillas\" 'simples' - raya - ... -"),
        ("1.º piso, N° 3, 2ª vez, 25 m²", "es", "1.o piso, No 3, 2a vez, 25 m2"),
        ("l’œuvre « d’or » coûte 5\u202f€", "fr", "l'oeuvre \"d'or\" coute 5 €"),
        ("« oro »", "es", '" oro "'),
        ("a\u00a0b\u2009c\tz", "es", "a b c z"),
        ("uno\r\ndos\rtres", "es", "uno\ndos\ntres"),
        ("soft\u00adhyphen\u200b", "en", "softhyphen"),
        ("g\u0303uarani", "es", "guarani"),
        ("Алт 金 😀", "en", "Алт 金 😀"),
        ("", "es", ""),
    ],
)
def test_fold(text: str, locale: str, folded: str) -> None:
    assert fold(text, locale) == folded


def test_a_folded_sentence_costs_one_part() -> None:
    asked = "¿Quién revisa que se cumplan las reglas? Está en “el cuaderno”…" * 2
    assert (segments(asked), segments(fold(asked, "es"))) == (2, 1)


@given(
    st.text(st.characters(max_codepoint=0x24F, blacklist_categories=["Cc"])), st.sampled_from(["es", "en", "fr", "pt"])
)
def test_folding_twice_changes_nothing_and_gives_composed_text(text: str, locale: str) -> None:
    folded = fold(text, locale)
    assert fold(folded, locale) == folded
    assert unicodedata.is_normalized("NFC", folded)


@given(st.text(st.sampled_from("aáéíóúüñçãõâêôœ¿¡“”—… €")))
def test_what_our_languages_write_fits_gsm(text: str) -> None:
    assert units(fold(text, "es")).encoding == "GSM-7"
