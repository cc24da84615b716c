from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.report import Summary, pdf, png, summarise
from flows.assess import assess
from flows.model import Quantity
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, REFERENCE, TEXTS

if TYPE_CHECKING:
    from tests.bot.cases import Answers

DAY = 1_800_000_000.0
BUNDLED = ("Libertinus", "DejaVu", "DejaVuSansMono")

PEOPLE: dict[str, Answers] = {
    "outside_scope": cases.good(country="CA"),
    "too_much_gold": cases.good(gold_month=cases.GOLD, scale="right"),
    "formalise_first": cases.good(legal_title="none"),
    "close_gaps": cases.good(safety_rules="no", records="no", legal_title="provisional"),
    "every_gap": cases.every_gap(),
    "find_out": cases.all_unknown(),
    "apply_now": cases.good(),
    "worker": cases.every_gap(role="worker"),
    "worker_content": cases.good(role="worker"),
    "first_words": {"role": "leader", "country": "CO"},
    "nothing": {},
}


def summary(answers: Answers, locale: str = "es", *, private: bool = True) -> Summary:
    return summarise(assess(CHECKLIST, answers, private=private), CHECKLIST, answers, TEXTS, locale, REFERENCE, day=DAY)


def paper(made: Summary) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(made)))


def plain(text: str) -> str:
    """Without line breaks and ligatures, which are the paper's."""
    return re.sub(r"\s+", " ", text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi"))


def words_of(reader: PdfReader) -> str:
    return plain(" ".join(page.extract_text() for page in reader.pages))


def everything(made: Summary) -> str:
    return repr(made)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", PEOPLE)
def test_the_paper_has_one_or_two_pages_and_says_what_the_summary_says(name: str, locale: str) -> None:
    made = summary(PEOPLE[name], locale)
    reader = paper(made)
    text = words_of(reader)
    assert len(reader.pages) <= 2
    said = [made.headline, made.meaning, made.case, made.caution, made.never, made.arm.warning, *made.arm.steps]
    said += [row.title for block in made.blocks for row in block.rows] + [section.note for section in made.glance]
    assert [one for one in said if plain(one) not in text] == []
    assert "{" not in text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "answers", [cases.every_gap(organised="informal", country="CA"), cases.all_unknown() | {"safety_rules": "no"}]
)
def test_even_the_fullest_paper_has_two_pages(answers: Answers, locale: str) -> None:
    made = summary(answers, locale, private=False)
    assert sum(len(block.rows) for block in made.blocks) > 25
    assert len(paper(made).pages) == 2


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_mixture_of_answers_needs_a_third_page(data: st.DataObject) -> None:
    picked: Answers = {}
    for item in CHECKLIST.items.values():
        if item.choices and item.kind in {"one", "several"}:
            code = data.draw(st.sampled_from(item.choices), label=item.id)
            picked[item.id] = (code,) if item.kind == "several" else code
    made = summary(picked | {"country": "PE"}, data.draw(st.sampled_from(LOCALES)), private=False)
    assert len(paper(made).pages) <= 2


def test_only_the_fonts_that_come_with_typst_are_used() -> None:
    fonts: set[str] = set()
    for page in paper(summary(cases.every_gap())).pages:
        resources = page["/Resources"]
        fonts |= {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()}  # type: ignore[index]
    assert fonts
    assert all(name.split("+")[-1].startswith(BUNDLED) for name in fonts)


def test_the_picture_is_as_wide_as_a_phone_wants_it_and_may_be_sent() -> None:
    for answers in PEOPLE.values():
        picture = png(summary(answers))
        assert picture.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", picture[16:24])
        assert width == 1080
        # Telegram: width and height of a photo together at most 10,000, neither twenty times the other.
        assert 1000 < height < 5000
        assert len(picture) < 2_000_000


def test_the_same_summary_is_the_same_file() -> None:
    made = summary(cases.good())
    assert pdf(made) == pdf(made)
    assert png(made) == png(made)


def test_sections_show_their_worst_mark_and_the_private_one_never() -> None:
    answers = cases.good(safety_rules="no", ppe="unknown", records="unknown", legal_title="provisional")
    made = summary(answers | cases.secrets("yes"))
    marks = [(section.name, section.symbol) for section in made.glance]
    assert marks == [
        ("Lo básico", "?"),
        ("La organización", "✓"),
        ("El trabajo", "!"),
        ("El ambiente", "✓"),
        ("El camino del oro", "?"),
        ("Seguir adelante", "✓"),
    ]
    assert made.glance[2].note == "1 por arreglar · 1 por averiguar"


def test_each_question_of_a_section_has_its_mark() -> None:
    answers = cases.good(safety_rules="no", ppe="unknown", others_in_area="not_agreed", legal_title="provisional")
    marks = {section.id: section.marks for section in summary(answers).glance}
    assert marks["basics"] == {"done": 8, "gap": 0, "unknown": 1}
    assert marks["organisation"] == {"done": 4, "gap": 0, "unknown": 0}  # what is only advice has no mark
    assert marks["work"] == {"done": 8, "gap": 1, "unknown": 1}
    assert marks["traceability"] == {"done": 4, "gap": 0, "unknown": 0}


