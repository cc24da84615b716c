from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pytest
from pypdf import PdfReader
from redis import Redis

from bot.contacts import Contact, Contacts
from bot.messages import GiveUp, Job, Later, Mail, Outgoing
from bot.referral.draft import draft, read_draft
from bot.referral.links import DAYS, BadLink, ExpiredLink, Links, Ticket
from bot.referral.mail import Post
from bot.referral.person import spoken
from bot.referral.store import ReferralStore
from bot.referrals import FORGET, JOB, Referrals
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, REFERENCE, TEXTS, consenting, good

if TYPE_CHECKING:
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from tests.bot.cases import Answers
    from tests.conftest import Clock

URL = "https://batea.example.org"
ES = Contact(name="Lead", role="lead", mail="lead@example.org", languages=("es",))
EN = Contact(name="Office", role="staff", mail="office@example.org", languages=("en", "es"))
FULL = Contact(name="Desk", role="staff", mail="desk@example.org", languages=("es",), mail_detail="full")
GUARD = Contact(
    name="Guard", role="protection", mail="guard@example.org", languages=("es",), countries=("CO",), mail_detail="full"
)
LINK = re.compile(re.escape(URL) + r"/desk/(\w)/(\S+?)(?=[\s\"]|$)")


@dataclass
class Bench:
    """The worker's hand on real parts, and the mails it leaves in the outbox."""

    referrals: Referrals
    store: ReferralStore
    outbox: Outbox
    clock: Clock

    async def accept(self, answers: Answers, *, turn: int = 60, private: bool = True, locale: str = "es") -> None:
        await self.referrals.accept(job(answers, turn=turn, private=private, locale=locale))

    async def mails(self) -> dict[str, Mail]:
        """What is due, by address, as if it had been delivered."""
        found: dict[str, Mail] = {}
        while claimed := await self.outbox.claim(self.clock(), 99):
            for one in claimed:
                assert isinstance(one.out.body, Mail)
                assert one.out.channel == "mail"
                assert one.out.address not in found
                found[one.out.address] = one.out.body
                await self.outbox.settle(one, "sent")
        return found


def job(answers: Answers, *, turn: int = 60, private: bool = True, locale: str = "es") -> Outgoing:
    found = cases.session(answers, turn=turn, private=private, locale=locale)
    payload = draft(found, "sms", cases.PHONE, 1_800_000_000.0, Pace())
    return Outgoing(f"job-{turn}", "sms", cases.PHONE, Job(JOB, payload), 0)


def bench_of(store: ReferralStore, outbox: Outbox, clock: Clock, *contacts: Contact) -> Bench:
    post = Post(TEXTS, Links(["key"], URL, clock))
    referrals = Referrals(store, outbox, Contacts(contacts), {cases.VERSION: CHECKLIST}, post)
    return Bench(referrals, store, outbox, clock)


@pytest.fixture
def referral_store(database: Database, vault: Vault) -> ReferralStore:
    return ReferralStore(database, vault)


@pytest.fixture
def bench(referral_store: ReferralStore, outbox: Outbox, clock: Clock) -> Bench:
    return bench_of(referral_store, outbox, clock, ES, EN, FULL, GUARD)


def leaving(mail: Mail) -> str:
    """All that a mail carries, the link's own letters apart."""
    papers = [page.extract_text() for part in mail.attachments for page in PdfReader(io.BytesIO(part.content)).pages]
    metadata = [str(PdfReader(io.BytesIO(part.content)).metadata) for part in mail.attachments]
    names = [part.name for part in mail.attachments]
    whole = "\n".join([mail.id, mail.subject, mail.text, mail.html, *papers, *metadata, *names])
    return LINK.sub("LINK", whole)


def found_in(text: str, words: tuple[str, ...] | list[str]) -> list[str]:
    return [word for word in words if word in text]


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
    post = Post(TEXTS, Links(["key"], URL, clock))
    box = BreaksOnce(outbox, after)
    referrals = Referrals(referral_store, box, Contacts((ES, EN)), {cases.VERSION: CHECKLIST}, post)
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


@pytest.mark.parametrize("empty_url", ["standalone", "cluster"], indirect=True)
async def test_what_is_kept_is_sealed_and_survives_on_either_kind_of_store(bench: Bench, database: Database) -> None:
    await bench.accept(consenting(good() | cases.secrets("yes")))
    kept = await bench.store.load(REFERENCE)
    assert kept
    assert kept.answers["name"] == cases.NAME
    assert kept.answers["children"] == "yes"
    other = ReferralStore(database, bench.store._vault)
    assert await other.load(REFERENCE) == kept
    assert len(await bench.mails()) == 4


