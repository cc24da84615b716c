"""`batea referrals`, as a program over a real store: what it shows, writes and puts on record."""

from __future__ import annotations

import contextlib
import csv
import io
import subprocess
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from redis import Redis

from bot.referral import keys
from bot.referral.trail import Entry, Trail
from flows.reference import make, read
from tests.bot import cases
from tests.bot.cases import consenting, every_gap, secrets
from tests.bot.casework import ALL, drafted
from tests.bot.houses import built
from tests.bot.test_cli import batea

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.house import House

HERE = drafted(1, consenting(every_gap(gold_month=cases.GOLD, scale="right") | secrets("yes")))
THERE = drafted(2, ALL | {"country": "PE"}, address="+51987654321")
QUIET = drafted(3, consenting({"country": "CO"}, send="no"), quiet=True, address="+573001110003")


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> AsyncIterator[House]:
    async with built(monkeypatch, tmp_path, empty_url) as made:
        yield made


@pytest.fixture
async def kept(house: House) -> House:
    for draft in (HERE, THERE, QUIET):
        await house.referrals.keep(draft)
    return house


def run(house: House, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return batea(folder, *words, REDIS_URL=run_on(house), BATEA_KEYS=",".join(house.keys))


def run_on(house: House) -> str:
    url = house.settings.redis_url
    assert url
    return url.get_secret_value()


async def trailed(house: House) -> list[tuple[str, str, str, str]]:
    entries = await Trail(house.database, house.vault).latest(99)
    return [(one.who, one.what, one.reference, one.note) for one in reversed(entries)]


def found_in(text: str, *more: str) -> list[str]:
    hidden = (*cases.PERSONAL, *cases.FIGURES, *cases.SENSITIVE, QUIET.reference, "987654321", *more)
    return [word for word in hidden if word in text]


async def test_a_list_by_filters(kept: House, tmp_path: Path) -> None:
    told = run(kept, tmp_path, "referrals", "list")
    lines = {line.split("\t")[0]: line.split("\t")[1:] for line in told.stdout.splitlines()}
    assert set(lines) == {HERE.reference, THERE.reference}
    assert lines[THERE.reference] == ["A", "new", "-", "PE", "es", "apply_now"]
    assert found_in(told.stdout + told.stderr) == []
    only = run(kept, tmp_path, "referrals", "list", "--only", "country=PE", "--only", "state=new")
    assert [line.split("\t")[0] for line in only.stdout.splitlines()] == [THERE.reference]
    nobodys = run(kept, tmp_path, "referrals", "list", "--only", "holder=-", "--only", "country=PE")
    assert [line.split("\t")[0] for line in nobodys.stdout.splitlines()] == [THERE.reference]
    twice = run(kept, tmp_path, "referrals", "list", "--only", "country=PE", "--only", "country=CO")
    assert (twice.returncode, twice.stdout) == (2, "")
    wrong = run(kept, tmp_path, "referrals", "list", "--only", "state=nonsense", "--only", "name=x")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "state=nonsense" in wrong.stderr


async def test_what_no_key_opens_is_said_beside_the_list(kept: House, tmp_path: Path) -> None:
    with contextlib.closing(Redis.from_url(run_on(kept))) as client:
        client.hset(keys.heads(HERE.reference), HERE.reference, "sealed with another key")
    for words in (["list"], ["export", "-o", "cases.csv"]):
        told = run(kept, tmp_path, "referrals", *words)
        assert told.returncode == 3
        assert "1 could not be read" in told.stderr
        assert HERE.reference not in told.stdout
    assert THERE.reference in run(kept, tmp_path, "referrals", "list").stdout


async def test_one_case_on_record(kept: House, tmp_path: Path) -> None:
    told = run(kept, tmp_path, "referrals", "show", HERE.reference.replace("-", " ").lower())
    assert f"case: {HERE.reference}\n" in told.stdout
    assert "records" in told.stdout
    assert found_in(told.stdout + told.stderr) == []
    assert ("batea referrals", "open", HERE.reference, "") in await trailed(kept)
    for other in (QUIET.reference, make(7, 7)):
        assert run(kept, tmp_path, "referrals", "show", other).returncode == 1
    nonsense = run(kept, tmp_path, "referrals", "show", "nonsense")
    assert nonsense.returncode == 2
    assert read(nonsense.stderr.split()[-1])


async def test_a_file_as_at_the_desk_on_record(kept: House, tmp_path: Path) -> None:
    told = run(kept, tmp_path, "referrals", "export", "-o", "cases.csv", "--codes")
    assert told.returncode == 0, told.stderr
    raw = (tmp_path / "cases.csv").read_bytes().decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(raw, newline=""), delimiter=";"))
    assert {row["reference"]: row["country"] for row in read} == {HERE.reference: "CO", THERE.reference: "PE"}
    assert found_in(raw + told.stdout + told.stderr) == []
    more = ("--answers", "--locale", "en", "--only", "country=CO")
    run(kept, tmp_path, "referrals", "export", "-o", "a.xlsx", *more)
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {HERE.reference}
    assert [one[3] for one in await trailed(kept) if one[1] == "export"] == ["referral csv 2", "answer xlsx 1"]


async def test_what_cannot_be_written_is_said(kept: House, tmp_path: Path) -> None:
    for words in (["-o", "cases.pdf"], ["-o", "a.csv", "--locale", "xx"]):
        assert run(kept, tmp_path, "referrals", "export", *words).returncode == 2
    told = run(kept, tmp_path, "referrals", "export", "-o", "missing/a.csv")
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert await trailed(kept) == []


async def test_what_was_done_last_without_anything_in_private(kept: House, tmp_path: Path) -> None:
    for what, reference in (("sign_in", ""), ("private", HERE.reference), ("open", THERE.reference)):
        await kept.trail.add(Entry(1.8e9, "Ana", what, reference, "Rosa"))
    await kept.trail.add(Entry(1.8e9 + 60, "Protección", "take", QUIET.reference))
    told = run(kept, tmp_path, "referrals", "trail", "--limit", "9")
    lines = [line.split("\t")[1:] for line in told.stdout.splitlines()]
    assert sorted(lines) == [["Ana", "open", THERE.reference], ["Ana", "sign_in", "-"]]
    assert told.stdout.startswith("2027-01-15 08:00 UTC\t")
    assert found_in(told.stdout + told.stderr) == []
