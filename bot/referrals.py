"""A draft -> a referral: kept first, then mailed to whom it concerns, then marked as mailed. So nothing is lost.

What may be passed on is in `referral.draft`, the words in `referral.mail` and `referral.notices`, the pages in `desk`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import msgspec
import structlog

from bot.messages import GiveUp, Job, Later, Outgoing
from bot.referral.draft import Draft, draft, kept, kind, read_draft, shares_private, withdrawn
from bot.referral.rights import may
from bot.report import summarise
from flows.assess import assess

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.contacts import About, Contact, Contacts
    from bot.referral.mail import Post
    from bot.referral.notices import News, Notices
    from bot.referral.store import Before, Held, ReferralStore
    from bot.report import Summary
    from flows.model import Checklist

__all__ = ["FORGET", "JOB", "Draft", "Referrals", "draft"]

JOB, FORGET = "referral", "forget"
"""The names of the jobs that carry a draft, and the reference of one to be erased."""

_AFTER_A_RELEASE = 600.0
_WAITING = "quiet"
"""In the place of a channel: the lane of a talk that nobody can be told of yet, so that it holds up nothing else."""

log = structlog.get_logger(__name__)


class Box(Protocol):
    """Where mails are put; an id that was put before does nothing."""

    async def put(self, *outs: Outgoing) -> None:
        """Queue them."""


class Referrals:
    """The worker's hand for jobs named `JOB`. `checklists` are by version."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a referral passes through
        self,
        store: ReferralStore,
        box: Box,
        contacts: Contacts,
        checklists: Mapping[str, Checklist],
        post: Post,
        notices: Notices,
    ) -> None:
        self._store = store
        self._box = box
        self._contacts = contacts
        self._checklists = checklists
        self._post = post
        self._notices = notices

    async def accept(self, out: Outgoing) -> None:
        """Keep the draft and put its mails; a revision that was done, or is older than one that was, does nothing.

        Raises `GiveUp` where the payload is no draft, `Later` where its content version is not here (yet).
        """
        found = self._agreed(out)
        if kind(found) == "nothing" and await self._store.load(found.reference) is None:
            return
        if out.channel == _WAITING and await self._store.load(found.reference) is None:
            return
        before = await self._store.keep(found)
        if before.kept > found.revision or before.mailed >= found.revision:
            return
        if found.quiet and not self._guards(found):
            await self._wait(out, found)
            return
        held = await self._store.held(found.reference)
        if held is None or held.draft.revision != found.revision:
            return
        mails = await asyncio.to_thread(self._mails, held, update=before.mailed > 0)
        await self._box.put(*mails, *await self._noticed(held, self._concerned(held), _news(found, before)))
        await self._store.mailed(found)

    async def forget(self, out: Outgoing) -> None:
        """Tell the contacts that all consent is taken back, then erase the referral; again, nothing is doubled."""
        reference = out.body.payload.decode() if isinstance(out.body, Job) else ""
        held = await self._store.held(reference)
        if held is None:
            return
        standing = msgspec.structs.replace(held.standing, hushed=False)
        gone = msgspec.structs.replace(held, draft=withdrawn(held.draft), standing=standing)
        guards = self._guards(held.draft) if shares_private(held.draft) else ()
        mails = await asyncio.to_thread(self._farewells, gone, guards)
        await self._box.put(*mails, *await self._noticed(gone, (*self._concerned(gone), *guards), "withdrawn"))
        await self._store.erase(reference)

    async def _wait(self, out: Outgoing, found: Draft) -> None:
        """Contacts changed since the talk was offered: it stays with us until somebody is there who protects."""
        message = "a call in private waits: no protection contact covers its country"
        log.warning(message, country=found.answers.get("country"))
        if out.channel == _WAITING:
            raise Later(message, _AFTER_A_RELEASE)
        name = f"{found.reference}.waits".lower()
        await self._box.put(msgspec.structs.replace(out, id=name, channel=_WAITING, address=found.reference))

    async def _noticed(self, held: Held, contacts: tuple[Contact, ...], news: News) -> list[Outgoing]:
        """The notices to whoever gets a mail; outside of Fairmined's scope only where a call is wanted."""
        unasked = held.case.letter is None and held.draft.answers.get("call_back") != "yes"
        return [] if unasked and news != "withdrawn" else await self._notices.about(held, contacts, news)

    def _concerned(self, held: Held) -> tuple[Contact, ...]:
        """Whom it concerns: staff, unless nothing changed for them; and protection, where there is something for it."""
        found = held.draft
        staff = () if found.quiet or held.standing.hushed else self._staff(held)
        return (*staff, *(self._guards(found) if found.quiet or shares_private(found) else ()))

    def _staff(self, held: Held) -> tuple[Contact, ...]:
        """Whose country, language and result it is; and who has the case."""
        found = held.draft
        told = self._contacts.staff_for(_country(found), found.locale, self._about(found))
        also = self._contacts.named(held.case.holder)
        return (*told, also) if also and also not in told and may(also, "open", found) else told

    def _about(self, found: Draft) -> About | None:
        """The result that is passed on; None where nothing is (any more)."""
        about = kind(found)
        if about == "referral":
            return assess(self._checklists[found.version], found.answers, private=found.private).result
        return "talk" if about == "talk" else None

    def _guards(self, found: Draft) -> tuple[Contact, ...]:
        return self._contacts.protection_for(_country(found))

    def _agreed(self, out: Outgoing) -> Draft:
        payload = out.body.payload if isinstance(out.body, Job) else b""
        try:
            found = read_draft(payload)
        except msgspec.DecodeError as error:
            message = f"no draft of a referral: {type(error).__name__}"
            raise GiveUp(message) from error
        if found.version not in self._checklists:
            message = f"content version {found.version} is not here"
            raise Later(message, _AFTER_A_RELEASE)
        return kept(found, self._checklists[found.version])

    def _mails(self, held: Held, *, update: bool) -> list[Outgoing]:
        found = held.draft
        if found.quiet:
            return [self._post.quiet(found, one, self._notices.lines(held, one)) for one in self._guards(found)]
        guards = self._guards(found) if shares_private(found) else ()
        return [
            *(self._staff_mail(held, one, update=update) for one in self._concerned(held) if one.role != "protection"),
            *(self._post.protection(found, one, update=update) for one in guards),
        ]

    def _staff_mail(self, held: Held, contact: Contact, *, update: bool) -> Outgoing:
        summary, lines = self._summary(held.draft, contact), self._notices.lines(held, contact)
        return self._post.staff(held.draft, contact, summary, lines, update=update)

    def _farewells(self, gone: Held, guards: tuple[Contact, ...]) -> list[Outgoing]:
        """To staff that all consent is taken back; to protection as well, if it was passed anything."""
        return [*self._mails(gone, update=True), *(self._staff_mail(gone, one, update=True) for one in guards)]

    def _summary(self, found: Draft, contact: Contact) -> Summary | None:
        if kind(found) != "referral":
            return None
        checklist = self._checklists[found.version]
        assessment = assess(checklist, found.answers, private=found.private)
        return summarise(
            assessment,
            checklist,
            found.answers,
            self._post.texts,
            self._post.locale(contact),
            found.reference,
            day=found.updated,
            room=found.room,
        )


def _news(found: Draft, before: Before) -> News:
    if kind(found) == "nothing":
        return "withdrawn"
    return "changed" if before.mailed else "new"


def _country(found: Draft) -> str | None:
    country = found.answers.get("country")
    return country if isinstance(country, str) else None