async def test_the_store_holds_no_name_in_the_open(bench: Bench, empty_url: str) -> None:
    await bench.accept(consenting(good() | cases.secrets("yes")))
    with Redis.from_url(empty_url) as client:
        names = client.keys()
        hashes = [client.hgetall(name) for name in names if client.type(name) == b"hash"]
    [case] = [found for found in hashes if b"draft" in found]
    assert len(case[b"draft"]) > 1000
    assert found_in(str(hashes) + str(names), list(cases.PERSONAL)) == []


def test_a_draft_holds_no_more_than_was_agreed_to() -> None:
    told = cases.session(consenting(good() | cases.secrets("yes"), send="no", call_back="no"))
    assert set(read_draft(draft(told, "sms", cases.PHONE, 5.0, Pace())).answers) == {"country"}
    whole = read_draft(draft(cases.session(consenting(good())), "sms", cases.PHONE, 5.0, Pace()))
    assert (whole.reference, whole.revision, whole.updated) == (REFERENCE, 60, 5.0)
    assert whole.answers["gold_month"] == good()["gold_month"]


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


def test_how_the_answers_were_given_is_told_to_staff_of_a_referral_only() -> None:
    pace = Pace(run=12, fast=("work",), rows=9)
    session = cases.session(consenting(good()))
    told = spoken(read_draft(draft(session, "sms", cases.PHONE, 5.0, pace)), TEXTS, "en")
    assert "12 answers" in told[-1].value
    assert "9 answers" in told[-1].value
    silent = cases.session(consenting(good(), send="no", call_back="yes"))
    assert read_draft(draft(silent, "sms", cases.PHONE, 5.0, pace)).pace == Pace()


def test_a_session_without_a_reference_has_no_draft() -> None:
    with pytest.raises(ValueError, match="reference"):
        draft(msgspec.structs.replace(cases.session({}), reference=None), "sms", cases.PHONE, 0, Pace())


def test_links_end_after_thirty_days(clock: Clock) -> None:
    links = Links(["key"], URL, clock)
    token = links.url("staff", Ticket(REFERENCE, "Lead")).rsplit("/", 1)[1]
    clock.advance(DAYS * 24 * 3600 - 1)
    assert links.read("staff", token) == Ticket(REFERENCE, "Lead")
    clock.advance(2)
    with pytest.raises(ExpiredLink):
        links.read("staff", token)


def test_links_outlive_a_new_key_but_not_a_key_taken_away(clock: Clock) -> None:
    token = Links(["old"], URL, clock).url("staff", Ticket(REFERENCE, "Lead")).rsplit("/", 1)[1]
    assert Links(["new", "old"], URL, clock).read("staff", token)
    renewed = Links(["new", "old"], URL, clock).url("staff", Ticket(REFERENCE, "Lead")).rsplit("/", 1)[1]
    assert Links(["new"], URL, clock).read("staff", renewed)
    with pytest.raises(BadLink):
        Links(["new"], URL, clock).read("staff", token)


def test_a_link_for_staff_does_not_open_the_private_page(clock: Clock) -> None:
    links = Links(["key"], URL, clock)
    token = links.url("staff", Ticket(REFERENCE, "Guard")).rsplit("/", 1)[1]
    with pytest.raises(BadLink):
        links.read("protection", token)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_mail_is_worded_in_every_language(clock: Clock, locale: str) -> None:
    post = Post(TEXTS, Links(["key"], URL, clock))
    contact = Contact(name="<b>Ana & Co</b>", role="staff", mail="a@example.org", languages=(locale,))
    for wish in ({"send": "no"}, {"send": "no", "call_back": "no"}):
        session = cases.session(consenting(good(), **wish))
        found = read_draft(draft(session, "telegram", "12345", 5.0, Pace()))
        for update in (False, True):
            mail = post.staff(found, contact, None, update=update).body
            assert isinstance(mail, Mail)
            assert "<b>Ana & Co</b>" in mail.text
            assert "&lt;b&gt;Ana &amp; Co&lt;/b&gt;" in mail.html
            assert re.fullmatch(r"[a-z0-9.-]+", mail.id)
