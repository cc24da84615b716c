"""A call that somebody asked for in private: only who protects hears of it, and hears no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs

from bot.messages import Job, Later, Mail, Outgoing
from bot.referral.draft import draft, read_draft, withdrawn
from bot.referral.store import ReferralStore
from bot.referrals import FORGET, JOB
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import LOCALES, REFERENCE, TEXTS, consenting, good
from tests.bot.casework import GUARD as LUZ
from tests.bot.casework import LEAD, STAFF
from tests.bot.desking import desk_front
from tests.bot.referring import ES, FULL, GUARD, LINK, URL, Bench, bench_of, found_in, leaving

if TYPE_CHECKING:
    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.conftest import Clock

WHOLE = consenting(good() | cases.secrets("yes"))
FORGOTTEN = Outgoing("gone", "sms", cases.PHONE, Job(FORGET, REFERENCE.encode()), 0)


@pytest.fixture
def referral_store(database: Database, vault: Vault) -> ReferralStore:
    return ReferralStore(database, vault)


@pytest.fixture
def bench(referral_store: ReferralStore, outbox: Outbox, clock: Clock) -> Bench:
    return bench_of(referral_store, outbox, clock, ES, FULL, GUARD)


def quiet(**other: cases.Answers) -> Outgoing:
    """Whatever else is answered in the session, and even if it was agreed to."""
    session = cases.session(WHOLE | other)  # type: ignore[arg-type]
    payload = draft(session, "sms", cases.PHONE, 1_800_000_000.0, Pace(run=12), quiet=True)
    return Outgoing("job", "sms", cases.PHONE, Job(JOB, payload), 0)


async def test_only_protection_is_told_and_only_that_a_call_is_asked_for(bench: Bench) -> None:
    await bench.referrals.accept(quiet())
    mails = await bench.mails()
    assert list(mails) == [GUARD.mail]
    mail = mails[GUARD.mail]
    assert mail.subject == f"Batea: alguien pide que le llamen en privado, caso {REFERENCE}"
    assert TEXTS.get("es", "mail.intro.quiet") in mail.text
    assert LINK.findall(mail.text) == [f"{URL}/desk/case/{REFERENCE}"]
    assert found_in(leaving(mail), [*cases.PERSONAL, "SMS", "grupo"]) == []
    assert mail.attachments == ()


async def test_nothing_of_the_assessment_is_kept_with_it(bench: Bench) -> None:
    await bench.referrals.accept(quiet())
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert set(kept.answers) == {"country", "call_back", "call_how", "call_note"}
    assert (kept.pace, kept.room, kept.quiet) == (Pace(), None, True)


async def test_a_second_run_tells_nobody_twice(bench: Bench) -> None:
    for _ in range(2):
        await bench.referrals.accept(quiet())
    assert len(await bench.mails()) == 1
    await bench.referrals.accept(quiet())
    assert await bench.mails() == {}


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_page_says_how_to_call_and_is_for_protection_alone(
    database: Database, vault: Vault, clock: Clock, locale: str
) -> None:
    async with desk_front(database, vault, clock) as front:
        await front.cabinet.keep(read_draft(quiet().body.payload))  # type: ignore[union-attr]
        case, luz = f"/desk/case/{REFERENCE}", await front.signed_in(LUZ)
        await luz.get(f"{case}?lang={locale}")
        text = await luz.post(f"{case}/number", 200)
        said = [TEXTS.get(locale, "desk.quiet"), 'href="tel:+573009998877"', cases.NOTE]
        assert found_in(text, said) == said
        assert found_in(text, [cases.NAME, cases.ORGANISATION, *cases.sensitive_words(locale)]) == []
        for contact in (STAFF, LEAD):
            text = await (await front.signed_in(contact)).get(f"{case}?lang={locale}", 404)
            assert found_in(text, [*cases.PERSONAL, TEXTS.get(locale, "desk.quiet")]) == []


async def test_a_wish_taken_back_asks_nobody_to_call(database: Database, vault: Vault, clock: Clock) -> None:
    async with desk_front(database, vault, clock) as front:
        draft = read_draft(quiet().body.payload)  # type: ignore[union-attr]
        await front.cabinet.keep(draft, withdrawn(draft))
        text = await (await front.signed_in(LUZ)).open(draft)
        assert TEXTS.get("es", "desk.withdrawn") in text
        assert found_in(text, [*cases.PERSONAL, TEXTS.get("es", "desk.quiet"), TEXTS.get("es", "desk.reveal")]) == []


async def test_deleted_it_is_gone_and_only_protection_is_told(
    bench: Bench, database: Database, vault: Vault, clock: Clock
) -> None:
    await bench.referrals.accept(quiet())
    await bench.mails()
    await bench.referrals.forget(FORGOTTEN)
    mails = await bench.mails()
    assert list(mails) == [GUARD.mail]
    assert mails[GUARD.mail].subject == f"Batea: permiso retirado, caso {REFERENCE}"
    assert not LINK.search(mails[GUARD.mail].text)
    async with desk_front(database, vault, clock) as front:
        await (await front.signed_in(LUZ)).get(f"/desk/case/{REFERENCE}", 404)


class Changed:
    """The same store and outbox, with other contacts than when the talk was offered."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench

    def to(self, *contacts: Contact) -> Bench:
        return bench_of(self.bench.store, self.bench.outbox, self.bench.clock, *contacts)

    async def waiting(self) -> Outgoing:
        """The job in its own lane."""
        [claimed] = await self.bench.outbox.claim(self.bench.clock(), 9)
        await self.bench.outbox.settle(claimed, "")
        return claimed.out


async def test_where_nobody_protects_any_more_it_waits_and_holds_up_nothing(bench: Bench) -> None:
    """Staff are no way out: it was promised that nobody else would know. Votes of the same phone go on."""
    changed = Changed(bench)
    elsewhere = changed.to(ES, FULL, replace(GUARD, countries=("PE",)))
    with capture_logs() as logs:
        await elsewhere.referrals.accept(quiet())
    assert [(one["log_level"], one["country"]) for one in logs] == [("warning", "CO")]
    out = await changed.waiting()
    assert (out.channel, out.address) == ("quiet", REFERENCE)
    with pytest.raises(Later):
        await elsewhere.referrals.accept(out)
    assert await bench.store.load(REFERENCE)
    await bench.referrals.accept(out)
    assert list(await bench.mails()) == [GUARD.mail]


async def test_what_was_deleted_while_it_waited_does_not_come_back(bench: Bench) -> None:
    changed = Changed(bench)
    await changed.to(ES).referrals.accept(quiet())
    out = await changed.waiting()
    await changed.to(ES).referrals.forget(FORGOTTEN)
    await bench.referrals.accept(out)
    assert await bench.mails() == {}
    assert await bench.store.load(REFERENCE) is None


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_mail_is_worded_in_every_language(
    referral_store: ReferralStore, outbox: Outbox, clock: Clock, locale: str
) -> None:
    bench = bench_of(referral_store, outbox, clock, ES, replace(GUARD, languages=(locale,)))
    await bench.referrals.accept(quiet())
    mail = (await bench.mails())[GUARD.mail]
    assert isinstance(mail, Mail)
    assert (mail.locale, TEXTS.get(locale, "mail.link.quiet") in mail.html) == (locale, True)
