"""What people type to questions with options and to free text: right, wrong and dangerous."""

from __future__ import annotations

import pytest

from flows.model import UNKNOWN, Answer
from flows.words import plain
from tests.flows.typed import LABELS, QUESTIONS, heard, short

UNCLEAR = "unclear:choice"
SEVERAL = "unclear:several"

ONE = [
    # by number
    *(("records", text, "yes") for text in ("1", "1.", "1)", "(1)", "#1", " 1 ", "01", "1º", "1!", "+1", "*1*")),
    *(("records", text, "yes") for text in ("opción 1", "OPCION 1", "la 1", "es la 1", "número 1", "resp 1", "N° 1")),
    *(("records", text, "yes") for text in ("uno", "UNO", "la primera", "el primero", "1 por favor", "hola 1")),
    *(("records", text, "yes") for text in ("1️⃣", "\uff11", "\u2460", "\u0661", "1\ufe0f\u20e3")),
    *(("records", text, "no") for text in ("2", "dos", "la dos", "es la 2", "la segunda", "2 gracias")),
    *(("records", text, UNKNOWN) for text in ("3", "tres", "3.", "la tercera")),
    # numbers that are none of the options
    *(("records", text, UNCLEAR) for text in ("0", "4", "7", "12", "1-15", "1 o 2", "1/2", "1,2", "1.5", "-1", "1 1")),
    *(("records", text, UNCLEAR) for text in ("lOO", "1OO", "l", "once", "1%", "1x", "\u00bd", "1\u00b2", "los dos")),
    # yes and no, where exactly one label begins with it
    *(("records", text, "yes") for text in ("sí", "SI.", "si", "sip", "s", "Sí!!!", "si si", "siii", "yes", "Sí 👍")),
    *(
        ("records", text, "yes")
        for text in ("creo que si", "si señor", "si claro", "pues si", "claro que sí", "👍", "👍🏽")
    ),
    *(
        ("records", text, "no")
        for text in ("no", "NO", "nop", "no gracias", "creo que no", "pues no", "no señor", "👎")
    ),
    *(
        ("records", text, UNCLEAR)
        for text in ("si no", "no si", "si, pero no todo", "si no sé", "si 👎", "", " ", "...")
    ),
    *(("forced_work", text, "no") for text in ("si", "sí, todos", "si todos", "si todas")),
    *(("forced_work", text, "yes") for text in ("no", "no todos", "no todas", "no todso")),
    ("forced_work", "si, casi todos", UNCLEAR),
    ("forced_work", "so todos", "ask:which:no/yes"),
    ("children", "no", UNCLEAR),
    ("children", "si", UNCLEAR),
    ("children", "nunca", "no"),
    ("children", "nunka", "no"),
    ("children", "casi nunca", UNCLEAR),
    ("mercury_burning", "si", UNCLEAR),
    ("mercury_burning", "no", UNCLEAR),
    ("security_talk", "no", "no"),
    ("security_talk", "si", "yes"),
    ("security_talk", "paso", UNKNOWN),
    ("security_talk", "no quiero hablar", UNCLEAR),
    ("three_ways", "si", "ask:which:all/some"),
    ("three_ways", "sí, algunos días", "some"),
    # not knowing
    *(
        ("records", text, UNKNOWN)
        for text in ("no sé", "no se", "nose", "NO SE", "ni idea", "no lo sé", "?", "??", "¿?")
    ),
    *(
        ("records", text, UNKNOWN)
        for text in ("la verdad no sé", "pues no se", "no sé señor", "quien sabe", "I don't know")
    ),
    ("forced_work", "no digo", UNKNOWN),
    ("forced_work", "prefiero no decir", UNKNOWN),
    ("role", "no sé", UNCLEAR),
    ("role", "?", UNCLEAR),
    # labels, synonyms, their beginnings
    ("mercury_burning", "siempre con retorta y lejos de casas", "no"),
    ("mercury_burning", "Siempre con retorta", "no"),
    ("mercury_burning", "siempre", "no"),
    ("mercury_burning", "a veces", "yes"),
    ("mercury_burning", "en casa", "yes"),
    ("mercury_burning", "1 siempre con retorta", "no"),
    ("mercury_burning", "1. siempre con retorta y lejos de casas", "no"),
    ("mercury_burning", "2 siempre con retorta", UNCLEAR),
    ("records", "a medias", "no"),
    ("records", "1 si", "yes"),
    ("records", "1 no", UNCLEAR),
    ("records", "2 no", "no"),
    ("role", "secretaria", "leader"),
    ("role", "soy socia", "member"),
    ("role", "trabajador", "worker"),
    ("role", "no socio", UNCLEAR),
    ("role", "no soy socio", UNCLEAR),
    ("role", "barequero", "independent"),
    ("community_based", "mitad", "both"),
    ("community_based", "de un dueño", "investor"),
    ("community_based", "de la comunidad", "workers"),
    ("community_based", "de", UNCLEAR),
    ("gold_band", "3 a 5", "3_to_5"),
    ("gold_band", "3 a 5 gramos", "3_to_5"),
    ("gold_band", "menos de 3", "under_3"),
    ("gold_band", "5", UNCLEAR),
    ("gold_band", "más de 3 gramos", UNCLEAR),
    ("welcome", "seguir", "yes"),
    ("welcome", "segir", "yes"),
    # typing errors, and what only looks like one
    ("mercury_burning", "siempre con retrota y lejos de casas", "no"),
    ("mercury_burning", "siemrpe con retorta", "no"),
    ("mercury_burning", "aveces al aire o en casa", "yes"),
    ("mercury_burning", "no siempre con retorta y lejos de casas", UNCLEAR),
    ("mercury_burning", "siempre sin retorta y lejos de casas", UNCLEAR),
    ("role", "secretria", "leader"),
    ("role", "baraquero", "independent"),
    ("community_based", "miatd y mitad", "both"),
    ("formal", "legal", UNCLEAR),
    ("formal", "informal", UNCLEAR),
    ("formal", "ilegl", "no"),
    ("records", "yes", "yes"),
    # stored codes are no words
    ("community_based", "investor", UNCLEAR),
    ("role", "leader", UNCLEAR),
]

