"""Writing to the person of a case: who can, what is sent of it, how many SMS that takes, and what the page shows.

Whether the person may be written to is asked of their conversation, and again when it gets there (`flows.held`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import msgspec
from babel import Locale

from bot.channels.sms_text import segments
from bot.desk.view import hour, moment
from bot.origin import clocks
from bot.referral.draft import kind
from bot.referral.rights import may
from bot.referral.thread import THREAD, says
from bot.referral.trail import Entry
from bot.render import SMS, render_sms
from bot.store import Chat
from flows.events import HandedBack, StaffWrote
from flows.held import Why, discreet, refusal
from flows.model import Say
from flows.session import Session, Unreadable, load
from flows.staff import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.contacts import Contact
    from bot.desk.visit import Visit
    from bot.messages import Box
    from bot.referral.draft import Draft
    from bot.referral.store import Held
    from bot.referral.trail import Trail
    from bot.store import Store
    from bot.texts import Texts
    from flows.model import Checklist

READY = ("call", "paper", "noted", "later")
"""The texts that are ready, by what they are about; `call` says when."""
_OURS = Literal["quiet", "not_safe", "holder", "other"]
WHY = (*get_args(Why), "quiet", "holder", "other")
"""Why one can't write to a person; `holder`: nobody has the case yet."""
MOST_PARTS = 4
_MOST_LETTERS = 600
_GAP = "…"
_WHY, _EMPTY, _TOO_LONG, _NO_CALL = (f"desk.write.{name}" for name in ("why.{}", "empty", "long", "no_call"))


class Refused(Exception):
    """It can't be written, or is not fit to be: `args[0]` is the text that says so."""


class Standing(msgspec.Struct, frozen=True):
    """How one can write to a person: `why` not, None where one can; `news`: only that there is some.

    `until` is when Batea speaks again (epoch seconds), None where it does now. `locale` is the person's.
    """

    why: str | None
    locale: str
    news: bool = False
    until: float | None = None


class Message(msgspec.Struct, frozen=True):
    """What somebody wants to say, as it came from the form; `once` is the form's own mark, against sending twice."""

    once: str
    ready: str = ""
    when: str = ""
    text: str = ""


NOTHING = Message("")


@dataclass(frozen=True)
class Talking:
    """Writes for contacts. `chats` is where conversations stand, `clock` gives epoch seconds."""

    chats: Store
    box: Box
    trail: Trail
    texts: Texts
    checklists: Mapping[str, Checklist]
    clock: Callable[[], float]

    async def standing(self, held: Held, contact: Contact) -> Standing:
        """How this contact can write to the person now."""
        session = await self._session(held)
        locale = session.locale if session else held.draft.locale
        why = _not_theirs(held, contact) or refusal(session, held.draft.reference, self.clock())
        hold = session and session.held
        until = hold.until if hold and hold.reference == held.draft.reference else None
        return Standing(why, locale, session is not None and discreet(session), until)

    async def fit(self, held: Held, contact: Contact, message: Message) -> str:
        """The text as the person would read it, "" for that there is news. Raises `Refused` where it can't be said."""
        standing = await self.standing(held, contact)
        if standing.why:
            raise Refused(_WHY.format(standing.why))
        if standing.news:
            return ""
        text = self.composed(message, standing.locale)
        self._check(held, contact, text, standing.locale)
        return text

    async def write(self, held: Held, contact: Contact, message: Message) -> None:
        """Say it to the person, and put it on the trail. Raises `Refused`."""
        text = await self.fit(held, contact, message)
        what = "wrote" if text else "news"
        event = StaffWrote(held.draft.reference, text, contact.name[:LONGEST_NAME])
        await self._say(held, event, Entry(self.clock(), contact.name, what, event.reference, text), message.once)

    async def hand_back(self, held: Held, contact: Contact, once: str) -> None:
        """Leave the conversation to Batea. Raises `Refused`."""
        why = _not_theirs(held, contact)
        if why:
            raise Refused(_WHY.format(why))
        reference = held.draft.reference
        await self._say(held, HandedBack(reference), Entry(self.clock(), contact.name, "back", reference), once)

    def composed(self, message: Message, locale: str) -> str:
        """The ready text, if one was chosen, and what was written beside it; "" for nothing."""
        ready = message.ready if message.ready in READY else ""
        if (ready == "call") != bool(message.when.strip()):
            raise Refused(_EMPTY if ready == "call" else _NO_CALL)
        begin = self.texts.get(locale, f"talk.ready.{ready}", when=message.when.strip()) if ready else ""
        return " ".join(filter(None, (begin, message.text.replace("\r\n", "\n").strip())))

    def parts(self, contact: Contact, text: str, locale: str) -> int:
        """In how many SMS it is sent, with the contact's name before it."""
        said = Say("held.wrote", {"who": contact.name[:LONGEST_NAME], "text": text})
        return sum(map(segments, render_sms(self.texts, (said,), locale)))

    def _check(self, held: Held, contact: Contact, text: str, locale: str) -> None:
        paid = held.draft.channel in SMS
        if not text:
            raise Refused(_EMPTY)
        if self.parts(contact, text, locale) > MOST_PARTS if paid else len(text) > _MOST_LETTERS:
            raise Refused(_TOO_LONG)

    async def _say(self, held: Held, event: StaffWrote | HandedBack, entry: Entry, once: str) -> None:
        draft = held.draft
        name = f"{draft.reference}.{entry.what}.{once}".lower()
        await self.trail.add(entry, token=name)
        await self.box.put(says(name, (draft.channel, draft.address), event, entry.at))

    async def _session(self, held: Held) -> Session | None:
        """The person's conversation; None where there is none, or none that can be read."""
        loaded = await self.chats.load(Chat(held.draft.channel, held.draft.address))
        try:
            found = load(loaded.session) if loaded.session else None
        except Unreadable:
            return None
        return found if found and found.version in self.checklists else None


