"""A referral that comes again, late, in halves, or is taken back: one case, each mail once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pytest

from bot.contacts import Contact, Contacts
from bot.messages import GiveUp, Job, Later, Outgoing
from bot.referral.draft import draft, read_draft
from bot.referral.mail import Post
from bot.referral.store import ReferralStore
from bot.referrals import FORGET, JOB, Referrals
from flows.case import Step, move
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import CHECKLIST, REFERENCE, TEXTS, consenting, good
from tests.bot.referring import EN, ES, FULL, GUARD, LINK, URL, Bench, bench_of, job, notices_on

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.conftest import Clock


@pytest.fixture
def referral_store(database: Database, vault: Vault) -> ReferralStore:
    return ReferralStore(database, vault)


@pytest.fixture
def bench(referral_store: ReferralStore, outbox: Outbox, clock: Clock) -> Bench:
    return bench_of(referral_store, outbox, clock, ES, EN, FULL, GUARD)


async def test_a_consent_taken_back_empties_the_case_and_says_so(bench: Bench) -> None:
    await bench.accept(consenting(good()), turn=60)
    await bench.mails()
    await bench.accept(consenting(good(), send="no", call_back="no"), turn=61)
    mail = (await bench.mails())["lead@example.org"]
    assert mail.subject == f"Batea: permiso retirado, caso {REFERENCE}"
    assert not LINK.search(mail.text)
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert set(kept.answers) == {"country"}


async def test_whoever_has_the_case_hears_of_it_whatever_its_language_and_result(
    referral_store: ReferralStore, outbox: Outbox, clock: Clock
) -> None:
    only = Contact(name="Only", role="staff", mail="only@example.org", languages=("fr",), results=("apply_now",))
    bench = bench_of(referral_store, outbox, clock, ES, only)
    await bench.accept(consenting(good()), turn=60)
    assert set(await bench.mails()) == {ES.mail}
    held = await bench.store.held(REFERENCE)
    assert held
    assert await bench.store.change(held, move(held.case, Step(5.0, ES.name, "assign"), holder=only.name))
    await bench.accept(consenting(good(records="no")), turn=61)
    assert set(await bench.mails()) == {ES.mail, only.mail}


async def test_a_second_run_does_nothing_more(bench: Bench) -> None:
    await bench.accept(consenting(good()))
    assert len(await bench.mails()) == 4
    await bench.accept(consenting(good()))
    assert await bench.mails() == {}


async def test_a_later_revision_updates_the_same_case_and_says_so(bench: Bench) -> None:
    await bench.accept(consenting(good()), turn=60)
    await bench.mails()
    await bench.accept(consenting(good(records="no")), turn=64)
    mail = (await bench.mails())["lead@example.org"]
    assert mail.subject == f"Batea: cambios en el caso {REFERENCE}"
    assert TEXTS.get("es", "mail.intro.update") in mail.text
    assert TEXTS.get("es", "records.gap") in mail.text
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert (kept.revision, kept.answers["records"]) == (64, "no")


async def test_an_earlier_revision_that_comes_late_changes_nothing(bench: Bench) -> None:
    await bench.accept(consenting(good(records="no")), turn=64)
    await bench.mails()
    await bench.accept(consenting(good()), turn=60)
    assert await bench.mails() == {}
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert kept.revision == 64


async def test_an_earlier_revision_is_not_mailed_once_a_later_one_is_kept(bench: Bench) -> None:
    later = cases.session(consenting(good(records="no")), turn=64)
    await bench.store.keep(read_draft(draft(later, "sms", cases.PHONE, 5.0, Pace())))
    await bench.accept(consenting(good()), turn=60)
    assert await bench.mails() == {}
    await bench.accept(consenting(good(records="no")), turn=64)
    assert "cambios" not in (await bench.mails())["lead@example.org"].subject


@dataclass
class BreaksOnce:
    """A box that fails at a chosen moment, as a process does that is killed."""

    box: Outbox
    after: bool
    broken: bool = False

    async def put(self, *outs: Outgoing) -> None:
        if not self.broken and not self.after:
            self.broken = True
            raise ConnectionError
        await self.box.put(*outs)
        if not self.broken:
            self.broken = True
            raise ConnectionError


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_in_the_middle_loses_no_mail_and_doubles_none(
    referral_store: ReferralStore, outbox: Outbox, clock: Clock, *, after: bool
) -> None:
    bench = bench_of(referral_store, outbox, clock, ES, EN)
    post = Post(TEXTS, URL)
    box = BreaksOnce(outbox, after)
    notices = notices_on(referral_store, ES, EN)
    referrals = Referrals(referral_store, box, Contacts((ES, EN)), {cases.VERSION: CHECKLIST}, post, notices)
    work = job(consenting(good()))
    with pytest.raises(ConnectionError):
        await referrals.accept(work)
    assert await referral_store.load(REFERENCE)
    clock.advance(100)
    await referrals.accept(work)
    mails = await bench.mails()
    assert set(mails) == {"lead@example.org", "office@example.org"}
    assert "cambios" not in mails["lead@example.org"].subject


async def test_a_payload_that_is_no_draft_is_given_up_and_an_unknown_version_waits(bench: Bench) -> None:
    with pytest.raises(GiveUp):
        await bench.referrals.accept(Outgoing("x", "sms", "+57", Job(JOB, b"{}"), 0))
    strange = msgspec.structs.replace(cases.session(consenting(good())), version="2031-01")
    payload = draft(strange, "sms", cases.PHONE, 0, Pace())
    with pytest.raises(Later, match="2031-01"):
        await bench.referrals.accept(Outgoing("y", "sms", "+57", Job(JOB, payload), 0))


async def test_a_forgotten_referral_is_erased_and_staff_are_told_once(bench: Bench) -> None:
    await bench.accept(consenting(good()))
    await bench.mails()
    for number in range(2):
        await bench.referrals.forget(Outgoing(f"gone-{number}", "sms", cases.PHONE, Job(FORGET, REFERENCE.encode()), 0))
    assert await bench.store.load(REFERENCE) is None
    mails = await bench.mails()
    assert set(mails) == {"lead@example.org", "office@example.org", "desk@example.org", "guard@example.org"}
    assert all(REFERENCE in mail.subject for mail in mails.values())
    assert not any(mail.attachments for mail in mails.values())


async def test_what_was_never_kept_is_not_forgotten_aloud(bench: Bench) -> None:
    await bench.referrals.forget(Outgoing("gone", "sms", cases.PHONE, Job(FORGET, REFERENCE.encode()), 0))
    assert await bench.mails() == {}
