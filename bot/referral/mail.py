"""The mails about a referral, worded once. They name nobody, unless the contact is set to get names by mail.

Who gets one is in `referrals`. A mail never holds a sensitive answer or a gold figure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from bot.messages import Attachment, Mail, Outgoing
from bot.pages.drawing import drawn
from bot.referral.draft import kind
from bot.referral.person import contact_facts, reach, who
from bot.report import pdf

if TYPE_CHECKING:
    from bot.contacts import Contact
    from bot.referral.draft import Draft
    from bot.report import Summary
    from bot.report.summary import Fact
    from bot.texts import Texts

TEMPLATES = Path(__file__).parent.parent / "report" / "templates"
News = Literal["late", "overdue", "answered", "given"]
"""Nobody took it in time; protection did not talk of it in time; the person answered; a colleague gave it to them."""
About = News | Literal["referral", "talk", "withdrawn", "protection", "quiet"]


_KINDS: dict[About, str] = {"protection": "p", "late": "l", "overdue": "o", "answered": "a", "given": "g"}
"""Beside the one mail that a contact gets of a revision."""


@dataclass(frozen=True)
class Post:
    """Writes mails; rendering the PDF takes tens of milliseconds, so not for the event loop.

    `base_url` is where the desk is, without a slash at its end.
    """

    texts: Texts
    base_url: str

    def staff(
        self, draft: Draft, contact: Contact, summary: Summary | None, lines: tuple[str, ...], *, update: bool
    ) -> Outgoing:
        """The mail of a referral (which has a summary), of a request to talk, or of a consent taken back.

        `lines` tell how urgent it is, as notices do.
        """
        found = kind(draft)
        about: About = "withdrawn" if found == "nothing" else found
        return self._mail(about, draft, contact, summary, lines, update=update)

    def protection(self, draft: Draft, contact: Contact, *, update: bool) -> Outgoing:
        """The mail that leads the protection contact to the private answers, and says nothing of them."""
        return self._mail("protection", draft, contact, None, (), update=update)

    def quiet(self, draft: Draft, contact: Contact, lines: tuple[str, ...]) -> Outgoing:
        """The mail of a call that somebody asked for in private, or of that wish taken back; no more than that."""
        gone = kind(draft) == "nothing"
        return self._mail("withdrawn" if gone else "quiet", draft, contact, None, lines, update=gone)

    def tells(self, news: News, draft: Draft, contact: Contact, lines: tuple[str, ...], at: float) -> Outgoing:
        """The mail of what came to pass at `at` (epoch seconds)."""
        return msgspec.structs.replace(self._mail(news, draft, contact, None, lines, update=False), created=at)

    def locale(self, contact: Contact) -> str:
        """The language a contact is written to in."""
        return contact.locale(tuple(self.texts.translations))

    def _mail(  # noqa: PLR0913 - all that a mail is made of
        self,
        about: About,
        draft: Draft,
        contact: Contact,
        summary: Summary | None,
        lines: tuple[str, ...],
        *,
        update: bool,
    ) -> Outgoing:
        locale, name = self.locale(contact), _id(about, draft, contact)
        more = {"summary": summary, "lines": lines, "update": update and about != "withdrawn"}
        words = self._words(about, draft, contact, locale) | more
        body = Mail(
            id=name,
            subject=self._subject(about, draft, locale, update=update),
            text=drawn(TEMPLATES, "mail.txt", words),
            html=drawn(TEMPLATES, "mail.html", words),
            locale=locale,
            attachments=(self._paper(summary),) if summary else (),
        )
        return Outgoing(id=name, channel="mail", address=contact.mail, body=body, created=draft.updated)

    def _words(self, about: About, draft: Draft, contact: Contact, locale: str) -> dict[str, object]:
        return {
            "t": partial(self.texts.get, locale),
            "locale": locale,
            "about": about,
            "contact": contact.name,
            "link": self._link(about, draft),
            "reach": reach(draft, self.texts, locale),
            "named": self._named(about, draft, contact, locale),
        }

    def _link(self, about: About, draft: Draft) -> str:
        """Where the case is, for who signs in: the address itself opens nothing. "" where nothing is left of it."""
        return "" if about == "withdrawn" else f"{self.base_url}/desk/case/{draft.reference}"

    def _subject(self, about: About, draft: Draft, locale: str, *, update: bool) -> str:
        which = "" if about == "referral" else f".{about}"
        if update and about in {"referral", "talk"}:
            which = ".update"
        return self.texts.get(locale, f"mail.subject{which}", reference=draft.reference)

    def _named(self, about: About, draft: Draft, contact: Contact, locale: str) -> tuple[Fact, ...]:
        if contact.mail_detail != "full" or about not in {"referral", "talk"}:
            return ()
        return who(draft, self.texts, locale) + contact_facts(draft, self.texts, locale)

    def _paper(self, summary: Summary) -> Attachment:
        name = self.texts.get(summary.locale, "report.file", reference=summary.reference)
        return Attachment(name=name, mime="application/pdf", content=pdf(summary))


def _id(about: About, draft: Draft, contact: Contact) -> str:
    """The same for the same revision and contact, so that a second run puts nothing new."""
    to = hashlib.sha256(contact.name.encode()).hexdigest()[:12]
    return f"{draft.reference}.{draft.revision}.{_KINDS.get(about, 'r')}.{to}".lower()
