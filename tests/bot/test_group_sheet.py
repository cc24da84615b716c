from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.report.group_sheet import GroupSheet, group_sheet
from bot.report.paper import group_sheet_pdf
from bot.report.sheet import ADVICE, Asked, on_paper
from flows.applies import applies
from flows.commands import command
from flows.model import Item
from flows.phases import CHOICES
from flows.room.counting import read_hands, read_people
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS, VERSION, good, sensitive_words
from tests.bot.printed import plain, printed

WORDS = TEXTS.words((CHECKLIST,), CHOICES)
ITEMS = tuple(CHECKLIST.items.values())
PRIVATE = tuple(item for item in ITEMS if item.private)
SAID = tuple(item for item in ITEMS if on_paper(item) and item.section != ADVICE and item.id != "role")
VOTES = tuple(item for item in SAID if item.room == "vote")
PAPERS = tuple(item for item in SAID if item.room == "paper")


@cache
def made(locale: str) -> GroupSheet:
    return group_sheet(CHECKLIST, TEXTS, locale)


@cache
def pages(locale: str) -> tuple[str, ...]:
    return printed(group_sheet_pdf(made(locale)))


def asked(locale: str = "en") -> dict[str, Asked]:
    return {question.id: question for part in made(locale).parts for question in part.questions}


def say(locale: str, key: str) -> str:
    return plain(TEXTS.get(locale, f"sheet.group.{key}"))


def block(locale: str, item: Item) -> str:
    """What stands between a question and the next one, or the end of its page."""
    ask = plain(TEXTS.get(locale, f"{item.id}.ask").strip())
    page = next(text for text in pages(locale) if ask in text)
    later = [plain(TEXTS.get(locale, f"{one.id}.ask").strip()) for one in SAID if one.number > item.number]
    rest = page.partition(ask)[2]
    return rest[: min((rest.index(one) for one in later if one in rest), default=len(rest))]


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_that_a_group_talks_about_is_on_at_most_four_pages(locale: str) -> None:
    text = " ".join(pages(locale))
    assert 1 < len(pages(locale)) <= 4
    assert list(asked(locale)) == [item.id for item in SAID]
    for item in SAID:
        assert plain(TEXTS.get(locale, f"{item.id}.ask").strip()) in text, item.id
        assert re.search(rf"(?<![\d-]){item.number}(?![\d-])", text), item.number
    assert "{" not in text
    assert all(VERSION in page and plain(TEXTS.get(locale, "sheet.caution")) in page for page in pages(locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_private_is_on_it_but_how_to_say_it_alone(locale: str) -> None:
    text = " ".join(pages(locale))
    told = [*sensitive_words(locale), *(TEXTS.get(locale, f"{item.id}.ask") for item in PRIVATE)]
    told += [TEXTS.get(locale, f"{item.id}.short") for item in PRIVATE]
    assert [words for words in told if plain(words) in text] == []
    word = {"es": "PRIVADO", "en": "PRIVATE", "fr": "PRIVE", "pt": "PRIVADO"}[locale]
    assert re.search(rf"\b{word}\b", text)
    assert plain(made(locale).private) in text
    assert say(locale, "number") in text


@pytest.mark.parametrize("locale", LOCALES)
def test_at_the_head_stands_who_is_there(locale: str) -> None:
    first = pages(locale)[0]
    fields = ("organisation", "facilitator", "place", "day", "present", "leaders", "members", "workers", "women")
    found = [first.index(say(locale, field)) for field in fields]
    assert max(found) < first.index(plain(TEXTS.get(locale, "country.ask").strip()))
    people = [first.index(say(locale, field)) for field in fields[5:]]
    assert people == sorted(people), "they are typed in this order"


@pytest.mark.parametrize("locale", LOCALES)
def test_papers_are_seen_or_not_and_votes_have_a_note(locale: str) -> None:
    seen, unseen, note = say(locale, "seen"), say(locale, "unseen"), say(locale, "note")
    assert (len(PAPERS), len(VOTES)) == (7, 10)
    for item in SAID:
        found = block(locale, item)
        assert (f"1 {seen} 2 {unseen}" in found) == (item.room == "paper"), item.id
        assert (re.search(rf"\b{note}\b", found) is not None) == (item.room == "vote"), item.id


@pytest.mark.parametrize("locale", LOCALES)
def test_the_women_are_counted_once_more_on_equal_treatment_alone(locale: str) -> None:
    alone = say(locale, "women_alone")
    assert {item.id: count for item in SAID if (count := block(locale, item).count(alone))} == {"equal_treatment": 3}


@pytest.mark.parametrize("locale", LOCALES)
def test_what_it_says_about_typing_is_what_the_phone_understands(locale: str) -> None:
    text = " ".join(pages(locale))
    typing = made(locale).typing
    assert plain(typing) in text
    [word] = re.findall(r"\b[A-Z]{2}[A-Z ]*[A-Z]\b", typing)
    understood = command(WORDS, locale, word, kind=None)
    assert understood is not None
    assert understood.name == "group"
    assert read_people("3 12 5 8") == "3 12 5 8"
    assert "3 12 5 8" in typing
    assert all(read_hands("12 3 2", len(item.choices)) == (12, 3, 2) for item in VOTES)
    assert re.search(r"(?<!\d )12 3 2(?! \d)", typing)


def test_nobodys_own_place_decides_what_is_asked() -> None:
    assert asked()["pay_hours"].only == "Only if you marked 1 in 16 (workers who aren't members)."
    assert not any(question.worker for question in asked().values())
    answers = {**good(), "role": "companion"}
    wanted = [item.id for item in SAID if applies(item, CHECKLIST, answers)]
    assert [name for name in asked() if name in wanted] == wanted


def test_the_command_writes_it_beside_the_plain_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(app, ["flow", "sheet", "--group", "--locale", "pt_BR"])
    assert found.output == f"batea-group-{VERSION}-pt_BR.pdf\n"
    assert CliRunner().invoke(app, ["flow", "sheet", "--locale", "pt_BR"]).output == f"batea-{VERSION}-pt_BR.pdf\n"
    grouped, plainly = (
        printed((tmp_path / f"batea-{name}{VERSION}-pt_BR.pdf").read_bytes()) for name in ("group-", "")
    )
    assert say("pt", "title") in grouped[0]
    assert say("pt", "title") not in " ".join(plainly)
