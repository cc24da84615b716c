"""Rows and the files made of them: nothing sensitive in any byte, read back by csv, openpyxl and LibreOffice."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from bot.desk.export import COLUMNS, Wording, rows
from bot.desk.spread import Xlsx, harmless, spread
from bot.referral.store import Held
from flows.case import Step, move
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS, VERSION, consenting, every_gap, good, secrets
from tests.bot.casework import ALL, RULES, drafted

if TYPE_CHECKING:
    from pathlib import Path

    from bot.desk.export import Cell, Per, Row
    from bot.desk.spread import Kind
    from bot.referral.draft import Draft

CODES = Wording(TEXTS, "es", codes=True)
NOT_TAKEN = consenting(every_gap(gold_month=cases.GOLD, scale="right") | secrets("yes"))
ATTACK: tuple[Cell, ...] = ("=1+1", "+57300", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", 'ñandú, "a"', -7)


def held(draft: Draft) -> Held:
    standing = RULES.begun(draft)
    return Held(draft, standing, 1)


def made(draft: Draft, per: Per = "referral", wording: Wording = CODES) -> list[Row]:
    return list(rows(per, held(draft), {VERSION: CHECKLIST}, wording))


def referral(draft: Draft, wording: Wording = CODES) -> dict[str, Cell]:
    [row] = made(draft, wording=wording)
    return dict(zip(COLUMNS["referral"], row, strict=True))


def written(path: Path, kind: Kind, headings: tuple[str, ...], found: list[Row], locale: str = "es") -> Path:
    file = spread(kind, path / f"a.{kind}", headings, locale)
    for row in found:
        file.add(row)
    file.close()
    return path / f"a.{kind}"


def every_byte(file: Path) -> str:
    """A file as text; of a workbook, every part of it."""
    if file.suffix == ".csv":
        return file.read_text("utf-8")
    with zipfile.ZipFile(file) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def test_a_referral_in_codes() -> None:
    found = referral(drafted(1, consenting(good(records="no", gold_month=cases.GOLD, scale="right") | secrets("no"))))
    assert found | {"version": "v2026-11"} == found
    said = ("letter", "state", "country", "language", "channel", "group", "role", "result", "gold", "gaps", "outcome")
    assert [found[name] for name in said] == [
        *("X", "new", "CO", "es", "sms", "no", "leader", "outside_scope", "above", "records", "")
    ]
    assert (found["arrived"], found["contacted"]) == (datetime.fromisoformat("2027-01-15T08:00:00+00:00"), None)


def test_of_ecological_gold_a_worker_was_not_asked() -> None:
    assert referral(drafted(1, consenting(good())))["ecological"] == "possible"
    assert referral(drafted(1, consenting(good(role="worker"))))["ecological"] == ""


def test_when_somebody_spoke_with_them_and_how_it_ended() -> None:
    found = held(drafted(1))
    taken = move(found.case, Step(1_800_000_100.0, "Ana", "take"))
    called = move(taken, Step(1_800_086_400.0, "Ana", "contacted"))
    closed = move(called, Step(1_800_090_000.0, "Ana", "close", "dijo que sí"), outcome="works_on_it")
    [row] = rows("referral", replace(found, standing=replace(found.standing, case=closed)), {VERSION: CHECKLIST}, CODES)
    named = dict(zip(COLUMNS["referral"], row, strict=True))
    assert named["contacted"] == datetime.fromisoformat("2027-01-16T08:00:00+00:00")
    assert (named["state"], named["outcome"]) == ("closed", "works_on_it")
    assert "dijo que sí" not in row
    assert "Ana" not in row


@pytest.mark.parametrize("locale", LOCALES)
def test_labels_are_in_the_readers_language(locale: str) -> None:
    wording = Wording(TEXTS, locale)
    found = referral(drafted(1, consenting(good(records="no") | secrets("no"))), wording)
    assert found["gaps"] == TEXTS.get(locale, "records.short")
    assert found["result"] == TEXTS.get(locale, "desk.result.close_gaps")
    assert "reference" not in wording.headings("referral")
    assert len(wording.headings("answer")) == len(COLUMNS["answer"])


def test_one_row_an_answer_in_codes_and_in_words() -> None:
    draft = drafted(1, consenting(good(processing=("own_plant", "pan"), miners=30) | secrets("yes")))
    codes = {row[6]: row[7] for row in made(draft, "answer")}
    assert (codes["processing"], codes["miners"], codes["gold_month"]) == ("own_plant; pan", 30, "below")
    assert codes.keys().isdisjoint(cases.SENSITIVE)
    words = {row[6]: row[7] for row in made(draft, "answer", Wording(TEXTS, "fr"))}
    assert words[TEXTS.get("fr", "records.ask")] == TEXTS.get("fr", "records.yes")
    assert len(words) == len(codes)


def test_what_was_not_agreed_to_is_not_there() -> None:
    talk = drafted(1, consenting(good(), send="no"))
    assert (made(talk, "answer"), referral(talk)["result"], referral(talk)["country"]) == ([], None, "CO")
    assert made(drafted(2, ALL, quiet=True)) == made(drafted(2, ALL, quiet=True), "answer") == []


def test_the_rows_do_not_change_with_what_was_said_or_agreed_to_in_private() -> None:
    said = [secrets("yes"), secrets("no"), {}, secrets("yes") | {"send_private": "no"}]
    drafts = [drafted(1, consenting(good()) | answers) for answers in said]
    assert len({str((made(draft), made(draft, "answer"))) for draft in drafts}) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("per", ["referral", "answer"])
@pytest.mark.parametrize("codes", [True, False])
def test_nothing_sensitive_is_in_any_byte(tmp_path: Path, kind: Kind, per: Per, codes: bool) -> None:  # noqa: FBT001
    for locale in LOCALES:
        wording = Wording(TEXTS, locale, codes=codes)
        file = written(tmp_path, kind, wording.headings(per), made(drafted(1, NOT_TAKEN), per, wording), locale)
        text = every_byte(file)
        hidden = [*cases.PERSONAL, *cases.FIGURES, *cases.sensitive_words(locale), *cases.SENSITIVE]
        assert [word for word in hidden if word in text] == []
        assert made(drafted(1, NOT_TAKEN), per, wording)


def test_a_csv_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    when = datetime.fromisoformat("2026-11-24T09:05:00+00:00")
    raw = written(tmp_path, "csv", ("a", "b", "c"), [("sí; «no»\n", 30, when), (None, 2.5, "")]).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfa;b;c\r\n")
    assert raw.endswith(b";2.5;\r\n")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read[1:] == [["sí; «no»\n", "30", "2026-11-24 09:05"], ["", "2.5", ""]]
    english = written(tmp_path, "csv", ("a", "b"), [("x,y", 1)], "en").read_bytes()
    assert english == b'\xef\xbb\xbfa,b\r\n"x,y",1\r\n'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", " =1", "=", "-"])
def test_what_a_spreadsheet_would_calculate_stands_behind_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [harmless(text) for text in ("", "a=1", "<5", "7K3M-2QXD", "1-2")] == ["", "a=1", "<5", "7K3M-2QXD", "1-2"]


def test_a_workbook_has_text_numbers_and_real_dates_and_no_formula(tmp_path: Path) -> None:
    when = datetime.fromisoformat("2026-11-24T09:05:00+00:00")
    file = written(tmp_path, "xlsx", ("texto", "día"), [(*ATTACK,), (when, 30, "sí", None, "")])
    sheet = load_workbook(file).active
    attacked, plain = list(sheet.iter_rows(min_row=2))
    assert {cell.data_type for cell in attacked[:-1]} == {"s"}
    assert attacked[0].value == "'=1+1"
    assert attacked[-1].value == -7
    assert plain[0].is_date
    assert [cell.value for cell in plain[:3]] == [datetime(2026, 11, 24, 9, 5), 30, "sí"]  # noqa: DTZ001 - as Excel has it
    assert plain[2].number_format == "@"
    assert "<f>" not in every_byte(file)


def test_where_a_sheet_is_full_the_next_one_begins(tmp_path: Path) -> None:
    file = Xlsx(tmp_path / "a.xlsx", ("number",), most=3)
    for number in range(7):
        file.add((number,))
    file.close()
    sheets = [[cell.value for [cell] in sheet.iter_rows()] for sheet in load_workbook(tmp_path / "a.xlsx")]
    assert sheets == [["number", 0, 1, 2], ["number", 3, 4, 5], ["number", 6]]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_libreoffice_opens_it_rightly(tmp_path: Path, kind: Kind) -> None:
    headings = CODES.headings("referral")
    file = written(tmp_path, kind, headings, [*made(drafted(1)), ("=1+1", "ñandú; «oro»")], "es")
    home, read = f"-env:UserInstallation=file://{tmp_path}/home", "--infilter=CSV:59,34,76" if kind == "csv" else ""
    command = ["soffice", home, "--headless", *filter(None, [read]), "--convert-to", "ods:calc8", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(file)], check=True, capture_output=True, timeout=100)
    with zipfile.ZipFile(tmp_path / "out" / "a.ods") as parts:
        content = parts.read("content.xml").decode()
    assert "ñandú; «oro»" in content
    assert "'=1+1" in content.replace("&apos;", "'")
    assert "table:formula" not in content
    assert 'office:date-value="2027-01-15T08:00:00"' in content
