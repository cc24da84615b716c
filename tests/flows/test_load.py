"""Loading names every mistake with its file and key, all at once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from flows.load import CONTENT, BadContent, load, versions

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "2026-11"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    return tmp_path


def mend(folder: Path, old: str, new: str, file: str = f"{VERSION}.toml") -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path) -> list[str]:
    with pytest.raises(BadContent) as caught:
        load(VERSION, folder)
    return caught.value.mistakes


def test_the_published_content_loads() -> None:
    checklist = load(VERSION)
    assert [section.id for section in checklist.sections] == [
        *("basics", "organisation", "work", "environment", "traceability", "going_on", "private", "advice")
    ]
    assert len(checklist.items) == 61
    assert [item.number for item in checklist.items.values()] == list(range(1, 62))
    assert checklist.version in versions()
    assert "waiting for ARM's review" in checklist.source


def test_units_and_periods_are_those_of_the_field() -> None:
    checklist = load(VERSION)
    grams = {unit.id: unit.grams for unit in checklist.units.values()}
    assert grams == {
        "gram": 1,
        "kilogram": 1000,
        "ounce": 31.1035,
        "castellano": 4.6,
        "tomin": 4.6 / 8,
        "real": 4.6 / 16,
        "punto": 0.1,
    }
    assert all(unit.source for unit in checklist.units.values())
    assert checklist.periods["week"] == pytest.approx(52 / 12)
    assert (checklist.periods["month"], checklist.periods["fortnight"]) == (1, 2)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('kind = "country"', 'kind = "nation"', "2026-11.toml: country: kind: Invalid enum value 'nation'"),
        ('id = "permits"\nnumber = 10', 'id = "permits"\nnumber = "ten"', "2026-11.toml: permits: number: Expected"),
        (
            'id = "permits"\nnumber = 10',
            'id = "permits"\nnumber = 11',
            "2026-11.toml: permits: number 11 is used twice",
        ),
        ('id = "production_map"', 'id = "permits"', "2026-11.toml: permits: id used 2 times"),
        ("opener = true", "opens = true", "2026-11.toml: mine_type: opens: no such key"),
        (
            '[[section]]\nid = "work"',
            '[[section]]\nid = "work"\nname = "x"',
            "2026-11.toml: section work: name: no such",
        ),
        (
            'rule = { other = "outside_scope" }',
            'rule = { others = "gap" }',
            "2026-11.toml: metals: rule.others: not among",
        ),
        ('rule = { other = "outside_scope" }', 'rule = { other = "stop" }', "2026-11.toml: metals: rule: Invalid enum"),
        ('synonyms = ["unknown"]', 'synonyms = ["maybe"]', "2026-11.toml: audits: synonyms: maybe is not among"),
        ("cost = 3", "", "2026-11.toml: permits: severity, cost: a gap needs both"),
        ("grams = 4.6", 'grams = "some"', "2026-11.toml: unit castellano: grams: Expected `float`, got `str`"),
        ('version = "2026-11"', 'version = "2026-12"', "2026-11.toml: version: is '2026-12'"),
        ("[periods]", "[periods", "2026-11.toml: "),
    ],
)
def test_each_mistake_is_named(folder: Path, old: str, new: str, expected: str) -> None:
    mend(folder, old, new)
    found = mistakes(folder)
    assert any(one.startswith(expected) for one in found), found


def test_all_mistakes_come_at_once(folder: Path) -> None:
    mend(folder, 'kind = "country"', 'kind = "nation"')
    mend(folder, 'rule = { other = "outside_scope" }', 'rule = { others = "gap" }')
    mend(folder, "opener = true", "opens = 3")
    mend(folder, "grams = 4.6", 'grams = "some"')
    found = mistakes(folder)
    assert [any(name in one for one in found) for name in ("country: kind", "metals", "mine_type", "castellano")] == [
        True
    ] * 4


def test_two_mistakes_of_one_item_are_both_named(folder: Path) -> None:
    mend(folder, 'id = "permits"\nnumber = 10\nroom = "paper"', 'id = "permits"\nnumber = "x"\nroom = "two"')
    found = [one for one in mistakes(folder) if "permits" in one]
    assert len(found) == 2


def test_a_country_without_all_its_columns_is_named_with_its_line(folder: Path) -> None:
    mend(folder, "iso2,region,dac_2024_25,dac_2005,note", "iso2,region,dac_2024_25,note", "countries.csv")
    assert any(one.startswith("countries.csv: line 2") for one in mistakes(folder))


def test_missing_files_are_named(folder: Path) -> None:
    (folder / "countries.csv").unlink()
    assert any(one.startswith("countries.csv: ") for one in mistakes(folder))
    (folder / f"{VERSION}.toml").unlink()
    assert mistakes(folder)[0].startswith("2026-11.toml: ")
