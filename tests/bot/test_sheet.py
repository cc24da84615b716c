from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from bot.cli import app
from bot.report.paper import FOLDER, sheet_pdf
from bot.report.sheet import Asked, Sheet, on_paper, sheet
from flows.applies import applies
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS, VERSION, every_gap, good, sensitive_words
from tests.bot.printed import plain, printed

ITEMS = tuple(CHECKLIST.items.values())
LEFT_OUT = tuple(item for item in ITEMS if item.sensitive or item.gold)


@cache
def made(locale: str) -> Sheet:
    return sheet(CHECKLIST, TEXTS, locale)


@cache
def pages(locale: str) -> tuple[str, ...]:
    return printed(sheet_pdf(made(locale)))


def asked(locale: str = "en") -> dict[str, Asked]:
    return {question.id: question for part in made(locale).parts for question in part.questions}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_question_that_may_lie_around_is_on_at_most_four_pages(locale: str) -> None:
    found = pages(locale)
    text = " ".join(found)
    assert 1 < len(found) <= 4
    for item in (item for item in ITEMS if item not in LEFT_OUT):
        assert plain(TEXTS.get(locale, f"{item.id}.ask").strip()) in text, item.id
        assert re.search(rf"(?<![\d-]){item.number}(?![\d-])", text), item.number
        assert all(plain(TEXTS.get(locale, f"{item.id}.{code}")) in text for code in item.choices), item.id


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_sensitive_and_no_gold_is_on_it(locale: str) -> None:
    text = " ".join(pages(locale))
    told = [*sensitive_words(locale), *(TEXTS.get(locale, f"{item.id}.ask") for item in LEFT_OUT)]
    told += [TEXTS.get(locale, f"{item.id}.short") for item in LEFT_OUT]
    assert len(told) > 20
    assert [words for words in told if plain(words) in text] == []
    assert {item.id for item in LEFT_OUT}.isdisjoint(asked(locale))
    assert plain(TEXTS.get(locale, "sheet.private")) in text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_says_that_it_is_guidance_and_of_which_version(locale: str) -> None:
    for page in pages(locale):
        assert plain(TEXTS.get(locale, "sheet.caution")) in page
        assert VERSION in page
    assert "{" not in " ".join(pages(locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_boxes_have_the_digits_that_the_phone_understands(locale: str) -> None:
    for item in filter(on_paper, ITEMS):
        question = asked(locale)[item.id]
        replies = [box.reply for box in question.boxes]
        assert question.write == (item.kind in {"number", "country"})
        assert replies == (
            ["?"] * len(item.choices) if question.write else [str(n + 1) for n in range(len(item.choices))]
        )


def test_conditions_are_told_by_number_and_digit() -> None:
    found = asked()
    assert found["ppe"].only == ""
    assert found["mercury_burning"].only == "Only if you marked 2 in 27 (use of mercury)."
    assert found["cyanide_on_mercury"].only == (
        "Only if you marked 2 in 27 (use of mercury) or 2 in 32 (use of cyanide)."
    )
    assert found["ecological"].only == "Only if you marked 1 in 27 (use of mercury) and 1 in 32 (use of cyanide)."
    assert found["registered"].only == "Only if you marked 1, 2, 3, or 4 in 4 (kind of organisation)."
    assert [item.id for item in ITEMS if on_paper(item) and bool(item.when) != bool(found[item.id].only)] == []


def test_a_worker_finds_every_question_that_the_phone_would_ask() -> None:
    found = asked()
    assert made("en").worker.startswith("If you marked 3 or 4 in 1,")
    assert "or 3 or 4 in 1 (your place in the group)" in found["pay_hours"].only
    answers = every_gap(role="worker")
    for item in filter(on_paper, ITEMS):
        if applies(item, CHECKLIST, answers):
            assert found[item.id].worker, item.id


def test_another_wording_stands_below_with_its_condition() -> None:
    first, second = asked()["tailings_water"].text.split("\n")
    assert first == TEXTS.get("en", "tailings_water.ask")
    assert second == f"If you marked 3 in 15 (kind of mine): {TEXTS.get('en', 'tailings_water.ask.river').strip()}"


def test_every_question_and_section_has_a_drawing_and_none_is_left_over() -> None:
    drawings = set(tomllib.loads((FOLDER / "pictograms.toml").read_text(encoding="utf-8")))
    items = {item.id for item in ITEMS if on_paper(item)}
    sections = {f"section_{part.id}" for part in made("es").parts}
    assert drawings == items | sections | {"phone", "worker"}


def test_the_order_is_the_one_in_which_it_is_asked() -> None:
    wanted = [item.id for item in ITEMS if on_paper(item) and applies(item, CHECKLIST, good())]
    assert [name for name in asked() if name in wanted] == wanted


def test_the_command_writes_the_sheet_also_for_a_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["flow", "sheet", "--locale", "es_MX"]).output == f"batea-{VERSION}-es_MX.pdf\n"
    assert CliRunner().invoke(app, ["flow", "sheet", VERSION, "--out", "here.pdf"]).exit_code == 0
    texts = [PdfReader(tmp_path / name).pages[1].extract_text() for name in ("here.pdf", f"batea-{VERSION}-es_MX.pdf")]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("locale", ["es-PE", "es_", "es_XX", "qu"])
def test_a_language_that_is_none_is_said(locale: str) -> None:
    found = CliRunner().invoke(app, ["flow", "sheet", "--locale", locale])
    assert found.exit_code == 2
    assert "choose one of es, en" in found.output


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    found = CliRunner().invoke(app, ["flow", "sheet", "--out", str(tmp_path / "no" / "where.pdf")])
    assert found.exit_code == 1
    assert "It can't be written" in found.output