def test_a_question_that_was_not_reached_is_not_done() -> None:
    made = summary({"role": "leader", "country": "CO"})
    assert [section.marks["done"] for section in made.glance] == [2, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("name", PEOPLE)
def test_the_same_sentence_and_offer_to_talk_stand_under_every_result(name: str) -> None:
    for locale in LOCALES:
        said = f"{TEXTS.get(locale, 'report.never')} {TEXTS.get(locale, 'report.talk')}"
        assert plain(said) in words_of(paper(summary(PEOPLE[name], locale)))


def test_danger_to_life_comes_first_then_papers_then_systems() -> None:
    [gaps] = [block for block in summary(cases.every_gap()).blocks if block.id == "gaps"]
    order = [str(CHECKLIST.items[row.id].severity) for row in gaps.rows]
    assert order == sorted(order, key=["life", "papers", "systems"].index)
    assert all(row.text and row.help and row.section == CHECKLIST.items[row.id].section for row in gaps.rows)


def test_an_unknown_title_is_named_first_whatever_the_result() -> None:
    made = summary(cases.good(legal_title="unknown", records="unknown", ppe="no"))
    assert [(block.id, [row.id for row in block.rows]) for block in made.blocks] == [
        ("unknown", ["legal_title"]),
        ("gaps", ["ppe"]),
        ("unknown", ["records"]),
    ]
    alone = summary(cases.good(legal_title="unknown", records="unknown"))
    assert [[row.id for row in block.rows] for block in alone.blocks] == [["legal_title", "records"]]


def test_gaps_come_with_first_step_and_help_and_the_cheapest_is_for_this_week() -> None:
    [gaps] = [block for block in summary(cases.good(ppe="no", records="no")).blocks if block.id == "gaps"]
    assert [row.title for row in gaps.rows] == ["Equipo de protección", "Cuaderno del oro"]
    assert [bool(row.week) for row in gaps.rows] == [False, True]
    assert gaps.rows[1].text == TEXTS.get("es", "records.gap")
    assert TEXTS.get("es", "records.help") in gaps.rows[1].help


def test_the_picture_shows_five_points_of_each_block_and_counts_the_rest() -> None:
    [gaps] = [block for block in summary(cases.every_gap(), "en").blocks if block.id == "gaps"]
    assert (len(gaps.first), len(gaps.rows), gaps.more) == (5, 24, "and 19 more")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_depends_on_what_was_answered_in_private(name: str, locale: str) -> None:
    made = {
        everything(summary(PEOPLE[name] | said, locale)) for said in (cases.secrets("yes"), cases.secrets("no"), {})
    }
    assert len(made) == 1
    [text] = made
    assert [word for word in cases.sensitive_words(locale) if word in text] == []


@pytest.mark.parametrize(
    ("grams", "place"), [(1200, "por debajo de 4 g"), (2400, "cerca de 4 g"), (4542, "por encima de 4 g")]
)
def test_gold_is_below_near_or_above_and_no_figure_is_told(grams: int, place: str) -> None:
    made = [
        everything(summary(cases.good(gold_month=Quantity(amount, "gram", "month", amount), scale="right")))
        for amount in (grams + 0.25, grams + 7.75)
    ]
    assert made[0] == made[1]
    assert place in made[0]
    assert str(grams) not in made[0]


@pytest.mark.parametrize("locale", LOCALES)
def test_where_gold_stops_or_is_a_question_the_grams_are_not_in_the_words(locale: str) -> None:
    text = everything(summary(cases.good(gold_month=cases.GOLD, scale="right"), locale))
    assert [figure for figure in cases.FIGURES if figure in text] == []
    near = everything(summary(cases.good(gold_month=Quantity(2400.0, "gram", "month", 2400.0), scale="right"), locale))
    assert TEXTS.get(locale, "report.scale.arm") in near


def test_it_says_when_the_private_matters_were_not_asked() -> None:
    assert summary(cases.good(), private=False).not_asked == TEXTS.get("es", "report.not_asked")
    assert summary(cases.good(), private=True).not_asked == ""


def test_a_worker_is_protected_from_a_call_to_the_organisation() -> None:
    made = summary(cases.good(role="worker", safety_rules="no"), "en")
    assert made.arm.warning == TEXTS.get("en", "report.arm.no_contact")
    assert summary(cases.good()).arm.warning == ""
    assert [section.name for section in made.glance] == [
        "The basics",
        "The organisation",
        "The work",
        "The environment",
    ]


def test_a_person_without_a_reference_has_a_picture_all_the_same() -> None:
    answers = cases.good()
    made = summarise(assess(CHECKLIST, answers, private=True), CHECKLIST, answers, TEXTS, "es", "")
    assert made.case == ""
    assert "Caso" not in words_of(paper(made))
    assert png(made)


def test_open_questions_are_said_but_those_in_private_do_not_count() -> None:
    answers = cases.good()
    assert summary(answers).incomplete == ""
    del answers["records"]
    assert summary(answers).incomplete == TEXTS.get("es", "report.incomplete")