MANY = [
    *(("metals", text, ("gold", "platinum")) for text in ("1 3", "1,3", "1, 3", "1 y 3", "1+3", "3 1", "1;3", "1. 3.")),
    *(
        ("metals", text, ("gold", "platinum"))
        for text in ("la 1 y la 3", "opciones 1 y 3", "1\n3", "1 3 1", "uno y tres")
    ),
    *(("metals", text, ("gold", "silver")) for text in ("oro y plata", "oro, plata", "ORO,PLATA.", "plata y oro")),
    *(
        ("metals", text, ("gold", "silver"))
        for text in ("oro plata", "oro\nplata", "1 oro 2 plata", "oro y 2", "oro e plata")
    ),
    *(
        ("metals", text, ("gold",))
        for text in ("1", "oro", "solo oro", "1 oro", "1 1", "oro oro", "es oro", "oro gracias")
    ),
    ("metals", "1 oro plata", ("gold", "silver")),
    ("metals", "1 2 3 4", ("gold", "silver", "platinum", "other")),
    ("metals", "oro y cobre", ("gold", "other")),
    ("metals", "platta", ("silver",)),
    ("metals", "orro", "ask:which:gold/other"),
    *(
        ("metals", text, SEVERAL)
        for text in ("13", "1-3", "1 a 3", "1 o 3", "1 y 5", "1234", "0", "todo", "", "1 plata")
    ),
    *(("metals", text, SEVERAL) for text in ("no plata", "oro y no plata", "no sé", "no", "si", "oro y nada")),
    *(("processing", text, UNKNOWN) for text in ("5", "no sé", "?", "nose")),
    *(("processing", text, SEVERAL) for text in ("1 5", "1 y no sé", "5 1", "batea y no sé")),
    ("processing", "batea o canalón", ("pan",)),
    ("processing", "vatea o canalon", ("pan",)),
    ("processing", "batea o canalón y molino o planta propia", ("pan", "own_plant")),
    ("processing", "molino", "ask:which:own_plant/other_plant"),
    ("processing", "molino o planta", "ask:which:own_plant/other_plant"),
]

