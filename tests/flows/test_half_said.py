"""What says only a part of a choice is asked again; at sensitive questions only what was said whole counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.answers import AskBack, Read, Unclear, read
from flows.commands import command
from flows.reading import Question
from tests.flows.typed import short

if TYPE_CHECKING:
    from flows.model import Checklist
    from flows.words import Words

HALF = [
    ("en", "legal_title", "permission | we | chief"),
    ("es", "organised", "un grupo de mineros | mineros"),
    ("es", "metals", "mineral | otra"),
    ("en", "metals", "something"),
    ("es", "mine_type", "bajo"),
    ("es", "mercury", "un | una"),
    ("es", "registered", "esta"),
    ("en", "ppe", "we"),
    ("fr", "metals", "rien | minerai"),
    ("fr", "legal_title", "nous avons | on a | permission"),
    ("es", "own_metal", "si o no"),
    ("pt", "own_metal", "sim ou nao"),
    ("es", "mercury", "ya casi | casi"),
    ("es", "explosives", "ya casi"),
    ("pt", "explosives", "quase"),
]
SENSITIVE = [
    ("es", "children", "despues | después | al | fines | ayuda | siempr | nunka"),
    ("en", "children", "after | the | alway | nevr"),
    ("fr", "children", "apres | ils | toujour"),
    ("pt", "children", "depois | sempr"),
    ("es", "security_talk", "todo | nad | todo b"),
    ("fr", "security_talk", "tout | tout va"),
    ("pt", "security_talk", "tudo | tudo be"),
    ("es", "forced_work", "si o no"),
    ("es", "protected_area", "esta | una | uno | oui"),
    ("en", "protected_area", "we | one"),
]
WHOLE = [
    ("es", "children", "después de la escuela", "yes"),
    ("es", "children", "Nunca", "no"),
    ("es", "security_talk", "todo bien", "no"),
    ("pt", "security_talk", "Tudo bem!", "no"),
    ("en", "children", "never", "no"),
    ("es", "legal_title", "contrato con el titular", "agreement"),
    ("es", "mercury", "ya casi no", "yes"),
]


def asked(checklist: Checklist, name: str) -> Question:
    item = checklist.items[name]
    return Question(name, item.kind, item.choices, item.least, item.most, item.sensitive)


def each(table: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [(locale, name, text) for locale, name, texts in table for text in texts.split(" | ")]


@pytest.mark.parametrize(("locale", "name", "text"), each(HALF))
def test_half_of_a_choice_is_asked_again(checklist: Checklist, words: Words, locale: str, name: str, text: str) -> None:
    outcome = read(asked(checklist, name), words, locale, text, checklist=checklist)
    assert isinstance(outcome, AskBack | Unclear), outcome


@pytest.mark.parametrize(("locale", "name", "text"), each(SENSITIVE))
def test_at_sensitive_questions_a_part_is_nothing(
    checklist: Checklist, words: Words, locale: str, name: str, text: str
) -> None:
    outcome = read(asked(checklist, name), words, locale, text, checklist=checklist)
    assert isinstance(outcome, Unclear), outcome


@pytest.mark.parametrize(("locale", "name", "text", "expected"), WHOLE)
def test_what_is_said_whole_is_read(
    checklist: Checklist, words: Words, locale: str, name: str, text: str, expected: str
) -> None:
    outcome = read(asked(checklist, name), words, locale, text, checklist=checklist)
    assert (isinstance(outcome, Read), short(outcome)) == (True, expected)


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        *[
            ("es", text, "under_3")
            for text in ("2 gramos", "1 gramo", "0.5", "0,5", "medio gramo", "dos gramos", "2 gr")
        ],
        *[("es", text, "3_to_5") for text in ("2", "3 gramos", "cinco gramos", "3.5", "4 gramos al día", "segunda")],
        *[("es", text, "over_5") for text in ("3", "6 gramos", "10 g", "5,5", "2 castellanos")],
        *[
            ("es", text, "unclear:choice")
            for text in ("dos", "tres", "uno", "2 gramos al mes", "1.500", "2 o 3 gramos")
        ],
        *[("en", text, "under_3") for text in ("1", "2 grams", "half a gram", "two grams")],
        *[("en", text, "unclear:choice") for text in ("two", "three")],
        *[("fr", text, "under_3") for text in ("2 grammes", "un gramme", "0,5 g")],
        *[("pt", text, "over_5") for text in ("6 gramas", "dez gramas por dia")],
        *[("es", text, "unknown") for text in ("4", "no sé", "?")],
    ],
)
def test_grams_are_read_by_how_many_they_are(
    checklist: Checklist, words: Words, locale: str, text: str, expected: str
) -> None:
    outcome = read(asked(checklist, "gold_band"), words, locale, text, checklist=checklist)
    assert short(outcome) == expected


@pytest.mark.parametrize("text", ["después", "luego", "depois", "après", "later"])
@pytest.mark.parametrize("name", ["children", "security_talk", "ppe"])
def test_later_is_another_day(checklist: Checklist, words: Words, name: str, text: str) -> None:
    for locale in words.locales:
        found = command(words, locale, text, kind="one", question=asked(checklist, name))
        assert found
        assert found.name == "enough"


@pytest.mark.parametrize(
    ("locale", "text"),
    [("es", "1y3"), ("pt", "1e3"), ("fr", "1et3"), ("en", "1and3"), ("es", "1 y 3"), ("es", "1y 3"), ("fr", "1e3")],
)
def test_and_between_figures_needs_no_space(checklist: Checklist, words: Words, locale: str, text: str) -> None:
    outcome = read(asked(checklist, "mine_type"), words, locale, text, checklist=checklist)
    assert outcome == Read(("underground", "river"))


@pytest.mark.parametrize(
    ("locale", "text"), [("es", "todos"), ("es", "Todas por favor"), ("en", "all"), ("fr", "tous"), ("pt", "todas")]
)
def test_all_of_them_unless_one_would_stop(checklist: Checklist, words: Words, locale: str, text: str) -> None:
    kinds = checklist.items["mine_type"].choices
    outcome = read(asked(checklist, "mine_type"), words, locale, text, checklist=checklist)
    assert outcome == Read(tuple(code for code in kinds if code != "unknown"))
    assert read(asked(checklist, "metals"), words, locale, text, checklist=checklist) == Unclear("several")


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        *[("es", text, 24) for text in ("dos docenas", "2 docenas", "unas dos docenas", "dos docenas de mineros")],
        *[("es", text, 12) for text in ("una docena", "docena", "somos una docena")],
        *[("en", text, 12) for text in ("a dozen", "one dozen", "about a dozen", "dozen")],
        *[("en", text, 6) for text in ("half a dozen", "half dozen")],
        *[("pt", text, 12) for text in ("uma dúzia", "uma duzia")],
        *[("fr", text, 24) for text in ("deux douzaines", "2 douzaines")],
        *[("es", text, 6) for text in ("media docena", "media docena de personas")],
        ("en", "dozens", "unclear:number"),
        *[(locale, text, 1) for locale, text in (("es", "una persona"), ("fr", "une personne"), ("pt", "uma pessoa"))],
    ],
)
def test_people_are_counted(checklist: Checklist, words: Words, locale: str, text: str, expected: int | str) -> None:
    assert command(words, locale, text, kind="number", question=asked(checklist, "miners")) is None
    assert short(read(asked(checklist, "miners"), words, locale, text, checklist=checklist)) == expected
