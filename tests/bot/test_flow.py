from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from flows.drawing import edges
from flows.load import fingerprint
from flows.machine import states
from tests.bot.cases import CHECKLIST, LOCALES, TEXTS, VERSION
from tests.bot.changed import NEW, batea, entry, written


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_is_shown_in_its_order(locale: str) -> None:
    shown = batea("show", "--locale", locale)
    assert shown.exit_code == 0
    assert re.findall(r"^ *(\d+) (\w+):", shown.output, re.MULTILINE) == [
        (str(item.number), item.id) for item in CHECKLIST.items.values()
    ]
    for item in CHECKLIST.items.values():
        assert TEXTS.get(locale, f"{item.id}.ask").strip() in shown.output
        assert all(f"{TEXTS.get(locale, f'{item.id}.{code}')} [{code}]" in shown.output for code in item.choices)
    assert "{" not in shown.output.replace("{country}", "")


def test_one_question_says_what_its_answers_lead_to_and_when_it_is_asked() -> None:
    shown = batea("show", "--item", "mercury_burning", "--locale", "en").output
    assert " 28 mercury_burning: " in shown
    assert "[no]\n" in shown
    assert "[yes] → a gap\n" in shown
    assert "[unknown] → to find out\n" in shown
    assert f"only if 27 mercury is “{TEXTS.get('en', 'mercury.yes')}”" in shown
    assert "asked of workers too\n" in shown
    assert "evidence: topic" in shown
    assert "danger to life, costs some" in shown
    for field in ("why", "gap", "help", "who"):
        assert TEXTS.get("en", f"mercury_burning.{field}") in shown
    assert batea("show", "--item", "28", "--locale", "en").output == shown


def test_marks_branches_and_numbers_are_told() -> None:
    assert "SENSITIVE" in batea("show", "--item", "children").output
    assert "GOLD" in batea("show", "--item", "gold_month").output
    assert "in a group: by votes" in batea("show", "--item", "ppe").output
    assert "in a group: the paper is looked at" in batea("show", "--item", "legal_title").output
    assert "in a group" not in batea("show", "--item", "organised").output
    assert "GOLD" not in batea("show", "--item", "mercury").output
    assert "→ asks 41 ecological, 42 restoration" in batea("show", "--item", "mercury").output
    assert "→ a question for ARM" in batea("show", "--item", "legal_title").output
    assert "(number, 1 to 31)" in batea("show", "--item", "days_month").output
    assert "without asking 16 hired" in batea("show", "--item", "pay_hours").output
    assert "the answer is taken to be “yes”" in batea("show", "--item", "hired").output
    assert "if 15 mine_type is “río”: ¿El agua sucia" in batea("show", "--item", "tailings_water").output


def test_a_region_without_words_of_its_own_shows_those_of_its_language() -> None:
    assert batea("show", "--locale", "pt_PT").output == batea("show", "--locale", "pt").output


@pytest.mark.parametrize(
    "words",
    [
        ("show", "--item", "nothing"),
        ("show", "--locale", "xx"),
        ("sheet", "--locale", "xx"),
        ("graph", "--out", "a.doc"),
    ],
)
def test_what_there_is_not_is_said(here: Path, words: tuple[str, ...]) -> None:
    found = batea(*words)
    assert found.exit_code == 2
    assert "Invalid value" in found.output
    assert list(here.iterdir()) == []


def test_a_version_that_is_not_there_is_said() -> None:
    for words in (("show", "2020-01"), ("graph", "2020-01"), ("diff", VERSION, "2020-01"), ("lint", "none.toml")):
        found = batea(*words)
        assert found.exit_code == 1
        assert f"no such version, and no such .toml file; published: {VERSION}" in found.output


def test_the_picture_has_every_state_every_condition_and_every_branch(here: Path) -> None:
    assert batea("graph").exit_code == 0
    svg = (here / f"batea-{VERSION}.svg").read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", svg))
    assert [state for state in states(CHECKLIST) if state not in named] == []
    conditions = {label.replace("_", " ") for _, _, label in edges(CHECKLIST) if label}
    assert [label for label in conditions if f">{label}<" not in svg] == []
    assert [label for label in conditions if f">{label}: " not in svg] == []
    opened = [item for item in CHECKLIST.items.values() if item.when]
    assert [item.id for item in opened if f">{item.number} {item.id}{' (w)' * item.worker}<" not in svg] == []
    assert svg.count(">only if ") == len(opened)


def test_nothing_is_drawn_twice_in_the_same_place_or_beyond_the_edge(here: Path) -> None:
    batea("graph")
    svg = (here / f"batea-{VERSION}.svg").read_text(encoding="utf-8")
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    boxes = [
        tuple(map(float, box)) for box in re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', svg)
    ]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)
    apart = [
        one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0] or one[1] + one[3] <= other[1]
        for n, one in enumerate(boxes)
        for other in boxes[n + 1 :]
        if one[1] <= other[1]
    ]
    assert apart
    assert all(apart)
    words = [(float(x), float(y)) for x, y in re.findall(r'<text x="(\S+)" y="(\S+)"', svg)]
    assert all(0 <= x < width and 0 < y < height for x, y in words)


def test_the_picture_also_comes_as_pdf_and_png(here: Path) -> None:
    assert batea("graph", "--out", "way.pdf").exit_code == 0
    assert batea("graph", "--out", "way.png").exit_code == 0
    text = PdfReader(here / "way.pdf").pages[0].extract_text()
    assert "cyanide_on_mercury" in text
    assert (here / "way.png").read_bytes().startswith(b"\x89PNG")


def test_a_version_that_is_well_ends_with_0() -> None:
    found = batea("lint", VERSION)
    told = f"{VERSION}: all is well, 61 questions.\nFingerprint: {fingerprint(VERSION)}\n"
    assert (found.exit_code, found.output) == (0, told)


@pytest.mark.parametrize(
    ("changed", "mistake"),
    [
        (("number = 28\n", "number = 27\n"), "number 27 is used twice"),
        (
            ('number = 13\nroom = "vote"', 'number = 13\nroom = "hands"'),
            "equal_treatment: room: Invalid enum value 'hands'",
        ),
        (('id = "children"\n', 'id = "children"\nroom = "vote"\n'), "children: room: what can harm is never asked"),
        (('id = "mercury_less"\n', 'id = "mercury_less"\nwrong = 1\n'), "mercury_less: wrong: no such key"),
        (('id = "ppe"\n', 'id = "gear"\n'), "gear.ask: has no translation"),
        (
            ("when = [{ explosives =", "when = [{ explosive ="),
            "explosives_safe: when: explosive: there is no such item",
        ),
    ],
)
def test_a_file_with_a_mistake_ends_with_1_and_names_it(tmp_path: Path, changed: tuple[str, str], mistake: str) -> None:
    found = batea("lint", written(tmp_path, changed))
    assert found.exit_code == 1
    assert mistake in found.output


def test_a_new_version_in_the_old_words_is_well(tmp_path: Path) -> None:
    found = batea("lint", written(tmp_path, (entry("ppe"), entry("ppe").replace("cost = 2", "cost = 3"))))
    assert (found.exit_code, found.output) == (0, f"{NEW}: all is well, 61 questions.\n")
