"""A referral's mails: who is told what, in which language, and what no mail says."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from bot.contacts import Contact
from bot.messages import Mail
from bot.referral.draft import draft, read_draft
from bot.referral.mail import Post
from bot.referral.person import spoken
from bot.referral.store import ReferralStore
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import LOCALES, REFERENCE, TEXTS, consenting, good
from tests.bot.referring import EN, ES, FULL, GUARD, URL, Bench, bench_of, found_in, leaving

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.bot.cases import Answers
    from tests.conftest import Clock


@pytest.fixture
def referral_store(database: Database, vault: Vault) -> ReferralStore:
    return ReferralStore(database, vault)


@pytest.fixture
def bench(referral_store: ReferralStore, outbox: Outbox, clock: Clock) -> Bench:
    return bench_of(referral_store, outbox, clock, ES, EN, FULL, GUARD)


async def test_staff_get_the_summary_and_protection_a_mail_of_its_own(bench: Bench) -> None:
    await bench.accept(consenting(good(safety_rules="no")))
    mails = await bench.mails()
    assert set(mails) == {"lead@example.org", "office@example.org", "desk@example.org", "guard@example.org"}
    mail = mails["lead@example.org"]
    assert mail.subject == f"Batea: autoevaluación Fairmined, caso {REFERENCE}"
    assert TEXTS.get("es", "safety_rules.gap") in mail.text
    assert TEXTS.get("es", "safety_rules.gap") in mail.html
    assert TEXTS.get("es", "report.caution") in mail.text
    assert TEXTS.get("es", "report.arm.close_gaps").split("\n")[0] in mail.text
    [paper] = mail.attachments
    assert (paper.name, paper.mime) == (f"fairmined-{REFERENCE}.pdf", "application/pdf")
    assert len(PdfReader(io.BytesIO(paper.content)).pages) == 1


async def test_each_contact_is_written_to_in_the_language_they_read_best(bench: Bench) -> None:
    await bench.accept(consenting(good()))
    mails = await bench.mails()
    assert mails["office@example.org"].locale == "en"
    assert "nobody has verified it" in mails["office@example.org"].text
    assert "Self-assessment" in leaving(mails["office@example.org"])
    assert mails["lead@example.org"].locale == "es"


async def test_the_mail_names_nobody_and_tells_no_figure_and_nothing_private(bench: Bench) -> None:
    answers = good(gold_month=cases.GOLD, scale="right")
    await bench.accept(consenting(answers | cases.secrets("yes")))
    for address, mail in (await bench.mails()).items():
        text = leaving(mail)
        assert found_in(text, list(cases.FIGURES)) == [], address
        assert found_in(text, cases.sensitive_words(mail.locale)) == [], address
        if address != "desk@example.org":
            assert found_in(text, list(cases.PERSONAL)) == [], address


async def test_no_mail_changes_with_what_was_answered_in_private(bench: Bench) -> None:
    seen: list[dict[str, str]] = []
    variants = [cases.secrets("yes"), cases.secrets("no"), cases.secrets("unknown")]
    for said in variants:
        await bench.accept(consenting(good() | said), turn=60 + len(seen))
        mails = await bench.mails()
        seen.append({address: leaving(mail) for address, mail in mails.items()})
    # The first is no update and each revision has an id of its own; the others differ in nothing else.
    assert {a: t.replace(".61.", ".62.") for a, t in seen[1].items()} == seen[2]
    assert set(seen[0]) == set(seen[1])


async def test_staff_do_not_learn_whether_the_private_matters_were_passed_on(
    referral_store: ReferralStore, outbox: Outbox, clock: Clock
) -> None:
    bench = bench_of(referral_store, outbox, clock, ES)
    seen = []
    for turn, wish in ((70, "yes"), (71, "no"), (72, "yes")):
        await bench.accept(consenting(good() | cases.secrets("yes"), send_private=wish), turn=turn)
        seen.append(leaving((await bench.mails())["lead@example.org"]).replace(f".{turn}.", "."))
    assert seen[1] == seen[2]


async def test_names_and_telephone_stand_in_the_mail_only_where_the_contact_is_set_to_full(bench: Bench) -> None:
    await bench.accept(consenting(good() | cases.secrets("yes")))
    mails = await bench.mails()
    text = mails["desk@example.org"].text
    assert found_in(text, [cases.NAME, cases.ORGANISATION, cases.PLACE, "+57 300 9998877", cases.NOTE])
    warned = [address for address, mail in mails.items() if TEXTS.get(mail.locale, "mail.named") in mail.text]
    assert warned == ["desk@example.org"]
    assert found_in(leaving(mails["guard@example.org"]), list(cases.PERSONAL)) == []


@pytest.mark.parametrize("wish", [{"call_back": "no"}, {"call_how": "not_safe"}])
async def test_even_then_no_telephone_leaves_that_must_not_ring(bench: Bench, wish: Answers) -> None:
    await bench.accept(consenting(good(), **wish))
    text = leaving((await bench.mails())["desk@example.org"])
    assert cases.NAME in text
    assert found_in(text, ["9998877", cases.NOTE]) == []


async def test_the_mail_says_how_the_person_may_be_called(bench: Bench) -> None:
    for turn, how in enumerate(("any_day", "only_batea", "not_safe"), 80):
        await bench.accept(consenting(good(), call_how=how), turn=turn)
        assert TEXTS.get("es", f"reach.{how}") in (await bench.mails())["lead@example.org"].text
    silent = consenting(good())
    del silent["call_how"]
    await bench.accept(silent, turn=90)
    assert TEXTS.get("es", "reach.unsaid") in (await bench.mails())["lead@example.org"].text


@pytest.mark.parametrize("wish", [{"send_private": "no"}, {"send": "no"}])
async def test_protection_hears_nothing_without_a_consent_of_its_own(bench: Bench, wish: Answers) -> None:
    await bench.accept(consenting(good() | cases.secrets("yes"), **wish))
    assert "guard@example.org" not in await bench.mails()
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert not set(cases.SENSITIVE) & set(kept.answers)


async def test_protection_hears_nothing_where_section_7_was_not_asked(bench: Bench) -> None:
    await bench.accept(consenting(good()), private=False)
    mails = await bench.mails()
    assert "guard@example.org" not in mails
    assert TEXTS.get("es", "report.not_asked") in mails["lead@example.org"].text


async def test_a_worker_is_not_given_away(bench: Bench) -> None:
    await bench.accept(consenting(good(role="worker", safety_rules="no")))
    mail = (await bench.mails())["office@example.org"]
    warning = TEXTS.get("en", "report.arm.no_contact")
    assert warning in mail.text
    assert warning in mail.html
    assert "Do not contact the organisation" in leaving(mail).replace("\n", " ")


async def test_a_request_to_talk_passes_on_no_answers(bench: Bench) -> None:
    await bench.accept(consenting(good(gold_month=cases.GOLD) | cases.secrets("yes"), send="no"))
    mails = await bench.mails()
    mail = mails["lead@example.org"]
    assert mail.subject == f"Batea: alguien pide que le llamen, caso {REFERENCE}"
    assert mail.attachments == ()
    assert "Colombia" in mail.text
    assert TEXTS.get("es", "reach.only_batea") in mail.text
    assert found_in(leaving(mail), list(cases.PERSONAL)) == []
    assert "+57 300 9998877" in mails["desk@example.org"].text
    assert found_in(leaving(mails["desk@example.org"]), [cases.NAME, cases.ORGANISATION, cases.PLACE]) == []
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert set(kept.answers) == {"country", "call_back", "call_how", "call_note"}


async def test_with_no_consent_at_all_nothing_is_kept_and_nobody_told(bench: Bench) -> None:
    await bench.accept(consenting(good(), send="no", call_back="no"))
    assert await bench.mails() == {}
    assert await bench.store.load(REFERENCE) is None


def test_how_the_answers_were_given_is_told_to_staff_of_a_referral_only() -> None:
    pace = Pace(run=12, fast=("work",), rows=9)
    session = cases.session(consenting(good()))
    told = spoken(read_draft(draft(session, "sms", cases.PHONE, 5.0, pace)), TEXTS, "en")
    assert "12 answers" in told[-1].value
    assert "9 answers" in told[-1].value
    silent = cases.session(consenting(good(), send="no", call_back="yes"))
    assert read_draft(draft(silent, "sms", cases.PHONE, 5.0, pace)).pace == Pace()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_mail_is_worded_in_every_language(locale: str) -> None:
    post = Post(TEXTS, URL)
    contact = Contact(name="<b>Ana & Co</b>", role="staff", mail="a@example.org", languages=(locale,))
    for wish in ({"send": "no"}, {"send": "no", "call_back": "no"}):
        session = cases.session(consenting(good(), **wish))
        found = read_draft(draft(session, "telegram", "12345", 5.0, Pace()))
        for update in (False, True):
            mail = post.staff(found, contact, None, (), update=update).body
            assert isinstance(mail, Mail)
            assert "<b>Ana & Co</b>" in mail.text
            assert "&lt;b&gt;Ana &amp; Co&lt;/b&gt;" in mail.html
            assert re.fullmatch(r"[a-z0-9.-]+", mail.id)
