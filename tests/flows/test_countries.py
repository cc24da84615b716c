"""Countries by name, code and misspelling."""

from __future__ import annotations

import pytest

from bot.content import load_content
from bot.settings import Settings
from flows.answers import Question, Read, read
from flows.session import Candidate, Pending
from flows.typed.countries import names
from tests.flows.typed import checklist, heard, short

UNCLEAR = "unclear:country"

COUNTRIES = [
    *(
        (text, "CO")
        for text in ("Colombia", "colombia", "COLOMBIA.", "CO", "COL", " Colombia ", "en Colombia", "Colombie")
    ),
    *((text, "PE") for text in ("Perú", "peru", "PE", "PER", "soy de Perú", "Pérou")),
    *((text, "BF") for text in ("Burkina", "burkina faso", "BF", "BFA", "Burquina Faso", "Alto Volta")),
    *(
        (text, "CI")
        for text in ("Costa de Marfil", "côte d'ivoire", "Côte d\u2019Ivoire", "cote d ivoire", "Ivory Coast")
    ),
    *((text, "CD") for text in ("RDC", "rd congo", "Congo Kinshasa", "zaire", "República Democrática del Congo")),
    *((text, "BR") for text in ("Brasil", "Brazil", "Brésil")),
    *((text, "TL") for text in ("timor", "Timor Oriental", "East Timor")),
    *((text, "NE") for text in ("Níger", "niger", "NER")),
    *((text, "NG") for text in ("nigeria", "Nigeria", "Nigéria")),
    *((text, "MN") for text in ("Mongolia", "Mongolie", "MNG")),
    ("República Dominicana", "DO"),
    ("Papúa", "PG"),
    ("Mali", "ML"),
    ("Suriname", "SR"),
    # more than one
    ("congo", "ask:country:CD/CG/other"),
    ("Guinea", "ask:country:GN/GQ/GW/other"),
    ("guinea bissau", "GW"),
    ("Guyana", "ask:country:GY/GF/other"),
    ("guayana", "ask:country:GY/GF/other"),
    ("Corea", "ask:country:KP/KR/other"),
    ("sudan", "ask:country:SD/SS/other"),
    # not in the list, so it would stop: never at once
    ("España", "ask:country:ES/other"),
    ("ES", "ask:country:ES/other"),
    ("estados unidos", "ask:country:US/other"),
    ("EEUU", "ask:country:US/other"),
    ("Canadá", "ask:country:CA/other"),
    # misspelt, or among other words
    ("Volivia", "ask:country:BO/other"),
    ("kolombia", "ask:country:CO/other"),
    ("Ecuadro", "ask:country:EC/other"),
    ("hondurs", "ask:country:HN/other"),
    ("Puno, Perú", "ask:country:PE/other"),
    ("Colombia Cauca", "ask:country:CO/other"),
    # no country
    *((text, UNCLEAR) for text in ("NO", "no", "SI", "sí", "OK", "co", "pe", "OTRO", "XX", "EU", "UN", "ZZ")),
    *(
        (text, UNCLEAR)
        for text in ("Suárez Cauca", "Segovia", "Medellín", "Potosí", "Remedios", "", "?", "1", "el", "San")
    ),
    *((text, UNCLEAR) for text in ("república", "no sé", "islas", "saint", "abc", "123", "\x00", "Nariño", "Puno")),
]


@pytest.mark.parametrize(("text", "expected"), COUNTRIES)
def test_the_country_is_found_or_confirmed(text: str, expected: str) -> None:
    assert short(heard("country", text)) == expected


def test_every_country_of_the_content_has_names() -> None:
    named = {code for codes in names().values() for code in codes}
    assert set(checklist().countries) <= named


def test_every_name_of_a_listed_country_leads_to_it() -> None:
    listed = checklist().countries.keys()
    for name, codes in names().items():
        *_, found = str(short(heard("country", name))).split(":")
        assert set(codes) <= set(found.split("/")) or not set(codes) <= listed, (name, codes, found)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(
            (typed, "CO")
            for typed in ("1 colombia", "si, Colombia", "sí, en Colombia", "colombia si", "colonbia", "Colombia 🇨🇴")
        ),
        *((typed, None) for typed in ("no es colombia", "colombia no", "2 colombia", "Suárez Cauca")),
    ],
)
def test_the_guess_may_be_named_beside_a_yes_or_its_number(typed: str, meant: str | None) -> None:
    content = load_content(Settings.model_construct())
    pending = Pending("country", "", (Candidate("CO", "CO"), Candidate("other", None)))
    question = Question("country", "country", ())
    outcome = read(question, content.words, "es", typed, checklist=content.newest, pending=pending, guess="CO")
    assert (outcome == Read("CO")) is (meant == "CO")
