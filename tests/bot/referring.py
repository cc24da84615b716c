"""The worker's hand on real parts, the contacts it writes to, and all that its mails carry."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfReader

from bot.contacts import Contact, Contacts
from bot.messages import Job, Mail, Outgoing
from bot.referral.acting import Acting
from bot.referral.announced import Announcer
from bot.referral.draft import draft
from bot.referral.linked import Linked
from bot.referral.mail import Post
from bot.referral.notices import Notices
from bot.referrals import JOB, Referrals
from flows.pace import Pace
from tests.bot import cases
from tests.bot.cases import CHECKLIST, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.outbox import Outbox
    from bot.referral.store import ReferralStore
    from tests.bot.cases import Answers
    from tests.conftest import Clock

URL = "https://batea.example.org"
ES = Contact(name="Lead", role="lead", mail="lead@example.org", languages=("es",))
EN = Contact(name="Office", role="staff", mail="office@example.org", languages=("en", "es"))
FULL = Contact(name="Desk", role="staff", mail="desk@example.org", languages=("es",), mail_detail="full")
GUARD = Contact(
    name="Guard", role="protection", mail="guard@example.org", languages=("es",), countries=("CO",), mail_detail="full"
)
LINK = re.compile(re.escape(URL) + r"/desk(?:/[^\s\"<]*)?")


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
    post = Post(TEXTS, URL)
    versions, notices = {cases.VERSION: CHECKLIST}, notices_on(store, *contacts)
    return Bench(Referrals(store, outbox, Contacts(contacts), versions, post, notices), store, outbox, clock)


def notices_on(store: ReferralStore, *contacts: Contact) -> Notices:
    """Notices on the store's own Redis."""
    linked = Linked(store._database, store._vault, Contacts(contacts))
    return Notices(TEXTS, {cases.VERSION: CHECKLIST}, linked, URL)


def announcer_on(store: ReferralStore, outbox: Outbox, *contacts: Contact) -> Announcer:
    return Announcer(store, outbox, Contacts(contacts), Post(TEXTS, URL), notices_on(store, *contacts))


def acting_on(store: ReferralStore, outbox: Outbox, clock: Callable[[], float], *contacts: Contact) -> Acting:
    return Acting(store, announcer_on(store, outbox, *contacts), Contacts(contacts), clock)


def leaving(mail: Mail) -> str:
    """All that a mail carries."""
    papers = [page.extract_text() for part in mail.attachments for page in PdfReader(io.BytesIO(part.content)).pages]
    metadata = [str(PdfReader(io.BytesIO(part.content)).metadata) for part in mail.attachments]
    names = [part.name for part in mail.attachments]
    return "\n".join([mail.id, mail.subject, mail.text, mail.html, *papers, *metadata, *names])


def found_in(text: str, words: tuple[str, ...] | list[str]) -> list[str]:
    return [word for word in words if word in text]
