from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.bot.conversing import TEXTS
from tests.bot.grouping import Visitor, visiting
from tests.bot.rooming import LEADER, House, phones

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from bot.store import Store
    from tests.conftest import Clock

SHEET = "/sheet"


@pytest.fixture
async def visitor(
    database: Database, store: Store, vault: Vault, outbox: Outbox, clock: Clock
) -> AsyncIterator[Visitor]:
    """At the sheet of a room that is at its first vote (equal treatment), after twelve answers."""
    async with visiting(House(database, store, vault, outbox, clock)) as somebody:
        await somebody.house.open()
        await somebody.ask_for_page()
        await somebody.open(SHEET)
        yield somebody


def filled(visitor: Visitor, **changes: str) -> dict[str, str]:
    """The form as a browser sends it, with some fields changed; `__` stands for the dot in a name."""
    form = visitor.carried | dict(
        re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked', visitor.html)
    )
    form |= dict.fromkeys(re.findall(r'<input type="checkbox" name="([^"]+)" checked', visitor.html), "on")
    form |= dict(re.findall(r'<input (?:class="short" )?name="([^"]+)" value="([^"]*)"', visitor.html))
    form |= dict(re.findall(r'<input type="number" name="([^"]+)"[^>]*value="([^"]*)"', visitor.html))
    return form | {name.replace("__", "."): value for name, value in changes.items()}


async def test_what_is_known_stands_in_it_and_nothing_private_is_asked(visitor: Visitor) -> None:
    form = filled(visitor)
    assert form["country.reply"] == "Colombia"
    assert form["metals.pick1"] == "on"
    assert form["registered.reply"] == form["registered.seen"] == "1"
    asked = set(re.findall(r'data-testid="(\w+)"', visitor.html))
    assert {"records", "audits", "restoration"} <= asked
    assert asked & {"children", "gold_month", "security_talk", "role", "elected_leaders"} == set()


async def test_a_whole_sheet_is_taken(visitor: Visitor) -> None:
    typed = filled(
        visitor,
        equal_treatment__hand1="20",
        equal_treatment__hand2="8",
        equal_treatment__women1="5",
        equal_treatment__women2="2",
        equal_treatment__reply="1",
        records__reply="1",
        records__seen="0",
        records__note="  solo  compras ",
        mine_type__pick1="on",
        mine_type__pick3="on",
        miners__reply="?",
        hired__reply="2",
    )
    await visitor.send(typed, SHEET)
    session = await visitor.session()
    assert session.room
    tally = session.room.tallies["equal_treatment"]
    assert (tally.hands, tally.women) == ((20, 8, 0), (5, 2, 0))
    assert (session.room.papers["records"], session.room.notes["records"]) == (False, "solo compras")
    assert session.answers["mine_type"] == ("underground", "river")
    assert (session.answers["miners"], session.answers["hired"]) == ("unknown", "no")
    assert "Se guardaron 5 respuestas." in visitor.part("notices")
    await visitor.house.deliver()
    assert visitor.house.said == {}


async def test_what_was_unclear_comes_back_with_what_was_typed(visitor: Visitor) -> None:
    typed = filled(visitor, ppe__hand1="29", ppe__hand2="9", ppe__reply="1", ppe__note="cascos", audits__reply="1")
    await visitor.send(typed | {"miners.reply": "muchos"}, SHEET)
    assert re.findall(r'class="row unclear" id="q(\d+)"', visitor.html) == ["8", "20"]
    assert "Revise 2 preguntas" in visitor.part("notices")
    again = filled(visitor)
    assert (again["ppe.hand1"], again["ppe.hand2"], again["ppe.note"]) == ("29", "9", "cascos")
    assert (again["miners.reply"], again["audits.reply"]) == ("muchos", "1")
    answers = (await visitor.session()).answers
    assert (answers.get("audits"), answers.get("ppe")) == ("yes", None)
    await visitor.send(again | {"ppe.hand1": "20", "miners.reply": "45"}, SHEET)
    answers = (await visitor.session()).answers
    assert (answers["ppe"], answers["miners"]) == ("yes", 45)


async def test_only_what_was_changed_is_sent_so_that_nothing_newer_is_lost(visitor: Visitor) -> None:
    form = filled(visitor, audits__reply="1")
    await visitor.house.write(LEADER, "cambiar 5")
    await visitor.house.write(LEADER, "2")
    await visitor.send(form, SHEET)
    answers = (await visitor.session()).answers
    assert (answers["registered"], answers["audits"]) == ("no", "yes")


async def test_a_note_leaves_the_votes_of_phones_alone(visitor: Visitor) -> None:
    house = visitor.house
    await house.join((await house.room()).code, *phones(LEADER, 3))
    for phone in phones(LEADER, 3):
        await house.write(phone, f"{await house.ballot()}2")
    await house.deliver()
    for said in ("1", "2"):
        await house.write(LEADER, said)
    await visitor.open(SHEET)
    await visitor.send(filled(visitor, equal_treatment__note="falta"), SHEET)
    room = await house.room()
    assert (room.tallies["equal_treatment"].phones, room.notes) == ((0, 3, 0), {"equal_treatment": "falta"})


async def test_a_sheet_sent_twice_is_taken_once(visitor: Visitor) -> None:
    form = filled(visitor, audits__reply="1")
    await visitor.send(form, SHEET)
    turns = await visitor.house.turns()
    await visitor.send(form, SHEET)
    assert await visitor.house.turns() == turns


async def test_a_broken_form_is_refused(visitor: Visitor) -> None:
    assert (await visitor.send(filled(visitor, known="no"), SHEET)).status_code == 400


async def test_in_another_language_it_says_the_same(visitor: Visitor) -> None:
    await visitor.house.write(LEADER, "français")
    await visitor.open(SHEET)
    assert filled(visitor)["country.reply"] == "Colombie"
    assert TEXTS.get("fr", "records.ask") in visitor.html
    await visitor.send(filled(visitor, audits__reply="1"), SHEET)
    assert (await visitor.session()).answers["country"] == "CO"
