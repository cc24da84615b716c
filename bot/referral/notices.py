"""Notices beside the mails, over Telegram and webhooks: there is a case, how urgent, by when, how much is open.

They name nobody and hold nothing private; who gets one is in `referrals`. Buttons are heard in `taps`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import msgspec
from babel import Locale

from bot.messages import Button, Hook, Notice, Outgoing
from bot.origin import clocks
from bot.posts import TRIED
from bot.referral.draft import kind, may_call
from bot.referral.rights import may
from bot.texts import Texts
from flows.assess import assess
from flows.case import OUTCOMES, possible
from flows.model import Say
from flows.words import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.contacts import Contact
    from bot.referral.draft import Draft
    from bot.referral.linked import Linked
    from bot.referral.store import Held
    from flows.model import Checklist

News = Literal["new", "changed", "late", "overdue", "withdrawn", "answered", "given"]
Rows = tuple[tuple[Button, ...], ...]
TAP = "desk"
"""How the data of a notice's buttons begins: "desk:take:7K3M-2QXD". A person's own buttons have bars, never colons."""
_BUTTONS = {"take": "take", "contacted": "contacted", "close": "closing"}


class Facts(msgspec.Struct, frozen=True):
    """All that a notice tells, as a webhook gets it. `docs/operating.md` has its schema.

    `triage` "X" is outside of Fairmined's scope; None where there is nothing left to tell. `deadline`: UTC, RFC 3339.
    The counts are None where only a call was asked for.
    """

    event: Literal[
        "case.new", "case.changed", "case.late", "case.overdue", "case.withdrawn", "case.answered", "case.given"
    ]
    reference: str
    triage: Literal["P", "A", "B", "F", "D", "X"] | None
    state: Literal["new", "taken", "contact", "closed", "withdrawn"]
    country: str | None
    language: str
    deadline: str | None
    gaps: int | None
    unknown: int | None
    ask_arm: int | None
    schema: Literal[1] = 1


@dataclass(frozen=True)
class Notices:
    """Writes notices. `base_url` is where the desk is, without a slash at its end; `telegram`: there is a bot."""

    texts: Texts
    checklists: Mapping[str, Checklist]
    linked: Linked
    base_url: str
    telegram: bool = True

    async def about(self, held: Held, contacts: Sequence[Contact], news: News) -> list[Outgoing]:
        """One for each way on which each of the contacts can be told, always with the same ids. Raises `Away`."""
        chats = await self.linked.chats(contacts) if self.telegram else {}
        found = []
        for contact in contacts:
            if contact.name in chats:
                words = Notice(self.text(held, contact, news), self.buttons(held, contact))
                found.append(_outgoing(held, contact, news, ("telegram", chats[contact.name]), words))
            if contact.webhook:
                payload = msgspec.json.encode(self.facts(held, contact, news))
                found.append(_outgoing(held, contact, news, ("webhook", contact.webhook), Hook(payload)))
        return found

    def facts(self, held: Held, contact: Contact, news: News) -> Facts:
        """What this contact may know. Only protection learns that something private made it urgent."""
        draft, gone = held.draft, kind(held.draft) == "nothing"
        urgent = held.standing.urgent and contact.role == "protection"
        due = held.standing.urgent_due if urgent else held.case.due
        gaps, unknown, ask_arm = self._counts(draft)
        return Facts(
            event=f"case.{news}",  # type: ignore[arg-type] # one for each of News
            reference=draft.reference,
            triage=None if gone else "P" if urgent else held.case.letter or "X",
            state=held.case.state,
            country=draft.country,
            language=language_of(draft.locale),
            deadline=None if gone or due is None else datetime.fromtimestamp(due, UTC).isoformat(),
            gaps=gaps,
            unknown=unknown,
            ask_arm=ask_arm,
        )

    def text(self, held: Held, contact: Contact, news: News | None = None) -> str:
        """The notice in words, in the contact's language; without `news` as it stands after a tap."""
        locale = contact.locale(self.texts.locales)
        first = self.texts.get(locale, f"desk.notice.{news or 'case'}", reference=held.draft.reference)
        lines = self.lines(held, contact)
        return "\n".join((first, *lines, *((f"{self.base_url}/desk",) if lines else ())))

    def lines(self, held: Held, contact: Contact) -> tuple[str, ...]:
        """What is to be known before the page is opened: letter, place and language, day, counts, who has it."""
        facts = self.facts(held, contact, "changed")
        return tuple(self._lines(held, facts, contact.locale(self.texts.locales))) if facts.triage else ()

    def buttons(self, held: Held, contact: Contact, *, closing: bool = False) -> Rows:
        """What the contact can do about the case as it stands; `closing`: in which way it ends."""
        locale, reference = contact.locale(self.texts.locales), held.draft.reference
        open_to = [one for one in _BUTTONS if one in possible(held.case) and may(contact, one, held.draft)]
        if closing and "close" in open_to:
            labels = [(f"close.{one}", f"desk.outcome.{one}") for one in OUTCOMES]
            labels.append(("back", "desk.notice.back"))
        else:
            labels = [(_BUTTONS[one], f"desk.notice.{one}") for one in open_to]
        return tuple((Button(self.texts.get(locale, key), f"{TAP}:{what}:{reference}"),) for what, key in labels)

    def _lines(self, held: Held, facts: Facts, locale: str) -> Iterator[str]:
        if held.draft.channel.startswith(TRIED):
            yield self.texts.get(locale, "desk.tried")
        yield f"{facts.triage} · {self.texts.get(locale, f'desk.letter.{facts.triage}')}"
        yield " · ".join(_where(facts, locale))
        if facts.deadline and held.case.state in {"new", "taken"}:
            yield self._by(held.draft, facts.deadline, locale)
        if facts.gaps is not None:
            counts = {"gaps": facts.gaps, "unknown": facts.unknown, "ask_arm": facts.ask_arm}
            yield self.texts.get(locale, "desk.notice.counts", **counts)
        yield from self._state(held, locale)

    def _by(self, draft: Draft, deadline: str, locale: str) -> str:
        """The day as it was promised: by the clock where the phone is."""
        due = datetime.fromisoformat(deadline).timestamp()
        ahead = clocks(draft.address, draft.country or "", due)[0] or 0
        day = datetime.fromtimestamp(due + ahead, UTC).date()
        name = "by" if may_call(draft) else "take_by"
        return self.texts.say(Say(f"desk.notice.{name}", {"day": day}), locale)

    def _state(self, held: Held, locale: str) -> Iterator[str]:
        case = held.case
        if case.state in {"taken", "contact", "closed"}:
            who = case.holder or (case.history[-1].who if case.history else "")
            yield self.texts.get(locale, f"desk.notice.state.{case.state}", who=who)
        if case.state == "closed" and case.outcome:
            yield self.texts.get(locale, f"desk.outcome.{case.outcome}")

    def _counts(self, draft: Draft) -> tuple[int | None, int | None, int | None]:
        checklist = self.checklists.get(draft.version)
        if kind(draft) != "referral" or checklist is None:
            return None, None, None
        found = assess(checklist, draft.answers, private=draft.private)
        return len(found.gaps), len(found.unknown), len(found.ask_arm)


def _where(facts: Facts, locale: str) -> Iterator[str]:
    shown = Locale.parse(locale)
    if facts.country:
        yield shown.territories.get(facts.country, facts.country)
    yield Locale.parse(facts.language).get_display_name(shown) or facts.language


def _outgoing(held: Held, contact: Contact, news: News, way: tuple[str, str], body: Notice | Hook) -> Outgoing:
    """The same for the same revision, contact and news, so that a second run puts nothing new."""
    to = hashlib.sha256(contact.name.encode()).hexdigest()[:12]
    name = f"{held.draft.reference}.{held.draft.revision}.{news}.{way[0]}.{to}".lower()
    return Outgoing(name, *way, body, held.draft.updated)
