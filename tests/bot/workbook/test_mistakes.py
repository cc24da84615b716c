"""Every mistake is named by sheet, row and column, all of them at once, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import Workbook

from tests.bot.workbook.rooms import NEW, OLD, Room, add, heads, put, row_of

Change = Callable[[Workbook], object]
Edit = tuple[str, tuple[str, ...], str, object]
"""Sheet, ids of the row, column, what is written."""

CELLS: list[tuple[Edit, str]] = [
    (("survey", ("permits",), "number", "ten"), "“ten” is no whole number"),
    (("survey", ("production_map",), "number", None), "is empty: every question has a number of its own"),
    (("survey", ("miner_register",), "number", 99), "miner_register has the number 12, for ever"),
    (("survey", ("equal_treatment",), "worker", "maybe"), "“maybe” is neither yes nor empty"),
    (("survey", ("hired",), "type", "selct_one hired"), "“selct_one hired” is none of begin_group"),
    (("survey", ("pay_hours",), "when", "hird=yes | hired=yess"), "there is no question hird; is it hired?"),
    (("survey", ("safety_rules",), "type", "select_one rules"), "the list of choices has the question's name"),
    (("survey", ("ppe",), "severity", "lif"), "“lif” is none of life, papers, systems; is it life?"),
    (("survey", ("safety_training",), "cost", "cheap"), "“cheap” is no whole number"),
    (("survey", ("ground_support",), "cost", datetime(2026, 1, 2)), "“2026-01” is no whole number"),  # noqa: DTZ001
    (("survey", ("explosives_safe",), "evidence", "statd"), "“statd” is none of stated, topic, practice"),
    (("survey", ("emergency",), "relevant", "${role} = 'leader'"), "follows from our own columns"),
    (("survey", ("processing",), "type", "select_one processing"), "processing was of another type"),
    (("survey", ("mercury",), "label::fr", None), "is empty"),
    (("survey", ("mercury_burning",), "label::es", "x" * 161), "more than 1 SMS of GSM-7 hold"),
    (("survey", ("mercury_whole_ore",), "label::en", "Where is {it"), "a brace is not closed"),
    (("survey", ("country",), "stop::pt", "Fairmined não chega aí."), "{country} is lost"),
    (("survey", ("mercury_less",), "gap::es", "A {grams} gramos."), "there is no {grams}"),
    (("survey", ("mercury_handlers",), "label::en", "What of ${role}?"), "${ is how a form refers to a question"),
    (("survey", ("cyanide",), "hint::en", "Send STOP now."), "“STOP” is taken by the carrier"),
    (("survey", ("cyanide_plant",), "label::es", "=A1"), "holds a formula; write what it comes to"),
    (("survey", ("tailings_water",), "label::es", "#REF!"), "holds the error #REF!"),
    (("survey", ("internal_control",), "block::es", "x" * 90), "more than"),
    (("choice_rules", ("records", "no"), "effect", "gapp"), "“gapp” is none of outside_scope"),
    (("choice_rules", ("sale_receipt", "no"), "code", "noo"), "noo is no answer to sale_receipt on sheet choices"),
    (("choice_rules", ("audits", "unknown"), "words::fr", None), "is empty"),
    (("choices", ("own_metal", "no"), "name", "n o"), "“n o” is no name: small letters, digits and _"),
    (("choices", ("ecological", "no"), "list_name", "ecologicl"), "there is no question ecologicl; is it ecological?"),
    (("choices", ("restoration", "no"), "name", "yes"), "yes stands in row"),
    (("choices", ("taxes", "no"), "name", "why"), "why is the name of a text; take another code"),
    (("wordings", ("tailings_water", "ask", "river"), "when", "mine_type=rivr"), "rivr is no answer to mine_type"),
    (("units", ("gram",), "grams", "lots"), "“lots” is no amount"),
    (("units", ("ounce",), "source", None), "is empty: where do these grams come from?"),
    (("periods", ("week",), "per_month", "52/0"), "“52/0” is no amount"),
    (("settings", ("Batea 2026-11",), "version", "2020-01"), "“2020-01” is not there"),
    (("settings", ("Batea 2026-11",), "source", None), "is empty: where does this content come from"),
]


def test_every_mistake_is_named_with_its_cell_all_at_once(room: Room) -> None:
    places: list[str] = []

    def change(book: Workbook) -> None:
        for (sheet, ids, name, _), _ in CELLS:
            places.append(f"{sheet}, row {row_of(book[sheet], *ids)}, column {shown(book, sheet, name)}: ")
        for edit, _ in CELLS:
            put(*edit[:3], edit[3])(book)

    room.edit(change)
    found = room.mistakes()
    expected = zip(places, CELLS, strict=True)
    assert [(place, why) for place, (_, why) in expected if not any(map(tells(place, why), found))] == []


def shown(book: Workbook, sheet: str, name: str) -> str:
    return str(book[sheet].cell(1, heads(book[sheet])[name]).value)


def tells(place: str, why: str) -> Callable[[str], bool]:
    return lambda mistake: mistake.startswith(place) and why in mistake


def test_they_come_in_the_order_of_the_workbook(room: Room) -> None:
    room.edit(
        put("units", ("gram",), "grams", "lots"),
        put("survey", ("taxes",), "cost", "x"),
        put("survey", ("ppe",), "label::es", None),
    )
    found = room.mistakes()
    assert [one.split(",")[0] for one in found] == ["survey", "survey", "units"]
    assert "label::Español (es)" in found[0]


def remove(sheet: str, *ids: str) -> Change:
    return lambda book: book[sheet].delete_rows(row_of(book[sheet], *ids))


def remove_column(sheet: str, name: str) -> Change:
    return lambda book: book[sheet].delete_cols(heads(book[sheet])[name])


def rename_column(sheet: str, name: str, written: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].cell(1, heads(book[sheet])[name]).value = written

    return change


def append(sheet: str, **cells: object) -> Change:
    return lambda book: add(book[sheet], book[sheet].max_row + 1, cells)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (remove_column("survey", "evidence"), ["survey, row 1, column evidence: is missing"]),
        (remove_column("survey", "label::pt"), ["survey, row 1, column label::Português (pt): is missing"]),
        (
            rename_column("survey", "evidence", "Evidense"),
            ["survey, row 1, column Evidense: there is no such column", "survey, row 1, column evidence: is missing"],
        ),
        (
            rename_column("choices", "label::pt", "label::Runa Simi (qu)"),
            ["choices, row 1, column label::Runa Simi (qu): there is", "choices, row 1, column label::Português (pt)"],
        ),
        (
            rename_column("survey", "severity", "cost"),
            ["survey, row 1, column cost: is there twice", "survey, row 1, column severity: is missing"],
        ),
        (lambda book: book.remove(book["survey"]), ["survey: there is no such sheet"]),
        (lambda book: book.remove(book["units"]), ["units: there is no such sheet"]),
        (remove("survey", "ppe"), ["choices, row", "choices, row", "choices, row", *["choice_rules, row"] * 3]),
        (
            remove("choices", "ppe", "no"),
            ["choice_rules, row 67, column code: no is no answer to ppe"],
        ),
        (remove("wordings", "country", "ask", "guess"), ["wordings: has no row for country ask guess"]),
        (
            append("survey", type="integer", name="depth", number=62),
            ["survey, row 83, column type: the question stands in no section: begin_group comes before it"],
        ),
        (
            append("survey", type="begin_group", name="more"),
            [*["survey, row 83, column label::"] * 4, "section private, section advice: have to be"],
        ),
        (append("units", unit="gram", grams=1, source="SI"), ["units, row 9, column unit: gram stands in row 2"]),
        (append("choices", list_name="depth", name="yes"), ["choices, row"]),
        (
            put("survey", ("pay_hours",), "when", "cyanide=yes"),
            ["survey, row 24, column when: cyanide: is asked"],
        ),
        (
            put("survey", ("restoration",), "when", "mercury=no & mercury_burning=yes"),
            ["survey, row 55, column when: nothing leads to it"],
        ),
        (put("survey", ("miners",), "least", 900000), ["survey, row 11, column least: nothing lies between"]),
        (
            put("survey", ("ppe",), "gold", "yes"),
            ["survey, row 27, column gold: may only be asked", "survey, row 27, column room: what can harm is"],
        ),
        (put("survey", ("gold_band",), "room", "paper"), ["survey, row 59, column room: what can harm is"]),
        (
            put("survey", ("own_metal",), "room", "Votes"),
            ["survey, row 49, column room: “Votes” is none of paper, vote"],
        ),
        (
            put("survey", ("others_in_area",), "room", "vote"),
            ["survey, row 19, column room: 4 choices, and a vote has"],
        ),
        (put("survey", ("ppe",), "cost", 7), ["survey, row 27, column severity: a rule of the kind gap needs both"]),
        (
            put("survey", ("ppe",), "sensitive", "yes"),
            [
                *("survey, row 27, column sensitive: may not", "survey, row 27, column room: what can harm is"),
                "choice_rules, row 67, column effect: gap would be told",
            ],
        ),
        (
            put("survey", ("ppe",), "number", 19),
            ["survey, row 26, column number: number 19 is used", "survey, row 27, column number: number 19 is used"],
        ),
        (
            put("choices", ("ppe", "no"), "label::es", "sí, todos y siempre"),
            ["survey, row 27, column label::Español (es): “si"],
        ),
    ],
)
def test_what_is_wrong_is_told_once_without_what_follows_from_it(
    room: Room, change: Change, expected: list[str]
) -> None:
    room.edit(change)
    found = room.mistakes()
    assert [mistake[: len(start)] for mistake, start in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("version", "why"),
    [
        (OLD, "is there already, and a published version never changes"),
        ("2026-10", "comes before 2026-11"),
        ("2027-13", "is a year and a month"),
        ("../2027-01", "is a year and a month"),
        ("next", "is a year and a month"),
    ],
)
def test_only_a_later_month_is_a_new_version(room: Room, version: str, why: str) -> None:
    [found] = room.mistakes(version)
    assert found.startswith(f"--version {version}: {why}")


def test_a_version_that_is_there_is_not_written_over(room: Room) -> None:
    room.imported().keep()
    assert "is there already" in room.mistakes(NEW)[0]


@pytest.mark.parametrize("written", [b"", b"type;name;label", b"PK\x03\x04 no"])
def test_what_is_no_workbook_is_said(room: Room, written: bytes) -> None:
    room.book.write_bytes(written)
    [found] = room.mistakes()
    assert found.startswith("batea.xlsx: can't be read as a workbook")


def test_a_number_of_a_question_that_is_gone_is_never_used_again(room: Room) -> None:
    sheets = (("choices", "list_name"), ("choice_rules", "item"))
    codes = ("yes", "no", "unknown")
    room.edit(
        put("survey", ("taxes",), "name", "levies"),
        put("survey", ("levies",), "type", "select_one levies"),
        *(put(sheet, ("taxes", code), name, "levies") for sheet, name in sheets for code in codes),
    )
    assert any("column number: 55 is the number of taxes; the next free one is 62" in one for one in room.mistakes())
