"""What can be learnt: each figure of heads made up for it, in words and pictures, with few of them hidden."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pytest
from msgspec.structs import replace

from bot.desk import charts, learning
from bot.desk.hiding import ALSO, FEW
from bot.desk.learn_pages import Kept, as_csv, everywhere, tables
from bot.desk.lessons import Telling
from bot.kept.parts import Sent
from bot.referral.heads import Head
from flows.assess import LADDER
from flows.funnel import names
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS
from tests.bot.casework import GUARD, LEAD, STAFF

NOW = datetime(2026, 11, 24, tzinfo=UTC).timestamp()
DAY = 24 * 3600
NOTHING = Kept({}, {}, ())


SOMEBODY = Head(
    reference="REF",
    letter="B",
    state="new",
    due=None,
    created=NOW - DAY,
    updated=NOW - DAY,
    country="CO",
    language="es",
    result="close_gaps",
    kind="referral",
    quiet=False,
    holder="",
    outcome=None,
    channel="sms",
    group=False,
)


def heads(many: int, **other: object) -> list[Head]:
    return [replace(SOMEBODY, **other)] * many


def cells(table: learning.Table) -> dict[str, object]:
    return {code: row if len(row) > 1 else row[0] for code, row in table.rows}


def test_results_by_country() -> None:
    found = [*heads(12), *heads(7, country="PE"), *heads(6, result="apply_now"), *heads(9, result=None)]
    at = LADDER.index("close_gaps")
    table = learning.by_country(found)
    assert {code: row[at] for code, row in table.rows} == {"CO": 12, "PE": 7}
    assert {code: row[-1] for code, row in table.rows} == {"CO": ALSO, "PE": ALSO}, "6 and none: of 6 none would show"
    assert cells(learning.by_country(heads(3, country=None))) == {"": (FEW,) * 5}


def test_results_by_month_the_last_twelve_and_all_before() -> None:
    old = datetime(2025, 11, 30, tzinfo=UTC).timestamp()
    first = datetime(2025, 12, 1, tzinfo=UTC).timestamp()
    table = learning.by_month([*heads(8), *heads(6, created=old), *heads(9, created=first)], NOW)
    at = LADDER.index("close_gaps")
    assert [(code, row[at]) for code, row in table.rows] == [("earlier", 6), ("2025-12", 9), ("2026-11", 8)]


def test_what_is_lacking_most_and_neither_few_with_nor_few_without() -> None:
    found = [*heads(30, gaps=("records", "ppe")), *heads(6, gaps=("records",)), *heads(3, gaps=("permits",)), *heads(6)]
    table = learning.gaps(found)
    assert (cells(table), table.whole) == ({"records": 36, "ppe": 30, "permits": FEW}, 45)
    assert cells(learning.gaps([*heads(40, gaps=("records",)), *heads(2)])) == {"records": ALSO}


def test_how_long_it_took_until_somebody_spoke_with_them() -> None:
    waited = {"1": 0.5, "3": 3, "7": 4, "14": 14, "more": 15}
    found = [one for days in waited.values() for one in heads(6, created=NOW, contacted=NOW + days * DAY)]
    found += [*heads(7), *heads(8, state="closed"), *heads(99, state="withdrawn")]
    assert cells(learning.waits(found)) == {**dict.fromkeys(waited, 6), "waiting": 7, "closed": 8}
    assert learning.waits([]).rows == ()


def test_parts_of_sms_by_month_and_country() -> None:
    sent = [Sent("2026-11", "CO", 200), Sent("2026-10", "CO", 50), Sent("2026-11", "", 60)]
    assert cells(learning.parts_by("parts_months", lambda one: one.month, sent)) == {"2026-10": 50, "2026-11": 260}
    assert cells(learning.parts_by("parts_countries", lambda one: one.country, sent)) == {"": 60, "CO": 250}


def test_the_funnel_and_where_conversations_stand() -> None:
    reached, stopped = {"started": 40, "consented": 4}, {"role": 9, "private": 6, "older": 7}
    found = list(tables(LEAD, [], Kept(reached, stopped, ()), CHECKLIST, NOW))
    steps, stops = cells(found[0]), cells(found[1])
    assert list(steps) == list(names(CHECKLIST))
    assert (steps["started"], steps["consented"], steps["result"]) == (40, FEW, FEW)
    assert stops == {"role": 9, "private": 6}


def test_staff_learn_from_their_countries_leads_from_all_and_nobody_from_a_quiet_call() -> None:
    kept = Kept({"started": 40}, {"role": 9}, [Sent("2026-11", "CO", 50), Sent("2026-11", "PE", 70)])
    found = [*heads(8), *heads(9, country="PE"), *heads(7, quiet=True, result="apply_now")]
    seen = {
        one.name: {table.name: table for table in tables(one, found, kept, CHECKLIST, NOW)}
        for one in (STAFF, LEAD, GUARD)
    }
    assert cells(seen["Ana"]["parts_countries"]) == {"CO": 50}
    assert set(cells(seen["Ana"]["countries"])) == {"CO"}
    assert set(cells(seen["Jefa"]["countries"])) == {"CO", "PE"}
    assert cells(seen["Luz"]["countries"]) == {}
    assert ("steps" in seen["Ana"], "steps" in seen["Jefa"]) == (False, True)
    assert {row[-1] for _, row in seen["Jefa"]["countries"].rows} == {FEW}, "nobody of the quiet ones"
    assert [everywhere(one) for one in (STAFF, LEAD)] == [False, True]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_has_words_and_a_picture(locale: str) -> None:
    kept = Kept({"started": 40}, {"role": 9, "private": 6}, [Sent("2026-11", "", 50)])
    found = [*heads(8, gaps=("records",), contacted=NOW), *heads(9, country=None, created=0.0)]
    for table in tables(LEAD, found, kept, CHECKLIST, NOW):
        lesson = Telling(TEXTS, locale).lesson(table)
        assert len(lesson.rows) == len(table.rows) > 0
        assert {len(row) for _, row in lesson.rows} == {len(lesson.columns)}
        drawn = fromstring(lesson.picture)  # noqa: S314 - it is our own
        assert drawn.get("aria-label") == lesson.title
        assert len(lesson.legend) in {0, len(LADDER)}


def test_a_picture_draws_what_is_shown_and_nothing_of_what_is_hidden() -> None:
    drawn = fromstring(charts.bars("<Título>", ["a & b", "c", "d"], [(40,), (FEW,), (20,)]))  # noqa: S314 - our own
    bars = [node for node in drawn.iter() if node.tag.endswith("rect")]
    assert [float(bar.get("width", 0)) for bar in bars] == [279, 139]
    assert [node.text for node in drawn.iter() if node.tag.endswith("text")] == ["a & b", "40", "c", FEW, "d", "20"]
    assert not any({"style", "onload"} & set(node.attrib) for node in drawn.iter())


def test_the_same_figures_as_csv() -> None:
    found = list(tables(STAFF, [*heads(8), *heads(2, country="PE")], NOTHING, CHECKLIST, NOW))
    lines = as_csv(Telling(TEXTS, "es"), found).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Tabla;Fila;Columna;Número"
    assert "Resultados por país;Colombia;hay cosas por arreglar;8" in lines
    assert "Resultados por país;Colombia;ya puede presentarse;<5" in lines
    assert "Per" not in "".join(lines), "hers is Colombia"
