"""What staff do in Telegram: tap a button under a notice, or open the link that tells us their chat.

It never reaches the miners' conversation, though staff may talk with Batea in the same chat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from bot.messages import Ack, Body, Edit, Outgoing, Words
from bot.referral.linked import PREFIX
from bot.referral.notices import TAP
from bot.referral.rights import Action, Forbidden, may
from flows.case import OUTCOMES, Impossible

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.contacts import Contact
    from bot.outbox import Outbox
    from bot.referral.acting import Acting
    from bot.referral.linked import Linked
    from bot.referral.notices import Notices
    from bot.referral.store import Held, ReferralStore
    from flows.case import Outcome

_DATA = re.compile(rf"{TAP}:(take|contacted|closing|back|close)(?:\.(\w+))?:([0-9A-Z]{{4}}-[0-9A-Z]{{4}})")
_OPENED = re.compile(rf"/start(?:@\w+)?\s+({PREFIX}[A-Za-z0-9_-]{{8,60}})\s*")

log = structlog.get_logger(__name__)


class _Chat(msgspec.Struct):
    id: int
    type: str = "private"


class _Message(msgspec.Struct):
    chat: _Chat
    message_id: int = 0
    text: str = ""


class _Query(msgspec.Struct):
    id: str
    data: str = ""
    message: _Message | None = None


class _Update(msgspec.Struct):
    callback_query: _Query | None = None
    message: _Message | None = None


class Tapped(msgspec.Struct, frozen=True):
    """A button under a notice: in which chat and message, what it says to do with which case."""

    query: str
    chat: str
    message: str
    what: str
    outcome: str
    reference: str


@dataclass(frozen=True)
class Taps:
    """Hears staff in Telegram's updates; what they are answered leaves by the outbox."""

    acting: Acting
    store: ReferralStore
    linked: Linked
    notices: Notices
    outbox: Outbox
    locale: str
    clock: Callable[[], float]

    async def heard(self, update: dict[str, Any]) -> bool:
        """Whether the update was for the desk; then it is done. Raises `connection.Away`: it may come again."""
        try:
            read = msgspec.convert(update, _Update)
        except msgspec.ValidationError:
            return False
        if read.callback_query and read.callback_query.data.startswith(f"{TAP}:"):
            await self._tapped(read.callback_query)
            return True
        opened = _OPENED.fullmatch(read.message.text) if read.message else None
        if read.message and opened and read.message.chat.type == "private":
            await self._linked(opened[1], str(read.message.chat.id), read.message.message_id)
            return True
        return False

    async def _linked(self, payload: str, chat: str, message: int) -> None:
        contact = await self.linked.opened(payload, chat)
        known = (contact,) if contact else await self.linked.whose(chat)
        key = "desk.notice.linked" if known else "desk.notice.unlinked"
        text = self.notices.texts.get(self._locale(known), key, name=known[0].name if known else "")
        await self._put(f"linked.{chat}.{message}", chat, Words(text))

    async def _tapped(self, query: _Query) -> None:
        found = _DATA.fullmatch(query.data)
        if found is None or query.message is None:
            return
        message = str(query.message.message_id)
        tapped = Tapped(query.id, str(query.message.chat.id), message, found[1], found[2] or "", found[3])
        contacts = await self.linked.whose(tapped.chat)
        held = await self.store.held(tapped.reference)
        contact = _allowed(contacts, held)
        if held is None or contact is None:
            await self._answer(tapped, self._locale(contacts), "desk.notice.gone")
        else:
            await self._act(tapped, held, contact)

    async def _act(self, tapped: Tapped, held: Held, contact: Contact) -> None:
        toast, locale = "", self._locale((contact,))
        try:
            held, toast = await self._done(tapped, held, contact)
        except Impossible:
            held, toast = await self.store.held(tapped.reference) or held, "desk.notice.moved"
        except Forbidden:
            toast = "desk.notice.gone"
        closing = tapped.what == "closing"
        text, buttons = self.notices.text(held, contact), self.notices.buttons(held, contact, closing=closing)
        await self._answer(tapped, locale, toast, Edit(tapped.message, text, buttons))

    async def _done(self, tapped: Tapped, held: Held, contact: Contact) -> tuple[Held, str]:
        """The referral after the tap, and what is said of it."""
        reference = tapped.reference
        match tapped.what:
            case "take" if held.case.holder == contact.name:
                return held, "desk.notice.done"  # Telegram brings a tap again that it got no answer to
            case "take":
                return await self.acting.do(reference, contact, "take"), "desk.notice.done"
            case "contacted":
                return await self.acting.do(reference, contact, "contacted"), "desk.notice.done"
            case "close" if outcome := _outcome(tapped.outcome):
                return await self.acting.do(reference, contact, "close", outcome=outcome), "desk.notice.done"
            case _:
                return held, ""

    async def _answer(self, tapped: Tapped, locale: str, toast: str, edit: Edit | None = None) -> None:
        words = self.notices.texts.get(locale, toast) if toast else ""
        await self._put(f"tap.{tapped.query}.ack", tapped.chat, Ack(tapped.query, words))
        if edit:
            await self._put(f"tap.{tapped.query}.edit", tapped.chat, edit)

    async def _put(self, name: str, chat: str, body: Body) -> None:
        await self.outbox.put(Outgoing(name, "telegram", chat, body, self.clock()))

    def _locale(self, contacts: tuple[Contact, ...]) -> str:
        return contacts[0].locale(self.notices.texts.locales) if contacts else self.locale


def _allowed(contacts: tuple[Contact, ...], held: Held | None) -> Contact | None:
    """The first of those who are written to in this chat that may do anything with the case."""
    actions: tuple[Action, ...] = ("take", "contacted", "close", "list")
    return next((one for one in contacts if held and any(may(one, action, held.draft) for action in actions)), None)


def _outcome(name: str) -> Outcome | None:
    return next((outcome for outcome in OUTCOMES if outcome == name), None)