ENGLISH = [
    *(
        ("records", text, "yes")
        for text in ("1", "one", "option 1", "number 1", "yes", "Yep", "yeah", "I think yes", "y")
    ),
    *(("records", text, "no") for text in ("2", "no", "nope", "the second", "no, or partly", "partly", "no thanks")),
    *(
        ("records", text, UNKNOWN)
        for text in ("don't know", "dont know", "DON\u2019T KNOW", "not sure", "I'm not sure", "?")
    ),
    *(("records", text, UNCLEAR) for text in ("yes no", "1-15", "four", "the two")),
    ("mercury_burning", "always with a retort", "no"),
    ("mercury_burning", "never with a retort", UNCLEAR),
    ("mercury_burning", "sometimes", "yes"),
    ("mercury_burning", "at home", "yes"),
    ("metals", "gold and silver", ("gold", "silver")),
    ("metals", "only gold", ("gold",)),
    ("metals", "1 and 2", ("gold", "silver")),
    ("metals", "gold or silver", SEVERAL),
]

TEXTS = [
    ("Suárez,  Cauca ", "Suárez, Cauca"),
    ("El Alto", "El Alto"),
    (" Rosa Mamani \n\n Puno \r\n Perú", "Rosa Mamani\nPuno\nPerú"),
    ("Paso Real", "Paso Real"),
    ("n\u0303ame", "\u00f1ame"),
    ("x\x00y\u2028z", "x y\nz"),
    ("a" * 300, "a" * 200),
    ("3001234567 Rosa", "3001234567 Rosa"),
    *(
        (text, "")
        for text in ("?", "¿?", "-", " - ", "saltar", "Paso", "no", "no gracias", "prefiero no decir", "skip")
    ),
    *((text, "unclear:text") for text in ("123", "", " ", "👍", "...", "1", "\x00")),
]


@pytest.mark.parametrize(("name", "text", "expected"), ONE)
def test_one_choice_is_read_or_asked_for_again(name: str, text: str, expected: Answer) -> None:
    assert short(heard(name, text)) == expected


@pytest.mark.parametrize(("name", "text", "expected"), MANY)
def test_several_choices_come_in_the_order_of_the_question(name: str, text: str, expected: Answer) -> None:
    assert short(heard(name, text)) == expected


@pytest.mark.parametrize(("name", "text", "expected"), ENGLISH)
def test_english_is_read_as_well(name: str, text: str, expected: Answer) -> None:
    assert short(heard(name, text, "en")) == expected


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_free_text_keeps_its_lines_and_can_be_skipped(text: str, expected: str) -> None:
    assert short(heard("place", text)) == expected


@pytest.mark.parametrize("locale", LABELS)
def test_every_label_and_synonym_is_the_answer_it_stands_for(locale: str) -> None:
    for key, phrases in LABELS[locale].items():
        name, code = key.split(".")
        for phrase in phrases.split("|"):
            outcome = short(heard(name, phrase.upper(), locale))
            assert outcome in {code, (code,)}, (key, phrase)


def test_a_locale_of_a_country_uses_its_language() -> None:
    assert short(heard("mercury_burning", "a veces", "es_PE")) == "yes"


def test_a_very_long_message_is_no_answer() -> None:
    for name, why in (("records", "choice"), ("metals", "several"), ("miners", "number"), ("country", "country")):
        assert short(heard(name, "no " * 200)) == f"unclear:{why}", QUESTIONS[name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  SÍ,  Señor!! ", "si senor"),
        ("Año", "ano"),
        ("don\u2019t", "dont"),
        ("d'Ivoire", "divoire"),
        ("\uff33\uff29", "si"),
        ("1\ufe0f\u20e3", "1"),
        ("👍🏽", "👍"),
        ("Guinea-Bissau", "guinea bissau"),
        ("3\u00bd", "3 1 2"),
        ("\u0661\u0665", "15"),
        ("1º", "1"),
        ("_x_", "x"),
    ],
)
def test_plain_is_what_is_compared(text: str, expected: str) -> None:
    assert plain(text) == expected
