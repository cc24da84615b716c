"""A group's referral: the mail counts, the case's page has the notes, and only what was agreed to leaves."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace

from bot.messages import Job, Mail, Outgoing
from bot.referral.draft import draft, kept, read_draft, withdrawn
from bot.referral.mail import Post
from bot.referral.store import ReferralStore
from bot.referrals import JOB
from flows.pace import Pace
from flows.room.outcome import outcome
from flows.session import Aside, Mark
from tests.bot import cases
from tests.bot.cases import CHECKLIST, LOCALES, REFERENCE, TEXTS, consenting, good
from tests.bot.casework import STAFF
from tests.bot.desking import desk_front
from tests.bot.grouped import NOTE, group, of_group
from tests.bot.referring import ES, GUARD, URL, bench_of, leaving

if TYPE_CHECKING:
    from bot.contacts import Contact
    from bot.kept.connection import Database
    from bot.kept.crypto import Vault
    from bot.outbox import Outbox
    from flows.session import Session
    from tests.conftest import Clock


def payload(session: Session) -> bytes:
    room = outcome(CHECKLIST, session)
    return draft(session, "sms", cases.PHONE, 1_800_000_000.0, Pace(), room=room)


async def test_the_mail_counts_and_the_page_has_the_notes(
    database: Database, vault: Vault, outbox: Outbox, clock: Clock
) -> None:
    store = ReferralStore(database, vault)
    bench = bench_of(store, outbox, clock, ES, GUARD)
    session = group(consenting(good()), women=(5, 2, 1), notes={"pay_hours": f"<b>{NOTE}</b>"})
    await bench.referrals.accept(Outgoing("job", "sms", cases.PHONE, Job(JOB, payload(session)), 0))
    [mail] = (await bench.mails()).values()
    meeting = of_group(session).meeting
    assert meeting is not None
    told = [*meeting.lines, *(vote.figures for vote in meeting.votes), meeting.votes[0].women]
    assert [one for one in told if one not in mail.text or one not in html.unescape(mail.html)] == []
    assert TEXTS.get("es", "mail.intro.group") in mail.text
    assert "Filomena" not in leaving(mail)
    async with desk_front(database, vault, clock) as front:
        ana = await front.signed_in(STAFF)
        text = await ana.get(f"/desk/case/{REFERENCE}")
    assert [one for one in told if one not in text] == []
    assert f"&lt;b&gt;{NOTE}&lt;/b&gt;" in ana.page


def test_how_a_group_voted_leaves_only_with_the_summary() -> None:
    sent = read_draft(payload(group(consenting(good()))))
    assert sent.room == outcome(CHECKLIST, group(consenting(good())))
    assert kept(sent, CHECKLIST).room == sent.room
    assert read_draft(payload(group(consenting(good(), send="no")))).room is None
    assert withdrawn(sent).room is None


def test_a_draft_that_was_stored_before_there_were_groups_is_still_read() -> None:
    old = msgspec.json.decode(payload(group(consenting(good()))))
    del old["room"], old["quiet"]
    found = read_draft(msgspec.json.encode(old))
    assert (found.room, found.quiet, found.answers["place"]) == (None, False, cases.PLACE)


def test_a_talk_in_private_that_was_only_begun_is_in_no_referral() -> None:
    """The summary leaves by itself after a while, also in the middle of such a talk."""
    session = group(consenting(good(), call_back="no"))
    answers = {name: said for name, said in session.answers.items() if name not in ("call_how", "call_note")}
    aside = Aside(Mark("name", "call_back", "no", {"call_how": None, "call_note": None}))
    amid = replace(session, answers={**answers, "call_back": "yes"}, aside=aside)
    assert read_draft(payload(amid)) == read_draft(payload(replace(session, answers=answers)))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_groups_mail_is_worded_in_every_language(locale: str) -> None:
    session = group(consenting(good()))
    contact: Contact = replace(ES, languages=(locale,))
    post = Post(TEXTS, URL)
    mail = post.staff(read_draft(payload(session)), contact, of_group(session, locale), (), update=False).body
    assert isinstance(mail, Mail)
    assert TEXTS.get(locale, "mail.intro.group") in html.unescape(mail.html)
    assert TEXTS.get(locale, "report.group").upper() in mail.text
