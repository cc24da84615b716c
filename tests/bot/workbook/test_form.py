"""The workbook is a form: pyxform converts it without a warning, and it asks what the conversation asks."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pytest
from pyxform.xls2xform import convert

from bot.workbook.form import constraint, relevant
from flows.applies import applies
from flows.load import load
from flows.model import Answer, Item, Quantity
from tests.bot.workbook.rooms import OLD, Room

CHECKLIST = load(OLD)
XFORM = {"x": "http://www.w3.org/2002/xforms"}


@pytest.fixture
def form(room: Room) -> ET.Element:
    warnings: list[str] = []
    converted = convert(str(room.book), validate=False, warnings=warnings)
    assert warnings == []
    return ET.fromstring(converted.xform)  # noqa: S314 -- made by this test


def test_it_is_a_form_in_every_language(form: ET.Element) -> None:
    languages = [one.get("lang") for one in form.findall(".//x:translation", XFORM)]
    assert {"Español (es)", "English (en)", "Français (fr)", "Português (pt)"} <= set(languages)
    texts = [{one.get("id") for one in found} for found in form.findall(".//x:translation", XFORM)]
    assert all(found == texts[0] for found in texts)
    asked = {str(one.get("nodeset")).rpartition("/")[2] for one in form.findall(".//x:bind", XFORM)}
    assert CHECKLIST.items.keys() <= asked


def test_whoever_holds_the_phone_is_told_what_can_do_harm(form: ET.Element) -> None:
    order = [str(one.get("nodeset")).rpartition("/")[2] for one in form.findall(".//x:bind", XFORM)]
    assert order.index("note_form") == 0
    assert order.index("note_private") == order.index("children") - 1
    assert order.index("note_going_on") == order.index("gold_month") - 1
    said = form.find(".//x:text[@id='/data/private/note_private:label']/x:value", XFORM)
    assert said is not None
    assert "a solas" in str(said.text)


def test_nothing_of_our_rules_leaks_into_the_form(form: ET.Element) -> None:
    written = ET.tostring(form, encoding="unicode")
    assert "outside_scope" not in written
    assert "stated" not in written
    assert "formalise_first" not in written


SEVERAL = {item.id for item in CHECKLIST.items.values() if item.kind == "several"}


def holds(xpath: str, answers: Mapping[str, Answer]) -> bool:
    """What a form's condition comes to, read as Python."""
    values = {name: value if isinstance(value, tuple) else (str(value),) for name, value in answers.items()}
    text = re.sub(r"\$\{(\w+)\} = ''", r"(not answered('\1'))", xpath)
    text = re.sub(r"\$\{(\w+)\} = ('\w+')", r"selected('\1', \2)", text)
    text = re.sub(r"\$\{(\w+)\}", r"'\1'", text)
    known = {"answered": values.__contains__, "selected": lambda name, code: code in values.get(name, ())}
    return bool(eval(text, known))  # noqa: S307 -- conditions of our own


def answer(item: Item, chance: random.Random) -> Answer | None:
    """Any answer; None where a number is not known, which a form leaves empty."""
    if item.kind in ("number", "quantity") and chance.random() < 1 / 3:
        return None
    if item.kind == "quantity":
        return Quantity(90, "gram", "month", 90)
    if item.kind == "several":
        return tuple(chance.sample(item.choices, chance.randint(1, 2)))
    return chance.choice(item.choices) if item.kind == "one" else 20


@pytest.mark.parametrize("seed", range(60))
def test_the_form_asks_what_the_conversation_asks(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    said: dict[str, Answer] = {}
    filled: dict[str, Answer] = {}
    for item in CHECKLIST.items.values():
        xpath = relevant(item, CHECKLIST)
        asked = not xpath or holds(xpath, filled)
        assert asked == applies(item, CHECKLIST, said), (item.id, said)
        if asked:
            given = answer(item, chance)
            said[item.id] = "unknown" if given is None else given
            filled |= {} if given is None else {item.id: given}


def test_limits_are_those_of_the_conversation() -> None:
    items = CHECKLIST.items
    assert constraint(items["days_month"]) == ". >= 1 and . <= 31"
    assert constraint(items["mine_type"]) == "not(selected(., 'unknown') and count-selected(.) > 1)"
    assert constraint(items["gold_month"]) == ". > 0"
    assert constraint(items["permits"]) == ""
