"""Notices: who gets one, over which way, what it tells, and all that it never does."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.contacts import Contact, Contacts
from bot.messages import Hook, Job, Mail, Notice, Outgoing
from bot.referral.draft import draft
from bot.referral.mail import Post
from bot.referral.notices import Facts
from bot.referrals import FORGET, JOB, Referrals
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, REFERENCE, TEXTS, VERSION, consenting, every_gap, good, secrets
from tests.bot.casework import Cabinet
from tests.bot.referring import URL, found_in, notices_on

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.bot.cases import Answers
    from tests.conftest import Clock

HOOK = "https://arm.example.org/in"
LEAD = Contact("Jefa", "lead", "jefa@example.org", ("es",), telegram="10", webhook=HOOK)
STAFF = Contact("Ana", "staff", "ana@example.org", ("en", "es"), telegram="11")
GUARD = Contact("Luz", "protection", "luz@example.org", ("es",), ("CO",), telegram="12", webhook=f"{HOOK}/guard")
PLAIN = Contact("Eva", "staff", "eva@example.org", ("es",))
OUT = good(country="FR")


class Bench:
    """The worker's hand with all contacts, and what it put."""

    def __init__(self, database: Database, vault: Vault, outbox: Outbox, clock: Clock) -> None:
        self.cabinet, self.outbox, self.clock = Cabinet(database, vault, clock), outbox, clock
        store, everybody = self.cabinet.store, (LEAD, STAFF, GUARD, PLAIN)
        post, notices = Post(TEXTS, URL), notices_on(store, *everybody)
        self.hand = Referrals(store, outbox, Contacts(everybody), {VERSION: CHECKLIST}, post, notices)

    async def accept(self, answers: Answers, *, quiet: bool = False, turn: int = 60) -> dict[str, str]:
        """What is told, by address."""
        payload = draft(cases.session(answers, turn=turn), "sms", cases.PHONE, self.clock(), Pace(), quiet=quiet)
        await self.hand.accept(Outgoing("job", "sms", cases.PHONE, Job(JOB, payload), 0))
        return await self.told()

    async def told(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while claimed := await self.outbox.claim(self.clock(), 99):
            for one in claimed:
                await self.outbox.settle(one, "sent")
                if not isinstance(one.out.body, Mail):
                    assert one.out.address not in found
                    found[one.out.address] = _told(one.out)
        return found


def _told(out: Outgoing) -> str:
    if isinstance(out.body, Hook):
        return out.body.payload.decode()
    assert isinstance(out.body, Notice)
    return "\n".join([out.body.text, *(f"[{button.label}]{button.data}" for row in out.body.buttons for button in row)])


@pytest.fixture
def bench(database: Database, vault: Vault, outbox: Outbox, clock: Clock) -> Bench:
    return Bench(database, vault, outbox, clock)


async def test_a_notice_tells_how_urgent_where_by_when_and_how_much(bench: Bench) -> None:
    told = await bench.accept(consenting(good(safety_rules="no", ppe="unknown")))
    lines = told["10"].split("\n")
    assert lines[:3] == [f"Caso nuevo {REFERENCE}", f"B · {TEXTS.get('es', 'desk.letter.B')}", "Colombia · español"]
    assert lines[3] == "Llamar a más tardar el lunes 25 de enero"
    assert lines[4] == "Faltan 1 · sin saber 1 · preguntas a ARM 0"
    assert lines[5] == f"{URL}/desk"
    assert [line.split("]")[1] for line in lines[6:]] == [f"desk:take:{REFERENCE}", f"desk:closing:{REFERENCE}"]
    assert told["11"].startswith(f"New case {REFERENCE}")
    assert set(told) == {"10", "11", HOOK, "12", f"{HOOK}/guard"}


async def test_a_webhook_is_told_the_same(bench: Bench) -> None:
    told = await bench.accept(consenting(good(safety_rules="no", ppe="unknown")))
    assert json.loads(told[HOOK]) == {
        "event": "case.new",
        "reference": REFERENCE,
        "triage": "B",
        "state": "new",
        "country": "CO",
        "language": "es",
        "deadline": "2027-01-26T04:59:59+00:00",
        "gaps": 1,
        "unknown": 1,
        "ask_arm": 0,
        "schema": 1,
    }


async def test_it_names_nobody_tells_no_figure_and_nothing_private(bench: Bench) -> None:
    answers = every_gap(gold_month=cases.GOLD, scale="right") | secrets("yes")
    told = "\n".join((await bench.accept(consenting(answers))).values())
    assert found_in(told, list(cases.PERSONAL)) == []
    assert found_in(told, list(cases.FIGURES)) == []
    for locale in LOCALES:
        assert found_in(told, cases.sensitive_words(locale)) == []


async def test_nothing_staff_is_told_changes_with_what_was_said_in_private(bench: Bench) -> None:
    seen = []
    for turn, code in enumerate(("no", "yes", "no", "unknown"), 1):
        seen.append(await bench.accept(consenting(good() | secrets(code)), turn=turn))
        await bench.cabinet.store.erase(cases.REFERENCE)
    assert seen[0]["10"] == seen[1]["10"] == seen[2]["10"] == seen[3]["10"]
    assert seen[0][HOOK] == seen[1][HOOK] == seen[2][HOOK] == seen[3][HOOK]
    guards = [json.loads(told[f"{HOOK}/guard"]) for told in seen]
    assert [facts["triage"] for facts in guards] == ["A", "P", "A", "A"]
    assert guards[1]["deadline"] < guards[0]["deadline"]
    assert "[" not in seen[0]["12"]


async def test_of_answers_that_changed_in_private_only_protection_hears(bench: Bench) -> None:
    await bench.accept(consenting(good() | secrets("no")), turn=1)
    assert set(await bench.accept(consenting(good() | secrets("yes")), turn=2)) == {"12", f"{HOOK}/guard"}
    kept = await bench.cabinet.held(cases.REFERENCE)
    assert (kept.draft.revision, kept.draft.answers["children"]) == (2, "yes")
    assert set(await bench.accept(consenting(good(ppe="no") | secrets("yes")), turn=3)) > {"10", "11", HOOK}


async def test_of_a_talk_in_private_only_protection_hears_and_may_take_it(bench: Bench) -> None:
    told = await bench.accept({"country": "CO", "call_back": "yes", "call_how": "any_day"}, quiet=True)
    assert set(told) == {"12", f"{HOOK}/guard"}
    assert f"desk:take:{REFERENCE}" in told["12"]
    facts = msgspec.json.decode(told[f"{HOOK}/guard"], type=Facts)
    assert (facts.triage, facts.gaps) == ("P", None)


async def test_outside_of_scope_nobody_is_told_unless_a_call_is_wanted(bench: Bench) -> None:
    assert await bench.accept(consenting(OUT, call_back="no")) == {}
    told = await bench.accept(consenting(OUT), turn=61)
    assert json.loads(told[HOOK])["triage"] == "X"


async def test_the_same_again_is_told_once_and_a_revision_as_a_change(bench: Bench) -> None:
    assert await bench.accept(consenting(good()))
    assert await bench.accept(consenting(good())) == {}
    told = await bench.accept(consenting(good(ppe="no")), turn=61)
    assert told["10"].startswith(f"Cambios en el caso {REFERENCE}")
    assert json.loads(told[HOOK])["event"] == "case.changed"


async def test_consent_taken_back_is_told_with_nothing_but_the_number(bench: Bench) -> None:
    await bench.accept(consenting(good()))
    await bench.hand.forget(Outgoing("f", "sms", cases.PHONE, Job(FORGET, REFERENCE.encode()), 0))
    told = await bench.told()
    assert told["10"] == TEXTS.get("es", "desk.notice.withdrawn", reference=REFERENCE)
    facts = msgspec.json.decode(told[HOOK], type=Facts)
    assert (facts.event, facts.triage, facts.deadline, facts.gaps) == ("case.withdrawn", None, None, None)


async def test_without_a_bot_nothing_waits_for_telegram(bench: Bench) -> None:
    bench.hand._notices = dataclasses.replace(bench.hand._notices, telegram=False)
    assert set(await bench.accept(consenting(good()))) == {HOOK, f"{HOOK}/guard"}


def test_the_schema_in_the_documentation_is_that_of_the_code() -> None:
    text = Path("docs/operating.md").read_text(encoding="utf-8")
    schema, example = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    found = msgspec.json.schema(Facts)["$defs"]["Facts"]
    assert json.loads(schema) == {key: found[key] for key in ("type", "properties", "required")}
    assert json.loads(msgspec.json.encode(msgspec.json.decode(example, type=Facts))) == json.loads(example)
