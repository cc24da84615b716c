"""`export` and `import` as people run them, in a copy of the whole project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.catalogs.extract import ROOT
from flows.load import load, versions
from tests.bot.workbook.rooms import Room, cells, put

OLD = versions()[-1]
NEW = f"{int(OLD[:4]) + 1}-01"
COUNT = len(load(OLD).items)

RUN = """
import typer
from bot.commands.workbook import export_workbook, import_workbook
app = typer.Typer(pretty_exceptions_enable=False)
app.command("export")(export_workbook)
app.command("import")(import_workbook)
app()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """All that the content is made and checked with."""
    for name in ("flows", "bot", "locales"):
        shutil.copytree(ROOT / name, tmp_path / "project" / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "babel.cfg", tmp_path / "project")
    return tmp_path / "project"


def python(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=project, env=known, capture_output=True, text=True, timeout=100, check=False
    )


def test_a_version_that_was_imported_passes_the_check_and_is_spoken(project: Path) -> None:
    told = python(project, "-c", RUN, "export", "b.xlsx")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"b.xlsx: {COUNT} questions of version {OLD} in es, en, fr, pt\n"
    room = Room(project / "flows" / "fairmined", project / "locales", project / "b.xlsx")
    room.edit(put("survey", ("ppe",), "gap::es", "Dar casco, botas y guantes a todos. Empiecen con los del socavón."))
    told = python(project, "-c", RUN, "import", "b.xlsx", "--version", NEW)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"Version {NEW}, made from {OLD}: {COUNT} questions\n" in told.stdout
    assert "texts mended in es, for earlier versions too (1): ppe.gap\n" in told.stdout
    assert "make check" in told.stdout
    checked = python(project, "-m", "bot", "check", "--content")
    assert (checked.returncode, checked.stderr) == (0, "")
    told = python(project, "-c", RUN, "export", "c.xlsx")
    assert f"of version {NEW} " in told.stdout
    assert ("settings", 2, "version", NEW) in list(cells(project / "c.xlsx"))


def test_mistakes_are_listed_and_end_with_1(project: Path) -> None:
    python(project, "-c", RUN, "export", "b.xlsx")
    room = Room(project / "flows" / "fairmined", project / "locales", project / "b.xlsx")
    room.edit(put("survey", ("ppe",), "severity", "lif"))
    before = room.files()
    told = python(project, "-c", RUN, "import", "b.xlsx", "--version", NEW)
    assert (told.returncode, told.stdout) == (1, "")
    heading, mistake = told.stderr.splitlines()
    assert heading == "b.xlsx: nothing was written."
    assert re.fullmatch(r"  - survey, row \d+, column severity: “lif” is none of life, .*", mistake)
    assert "Traceback" not in told.stderr
    assert room.files() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("export", "no/such/folder/b.xlsx"), 1, "Not written:"),
        (("export", "b.xlsx", "--version", "2020-01"), 2, f"choose one of {OLD}"),
        (("import", "no.xlsx", "--version", NEW), 1, "no.xlsx: can't be read as a workbook"),
        (("import", "no.xlsx", "--version", OLD), 1, "is there already"),
        (("import", "no.xlsx"), 2, "--version"),
    ],
)
def test_what_cannot_be_done_is_said(project: Path, words: tuple[str, ...], code: int, said: str) -> None:
    told = python(project, "-c", RUN, *words)
    assert told.returncode == code
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_of_another_kind_is_refused(project: Path) -> None:
    told = python(project, "-c", RUN, "export", "b.csv")
    assert told.returncode == 2
    assert "xlsx" in told.stderr
    assert not (project / "b.csv").exists()
