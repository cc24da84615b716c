from __future__ import annotations

from pathlib import Path

from tests.bot.cases import VERSION
from tests.bot.changed import HEAD, batea, entry, written


def difference(folder: Path, *changed: tuple[str, str]) -> list[str]:
    found = batea("diff", VERSION, written(folder, *changed))
    assert found.exit_code == 0, found.output
    return found.output.splitlines()


def test_a_version_does_not_differ_from_itself() -> None:
    assert batea("diff", VERSION, VERSION).output == "Nothing changed but the version.\n"


def test_each_change_of_a_question_is_named(tmp_path: Path) -> None:
    burning = entry("mercury_burning")
    mended = burning.replace("cost = 2", "cost = 1").replace('severity = "life"', 'severity = "systems"')
    mended = mended.replace('rule = { yes = "gap" }', 'rule = { yes = "gap", unknown = "gap" }')
    mended = mended.replace('when = [{ mercury = ["yes"] }]', 'when = [{ mercury = ["yes", "unknown"] }]')
    mended = mended.replace("worker = true\n", "").replace('room = "vote"\n', "")
    assert difference(tmp_path, (burning, mended)) == [
        "28 mercury_burning: severity was life, is now systems",
        "28 mercury_burning: cost was 2, is now 1",
        "28 mercury_burning: room was vote, is now not set",
        "28 mercury_burning: is no longer worker",
        "28 mercury_burning: rule: “unknown” led to nothing, leads now to a gap",
        "28 mercury_burning: was asked if 27 mercury is “yes”; is now asked if 27 mercury is “yes” or “unknown”",
    ]


def test_questions_that_come_go_and_move_are_named_with_their_texts(tmp_path: Path) -> None:
    new = f'{HEAD}id = "roads"\nnumber = 62\nkind = "one"\nevidence = "practice"\nrule = {{ no = "advice" }}\n\n'
    waste, water = entry("waste"), entry("water_permit")
    found = difference(
        tmp_path, (f"{HEAD}{water}{HEAD}{waste}", f"{new}{HEAD}{waste}"), ("number = 53\n", "number = 63\n")
    )
    assert "62 roads: added in section advice" in found
    assert "58 water_permit: removed" in found
    assert "63 community: number 53 is now 63" in found
    assert {"text roads.ask: new", "text roads.gap: new"} <= set(found)
    assert "text water_permit.ask: no longer used by this version" in found
    assert not [line for line in found if "waste" in line]


def test_a_question_that_moved_and_choices_are_named(tmp_path: Path) -> None:
    metals, country = entry("metals"), entry("country")
    fewer = metals.replace('choices = ["gold", "silver", "platinum"', 'choices = ["silver", "gold", "copper"')
    fewer = fewer.replace('synonyms = ["gold", "silver", "platinum"', 'synonyms = ["gold", "silver"')
    found = difference(tmp_path, (f"{HEAD}{country}{HEAD}{metals}", f"{HEAD}{fewer}{HEAD}{country}"))
    assert "3 metals: choice copper: added" in found
    assert "3 metals: choice platinum: removed" in found
    assert "3 metals: choices stand in another order: silver, gold, copper, other" in found
    assert [line for line in found if line.endswith((": moved, now after role", ": moved, now after metals"))]
    assert "3 metals: other words for platinum: removed" in found
    assert "text metals.copper: new" in found


def test_sections_units_and_wordings_are_named(tmp_path: Path) -> None:
    found = difference(
        tmp_path,
        (
            'source = "SI"\n\n[[unit]]\nid = "kilogram"\ngrams = 1000',
            'source = "SI"\n\n[[unit]]\nid = "kilogram"\ngrams = 999',
        ),
        ('[[section]]\nid = "traceability"\n\n', ""),
        ('variants = [{ name = "river", when = { mine_type = ["river"] } }]\n', ""),
    )
    assert "units: kilogram: changed" in found
    assert "section traceability: removed" in found
    assert "37 records: moved from section traceability to environment" in found
    assert "35 tailings_water: other wordings are now: none" in found
    assert "text tailings_water.ask.river: no longer used by this version" in found