def _not_theirs(held: Held, contact: Contact) -> _OURS | None:
    if held.draft.quiet:
        return "quiet"
    if not may(contact, "write", held.draft):
        return "not_safe"
    leads = contact.role == "lead" and held.case.open
    if leads or held.case.holder == contact.name:
        return None
    return "holder" if held.case.state == "new" else "other"


async def talk(visit: Visit, held: Held, entries: Iterable[Entry]) -> dict[str, object]:
    """What the page shows of it: the thread, the form, or why there is none; `counted`: its SMS are, by a script."""
    draft = held.draft
    if kind(draft) == "nothing" or not may(visit.contact, "note", draft):
        return {"talk": None, "counted": False}
    standing = await visit.office.talking.standing(held, visit.contact)
    open_to = not standing.why and not standing.news
    return {
        "talk": standing,
        "until": moment(visit.locale, standing.until) if standing.until else "",
        "clock": _clock(visit, draft),
        "language": Locale.parse(standing.locale).get_display_name(Locale.parse(visit.locale)),
        "ready": [_ready(visit, standing.locale, name) for name in READY],
        "thread": [_line(visit, one) for one in entries if one.what in THREAD],
        "counted": open_to and draft.channel in SMS,
    }


def _clock(visit: Visit, draft: Draft) -> str:
    """What time it is where the person's phone is from, in words; "" where nobody knows."""
    now = visit.office.desk.clock()
    ahead, _ = clocks(draft.address, str(draft.answers.get("country", "")), now)
    return "" if ahead is None else visit.say("desk.write.clock", time=hour(visit.locale, now + ahead))


def _ready(visit: Visit, locale: str, name: str) -> tuple[str, str, str]:
    """A ready text: its name, its words for staff and for the person."""
    key, texts = f"talk.ready.{name}", visit.office.desk.texts
    return name, texts.get(visit.locale, key, when=_GAP), texts.get(locale, key, when=_GAP)


def _line(visit: Visit, entry: Entry) -> dict[str, str]:
    who = visit.doer(entry.who, entry.what)
    did = "" if entry.note else visit.say(f"desk.did.{entry.what}")
    return {"who": who, "what": did, "note": entry.note, "when": moment(visit.locale, entry.at), "of": entry.what}
